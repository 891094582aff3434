"""``ilrs space``: plasma, meteoroids and dose of a span."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import pandas as pd

from ilrs_science.cli.common import emit, records_of, table_text, write_text
from ilrs_science.cli.place import moon_place, span_options
from ilrs_science.cli.progress import working
from ilrs_science.cli.series import SPAN_COLUMNS, spans
from ilrs_science.environment.light.flight import flight
from ilrs_science.environment.meteoroids import meteoroid_showers
from ilrs_science.environment.plasma import plasma_crossings
from ilrs_science.environment.radiation import dose_rates
from ilrs_science.epochs import format_epoch, grid, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import standpoint
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["space"]

STEP_S = 3600.0
"""Between epochs of the dose, but for shorter spans. [s]"""


@dataclass(frozen=True)
class Part:
    """One of the tables."""

    title: str
    columns: Sequence[str]
    numbers: Sequence[str]
    rows: Sequence[dict[str, str]]
    notes: Sequence[str]


@click.command()
@click.option(
    "--site", metavar="ID|LAT,LON[,HEIGHT_M]", help="Site or station id, or degrees north and east."
)
@click.option("--orbit", metavar="ID|FILE", help="Orbit id, or a CCSDS OEM or SPK file, instead of a site.")
@span_options
@click.option(
    "--only",
    type=click.Choice(["crossings", "showers", "doses"]),
    help="One table; csv has no room for more.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Form; json is one object with three lists.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here.")
def space(
    site: str | None,
    orbit: str | None,
    start: str,
    end: str,
    only: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Stays in magnetosheath and magnetotail, meteoroid showers, and dose rates of the Moon, a site or an orbiter."""
    if form == "csv" and only is None:
        raise RequestError("csv holds one table; add --only crossings, --only showers or --only doses")
    with working("plasma, meteoroids and dose of the span"):
        at = _place(site, orbit, (start, end))
        told = {name: part(at, start, end) for name, part in _PARTS.items() if only in (None, name)}
    if form == "json":
        lists = {name: records_of(part.rows, part.numbers) for name, part in told.items()}
        write_text(json.dumps(lists, indent=2, ensure_ascii=False), output)
        return
    if form == "table" and output is not None:
        texts = [table_text(one.rows, one.columns, one.title, notes=one.notes) for one in told.values()]
        write_text("\n\n".join(texts), output)
        return
    for index, part in enumerate(told.values()):
        if index:
            click.echo()
        emit(part.rows, part.columns, form, output, part.title, notes=part.notes)


def _place(site: str | None, orbit: str | None, span: tuple[str, str]) -> SurfacePlace | Trajectory | None:
    """The place that is meant; None is the Moon as a whole."""
    if site is None and orbit is None:
        return None
    meant = moon_place(site, None, orbit, mast=None, terrain=(), span=span)
    found = standpoint(meant, parse_span(*span))
    assert isinstance(found, SurfacePlace | Trajectory)
    return found


def _crossings(at: SurfacePlace | Trajectory | None, start: str, end: str) -> Part:
    table = plasma_crossings(start, end, at)
    rows = [
        {
            "region": str(stay["region"]),
            "start": _epoch(stay["start"]),
            "end": _epoch(stay["end"]),
            "duration_h": f"{stay['duration'] / 3600.0:.2f}",
        }
        for _, stay in table.iterrows()
    ]
    notes = ["solar wind at all other times; an edge is good to half a day"]
    columns = ("region", "start", "end", "duration_h")
    return Part("Stays in magnetosheath and magnetotail, UTC", columns, columns[3:], rows, notes)


def _showers(at: SurfacePlace | Trajectory | None, start: str, end: str) -> Part:
    place = at if isinstance(at, SurfacePlace) else None
    rows = [
        {
            "shower": str(one["shower"]),
            **{name: _epoch(one[name]) for name in ("start", "peak", "end")},
            "impact_speed_km_s": f"{one['impact_speed']:.1f}",
            "zenithal_hourly_rate": f"{one['zenithal_hourly_rate']:g}",
            "radiant_elevation_deg": "" if place is None else f"{one['radiant_elevation']:.1f}",
        }
        for _, one in meteoroid_showers(start, end, place).iterrows()
    ]
    numbers = ("impact_speed_km_s", "zenithal_hourly_rate", "radiant_elevation_deg")
    below = "; a radiant below 0 deg at the peak: the ground shields the place" if place else ""
    notes = [f"the Moon is up to 4 h early or late, and years differ by hours{below}"]
    return Part("Meteoroid showers, UTC", ("shower", "start", "peak", "end", *numbers), numbers, rows, notes)


def _doses(at: SurfacePlace | Trajectory | None, start: str, end: str) -> Part:
    first, last = parse_span(start, end)
    times = grid(start, end, f"{min(STEP_S, (last - first) / np.timedelta64(1, 's')):.6f} s")
    altitude = flight(at, times)["altitude"].values if isinstance(at, Trajectory) else 0.0
    found = dose_rates(times, altitude)
    rows, _ = spans(found[["dose_equivalent_rate", "dose_rate"]])
    notes = [f"{name}: {found[name].attrs['comment']}" for name in ("dose_equivalent_rate", "dose_rate")]
    return Part("Dose rates of cosmic rays, unshielded", SPAN_COLUMNS, SPAN_COLUMNS[1:4], rows, notes)


def _epoch(time: pd.Timestamp) -> str:
    return format_epoch(time.to_datetime64(), "s")


_PARTS: dict[str, Callable[[SurfacePlace | Trajectory | None, str, str], Part]] = {
    "crossings": _crossings,
    "showers": _showers,
    "doses": _doses,
}
