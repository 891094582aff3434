"""``ilrs illumination``: how much light a place gets, and how far that may be off."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from ilrs_science.cli.common import emit, site_of, write_text
from ilrs_science.environment.statistics import illumination_statistics

__all__ = ["illumination"]


@click.command()
@click.option(
    "--site", required=True, metavar="ID|LAT,LON[,HEIGHT_M]", help="Site id, or degrees north and east."
)
@click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option("--mast", default="2 m", show_default=True, metavar="LENGTH", help="Height of the eye.")
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|FILE",
    help="Shipped grids, or files nested over them, finest first.  [default: auto]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="json",
    show_default=True,
    help="Form.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here.")
def illumination(
    site: str,
    start: str,
    end: str,
    mast: str,
    step: str,
    terrain: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Mean visible fraction of the Sun, part of the time lit, longest dark and lit, with their spread."""
    found = illumination_statistics(
        site_of(site), start, end, mast=mast, terrain=terrain or ("auto",), step=step
    )
    numbers = asdict(found)
    if form == "json":
        write_text(json.dumps(numbers, indent=2, ensure_ascii=False), output)
        return
    spread, _ = numbers.pop("spread"), numbers.pop("definition")
    rows = [{"name": name, "value": _text(value), "low": "", "high": ""} for name, value in numbers.items()]
    for row in rows:
        ranges = [case[row["name"]] for case in spread.values() if row["name"] in case]
        if ranges:
            row["low"], row["high"] = (
                _text(min(low for low, _ in ranges)),
                _text(max(high for _, high in ranges)),
            )
    emit(rows, ("name", "value", "low", "high"), form, output)


def _text(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)
