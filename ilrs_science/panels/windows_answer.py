"""What follows from the choices of the windows dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint, EarthElevation, SunElevation
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.epochs import format_epoch
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.windows.budget import budget_of
from ilrs_science.windows.constraints import search_of
from ilrs_science.windows.nearest_miss import nearest_miss
from ilrs_science.windows.observability import observability

__all__ = ["WindowsAnswer", "answer_of"]

_SAMPLES = 900
_REVOLUTIONS = 5.0
_MONTHLY = np.timedelta64(60, "D")
"""Longest span that is not told month by month."""


@dataclass(frozen=True)
class WindowsAnswer:
    """When it is possible, what removed the rest, and where Sun and Earth are meanwhile."""

    place: Site | Station | Orbit
    """Where."""
    constraint: Constraint | None
    """What must hold; None if anything goes."""
    parts: Mapping[str, Windows]
    """When each condition holds, by its label."""
    windows: Windows
    """When all of it holds."""
    table: pd.DataFrame | None
    """Budget of hours, see `ilrs_science.budget`; None where not all conditions must hold."""
    observation: xr.Dataset
    """Sun and Earth, see `ilrs_science.observe`; on an orbiter over the first revolutions only."""
    months: pd.DataFrame | None
    """Month by month, see `ilrs_science.observability`; None of a short span."""
    miss: pd.DataFrame | None
    """How far a window is from opening, see `ilrs_science.nearest_miss`; None if there is one."""

    @property
    def span_h(self) -> float:
        """Length of the span. [h]"""
        start, end = self.windows.span or (np.datetime64(0, "us"), np.datetime64(0, "us"))
        return float((end - start) / np.timedelta64(1, "h"))

    @property
    def name(self) -> str:
        """What is true in the windows."""
        if self.constraint is None:
            return "Open"
        return "Any condition holds" if isinstance(self.constraint, AnyOf) else "All conditions hold"

    @property
    def limits(self) -> dict[str, tuple[float | None, float | None]]:
        """Smallest and largest elevation of Sun and Earth where conditions limit them. [deg]"""
        parts = self.constraint.of if isinstance(self.constraint, AllOf | AnyOf) else (self.constraint,)
        kinds = {SunElevation: "sun", EarthElevation: "earth"}
        return {
            kinds[type(part)]: (part.min, part.max)
            for part in parts
            if isinstance(part, SunElevation | EarthElevation)
        }

    @property
    def sentence(self) -> str:
        """The answer in words."""
        if self.constraint is None:
            return f"No condition is set, so all {self.span_h:.0f} h are open. Add one."
        if not len(self.windows):
            return self._nothing()
        longest = int(np.argmax(self.windows.durations))
        count = f"{len(self.windows)} window{'s' if len(self.windows) != 1 else ''}"
        begin = str(self.windows.starts[longest].astype("datetime64[m]")).replace("T", " ")
        share = self.windows.hours / self.span_h
        return (
            f"{count}, {self.windows.hours:.1f} h of {self.span_h:.0f} h ({share:.0%}). "
            f"The longest lasts {_length(self.windows.longest)} from {begin} UTC."
        )

    def _nothing(self) -> str:
        """That nothing opens, and which condition is nearest to it, or removes most."""
        nothing = f"No window in these {self.span_h:.0f} h."
        if self.miss is not None and len(self.miss) and bool(self.miss["others_hold"].iloc[0]):
            row = self.miss.iloc[0]
            when = format_epoch(row["when"].to_datetime64(), "s")[:16].replace("T", " ")
            short = f"{readable(row.name)} is short by {row['short_by']:.3g} {row['unit']}"
            return f"{nothing} Nearest on {when} UTC: {short}, and all else holds."
        label = min(self.parts, key=lambda name: self.parts[name].hours)
        removed = self.span_h - self.parts[label].hours
        return f"{nothing} {readable(label)} removes {removed:.0f} h by itself."


def answer_of(
    place: Site | Station | Orbit,
    parts: tuple[Constraint, ...],
    constraint: Constraint | None,
    span: tuple[np.datetime64, np.datetime64],
    catalogue: Catalogue,
) -> WindowsAnswer:
    """Windows of some constraints at a place.

    Parameters
    ----------
    place : Site, Station or Orbit
        Where.
    parts : tuple of Constraint
        The conditions.
    constraint : Constraint or None
        How they are joined.
    span : tuple of datetime64
        Start and end, UTC.
    catalogue : Catalogue
        Where names are looked up.

    Returns
    -------
    WindowsAnswer

    Raises
    ------
    RequestError
        As `find_windows`.
    """
    search = search_of(place, *span, catalogue=catalogue)
    found = search.everything if constraint is None else search.windows(constraint)
    table = miss = None
    if constraint is not None and not isinstance(constraint, AnyOf):
        table = budget_of(search, constraint)
    if constraint is not None and not len(found):
        miss = nearest_miss(constraint, place, *span, catalogue=catalogue)
    return WindowsAnswer(
        place=place,
        constraint=constraint,
        parts={part.label: search.windows(part) for part in parts},
        windows=found,
        table=table,
        observation=observe(place, _times(place, span), catalogue=catalogue),
        months=observability(found) if span[1] - span[0] > _MONTHLY else None,
        miss=miss,
    )


def _times(place: Site | Station | Orbit, span: tuple[np.datetime64, np.datetime64]) -> np.ndarray:
    """Instants at which the sky is drawn, UTC: the whole span at a site, some revolutions on an orbiter."""
    length = float((span[1] - span[0]) / np.timedelta64(1, "s"))
    if isinstance(place, Orbit):
        length = min(length, _REVOLUTIONS * place.period)
        step = length / _SAMPLES
    else:
        step = max(600.0, length / _SAMPLES)
    return span[0] + (np.arange(0.0, length, step) * 1e6).astype("timedelta64[us]")


def _length(duration: np.timedelta64) -> str:
    seconds = float(duration / np.timedelta64(1, "s"))
    if seconds >= 3600.0:
        return f"{seconds / 3600.0:.1f} h"
    return f"{seconds / 60.0:.1f} min" if seconds >= 60.0 else f"{seconds:.3f} s"
