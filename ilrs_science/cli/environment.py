"""``ilrs environment``: what a place is like, as CF netCDF."""

from __future__ import annotations

from pathlib import Path

import click
import xarray as xr

from ilrs_science.cli.common import emit
from ilrs_science.cli.place import TERRAIN_HELP, moon_place
from ilrs_science.cli.progress import working
from ilrs_science.cli.series import (
    AROUND,
    FORMS,
    SPAN_COLUMNS,
    form_of,
    spans,
    write_dataset,
    write_epochs,
)
from ilrs_science.environment.assemble import environment as tell
from ilrs_science.environment.heat.heated import Surroundings

__all__ = ["environment"]

SHADOW = "this ground looks permanently shadowed; it comes out too cold alone: add --surroundings terrain"

COLDEST_NIGHT_K = 60.0
"""Ground that ever sees the Sun is warmer at the end of its night [K]: 95 K at the equator (assumed)."""


@click.command()
@click.option("--site", metavar="ID|LAT,LON[,HEIGHT_M]", help="Site id, or degrees north and east.")
@click.option("--station", metavar="ID", help="Station instead of a site; adds power and link rate.")
@click.option("--orbit", metavar="ID|FILE", help="Orbit id, or a CCSDS OEM or SPK file, instead of a site.")
@click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option("--terrain", multiple=True, metavar="auto|none|NAME|FILE", help=TERRAIN_HELP)
@click.option(
    "--mast", metavar="LENGTH", help="Height of the eye above the ground.  [default: the station's, else 2 m]"
)
@click.option(
    "--surroundings",
    type=click.Choice(["none", "same", "terrain"]),
    default="none",
    show_default=True,
    help="What the terrain around sends to the ground; 'terrain' takes seconds, and shadowed ground needs it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Form.  [default: as the ending of --output says, else table]",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result here: NAME.nc, NAME.csv or NAME.json.",
)
def environment(
    site: str | None,
    station: str | None,
    orbit: str | None,
    start: str,
    end: str,
    step: str,
    terrain: tuple[str, ...],
    mast: str | None,
    surroundings: Surroundings,
    form: str | None,
    output: Path | None,
) -> None:
    """What a place or an orbiter is like over a span: Sun, Earth, light, heat, plasma, radiation, power and link."""
    form = form_of(form, output)
    with working("light, heat, plasma and links of the span"):
        place = moon_place(site, station, orbit, mast=mast, terrain=terrain, span=(start, end))
        grids = terrain or ("auto",)
        result = tell(place, start, end, step=step, terrain=grids, mast=mast, surroundings=surroundings)
    if surroundings == "none" and _never_lit(result):
        click.echo(f"ilrs: {SHADOW}", err=True)
    if form == "netcdf" and output is not None:
        write_dataset(result, output)
    elif form == "table":
        rows, kinds = spans(result)
        emit(rows, SPAN_COLUMNS, form, output, str(result.attrs["title"]), notes=[*kinds, AROUND])
    else:
        series = {str(name): values.values.tolist() for name, values in result.data_vars.items()}
        write_epochs(result["time"].values, series, form, output)


def _never_lit(result: xr.Dataset) -> bool:
    warmth = result.get("surface_temperature")
    dark = not result["sun_visible_fraction"].any()
    return warmth is not None and dark and float(warmth.max()) < COLDEST_NIGHT_K
