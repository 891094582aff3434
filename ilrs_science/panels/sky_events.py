"""What happens in the sky of a place: sunrise and sunset, the Earth's rise and set, eclipses, passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ilrs_science.catalogue.constraint import Day, EarthElevation, Eclipse, Occultation, PassOver
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.epochs import format_epoch
from ilrs_science.intervals import Windows
from ilrs_science.panels.sky_model import SkyChoices
from ilrs_science.panels.sky_names import short
from ilrs_science.sky.observe import observe
from ilrs_science.windows.constraints import find_windows

__all__ = ["MOST_ROWS", "EventList", "events_of", "highest"]

MOST_ROWS = 12
"""Most events of a kind that are listed."""
_SAMPLES = 81
_SECOND = np.timedelta64(1_000_000, "us")
_HOUR = np.timedelta64(1, "h")
_COVERS: tuple[Literal["earth", "moon"], ...] = ("earth", "moon")
_PHASES: tuple[Literal["any", "umbra"], ...] = ("any", "umbra")


@dataclass(frozen=True)
class EventList:
    """Events of one kind."""

    caption: str
    """What they are, and how many."""
    columns: tuple[str, ...]
    """Headings, with units."""
    rows: tuple[tuple[str, ...], ...]
    """One event each, in the order of time; empty if there is none."""
    empty: str
    """What to say if there is none."""


def events_of(choices: SkyChoices, catalogue: Catalogue) -> tuple[EventList, ...]:
    """Everything that happens over the span.

    Parameters
    ----------
    choices : SkyChoices
        What is asked.
    catalogue : Catalogue
        Where records come from.

    Returns
    -------
    tuple of EventList
        Sunlight, Earth, eclipses, passes.

    Raises
    ------
    IlrsError
        If an orbiter hits the Moon, or the kernels do not cover the span.
    """
    span = choices.span
    day = find_windows(Day(), choices.place, *span, catalogue=catalogue)
    if choices.aloft:
        hidden = find_windows(Occultation(target="earth"), choices.place, *span, catalogue=catalogue)
        earth, level = ~hidden, "the limb"
    else:
        above = EarthElevation(min="0 deg")
        earth, level = find_windows(above, choices.place, *span, catalogue=catalogue), "the horizontal"
    return (
        _risings("Sun", day, choices, level),
        _risings("Earth", earth, choices, level),
        _eclipses(choices, catalogue),
        _passes(choices, catalogue),
    )


def highest(
    site: str, orbit: str, passes: Windows, span: tuple[np.datetime64, np.datetime64], catalogue: Catalogue
) -> list[tuple[np.datetime64, float]]:
    """When and how high an orbiter is highest in each pass.

    Parameters
    ----------
    site, orbit : str
        Ids.
    passes : Windows
        When it is above the horizontal.
    span : tuple of datetime64
        Over which the orbiter is followed, UTC.
    catalogue : Catalogue
        Where records come from.

    Returns
    -------
    list of tuple
        UTC to about a thousandth of the pass, and elevation. [deg]
    """
    if not len(passes):
        return []
    share = np.linspace(0.0, 1.0, _SAMPLES)
    inside = [start + (share * ((end - start) / np.timedelta64(1, "us"))).astype("timedelta64[us]")
              for start, end in passes]  # fmt: skip
    first, last = span[0], span[1] - _SECOND
    times = np.clip(np.concatenate(inside), first, last)
    seen = observe(site, np.r_[first, times, last], [orbit], catalogue=catalogue)
    elevation = seen["elevation"].values[1:-1, 0].reshape(len(passes), _SAMPLES)
    return [_top(when, height) for when, height in zip(times.reshape(-1, _SAMPLES), elevation, strict=True)]


def _top(when: np.ndarray, height: np.ndarray) -> tuple[np.datetime64, float]:
    """Vertex of the parabola through the highest sample and its neighbours."""
    peak = int(np.argmax(height))
    if not 0 < peak < len(height) - 1:
        return when[peak], float(height[peak])
    before, here, after = height[peak - 1 : peak + 2]
    bend = before - 2.0 * here + after
    shift = float(np.clip(0.5 * (before - after) / bend, -1.0, 1.0)) if bend else 0.0
    step = (when[peak + 1] - when[peak]) / np.timedelta64(1, "us")
    return when[peak] + np.timedelta64(int(shift * step), "us"), float(here - 0.25 * (before - after) * shift)


def _risings(body: str, up: Windows, choices: SkyChoices, level: str) -> EventList:
    rows = tuple(
        (
            _edge(start, choices.start, "up at start"),
            _edge(end, choices.end, "up at end"),
            _length(start, end),
        )
        for start, end in up[:MOST_ROWS]
    )
    total = (choices.end - choices.start) / _HOUR
    caption = f"{body} above {level}, {up.hours:.1f} h of {total:.1f} h{_count(len(up))}"
    return EventList(
        caption,
        ("Rise [UTC]", "Set [UTC]", "Length [h]"),
        rows,
        f"The {body} is never above {level} in these {choices.length}.",
    )


def _eclipses(choices: SkyChoices, catalogue: Catalogue) -> EventList:
    found = []
    for by in _COVERS if choices.aloft else _COVERS[:1]:
        partly, wholly = (
            find_windows(Eclipse(by=by, phase=phase), choices.place, *choices.span, catalogue=catalogue)
            for phase in _PHASES
        )
        dark = wholly.hours
        found += [
            (start, end, by, wholly.between(start, end).hours if dark else 0.0) for start, end in partly
        ]
    found.sort(key=lambda one: one[0])
    rows = tuple(
        (
            _edge(start, choices.start, "before start"),
            _edge(end, choices.end, "after end"),
            _length(start, end),
            by.title(),
            f"{dark:.3f}" if dark else "none: partial",
        )
        for start, end, by, dark in found[:MOST_ROWS]
    )
    return EventList(
        f"Eclipses of the Sun{_count(len(found))}",
        ("Start [UTC]", "End [UTC]", "Length [h]", "By", "All covered [h]"),
        rows,
        f"No eclipse in these {choices.length}.",
    )


def _passes(choices: SkyChoices, catalogue: Catalogue) -> EventList:
    orbit, site = catalogue.orbits[choices.orbit].label, short(catalogue.sites[choices.site].label)
    over = PassOver(site=choices.site) if choices.aloft else PassOver(orbiter=choices.orbit)
    found = find_windows(over, choices.place, *choices.span, catalogue=catalogue)
    shown = found[:MOST_ROWS]
    tops = highest(choices.site, choices.orbit, shown, choices.span, catalogue)
    rows = tuple(
        (
            _edge(start, choices.start, "up at start"),
            _edge(end, choices.end, "up at end"),
            _length(start, end),
            f"{top:.2f}",
            _clock(when),
        )
        for (start, end), (when, top) in zip(shown, tops, strict=True)
    )
    return EventList(
        f"Passes of {orbit} over {site}, {found.hours:.1f} h{_count(len(found))}",
        ("Rise [UTC]", "Set [UTC]", "Length [h]", "Highest [deg]", "at [UTC]"),
        rows,
        f"{orbit} does not rise over {site} in these {choices.length}.",
    )


def _clock(time: np.datetime64) -> str:
    return format_epoch(time, "s")[:-1].replace("T", " ")


def _edge(time: np.datetime64, bound: np.datetime64, words: str) -> str:
    """The instant to the second, or what is true at the end of the span, where it is no event."""
    return words if time == bound else _clock(time)


def _length(start: np.datetime64, end: np.datetime64) -> str:
    return f"{(end - start) / _HOUR:.3f}"


def _count(number: int) -> str:
    return f", the first {MOST_ROWS} of {number}" if number > MOST_ROWS else ""
