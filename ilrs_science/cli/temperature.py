"""``ilrs temperature``: how hot and cold the ground of a place is."""

from __future__ import annotations

from pathlib import Path

import click
import xarray as xr

from ilrs_science.cli.common import emit
from ilrs_science.cli.place import ground_options, standing
from ilrs_science.cli.progress import working
from ilrs_science.cli.series import FORMS, form_of, write_dataset, write_epochs
from ilrs_science.environment.heat.thermal import Surroundings, surface_temperature

__all__ = ["temperature"]

COLUMNS = ("depth_m", "least_K", "mean_K", "greatest_K")


@click.command()
@ground_options
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--depth",
    "depths",
    multiple=True,
    metavar="LENGTH",
    help="Below the surface too, 0 to 2 m; may be repeated.",
)
@click.option(
    "--slope",
    default="0 deg",
    show_default=True,
    metavar="ANGLE|terrain",
    help="Of the ground; 'terrain' takes slope and aspect from the grid.",
)
@click.option(
    "--aspect",
    default="0 deg",
    show_default=True,
    metavar="ANGLE",
    help="Azimuth to which the ground falls, from north through east.",
)
@click.option(
    "--surroundings",
    type=click.Choice(["none", "same", "terrain"]),
    default="none",
    show_default=True,
    help="Whether the terrain in view is cold and black, like the ground itself, or has light and heat of its own.",
)
@click.option("--format", "form", type=click.Choice(FORMS), help="Form.  [default: of --output, else table]")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result here: NAME.nc, NAME.csv or NAME.json.",
)
def temperature(
    site: str | None,
    station: str | None,
    start: str,
    end: str,
    terrain: tuple[str, ...],
    step: str,
    depths: tuple[str, ...],
    slope: str,
    aspect: str,
    surroundings: Surroundings,
    form: str | None,
    output: Path | None,
) -> None:
    """Temperature of the ground and below: least, mean and greatest as a table, else every epoch."""
    form, place = form_of(form, output), standing(site, station)
    with working("light and heat of the span"):
        found = surface_temperature(
            place,
            start,
            end,
            step,
            terrain=terrain or ("auto",),
            slope=slope,
            aspect=aspect,
            surroundings=surroundings,
            depth=depths,
        )
    if form == "netcdf" and output is not None:
        write_dataset(found, output)
    elif form == "table":
        _show(found, output)
    else:
        series = {name: values.values.tolist() for name, values in _series(found).items()}
        write_epochs(found["time"].values, series, form, output)


def _show(found: xr.Dataset, output: Path | None) -> None:
    rows = [_row(values) for values in _series(found).values()]
    about = found.attrs
    slope = f"slope {about['slope_deg']:.3g} deg to azimuth {about['aspect_deg']:.3g} deg"
    notes = [
        f"{slope}; surroundings: {about['surroundings']}",
        f"{about['model']}; every {about['step']}; {about['ground_dem']}",
    ]
    emit(rows, COLUMNS, "table", output, str(about["title"]), notes=notes)


def _series(found: xr.Dataset) -> dict[str, xr.DataArray]:
    """Temperature over time at the surface and at each depth, by the name of its column."""
    series = {"surface_K": found["surface_temperature"]}
    if "temperature" in found:
        below = found["temperature"]
        layers = [below.isel(depth=layer) for layer in range(below.sizes["depth"])]
        series |= {f"at_{layer['depth'].item():g}_m_K": layer for layer in layers}
    return series


def _row(values: xr.DataArray) -> dict[str, str]:
    depth = f"{float(values['depth']):g}" if "depth" in values.coords else "0"
    parts = (f"{float(one):.1f}" for one in (values.min(), values.mean(), values.max()))
    return dict(zip(COLUMNS, (depth, *parts), strict=True))
