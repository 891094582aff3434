"""``ilrs illumination``: how much light a place gets, and how far that may be off."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import click

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.common import emit, site_of, write_text
from ilrs_science.cli.place import GRIDS_HELP
from ilrs_science.cli.progress import working
from ilrs_science.environment.statistics import illumination_statistics

__all__ = ["illumination"]

WIDE = 40
"""Texts longer than this stand below the table, lest they push its columns aside."""


@click.command()
@click.option(
    "--site",
    required=True,
    metavar="ID|LAT,LON[,HEIGHT_M]",
    help="Site or station id, or degrees north and east.",
)
@click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option("--mast", metavar="LENGTH", help="Height of the eye.  [default: the station's, else 2 m]")
@click.option(
    "--body", type=click.Choice(["sun", "earth"]), default="sun", show_default=True, help="Whose disc."
)
@click.option(
    "--limb-darkening",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Of the Sun: 0 is a uniform disc, 0.6 what the eye sees.",
)
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--terrain",
    multiple=True,
    metavar="auto|NAME|FILE",
    help=GRIDS_HELP,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="json",
    show_default=True,
    help="Form; json, unlike elsewhere, because the numbers mean nothing without what they depend on.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here.")
def illumination(
    site: str,
    start: str,
    end: str,
    mast: str | None,
    body: Literal["sun", "earth"],
    limb_darkening: float,
    step: str,
    terrain: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Mean visible fraction of the Sun or the Earth, part of the time lit, longest dark and lit, with their spread."""
    with working("light of the span"):
        found = illumination_statistics(
            site if site in load_catalogue().stations else site_of(site),
            start,
            end,
            mast=mast,
            terrain=terrain or ("auto",),
            step=step,
            body=body,
            limb_darkening=limb_darkening,
        )
    numbers = asdict(found)
    if form == "json":
        write_text(json.dumps(numbers, indent=2, ensure_ascii=False), output)
        return
    spread = numbers.pop("spread")
    long = {name: str(value) for name, value in numbers.items() if len(str(value)) > WIDE and form == "table"}
    numbers = {name: value for name, value in numbers.items() if name not in long}
    rows = [_row(name, value, spread) for name, value in numbers.items()]
    title = f"light at {site}, with the least and greatest of each number over small changes"
    notes = [f"{name}  {value}" for name, value in long.items()]
    emit(rows, ("name", "value", "low", "high", *spread), form, output, title, notes=notes)


def _row(name: str, value: object, spread: dict[str, dict[str, list[float]]]) -> dict[str, str]:
    """A number with its widest spread, and that over pixels, masts and years; a single year has no spread."""
    ranges = {
        case: found[name]
        for case, found in spread.items()
        if name in found and (case != "single_years" or found[name][0] < found[name][1])
    }
    row = {"name": name, "value": _text(value), "low": "", "high": ""} | dict.fromkeys(spread, "")
    if ranges:
        row["low"] = _text(min(low for low, _ in ranges.values()))
        row["high"] = _text(max(high for _, high in ranges.values()))
    return row | {case: f"{_text(low)} to {_text(high)}" for case, (low, high) in ranges.items()}


def _text(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)
