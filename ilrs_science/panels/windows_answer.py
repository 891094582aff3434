"""What follows from the choices of the windows dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint, EarthElevation, SunElevation
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.observability import observability

__all__ = ["WindowsAnswer", "answer_of"]

_SAMPLES = 900
_MONTHLY = np.timedelta64(60, "D")
"""Longest span that is not told month by month."""


@dataclass(frozen=True)
class WindowsAnswer:
    """When it is possible, what removed the rest, and where Sun and Earth are meanwhile."""

    place: Site | Orbit
    """Where."""
    constraint: Constraint | None
    """What must hold; None if anything goes."""
    parts: tuple[tuple[str, Windows], ...]
    """Each condition by its label, and when it holds."""
    windows: Windows
    """When all of it holds."""
    table: pd.DataFrame | None
    """Budget of hours, see `ilrs_science.budget`; None where not all conditions must hold."""
    observation: xr.Dataset | None
    """Sun and Earth over the span, see `ilrs_science.observe`; None on an orbiter."""
    months: pd.DataFrame | None
    """Month by month, see `ilrs_science.observability`; None of a short span."""

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
        hours = self.windows.longest / np.timedelta64(1, "h")
        return (
            f"{count}, {self.windows.hours:.1f} h of {self.span_h:.0f} h ({share:.0%}). "
            f"The longest lasts {_length(hours)} from {begin} UTC."
        )

    def _nothing(self) -> str:
        """That nothing opens, and which condition alone removes most."""
        label, least = min(self.parts, key=lambda part: part[1].hours)
        worst = f"{readable(label)} removes {self.span_h - least.hours:.0f} h by itself"
        return f"No window in these {self.span_h:.0f} h. {worst}."


def answer_of(
    place: Site | Orbit,
    parts: tuple[Constraint, ...],
    constraint: Constraint | None,
    span: tuple[np.datetime64, np.datetime64],
    catalogue: Catalogue,
) -> WindowsAnswer:
    """Windows of some constraints at a place.

    Parameters
    ----------
    place : Site or Orbit
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
    everything = Windows.everything(*span)
    found = [find_windows(part, place, *span, catalogue=catalogue) for part in parts]
    either = isinstance(constraint, AnyOf)
    windows = reduce(Windows.__or__ if either else Windows.__and__, found) if found else everything
    table = (
        budget(constraint, place, *span, catalogue=catalogue)
        if constraint is not None and not either
        else None
    )
    return WindowsAnswer(
        place,
        constraint,
        tuple(zip((part.label for part in parts), found, strict=True)),
        windows,
        table,
        _sky(place, span) if isinstance(place, Site) else None,
        observability(windows) if span[1] - span[0] > _MONTHLY else None,
    )


def _sky(site: Site, span: tuple[np.datetime64, np.datetime64]) -> xr.Dataset:
    """Sun and Earth over the span, as finely as a picture shows."""
    seconds = float((span[1] - span[0]) / np.timedelta64(1, "s"))
    step = max(600.0, seconds / _SAMPLES)
    times = span[0] + (np.arange(0.0, seconds, step) * 1e6).astype("timedelta64[us]")
    return observe(site, times)


def _length(hours: float) -> str:
    return f"{hours:.1f} h" if hours >= 1.0 else f"{60 * hours:.1f} min"
