"""``ilrs environment``: what a place is like, as CF netCDF."""

from __future__ import annotations

import json
from pathlib import Path

import click
import xarray as xr

from ilrs_science.cli.common import emit, write_text
from ilrs_science.cli.place import TERRAIN_HELP, moon_place
from ilrs_science.environment.assemble import environment as tell
from ilrs_science.environment.files import write_netcdf
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError

__all__ = ["environment"]


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
    "--format",
    "form",
    type=click.Choice(["netcdf", "table", "csv", "json"]),
    help="Form.  [default: netcdf with --output, else table]",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here.")
def environment(
    site: str | None,
    station: str | None,
    orbit: str | None,
    start: str,
    end: str,
    step: str,
    terrain: tuple[str, ...],
    mast: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """What a place or an orbiter is like over a span: Sun, Earth, light, heat, plasma, radiation, power and link."""
    form = form or ("netcdf" if output else "table")
    if form == "netcdf" and output is None:
        raise RequestError("netCDF needs a file; add --output FILE.nc")
    place = moon_place(site, station, orbit, mast=mast, terrain=terrain, span=(start, end))
    result = tell(place, start, end, step=step, terrain=terrain or ("auto",), mast=mast)
    if form == "netcdf" and output is not None:
        write_netcdf(result, output)
        return
    _show(result, form, output)


def _show(result: xr.Dataset, form: str, output: Path | None) -> None:
    """Every epoch as csv or json, or what each variable spans as a table."""
    names = [str(name) for name in result.data_vars]
    if form == "table":
        rows = [_span(result[name]) for name in names]
        emit(
            rows, ("variable", "least", "mean", "greatest", "unit"), form, output, str(result.attrs["title"])
        )
        return
    times = [format_epoch(time) for time in result["time"].values]
    series = [result[name].values.tolist() for name in names]
    if form == "json":
        records = [dict(zip(names, values, strict=True)) for values in zip(*series, strict=True)]
        rows_of_numbers = [{"time": time, **record} for time, record in zip(times, records, strict=True)]
        write_text(json.dumps(rows_of_numbers, indent=1), output)
        return
    texts = [[f"{value:.9g}" for value in values] for values in series]
    columns = ("time", *names)
    lines = [dict(zip(columns, line, strict=True)) for line in zip(times, *texts, strict=True)]
    emit(lines, columns, form, output)


def _span(variable: xr.DataArray) -> dict[str, str]:
    least, mean, greatest = (
        f"{float(part):.6g}" for part in (variable.min(), variable.mean(), variable.max())
    )
    unit = str(variable.attrs["units"])
    return {"variable": str(variable.name), "least": least, "mean": mean, "greatest": greatest, "unit": unit}
