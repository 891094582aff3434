"""``ilrs map``: what every pixel of an area is like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import xarray as xr

from ilrs_science.cli.place import GRIDS_HELP
from ilrs_science.cli.progress import part_progress
from ilrs_science.cli.series import unit_of
from ilrs_science.environment.maps.horizons import horizon_map
from ilrs_science.environment.maps.lightmap import Quantity, illumination_map
from ilrs_science.environment.maps.shadow import permanently_shadowed
from ilrs_science.environment.maps.slopes import slope_map
from ilrs_science.environment.maps.store import open_map
from ilrs_science.errors import RequestError

__all__ = ["map"]

Command = TypeVar("Command", bound=Callable[..., Any])

LIGHT: dict[str, tuple[Quantity, ...]] = {
    "illumination": ("sun",),
    "earth": ("earth",),
    "darkness": ("darkness",),
    "all": ("sun", "earth", "darkness", "slope"),
}
"""What each kind of map of light holds."""

SPANLESS = ("horizon", "slope", "psr")
"""Kinds that need no dates."""


def area_options(command: Command) -> Command:
    """``--terrain``, ``--area``, ``--mast``, ``--azimuth-step`` and ``--scheduler``."""
    for option in (
        click.option(
            "--terrain",
            multiple=True,
            metavar="auto|NAME|FILE",
            help=GRIDS_HELP,
        ),
        click.option(
            "--area",
            required=True,
            metavar="LAT,LON,SIZE|SITE,SIZE|all|GRID",
            help="Such as -89.45,222.69,'10 km'; 'all' is the whole of the finest grid.",
        ),
        click.option("--mast", default="2 m", show_default=True, metavar="LENGTH", help="Height of the eye."),
        click.option(
            "--azimuth-step", default=0.5, show_default=True, metavar="DEG", help="Between rays; divides 360."
        ),
        click.option(
            "--scheduler",
            default="threads",
            show_default=True,
            metavar="threads|processes|ADDRESS",
            help="Who computes: this process, processes of this machine, or a dask scheduler (tcp://...).",
        ),
    ):
        command = option(command)
    return command


@click.command(name="map")
@click.option(
    "--what",
    type=click.Choice(["horizon", *LIGHT, "slope", "psr"]),
    default="illumination",
    show_default=True,
    help="Skylines, mean light, view of the Earth, longest darkness, these and the slope, or permanent shadow.",
)
@area_options
@click.option("--start", metavar="DATE", help="UTC unless a zone is given; for light alone.")
@click.option("--end", metavar="DATE", help="First instant after the span.")
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="NAME.zarr, which a stopped run goes on with, or NAME.nc.",
)
def map(  # noqa: A001
    what: str,
    terrain: tuple[str, ...],
    area: str,
    mast: str,
    azimuth_step: float,
    scheduler: str,
    start: str | None,
    end: str | None,
    step: str,
    output: Path,
) -> None:
    """Skylines, light, view of the Earth, darkness, slope or permanent shadow of every pixel of an area."""
    grids, rest = terrain or ("auto",), dict[str, Any](output=output, scheduler=scheduler)
    if (what in SPANLESS) != (start is None) or (start is None) != (end is None):
        needs = "takes no" if what in SPANLESS else "needs"
        raise RequestError(f"--what {what} {needs} --start and --end")
    with _bar(what, output) as progress:
        if what == "horizon":
            horizon_map(grids, area, azimuth_step=azimuth_step, mast=mast, progress=progress, **rest)
        elif what == "slope":
            slope_map(grids, area, progress=progress, **rest)
        elif what == "psr":
            permanently_shadowed(grids, area, azimuth_step=azimuth_step, progress=progress, **rest)
        else:
            illumination_map(
                grids,
                area,
                start,
                end,
                quantities=LIGHT[what],
                step=step,
                azimuth_step=azimuth_step,
                mast=mast,
                progress=progress,
                **rest,
            )
    click.echo(_told(open_map(output), output), err=True)


@contextmanager
def _bar(what: str, output: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr; gives the callback. A stop says how to go on."""
    try:
        with part_progress(what) as told:
            yield told
    except KeyboardInterrupt:
        if output.suffix == ".zarr":
            click.echo(f"ilrs: the same command goes on with what {output} holds", err=True)
        else:
            click.echo("ilrs: nothing is written; with --output NAME.zarr a stopped run can go on", err=True)
        raise


def _told(found: xr.Dataset, output: Path) -> str:
    """One line on what was written."""
    size = f"{found.sizes['y']} x {found.sizes['x']} pixels of {found.attrs['cell_m']:.4g} m"
    words = [f"{output}: {size} ({found.attrs['ground_dem']})"]
    for name, variable in found.data_vars.items():
        if variable.dims != ("y", "x"):
            continue
        low, mean, high = (float(one.compute()) for one in (variable.min(), variable.mean(), variable.max()))
        words.append(f"{name} {low:.4g} to {high:.4g}, mean {mean:.4g} {unit_of(variable)}".rstrip())
    return "\n  ".join(words)
