"""Constraints at work: from a tree of constraints and a place to exact windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import numpy as np

from ilrs_science.catalogue.constraint import (
    AllOf,
    AnyOf,
    Constraint,
    Eclipse,
    LocalSolarTime,
    Not,
    PlasmaRegion,
    parse_constraint,
)
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.light.horizon import metres
from ilrs_science.epochs import from_tdb, parse_span, to_tdb
from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import Resolve, Somewhere, Span, resolver, standpoint
from ilrs_science.windows.extremes import highest
from ilrs_science.windows.grid import grid_for
from ilrs_science.windows.leaf import Leaf
from ilrs_science.windows.local import Local, local_leaf
from ilrs_science.windows.pieces import Pieces, approximate
from ilrs_science.windows.regions import region_leaves
from ilrs_science.windows.sampled import Sampled
from ilrs_science.windows.search import positive_intervals
from ilrs_science.windows.signals import half_days_of, leaves_of, require_place
from ilrs_science.windows.standing import Standing, standing_of
from ilrs_science.windows.view import View

__all__ = ["Search", "find_windows", "search_of"]


def find_windows(
    constraint: Constraint | dict[str, object],
    place: Somewhere,
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    correction: Correction = "apparent",
    terrain: Terrain = "auto",
    mast: str | float | None = None,
) -> Windows:
    """When a constraint holds at a place.

    Parameters
    ----------
    constraint : Constraint or mapping
        What must hold, such as ``SunElevation(min="0 deg") & EarthElevation(min="5 deg")``.
    place : Site, Station, Orbit, GroundStation, SurfacePlace, Trajectory or str
        Where: a site, a station at its site, an orbiter or a ground station, or the id of one in the catalogue.
    start, end : str, datetime or datetime64
        Span; text without a zone is UTC.
    catalogue : Catalogue, optional
        Where names are looked up; the shipped one by default.
    correction : {"apparent", "light_time", "geometric"}
        With light time and aberration, with light time alone, or without either.
    terrain : "auto", "none", file, files or TerrainStack
        What hides Sun and Earth from a site, for kinds that ask what is visible: the shipped grids, the bare sphere, or
        files nested over the shipped grids, finest first. Elevations are always above the horizontal plane.
    mast : str or float, optional
        Height of the observer above the ground at a site, with unit or in metres; by default the station's, else 2 m
        for what is visible and 0 for elevations. [m]

    Returns
    -------
    Windows
        Clipped to the span, which it carries. Always true is one interval, never true is none.

    Raises
    ------
    RequestError
        If the constraint is malformed or does not apply to the place, or an orbiter hits the Moon, and when.
    UnknownNameError
        If a name is not known.
    EpochError
        If a date is impossible or the span reversed.
    CoverageError
        If kernels or a trajectory do not cover the span.

    Notes
    -----
    Each quantity becomes a piecewise Chebyshev series on the records of the ephemeris or of the orbit, and its roots
    are certified. What depends on the terrain is looked at in steps, and its edges are refined on the function itself.
    AND, OR and NOT are algebra on exact edges. Edges agree with SPICE ``gfposc`` to well under a millisecond. Between
    DE421 and DE440 they move by about 0.1 s at the equator and by seconds where the Sun grazes a polar horizon.

    The limb of the Moon hides what an orbiter would see through it: a ray is followed in the frame of the Moon, with
    the aberration of the Moon's own motion. SPICE ``gfoclt`` displaces the Moon by the light time of its centre
    instead of that of its limb; from 100 km its contacts are up to 0.1 s off.

    Examples
    --------
    >>> from ilrs_science.catalogue.constraint import SunElevation
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> find_windows(SunElevation(min="0 deg"), SurfacePlace(0.0, 0.0), "2026-01-01", "2026-02-01")
    <Windows: 2 intervals, 389.3 h, 2026-01-01 to 2026-02-01>
    """
    spec = parse_constraint(constraint)
    search = search_of(
        place, start, end, catalogue=catalogue, correction=correction, terrain=terrain, mast=mast
    )
    return search.windows(spec)


def search_of(
    place: Somewhere,
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    correction: Correction = "apparent",
    terrain: Terrain = "auto",
    mast: str | float | None = None,
) -> Search:
    """One place over one span, ready to be searched.

    Parameters
    ----------
    place, start, end, catalogue, correction, terrain, mast
        As `find_windows`.

    Returns
    -------
    Search

    Raises
    ------
    RequestError, EpochError, CoverageError
        As `find_windows`.
    """
    span = parse_span(start, end)
    first, last = (float(t) for t in to_tdb(np.array(span)))
    require_coverage(first, last)
    at = standpoint(place, span, catalogue)
    if mast is not None:
        if not isinstance(at, SurfacePlace):
            raise RequestError("a mast belongs to a site on the Moon")
        at = replace(at, mast=metres(mast))
    standing = standing_of(place, span, catalogue, terrain=terrain, mast=mast, correction=correction)
    if standing is not None and terrain not in ("auto", ("auto",), "none"):
        standing.grids  # noqa: B018 - a file that is missing is told whether the constraint looks at it or not
    return Search(View(at, correction), span, (first, last), resolver(span, catalogue), standing)


@dataclass(frozen=True)
class Search:
    """One place over one span."""

    view: View
    """Where, and how light gets there."""
    span: Span
    """Start and end, UTC."""
    tdb: tuple[float, float]
    """Start and end. [s past J2000 TDB]"""
    resolve: Resolve
    """What names stand for."""
    standing: Standing | None = None
    """What the site is like, for what depends on it."""

    @cached_property
    def everything(self) -> Windows:
        """The whole span."""
        return Windows([self.span[0]], [self.span[1]], self.span)

    @cached_property
    def _known(self) -> dict[Constraint, Windows]:
        """What has been searched: a budget asks again for the parts of a whole."""
        return {}

    def windows(self, spec: Constraint) -> Windows:
        """When a constraint holds: leaves by their signal, the rest by algebra; each is searched once.

        Parameters
        ----------
        spec : Constraint
            What must hold.

        Returns
        -------
        Windows
            With the span.
        """
        if spec not in self._known:
            self._known[spec] = self._searched(spec)
        return self._known[spec]

    def _searched(self, spec: Constraint) -> Windows:
        match spec:
            case AllOf(of=parts):
                return reduce(lambda a, b: a & b, map(self.windows, parts))
            case AnyOf(of=parts):
                return reduce(lambda a, b: a | b, map(self.windows, parts))
            case Not(of=part):
                return ~self.windows(part)
            case Eclipse(phase="penumbra", by=by):
                return self.windows(Eclipse(by=by)) - self.windows(Eclipse(phase="umbra", by=by))
            case Eclipse(by=None, phase=phase) if self.view.flies:
                return self.windows(Eclipse(phase=phase, by="earth")) | self.windows(
                    Eclipse(phase=phase, by="moon")
                )
            case LocalSolarTime(min=first, max=last):
                # above a pole an orbiter runs through hours in a second: the hour itself is no smooth function
                begun, not_over = map(self.of_leaf, half_days_of(spec, self.view))
                return begun & not_over if (last - first) % 86400.0 <= 43200.0 else begun | not_over
            case _:
                return reduce(lambda a, b: a & b, map(self.of_leaf, self.leaves(spec)))

    def leaves(self, spec: Constraint) -> tuple[Leaf | Sampled, ...]:
        """Signals and limits of a constraint without parts.

        Parameters
        ----------
        spec : Constraint
            Any kind but ``all_of``, ``any_of`` and ``not``.

        Returns
        -------
        tuple of Leaf or Sampled
            All must hold.
        """
        if isinstance(spec, Local):
            require_place(spec, self.view)
            return (local_leaf(spec, self.standing),)
        if isinstance(spec, PlasmaRegion):
            require_place(spec, self.view)
            return region_leaves(spec, self.view)
        if isinstance(spec, Eclipse) and spec.by is None:
            spec = spec.model_copy(update={"by": "earth"})
        leaves = leaves_of(spec, self.resolve, self.view)
        if any(self.view.place in leaf.aims for leaf in leaves):
            raise RequestError(f"{spec.label}: a place cannot look at itself; name something else")
        return leaves

    def pieces(self, leaf: Leaf, *, everywhere: bool = False) -> Pieces:
        """Series of a leaf's signal over the span.

        Parameters
        ----------
        leaf : Leaf
            The signal.
        everywhere : bool
            Whether it must hold away from the limits too.

        Returns
        -------
        Pieces
        """
        grid = grid_for((self.view.place, *leaf.aims), *self.tdb)
        limits = () if everywhere else leaf.limits
        return approximate(lambda sky: leaf.signal(sky, self.view), grid, limits)

    def of_leaf(self, leaf: Leaf | Sampled) -> Windows:
        """When a leaf holds.

        Parameters
        ----------
        leaf : Leaf or Sampled
            Signal and limits.

        Returns
        -------
        Windows
            With the span.
        """
        if not leaf.sides:
            return self.everything
        if isinstance(leaf, Sampled):
            return leaf.windows(self.span)
        pieces = self.pieces(leaf)
        return reduce(lambda a, b: a & b, self._sides(leaf, pieces))

    def _sides(self, leaf: Leaf, pieces: Pieces) -> Iterator[Windows]:
        for limit, sign in leaf.sides:
            starts, ends = positive_intervals(pieces.coefficients, pieces.edges, limit=limit, sign=sign)
            utc = from_tdb(pieces.origin + np.concatenate([starts, ends]))
            yield Windows(utc[: len(starts)], utc[len(starts) :], self.span)

    def best(self, leaf: Leaf | Sampled, sign: float, within: Windows) -> tuple[float, np.datetime64]:
        """Largest value of a leaf's signal, or the smallest, inside windows.

        Parameters
        ----------
        leaf : Leaf or Sampled
            The signal.
        sign : float
            1 for the largest value, -1 for the smallest.
        within : Windows
            At least one.

        Returns
        -------
        value : float
            In the signal's own scale.
        when : datetime64
            When it is reached first, UTC.
        """
        if isinstance(leaf, Sampled):
            return leaf.highest(sign, within)
        value, tdb = highest(self.pieces(leaf, everywhere=True), sign, within)
        return value, from_tdb(np.array([tdb]))[0]
