"""``ilrs windows``: when constraints hold at a site."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
import pandas as pd

from ilrs_science.catalogue.library import read_constraint
from ilrs_science.cli.common import emit, output_options, site_of
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.windows.budget import budget as windows_budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.observability import Period, observability

__all__ = ["windows"]

_COLUMNS = ("start", "end", "duration_s")


@click.command()
@click.option(
    "--site", required=True, metavar="ID|LAT,LON[,HEIGHT_M]", help="Site id, or degrees north and east."
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
    type=click.Choice(["none", "auto"]),
    default="auto",
    show_default=True,
    help="No kind known today looks at terrain: elevations are above the mean horizontal plane.",
)
@click.option("--budget", is_flag=True, help="Instead of windows, the hours that each constraint removes.")
@click.option(
    "--by",
    type=click.Choice(["month", "lunation"]),
    help="Instead of windows, how much of each month is open: of the calendar, or from new moon to new moon.",
)
@output_options
def windows(
    site: str,
    texts: tuple[str, ...],
    start: str,
    end: str,
    terrain: str,
    budget: bool,
    by: Period | None,
    form: str,
    output: Path | None,
) -> None:
    """When all constraints hold at a site, to the millisecond, in UTC."""
    del terrain
    parts = [read_constraint(text) for text in texts]
    wanted = parts[0]
    for part in parts[1:]:
        wanted = wanted & part
    if budget and by:
        raise RequestError("--budget and --by are two different tables; ask for one at a time")
    place = site_of(site)
    if budget:
        _emit_budget(windows_budget(wanted, place, start, end), form, output)
        return
    found = find_windows(wanted, place, start, end)
    if by:
        _emit_periods(observability(found, by=by), form, output)
        return
    rows = [
        {
            "start": format_epoch(a),
            "end": format_epoch(b),
            "duration_s": f"{(b - a) / np.timedelta64(1, 's'):.3f}",
        }
        for a, b in found
    ]
    emit(rows, _COLUMNS, form, output, f"{wanted.label}: {found.hours:.3f} h in {len(found)} windows")


def _emit_budget(table: pd.DataFrame, form: str, output: Path | None) -> None:
    text = table.map("{:.3f}".format).reset_index()
    rows = [dict(zip(map(str, text.columns), map(str, row), strict=True)) for row in text.to_numpy()]
    emit(rows, list(map(str, text.columns)), form, output, f"hours out of {table.attrs['span_h']:.3f}")


def _emit_periods(table: pd.DataFrame, form: str, output: Path | None) -> None:
    dates, hours = ("begin", "end", "first", "last"), ("span_h", "open_h", "longest_h")
    text = table.astype({"count": str}).reset_index().astype(object)
    for name in dates:
        text[name] = ["" if np.isnat(one) else format_epoch(one, "s") for one in table[name].to_numpy()]
    for name in (*hours, "share"):
        text[name] = table[name].map("{:.3f}".format).to_numpy()
    rows = [dict(zip(map(str, text.columns), map(str, row), strict=True)) for row in text.to_numpy()]
    title = f"best {table.index.name}: {table.attrs['best'] or 'none'}"
    emit(rows, list(map(str, text.columns)), form, output, title)
