"""``ilrs map`` and ``ilrs candidates``: what every pixel of an area is like, and its best places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import xarray as xr
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ilrs_science.cli.common import emit, output_options
from ilrs_science.environment.maps.candidates import candidates as ranked
from ilrs_science.environment.maps.horizons import horizon_map
from ilrs_science.environment.maps.lightmap import Quantity, illumination_map
from ilrs_science.environment.maps.shadow import permanently_shadowed
from ilrs_science.environment.maps.slopes import slope_map
from ilrs_science.environment.maps.store import open_map
from ilrs_science.errors import RequestError

__all__ = ["candidates", "map"]

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
            help="Shipped grids, or files and names in the store (ilrs data list), nested over them, finest first."
            "  [default: auto]",
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


@click.command()
@click.argument("light", metavar="MAP", type=click.Path(path_type=Path))
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|NAME|FILE",
    help="The grids of the map, in the same order.  [default: auto]",
)
@click.option("--count", default=10, show_default=True, help="How many at the most.")
@click.option(
    "--apart", default="2 km", show_default=True, metavar="LENGTH", help="Least distance between two."
)
@click.option("--steepest", default=10.0, show_default=True, metavar="DEG", help="Greatest slope.")
@output_options
def candidates(
    light: Path,
    terrain: tuple[str, ...],
    count: int,
    apart: str,
    steepest: float,
    form: str,
    output: Path | None,
) -> None:
    """Best places of a map of light (ilrs map --what all), each with the numbers of its own series."""
    with _bar("candidates", None) as progress:
        table = ranked(
            open_map(light).load(),
            terrain or ("auto",),
            count=count,
            apart=apart,
            steepest=steepest,
            progress=progress,
        )
    digits = {"latitude": 4, "longitude": 4, "longest_dark_days": 2, "longest_lit_days": 2, "slope": 1}
    rows = [
        {
            "rank": str(rank),
            **{name: f"{float(row[name]):.{digits.get(name, 4)}f}" for name in map_names(table)},
        }
        for rank, row in table.iterrows()
    ]
    told = table.attrs
    title = f"{told['ground_dem']}, mast {told['mast_m']:g} m, {told['start'][:10]} to {told['end'][:10]}"
    emit(rows, ("rank", *map_names(table)), form, output, title, numbers=("rank", *map_names(table)))


def map_names(table: Any) -> tuple[str, ...]:
    """Columns of the table."""
    return tuple(str(name) for name in table.columns)


@contextmanager
def _bar(what: str, output: Path | None) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr; gives the callback. A stop says how to go on."""
    columns = (
        TextColumn(what),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    try:
        with Progress(*columns, console=console, transient=not console.is_terminal) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    except KeyboardInterrupt:
        if output is not None and output.suffix == ".zarr":
            click.echo(f"ilrs: the same command goes on with what {output} holds", err=True)
        elif output is not None:
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
        words.append(f"{name} {low:.4g} to {high:.4g}, mean {mean:.4g} {variable.attrs['units']}")
    return "\n  ".join(words)
