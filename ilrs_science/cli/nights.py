"""``ilrs nights``: which dark periods a station survives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.place import TERRAIN_HELP, span_options
from ilrs_science.cli.progress import working
from ilrs_science.environment.power.night import night_survival
from ilrs_science.environment.power.supply import watts
from ilrs_science.epochs import format_epoch

__all__ = ["nights"]

ENERGIES = ("energy", "lowest_charge", "unmet", "margin")
"""Of the library's table in Wh, here in kWh."""

NUMBERS = ("duration_h", *(f"{name}_kWh" for name in ENERGIES))


@click.command()
@click.option("--station", required=True, metavar="ID", help="With its plant, battery and mast.")
@span_options
@click.option("--load", metavar="POWER", help="Drawn all the time.  [default: the station's base load]")
@click.option("--mast", metavar="LENGTH", help="Height of the array.  [default: the station's]")
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option("--terrain", multiple=True, metavar="auto|none|NAME|FILE", help=TERRAIN_HELP)
@output_options
@click.pass_context
def nights(
    context: click.Context,
    station: str,
    start: str,
    end: str,
    load: str | None,
    mast: str | None,
    step: str,
    terrain: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Dark periods of a station, and what each leaves in its battery; exit status 1 if one is not survived."""
    record = load_catalogue().stations[station]
    drawn = None if load is None else watts(load)
    with working("nights of the span"):
        found = night_survival(
            record, start, end, load=drawn, mast=mast, terrain=terrain or ("auto",), step=step
        )
    rows = [_row(night) for _, night in found.table.iterrows()]
    summary = repr(found).removeprefix("<NightSurvival: ").removesuffix(">")
    emit(rows, ("start", "end", *NUMBERS, "survives"), form, output, numbers=NUMBERS)
    click.echo(f"{station}: {summary}", err=True)
    context.exit(0 if found.survives else 1)


def _row(night: Any) -> dict[str, str]:
    row = {name: format_epoch(night[name].to_datetime64(), "s") for name in ("start", "end")}
    row["duration_h"] = f"{night['duration_h']:.2f}"
    row |= {f"{name}_kWh": f"{night[f'{name}_Wh'] / 1e3:.4g}" for name in ENERGIES}
    return row | {"survives": "yes" if night["survives"] else "no"}
