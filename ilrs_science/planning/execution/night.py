"""The nights through which a station sleeps by plan, and the elevation of the Sun by which it wakes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.exposure import Spans, joined, lit
from ilrs_science.planning.execution.steps import Steps
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["nights_of", "sun_steps"]


def sun_steps(problem: Problem, given: Sequence[tuple[int, float]] | xr.DataArray | None) -> Steps | None:
    """Elevation of the Sun as steps in thousandths of a degree.

    Parameters
    ----------
    problem : Problem
        Whose epoch counts.
    given : sequence of (int, float), or DataArray, or None
        (time [s], elevation from then on [deg]) in order of time, or ``env["sun_elevation"]`` with `time`.

    Returns
    -------
    Steps or None
        None if nothing is given. [0.001 deg]

    Raises
    ------
    CoverageError
        If it begins after the epoch, or is not finite.
    """
    if given is None:
        return None
    if isinstance(given, Sequence):
        points = [(int(time), float(angle)) for time, angle in given]
    else:
        seconds = (given["time"].values - problem.time(0)) / np.timedelta64(1, "s")
        points = list(zip(np.floor(seconds).astype(int).tolist(), given.values.tolist(), strict=True))
    if not points or points[0][0] > 0 or not np.isfinite([angle for _, angle in points]).all():
        raise CoverageError("sun_elevation must begin at the epoch of the problem or before, without gaps")
    return Steps.of((time, round(angle * 1000)) for time, angle in points)


def nights_of(problem: Problem, sun: Steps | None, rules: Executive) -> dict[str, Spans]:
    """When each station is to sleep by its rules, as it is known beforehand.

    Parameters
    ----------
    problem : Problem
        Whose arrays tell day from night.
    sun : Steps or None
        Elevation of the Sun. [0.001 deg]
    rules : Executive
        On board.

    Returns
    -------
    dict of str to list of (int, int)
        Start and end by battery, disjoint and in order; none where what feeds it never changes. [s]

    Raises
    ------
    RequestError
        If the rules ask for an elevation of the Sun that is not given.
    """
    if sun is None and (rules.hibernate == "sun" or rules.wake_sun_deg is not None):
        raise RequestError("the rules ask for the Sun; give sun_elevation, as that of the environment")
    found: dict[str, Spans] = {one.id: [] for one in problem.batteries}
    if rules.hibernate == "never":
        return found
    for battery in found:
        if rules.hibernate == "sun" and sun is not None:
            found[battery] = _below(sun, round(rules.sleep_sun_deg * 1000), problem.horizon_s)
        elif days := lit(problem, battery):
            edges = [0, *(edge for span in days for edge in span), problem.horizon_s]
            pairs = zip(edges[::2], edges[1::2], strict=True)
            found[battery] = [(start, end) for start, end in pairs if start < end]
    return found


def _below(sun: Steps, low: int, horizon: int) -> Spans:
    """When the Sun is below an elevation. [s]"""
    edges = [time for time in sun.times if time < horizon] + [horizon]
    return joined((start, end) for start, end in pairwise(edges) if sun.at(start) < low)
