"""What a person asks of the windows dashboard, and the answer; no widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
import traitlets
import xarray as xr

from ilrs_science.catalogue.constraint import (
    Constraint,
    EarthElevation,
    Separation,
    SunElevation,
)
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import EpochError
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import find_windows

__all__ = ["LONGEST_DAYS", "WindowsAnswer", "WindowsModel"]

LONGEST_DAYS = 731
"""Longest span that the panel searches. [d]"""
_SAMPLES = 900
_WHOLE = (-90.0, 90.0)
_WHOLE_ANGLE = (0.0, 180.0)


@dataclass(frozen=True)
class WindowsAnswer:
    """When it is possible, what removed the rest, and where Sun and Earth are meanwhile."""

    site: Site
    """Where."""
    constraint: Constraint | None
    """What must hold; None if anything goes."""
    windows: Windows
    """When all of it holds."""
    table: pd.DataFrame
    """Budget of hours, see `ilrs_science.budget`."""
    observation: xr.Dataset
    """Sun and Earth over the span, see `ilrs_science.observe`."""

    @property
    def sentence(self) -> str:
        """The answer in words."""
        span = self.table.attrs["span_h"]
        if not len(self.windows):
            removed = self.table["removed_alone_h"]
            worst = f"{readable(removed.idxmax())} removes {removed.max():.0f} h by itself"
            return f"No window in these {span:.0f} h. {worst}."
        longest = int(np.argmax(self.windows.durations))
        count = f"{len(self.windows)} window{'s' if len(self.windows) != 1 else ''}"
        begin = str(self.windows.starts[longest].astype("datetime64[m]")).replace("T", " ")
        share = self.windows.hours / span
        hours = self.windows.longest / np.timedelta64(1, "h")
        return (
            f"{count}, {self.windows.hours:.1f} h of {span:.0f} h ({share:.0%}). "
            f"The longest lasts {hours:.1f} h from {begin} UTC."
        )


class WindowsModel(traitlets.HasTraits):
    """Choices of the windows dashboard; every number is brought into its range when it is set.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites come from; the shipped one by default.
    **choices
        Initial values of the traits.
    """

    site = traitlets.Unicode("connecting_ridge", help="Id of the site.")
    start = traitlets.Unicode("2031-02-24", help="First day, UTC, as 2031-02-24.")
    days = traitlets.Int(28, help="Length of the span. [d]")
    sun = traitlets.Tuple((-1.4, 90.0), help="Smallest and largest elevation of the Sun. [deg]")
    earth = traitlets.Tuple((2.0, 90.0), help="Smallest and largest elevation of the Earth. [deg]")
    separation = traitlets.Tuple(_WHOLE_ANGLE, help="Smallest and largest angle between Sun and Earth. [deg]")

    def __init__(self, catalogue: Catalogue | None = None, **choices: Any) -> None:
        self.catalogue = catalogue or load_catalogue()
        super().__init__(**choices)

    def __repr__(self) -> str:
        return f"<WindowsModel {self.site}, {self.days} d from {self.start}>"

    @traitlets.validate("site")
    def _known_site(self, proposal: dict[str, Any]) -> str:
        return self.catalogue.sites[str(proposal["value"])].id

    @traitlets.validate("start")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        text = str(proposal["value"]).strip()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise EpochError(f"{text[:20]!r} is not a date; write it as 2031-02-24") from None

    @traitlets.validate("days")
    def _bounded_days(self, proposal: dict[str, Any]) -> int:
        return min(max(int(proposal["value"]), 1), LONGEST_DAYS)

    @traitlets.validate("sun", "earth")
    def _bounded_elevation(self, proposal: dict[str, Any]) -> tuple[float, float]:
        return _ordered(proposal["value"], *_WHOLE)

    @traitlets.validate("separation")
    def _bounded_angle(self, proposal: dict[str, Any]) -> tuple[float, float]:
        return _ordered(proposal["value"], *_WHOLE_ANGLE)

    @property
    def span(self) -> tuple[np.datetime64, np.datetime64]:
        """Start and end, UTC."""
        first = parse_epoch(self.start)
        return first, first + np.timedelta64(self.days, "D")

    @property
    def constraint(self) -> Constraint | None:
        """What must hold; None if every range is fully open."""
        parts: list[Any] = []
        if limits := _limits(self.sun, _WHOLE):
            parts.append(SunElevation(**limits))
        if limits := _limits(self.earth, _WHOLE):
            parts.append(EarthElevation(**limits))
        if limits := _limits(self.separation, _WHOLE_ANGLE):
            parts.append(Separation(bodies=("sun", "earth"), **limits))
        return reduce(lambda a, b: a & b, parts) if parts else None

    def answer(self) -> WindowsAnswer:
        """Compute what follows from the choices.

        Returns
        -------
        WindowsAnswer
            Windows, budget and sky.

        Raises
        ------
        RequestError
            If the span is outside what the ephemeris covers.
        """
        site, (start, end), constraint = self.catalogue.sites[self.site], self.span, self.constraint
        everything = Windows.everything(start, end)
        step = max(600.0, float((end - start) / np.timedelta64(1, "s")) / _SAMPLES)
        times = start + (np.arange(0.0, (end - start) / np.timedelta64(1, "s"), step) * 1e6).astype(
            "timedelta64[us]"
        )
        if constraint is None:
            table = pd.DataFrame(
                columns=["open_h", "removed_alone_h", "removed_in_order_h", "left_h", "sole_blame_h"]
            )
            table.attrs["span_h"] = everything.hours
            return WindowsAnswer(site, None, everything, table, observe(site, times))
        found = find_windows(constraint, site, start, end)
        return WindowsAnswer(
            site, constraint, found, budget(constraint, site, start, end), observe(site, times)
        )

    def code(self) -> str:
        """The Python lines that give the same windows.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        start, end = (str(time.astype("datetime64[D]")) for time in self.span)
        parts = []
        for name, value, whole in (
            ("SunElevation", self.sun, _WHOLE),
            ("EarthElevation", self.earth, _WHOLE),
        ):
            if limits := _limits(value, whole):
                parts.append(f"ilrs.{name}({_arguments(limits)})")
        if limits := _limits(self.separation, _WHOLE_ANGLE):
            parts.append(f'ilrs.Separation(bodies=("sun", "earth"), {_arguments(limits)})')
        constraint = " & ".join(parts)
        found = (
            f'windows = ilrs.find_windows(constraint, site, "{start}", "{end}")'
            if parts
            else f'windows = ilrs.Windows.everything("{start}", "{end}")'
        )
        lines = ["import ilrs_science as ilrs", "", f'site = ilrs.load_catalogue().sites["{self.site}"]']
        return "\n".join([*lines, *([f"constraint = {constraint}"] if parts else []), found])


def _arguments(limits: dict[str, str]) -> str:
    return ", ".join(f'{name}="{text}"' for name, text in limits.items())


def _ordered(pair: Any, low: float, high: float) -> tuple[float, float]:
    """Two finite numbers in order, inside the range, and apart by at least 0.01."""
    first, last = (float(value) if math.isfinite(float(value)) else low for value in tuple(pair)[:2])
    first, last = sorted((min(max(first, low), high), min(max(last, low), high)))
    if last - first < 0.01:
        first, last = (first, first + 0.01) if first + 0.01 <= high else (high - 0.01, high)
    return round(first, 4), round(last, 4)


def _limits(value: tuple[float, float], whole: tuple[float, float]) -> dict[str, str]:
    """``min`` and ``max`` with unit, for those ends of the range that are not fully open."""
    ends = zip(("min", "max"), value, whole, strict=True)
    return {name: f"{number:g} deg" for name, number, open_end in ends if number != open_end}
