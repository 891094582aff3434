"""``ilrs environment``: what a place is like, as CF netCDF."""

from __future__ import annotations

from pathlib import Path

import click
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.common import emit, site_of
from ilrs_science.environment.assemble import environment as tell
from ilrs_science.environment.files import write_netcdf
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError

__all__ = ["environment"]


@click.command()
@click.option("--site", metavar="ID|LAT,LON[,HEIGHT_M]", help="Site id, or degrees north and east.")
@click.option("--station", metavar="ID", help="Station instead of a site; adds array power and link rate.")
@click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|none|FILE",
    help="Shipped grids, bare sphere, or files nested over the shipped grids, finest first.  [default: auto]",
)
@click.option("--mast", metavar="LENGTH", help="Height of the eye above the ground.  [default: 2 m]")
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
    start: str,
    end: str,
    step: str,
    terrain: tuple[str, ...],
    mast: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Sun, Earth, skyline, light, power and link of a place over a span."""
    form = form or ("netcdf" if output else "table")
    if form == "netcdf" and output is None:
        raise RequestError("netCDF needs a file; add --output FILE.nc")
    if (site is None) == (station is None):
        raise RequestError("give either --site or --station")
    place = site_of(site) if site is not None else load_catalogue().stations[str(station)]
    result = tell(place, start, end, step=step, terrain=terrain or ("auto",), mast=mast)
    if form == "netcdf" and output is not None:
        write_netcdf(result, output)
        return
    emit(*_rows(result), form, output, str(result.attrs["title"]))


def _rows(result: xr.Dataset) -> tuple[list[dict[str, str]], list[str]]:
    """Rows of text, one for each epoch, and the names of the columns."""
    names = [str(name) for name in result.data_vars]
    columns = {name: [f"{value:.6g}" for value in result[name].values] for name in names}
    times = [format_epoch(time) for time in result["time"].values]
    rows = [{"time": time, **{name: columns[name][i] for name in names}} for i, time in enumerate(times)]
    return rows, ["time", *names]
