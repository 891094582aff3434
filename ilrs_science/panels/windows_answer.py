"""The answer of the windows dashboard: when it is possible, what removed the rest, and what the sky does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import format_epoch
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import search_of
from ilrs_science.windows.nearest_miss import nearest_miss
from ilrs_science.windows.observability import observability

__all__ = ["WindowsAnswer", "answer_of"]

_SAMPLES = 900
_REVOLUTIONS = 5.0
_LONG = np.timedelta64(60, "D")
_COLUMNS = ["open_h", "removed_alone_h", "removed_in_order_h", "left_h", "sole_blame_h"]


@dataclass(frozen=True)
class WindowsAnswer:
    """When it is possible, what removed the rest, and where Sun and Earth are meanwhile."""

    place: Site | Orbit
    """Where."""
    constraint: Constraint | None
    """What must hold; None if anything goes."""
    windows: Windows
    """When all of it holds."""
    parts: Mapping[str, Windows]
    """When each condition holds, by its label."""
    table: pd.DataFrame
    """Budget of hours, see `ilrs_science.budget`."""
    observation: xr.Dataset
    """Sun and Earth, see `ilrs_science.observe`; on an orbiter over the first revolutions only."""
    months: pd.DataFrame | None
    """Hours of each month, see `ilrs_science.observability`; None for short spans."""
    miss: pd.DataFrame | None
    """How far a window is from opening, see `ilrs_science.nearest_miss`; None if there is one."""

    @property
    def sentence(self) -> str:
        """The answer in words."""
        span = self.table.attrs["span_h"]
        if not len(self.windows):
            return f"No window in these {span:.0f} h. {self._why}"
        longest = int(np.argmax(self.windows.durations))
        count = f"{len(self.windows)} window{'s' if len(self.windows) != 1 else ''}"
        begin = str(self.windows.starts[longest].astype("datetime64[m]")).replace("T", " ")
        share = self.windows.hours / span
        return (
            f"{count}, {self.windows.hours:.1f} h of {span:.0f} h ({share:.0%}). "
            f"The longest lasts {_length(self.windows.longest)} from {begin} UTC."
        )

    @property
    def _why(self) -> str:
        """Which condition is nearest to opening a window, or which takes most hours."""
        if self.miss is not None and len(self.miss) and bool(self.miss["others_hold"].iloc[0]):
            row = self.miss.iloc[0]
            when = format_epoch(row["when"].to_datetime64(), "s")[:16].replace("T", " ")
            return (
                f"Nearest on {when} UTC: everything else holds, and {readable(row.name)} "
                f"is short by {row['short_by']:.2f} {row['unit']}."
            )
        removed = self.table["removed_alone_h"]
        return f"{readable(removed.idxmax())} removes {removed.max():.0f} h by itself."


def _length(duration: np.timedelta64) -> str:
    seconds = float(duration / np.timedelta64(1, "s"))
    if seconds >= 3600.0:
        return f"{seconds / 3600.0:.1f} h"
    return f"{seconds / 60.0:.1f} min" if seconds >= 60.0 else f"{seconds:.3f} s"


def answer_of(
    place: Site | Orbit,
    constraint: Constraint | None,
    parts: Sequence[Constraint],
    span: tuple[np.datetime64, np.datetime64],
    catalogue: Catalogue,
) -> WindowsAnswer:
    """Compute the answer.

    Parameters
    ----------
    place : Site or Orbit
        Where.
    constraint : Constraint or None
        What must hold.
    parts : sequence of Constraint
        Its conditions, one by one.
    span : tuple of datetime64
        Start and end, UTC.
    catalogue : Catalogue
        Where names are looked up.

    Returns
    -------
    WindowsAnswer

    Raises
    ------
    RequestError, CoverageError
        As `ilrs_science.find_windows`.
    """
    search = search_of(place, *span, catalogue=catalogue)
    found = search.everything if constraint is None else search.windows(constraint)
    if constraint is None:
        table = pd.DataFrame(columns=_COLUMNS)
        table.attrs["span_h"] = search.everything.hours
    else:
        table = budget(constraint, place, *span, catalogue=catalogue)
    miss = None
    if constraint is not None and not len(found):
        miss = nearest_miss(constraint, place, *span, catalogue=catalogue)
    return WindowsAnswer(
        place=place,
        constraint=constraint,
        windows=found,
        parts={part.label: search.windows(part) for part in parts},
        table=table,
        observation=observe(place, _times(place, span), catalogue=catalogue),
        months=observability(found) if span[1] - span[0] >= _LONG else None,
        miss=miss,
    )


def _times(place: Site | Orbit, span: tuple[np.datetime64, np.datetime64]) -> np.ndarray:
    """Instants at which the sky is drawn, UTC: the whole span at a site, some revolutions on an orbiter."""
    length = float((span[1] - span[0]) / np.timedelta64(1, "s"))
    if isinstance(place, Orbit):
        length = min(length, _REVOLUTIONS * place.period)
        step = length / _SAMPLES
    else:
        step = max(600.0, length / _SAMPLES)
    return span[0] + (np.arange(0.0, length, step) * 1e6).astype("timedelta64[us]")
