"""``ilrs battery``: how large a battery a place asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.place import ground_options, standing
from ilrs_science.cli.progress import working
from ilrs_science.environment.power.sizing import Losses, battery_curve, battery_for
from ilrs_science.environment.power.supply import watts
from ilrs_science.errors import RequestError

__all__ = ["battery"]

COLUMNS = ("load_W", "array_W", "battery_kWh")

NONE = "none suffices"
"""Instead of a capacity, where the supply is less than the load."""

PART = click.FloatRange(0, 1, min_open=True)


@click.command()
@click.option(
    "--load", "loads", required=True, multiple=True, metavar="POWER", help="Such as '300 W'; may be repeated."
)
@click.option(
    "--array",
    "arrays",
    multiple=True,
    metavar="POWER",
    help="Face on to the Sun at 1 AU, such as '2 kW'; may be repeated.  [default: the station's plant]",
)
@ground_options
@click.option(
    "--mast",
    metavar="LENGTH",
    help="Height of the array above the ground.  [default: the station's, else 2 m]",
)
@click.option("--step", default="1 h", show_default=True, metavar="DURATION", help="Between epochs.")
@click.option(
    "--depth-of-discharge",
    type=PART,
    metavar="PART",
    help="Part that may be drawn.  [default: the station's, else 1]",
)
@click.option(
    "--charge-efficiency",
    type=PART,
    metavar="PART",
    help="Stored over fed in.  [default: the station's, else 1]",
)
@click.option(
    "--discharge-efficiency",
    type=PART,
    metavar="PART",
    help="Delivered over drawn.  [default: the station's, else 1]",
)
@output_options
def battery(
    loads: tuple[str, ...],
    arrays: tuple[str, ...],
    site: str | None,
    station: str | None,
    start: str,
    end: str,
    terrain: tuple[str, ...],
    mast: str | None,
    step: str,
    depth_of_discharge: float | None,
    charge_efficiency: float | None,
    discharge_efficiency: float | None,
    form: str,
    output: Path | None,
) -> None:
    """Smallest battery that carries a load through a span, by load and array; it begins full."""
    place = standing(site, station)
    if not arrays and not isinstance(place, Station):
        raise RequestError("a site has no plant; add --array POWER, or ask for a --station")
    parts = {
        "depth_of_discharge": depth_of_discharge,
        "charge_efficiency": charge_efficiency,
        "discharge_efficiency": discharge_efficiency,
    }
    seen = {"mast": mast, "terrain": terrain or ("auto",), "step": step}
    with working("light of the span"):
        found = list(_sizes(loads, arrays, place, (start, end), **parts, **seen))
    rows = [_row(load, array, need, form) for load, array, need in found]
    title = f"Battery at {site or station}, {start} to {end}; it begins full"
    told = ", ".join(
        f"{name.replace('_', ' ')} {one:g}" for name, one in vars(Losses.of(place, **parts)).items()
    )
    notes = [f"{told}; rates, temperature limits, self-discharge and fade are left out"]
    emit(rows, COLUMNS, form, output, title, numbers=COLUMNS, notes=notes)


def _sizes(
    loads: tuple[str, ...],
    arrays: tuple[str, ...],
    place: Site | Station,
    span: tuple[str, str],
    **given: Any,
) -> Iterator[tuple[float, float, float]]:
    """Load and array [W], the latter not a number for a plant of its own, and battery [kWh], infinite if none does."""
    powers = [watts(load) for load in loads]
    if not arrays:
        for power in powers:
            yield power, math.nan, battery_for(power, place, *span, **given) / 1e3
        return
    sizes = [watts(array) for array in arrays]
    table = battery_curve(list(powers), place, *span, array_power=sizes, **given)["battery_capacity"]
    for j, power in enumerate(powers):
        for i, size in enumerate(sizes):
            need = float(table.transpose("array_power", "load")[i, j])
            yield power, size, math.inf if math.isnan(need) else need / 1e3


def _row(load: float, array: float, need: float, form: str) -> dict[str, str]:
    none = NONE if form == "table" else ""
    values = (
        f"{load:g}",
        "" if math.isnan(array) else f"{array:g}",
        f"{need:.4g}" if math.isfinite(need) else none,
    )
    return dict(zip(COLUMNS, values, strict=True))
