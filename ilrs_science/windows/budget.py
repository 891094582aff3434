"""Budget: the hours that each constraint removes, and which one alone is to blame."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import pandas as pd

from ilrs_science.catalogue.constraint import AllOf, Constraint, parse_constraint
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.environment.ground import Terrain
from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.targets import Somewhere
from ilrs_science.windows.constraints import Search, search_of

__all__ = ["budget", "budget_of", "experiment_budget"]


def budget(
    constraint: Constraint | dict[str, object],
    place: Somewhere,
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    correction: Correction = "apparent",
    terrain: Terrain = "auto",
    mast: str | float | None = None,
) -> pd.DataFrame:
    """What each part of a constraint removes from a span.

    Parameters
    ----------
    constraint : Constraint or mapping
        The parts of an ``all_of`` are looked at one by one; anything else is a single part.
    place : Site, Orbit, GroundStation, SurfacePlace, Trajectory or str
        Where, as `find_windows` takes it.
    start, end : str, datetime or datetime64
        Span, UTC.
    catalogue : Catalogue, optional
        Where names are looked up; the shipped one by default.
    correction : {"apparent", "light_time", "geometric"}
        As `find_windows`.
    terrain, mast
        As `find_windows`.

    Returns
    -------
    pandas.DataFrame
        One row a part, in order, indexed by its label. Columns, all in hours: ``open_h`` while this part alone holds,
        ``removed_alone_h`` the rest of the span, ``removed_in_order_h`` removed after all parts before it, ``left_h``
        left after it, ``sole_blame_h`` while every other part holds and only this one does not.
        ``attrs["span_h"]`` is the length of the span.

    Raises
    ------
    RequestError, EpochError, CoverageError
        As `find_windows`.
    """
    search = search_of(
        place, start, end, catalogue=catalogue, correction=correction, terrain=terrain, mast=mast
    )
    return budget_of(search, parse_constraint(constraint))


def experiment_budget(
    experiments: Iterable[Experiment],
    place: Somewhere,
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    correction: Correction = "apparent",
    terrain: Terrain = "auto",
    mast: str | float | None = None,
) -> pd.DataFrame:
    """What each condition removes from each experiment.

    Parameters
    ----------
    experiments : iterable of Experiment
        Those without conditions lose nothing and have no row.
    place : Site, Orbit, GroundStation, SurfacePlace, Trajectory or str
        Where, as `find_windows` takes it.
    start, end : str, datetime or datetime64
        Span, UTC.
    catalogue : Catalogue, optional
        Where names are looked up; the shipped one by default.
    correction : {"apparent", "light_time", "geometric"}
        As `find_windows`.
    terrain, mast
        As `find_windows`.

    Returns
    -------
    pandas.DataFrame
        As `budget`, indexed by ``experiment`` and ``constraint``.

    Raises
    ------
    RequestError, EpochError, CoverageError
        As `find_windows`.
    """
    search = search_of(
        place, start, end, catalogue=catalogue, correction=correction, terrain=terrain, mast=mast
    )
    tables = {one.id: budget_of(search, one.conditions) for one in experiments if one.conditions is not None}
    if not tables:
        raise RequestError("none of these experiments has a condition")
    joined = pd.concat(tables, names=["experiment"])
    joined.attrs["span_h"] = search.everything.hours
    return joined


def budget_of(search: Search, spec: Constraint) -> pd.DataFrame:
    """What each part of a constraint removes, by a search at hand.

    Parameters
    ----------
    search : Search
        Place and span.
    spec : Constraint
        As `budget` takes it.

    Returns
    -------
    pandas.DataFrame
        As `budget`.
    """
    parts = spec.of if isinstance(spec, AllOf) else (spec,)
    found = [search.windows(part) for part in parts]
    rows, left = [], search.everything
    for index, windows in enumerate(found):
        others = reduce(Windows.__and__, found[:index] + found[index + 1 :], search.everything)
        rows.append(_row(windows, left, others, search.everything))
        left = left & windows
    table = pd.DataFrame(rows, index=pd.Index([part.label for part in parts], name="constraint"))
    table.attrs["span_h"] = search.everything.hours
    return table


def _row(windows: Windows, left: Windows, others: Windows, everything: Windows) -> dict[str, float]:
    """Hours of one part: `left` is what the parts before it leave, `others` what all other parts leave."""
    return {
        "open_h": windows.hours,
        "removed_alone_h": everything.hours - windows.hours,
        "removed_in_order_h": left.hours - (left & windows).hours,
        "left_h": (left & windows).hours,
        "sole_blame_h": (others - windows).hours,
    }
