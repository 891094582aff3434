"""Nearest miss: where a window almost opens, by how much, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import pandas as pd

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint, Eclipse, Not, parse_constraint
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.environment.ground import Terrain
from ilrs_science.intervals import Windows
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.targets import Somewhere
from ilrs_science.windows.constraints import Search, search_of
from ilrs_science.windows.leaf import Leaf
from ilrs_science.windows.sampled import Sampled

__all__ = ["nearest_miss"]

_COLUMNS = ["best", "limit", "short_by", "unit", "when", "others_hold"]


def nearest_miss(
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
    """How far each condition is from opening a window while all others hold.

    Parameters
    ----------
    constraint : Constraint or mapping
        What must hold.
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
        One row a limit, the smallest miss of those with ``others_hold`` first, indexed by ``condition``.
        ``best`` is the value closest to opening [``unit``], ``limit`` what is asked, ``short_by`` how much is missing,
        zero where the window does open, ``when`` the first instant of ``best``, UTC. ``others_hold`` tells whether
        everything else holds at that instant; where that never happens, the whole span was looked at.

    Raises
    ------
    RequestError, UnknownNameError, EpochError, CoverageError
        As `find_windows`.

    Notes
    -----
    A part of an ``any_of`` is looked at as if the other parts never held; of an eclipse, its outer contact. Of a disc,
    ``best`` is the visible part; where none shows it is negative: how far the upper edge is below the skyline, in radii
    of the disc.

    Examples
    --------
    >>> from ilrs_science.catalogue.constraint import EarthElevation, SunElevation
    >>> both = SunElevation(min="2 deg") & EarthElevation(min="2 deg")
    >>> table = nearest_miss(both, "connecting_ridge", "2031-02-24", "2031-03-24")
    >>> print(round(table.loc["sun_elevation >= 2 deg", "short_by"], 2), "deg")
    2.77 deg
    """
    search = search_of(
        place, start, end, catalogue=catalogue, correction=correction, terrain=terrain, mast=mast
    )
    spec = parse_constraint(constraint)
    rows = [_row(side, search) for side in _sides(search, spec, others=search.everything)]
    table = pd.DataFrame(rows, columns=["condition", *_COLUMNS]).set_index("condition")
    return table.iloc[np.lexsort([table["short_by"], ~table["others_hold"].astype(bool)])]


@dataclass(frozen=True)
class _Side:
    """One limit of one constraint."""

    label: str
    leaf: Leaf | Sampled
    limit: float
    """In the scale of the signal."""
    sign: float
    """1 if the signal must be above the limit, -1 if below."""
    others: Windows
    """When all that must hold besides does."""


def _sides(search: Search, spec: Constraint, others: Windows, *, wanted: bool = True) -> Iterator[_Side]:
    """Every limit in a tree of constraints, with what must hold besides it."""
    match spec:
        case Not(of=part):
            yield from _sides(search, part, others, wanted=not wanted)
        case AllOf(of=parts) | AnyOf(of=parts):
            together = isinstance(spec, AllOf) == wanted
            held = [search.windows(part if wanted else ~part) for part in parts] if together else []
            for index, part in enumerate(parts):
                rest = reduce(Windows.__and__, held[:index] + held[index + 1 :], others)
                yield from _sides(search, part, rest, wanted=wanted)
        case Eclipse(by=None) if search.view.flies:
            for cover in ("earth", "moon"):
                yield from _sides(
                    search, spec.model_copy(update={"by": cover, "phase": "any"}), others, wanted=wanted
                )
        case _:
            for leaf in search.leaves(
                spec.model_copy(update={"phase": "any"}) if isinstance(spec, Eclipse) else spec
            ):
                yield from _of_leaf(search, spec.label, leaf, others, wanted=wanted)


def _of_leaf(
    search: Search, label: str, leaf: Leaf | Sampled, others: Windows, *, wanted: bool
) -> Iterator[_Side]:
    label = label if wanted else f"not {label}"
    for limit, sign in leaf.sides:
        rest = others
        if wanted and len(leaf.sides) == 2:
            other = replace(leaf, low=None) if sign > 0 else replace(leaf, high=None)
            rest = others & search.of_leaf(other)
        yield _Side(label, leaf, limit, sign if wanted else -sign, rest)


def _row(side: _Side, search: Search) -> list[object]:
    possible = bool(len(side.others))
    value, when = search.best(side.leaf, side.sign, side.others if possible else search.everything)
    best, limit = side.leaf.scale.quantity(np.array([value, side.limit])).tolist()
    missing = side.sign * (side.limit - value) > 0.0
    short = abs(best - limit) if missing else 0.0
    return [side.label, best, limit, short, side.leaf.scale.unit, when, possible]
