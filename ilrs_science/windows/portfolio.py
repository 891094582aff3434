"""Portfolio: the windows of every experiment of a campaign, or of one constraint at many places."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.constraint import Constraint, parse_constraint
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.library.ways import ways_of
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.ground import Terrain
from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from ilrs_science.sky.targets import Somewhere
from ilrs_science.windows.constraints import search_of

__all__ = ["Portfolio", "campaign_windows", "experiment_windows", "find_windows_at"]


class Portfolio(Mapping[str, Windows]):
    """Windows by the id of an experiment or a place, immutable, in the order that was asked for.

    Parameters
    ----------
    windows : mapping of str to Windows
        Windows of each.
    noun : str
        What has windows, such as ``"experiment"`` or ``"place"``.
    """

    def __init__(self, windows: Mapping[str, Windows], noun: str = "experiment") -> None:
        self._windows, self._noun = MappingProxyType(dict(windows)), noun

    def __getitem__(self, name: str) -> Windows:
        return self._windows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._windows)

    def __len__(self) -> int:
        return len(self._windows)

    def __repr__(self) -> str:
        count = sum(len(windows) for windows in self.values())
        hours = sum(windows.hours for windows in self.values())
        keys, intervals = _count(len(self), self._noun), _count(count, "interval")
        return f"<Windows of {keys}: {intervals}, {hours:.0f} h>"


def experiment_windows(
    experiments: Iterable[Experiment],
    place: Somewhere,
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Portfolio:
    """When each experiment can be done.

    Parameters
    ----------
    experiments : iterable of Experiment
        Those without conditions can always be done.
    place : Site, Orbit, GroundStation, SurfacePlace, Trajectory or str
        Where, as `find_windows` takes it.
    start, end : str, datetime or datetime64
        Span, UTC.
    catalogue : Catalogue, optional
        Where names in conditions are looked up; the shipped one by default.
    terrain, mast
        As `find_windows`.
    progress : callable, optional
        Called with the id of each experiment before it is searched.

    Returns
    -------
    Portfolio
        Windows by experiment id.

    Raises
    ------
    RequestError, UnknownNameError, EpochError, CoverageError
        As `find_windows`; the experiment is named.
    """
    search = search_of(place, start, end, catalogue=catalogue, terrain=terrain, mast=mast)
    found = {}
    for one in experiments:
        if progress is not None:
            progress(one.id)
        try:
            found[one.id] = search.everything if one.conditions is None else search.windows(one.conditions)
        except RequestError as error:
            raise RequestError(f"{one.id}: {error}") from error
    return Portfolio(found)


def campaign_windows(
    campaign: Campaign,
    catalogue: Catalogue,
    *,
    terrain: Terrain = "auto",
    progress: Callable[[str], None] | None = None,
) -> Portfolio:
    """When each experiment of a campaign can be done, at each of its stations that can do it.

    Parameters
    ----------
    campaign : Campaign
        The record.
    catalogue : Catalogue
        Where ids are looked up.
    terrain
        As `find_windows`.
    progress : callable, optional
        Called before each search with what is searched, such as ``"3 of 12, survey/base"``.

    Returns
    -------
    Portfolio
        Windows by experiment id, at several stations by ``EXPERIMENT/STATION``; and by ``EXPERIMENT~INSTRUMENT`` where
        an instrument that may do it instead has other conditions, which count.

    Raises
    ------
    RequestError, UnknownNameError, EpochError, CoverageError
        As `find_windows` and `ways_of`; the experiment is named.
    """
    every = [
        way
        for ways in ways_of(campaign, catalogue).values()
        for way in ways
        if not way.with_what or way.experiment.conditions != ways[0].experiment.conditions
    ]
    found: dict[str, Windows] = {}
    numbers = itertools.count(1)

    def tell(name: str) -> None:
        if progress is not None:
            progress(f"{next(numbers)} of {len(every)}, {name}")

    for station in dict.fromkeys(way.station for way in every):
        there = [way.experiment.model_copy(update={"id": way.key}) for way in every if way.station == station]
        span = campaign.start, campaign.end
        found |= experiment_windows(
            there, station, *span, catalogue=catalogue, terrain=terrain, progress=tell
        )
    return Portfolio({way.key: found[way.key] for way in every})


def find_windows_at(
    constraint: Constraint | dict[str, object],
    places: Mapping[str, Somewhere] | Iterable[Site | Orbit | str],
    start: object,
    end: object,
    *,
    catalogue: Catalogue | None = None,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
) -> Portfolio:
    """When a constraint holds at each of many places.

    Parameters
    ----------
    constraint : Constraint or mapping
        What must hold.
    places : mapping of str to place, or iterable of Site, Orbit or str
        Where, as `find_windows` takes it; names of one's own, or the ids of records.
    start, end : str, datetime or datetime64
        Span, UTC.
    catalogue : Catalogue, optional
        Where names are looked up; the shipped one by default.
    terrain, mast
        As `find_windows`.

    Returns
    -------
    Portfolio
        Windows by name, in the order given.

    Raises
    ------
    RequestError, UnknownNameError, EpochError, CoverageError
        As `find_windows`.

    Notes
    -----
    All places share the positions of Sun, Earth and the rest, so that each takes a millisecond or two for a year.

    Examples
    --------
    >>> from ilrs_science.catalogue.constraint import SunElevation
    >>> find_windows_at(SunElevation(min="0 deg"), ["connecting_ridge", "malapert"], "2026-01-01", "2027-01-01")
    <Windows of 2 places: 17 intervals, 9127 h>
    """
    spec = parse_constraint(constraint)
    named = dict(places) if isinstance(places, Mapping) else _named(places)
    found = {
        name: search_of(place, start, end, catalogue=catalogue, terrain=terrain, mast=mast).windows(spec)
        for name, place in named.items()
    }
    return Portfolio(found, "place")


def _named(places: Iterable[Site | Orbit | str]) -> dict[str, Somewhere]:
    named: dict[str, Somewhere] = {}
    for place in places:
        if not isinstance(place, Site | Orbit | str):
            raise RequestError(f"a {type(place).__name__} has no id; give a mapping from names to places")
        name = place if isinstance(place, str) else place.id
        if name in named:
            raise RequestError(f"two places are called {name}; give a mapping from names to places")
        named[name] = place
    return named


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
