"""``ilrs windows``: when constraints hold at a site or on an orbiter."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import click
import numpy as np
import pandas as pd

from ilrs_science.catalogue.library import read_constraint
from ilrs_science.cli.common import counted, emit, output_options
from ilrs_science.cli.place import TERRAIN_HELP, somewhere
from ilrs_science.cli.progress import working
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from ilrs_science.sky.apparent import Correction
from ilrs_science.windows.budget import budget as windows_budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.nearest_miss import nearest_miss
from ilrs_science.windows.observability import Period, observability

__all__ = ["windows"]

LONG = "windows of the span"
"""What may take more than a second."""

_COLUMNS = ("start", "end", "duration_s")
_HOURS = ("open_h", "removed_alone_h", "removed_in_order_h", "left_h", "sole_blame_h", "span_h", "longest_h")
_NUMBERS = frozenset((*_HOURS, "share", "count", "best", "limit", "short_by"))


@click.command()
@click.option(
    "--site",
    metavar="ID|LAT,LON[,HEIGHT_M]",
    help="Id of a site or ground station, or degrees north and east.",
)
@click.option("--orbit", metavar="ID|FILE", help="Instead of a site: orbit id, or a CCSDS OEM or SPK file.")
@click.option(
    "--mast",
    metavar="HEIGHT",
    help="Height of the observer above the ground of the site."
    "  [default: the station's, else 2 m where terrain counts]",
)
@click.option(
    "--constraint",
    "texts",
    required=True,
    multiple=True,
    metavar="YAML",
    help="Such as '{kind: sun_elevation, min: 0 deg}'; repeated ones must all hold.",
)
@click.option(
    "--start", required=True, metavar="DATE", help="UTC unless a zone is given, such as 2026-01-01."
)
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|none|NAME|FILE",
    help=f"What hides Sun and Earth, for kinds that ask what is visible. {TERRAIN_HELP}",
)
@click.option(
    "--correction",
    type=click.Choice(["apparent", "light_time", "geometric"]),
    default="apparent",
    show_default=True,
    help="With light time and aberration, with light time alone, or without either.",
)
@click.option("--budget", is_flag=True, help="Instead of windows, the hours that each constraint removes.")
@click.option(
    "--nearest-miss",
    "miss",
    is_flag=True,
    help="Instead of windows, where one almost opens, and by how much.",
)
@click.option(
    "--by",
    type=click.Choice(["month", "lunation"]),
    help="Instead of windows, how much of each month is open: of the calendar, or from new moon to new moon.",
)
@output_options
def windows(
    site: str | None,
    orbit: str | None,
    mast: str | None,
    texts: tuple[str, ...],
    start: str,
    end: str,
    terrain: tuple[str, ...],
    correction: Correction,
    budget: bool,
    miss: bool,
    by: Period | None,
    form: str,
    output: Path | None,
) -> None:
    """When all constraints hold at a site or on an orbiter, to the millisecond, in UTC."""
    if budget + miss + (by is not None) > 1:
        raise RequestError("--budget, --nearest-miss and --by are different tables; ask for one at a time")
    parts = [read_constraint(text) for text in texts]
    wanted = reduce(lambda one, other: one & other, parts)
    place, grids = somewhere(site, orbit, mast, (start, end)), terrain or ("auto",)
    if budget:
        with working(LONG):
            table = windows_budget(wanted, place, start, end, correction=correction, terrain=grids, mast=mast)
        _emit_budget(table, form, output)
    elif miss:
        with working(LONG):
            table = nearest_miss(wanted, place, start, end, correction=correction, terrain=grids, mast=mast)
        _emit_miss(table, form, output)
    else:
        with working(LONG):
            found = find_windows(wanted, place, start, end, correction=correction, terrain=grids, mast=mast)
        if by:
            _emit_periods(observability(found, by=by), form, output)
        else:
            _emit_windows(found, wanted.label, form, output)


def _emit_windows(found: Windows, label: str, form: str, output: Path | None) -> None:
    rows = [
        {
            "start": format_epoch(a),
            "end": format_epoch(b),
            "duration_s": f"{(b - a) / np.timedelta64(1, 's'):.3f}",
        }
        for a, b in found
    ]
    title = f"{label}: {found.hours:.3f} h in {counted(len(found), 'window')}"
    emit(rows, _COLUMNS, form, output, title, numbers=("duration_s",))


def _emit_miss(table: pd.DataFrame, form: str, output: Path | None) -> None:
    text = table.reset_index().astype(object)
    for name in ("best", "limit", "short_by"):
        text[name] = table[name].map("{:.4f}".format).to_numpy()
    text["when"] = [format_epoch(one, "s") for one in table["when"].to_numpy()]
    text["others_hold"] = ["yes" if one else "no" for one in table["others_hold"]]
    _emit_text(text, form, output, "nearest miss of each condition")


def _emit_budget(table: pd.DataFrame, form: str, output: Path | None) -> None:
    text = table.map("{:.3f}".format).reset_index()
    _emit_text(text, form, output, f"hours out of {table.attrs['span_h']:.3f}")


def _emit_periods(table: pd.DataFrame, form: str, output: Path | None) -> None:
    dates, hours = ("begin", "end", "first", "last"), ("span_h", "open_h", "longest_h")
    text = table.astype({"count": str}).reset_index().astype(object)
    for name in dates:
        text[name] = ["" if np.isnat(one) else format_epoch(one, "s") for one in table[name].to_numpy()]
    for name in (*hours, "share"):
        text[name] = table[name].map("{:.3f}".format).to_numpy()
    _emit_text(text, form, output, f"best {table.index.name}: {table.attrs['best'] or 'none'}")


def _emit_text(text: pd.DataFrame, form: str, output: Path | None, title: str) -> None:
    """A table whose cells are text already."""
    columns = list(map(str, text.columns))
    rows = [dict(zip(columns, map(str, row), strict=True)) for row in text.to_numpy()]
    emit(rows, columns, form, output, title, numbers=_NUMBERS)
