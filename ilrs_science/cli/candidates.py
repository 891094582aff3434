"""``ilrs candidates``: the best places of a map of light."""

from __future__ import annotations

from pathlib import Path

import click

from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.progress import part_progress
from ilrs_science.errors import RequestError

__all__ = ["candidates"]

DIGITS = {"latitude": 4, "longitude": 4, "longest_dark_days": 2, "longest_lit_days": 2, "slope": 1}
"""Digits after the point; four elsewhere."""


@click.command()
@click.argument("light", metavar="MAP", type=click.Path(path_type=Path))
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|NAME|FILE",
    help="The grids of the map, in the same order; may be repeated.  [default: auto]",
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
    if not light.exists():
        raise RequestError(f"there is no map at {str(light)!r}")
    # dask takes seconds to import, too long to hear of a slip of the pen
    from ilrs_science.environment.maps.candidates import candidates as ranked
    from ilrs_science.environment.maps.store import open_map

    with part_progress("candidates") as told:
        table = ranked(
            open_map(light).load(),
            terrain or ("auto",),
            count=count,
            apart=apart,
            steepest=steepest,
            progress=told,
        )
    names = [str(name) for name in table.columns]
    rows = [
        {"rank": str(rank), **{name: f"{float(row[name]):.{DIGITS.get(name, 4)}f}" for name in names}}
        for rank, row in table.iterrows()
    ]
    about = table.attrs
    title = f"{about['ground_dem']}, mast {about['mast_m']:g} m, {about['start'][:10]} to {about['end'][:10]}"
    emit(rows, ("rank", *names), form, output, title, numbers=("rank", *names))
    if not rows:
        click.echo(f"ilrs: no pixel is flatter than {steepest:g} deg", err=True)
