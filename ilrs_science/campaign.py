"""Campaign: a record and its stages, each computed once and kept as a plain object."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ilrs_science.catalogue import campaign as records
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.windows.portfolio import Portfolio, campaign_windows

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import Dataset

    from ilrs_science.planning.plan import Plan
    from ilrs_science.planning.problem.problem import Problem
    from ilrs_science.planning.result import PlanResult
    from ilrs_science.planning.search.progress import Progress

__all__ = ["Campaign", "load_campaign"]


class Campaign:
    """Experiments that compete for one station, or several, over one span, and everything that follows from them.

    Parameters
    ----------
    record : catalogue.campaign.Campaign, optional
        The record, or its fields by name: ``station``, ``experiments``, ``start``, ``end``.
    catalogue : Catalogue, optional
        Where its ids are looked up; the shipped one by default.
    terrain : str
        As `ilrs_science.environment.assemble.environment` takes it.
    **fields : object
        Fields of the record, if there is none.

    Raises
    ------
    UnknownNameError
        If the station or an experiment is not in the catalogue.
    RequestError
        If a field is missing or wrong.
    """

    def __init__(
        self,
        record: records.Campaign | None = None,
        *,
        catalogue: Catalogue | None = None,
        terrain: str = "auto",
        **fields: Any,
    ) -> None:
        self.record = record.replace(**fields) if record else records.Campaign(**fields)
        self.catalogue, self.terrain = catalogue or load_catalogue(), terrain
        self.station: Station = self.catalogue.stations[self.record.station]
        self.site: Site | Orbit = self.catalogue.place_of(self.station)
        self.stations = tuple(self.catalogue.stations[name] for name in self.record.places)
        self.experiments: tuple[Experiment, ...] = self.catalogue.experiments_of(self.record)
        self._tell: Callable[[str, str], None] = _silent

    def __repr__(self) -> str:
        first, last = (str(t.astype("datetime64[D]")) for t in (self.record.start, self.record.end))
        count, where = f"{len(self.experiments)} experiments", ", ".join(self.record.places)
        return f"<Campaign {self.record.id}: {count} at {where}, {first} to {last}>"

    @cached_property
    def windows(self) -> Portfolio:
        """When each experiment can be done, by id; at several stations by ``EXPERIMENT/STATION``."""
        return campaign_windows(
            self.record,
            self.catalogue,
            terrain=self.terrain,
            progress=lambda what: self._tell("windows", what),
        )

    @cached_property
    def budget(self) -> DataFrame:
        """Hours that each condition removes from each experiment at the first station, and which alone is to blame."""
        from ilrs_science.windows.budget import experiment_budget

        span = self.record.start, self.record.end
        return experiment_budget(
            self.experiments, self.station, *span, catalogue=self.catalogue, terrain=self.terrain
        )

    @cached_property
    def environment(self) -> Dataset:
        """What the place of the station is like, or of the first: Sun, Earth, light, power and link."""
        return self.environments[self.station.id]

    @cached_property
    def environments(self) -> dict[str, Dataset]:
        """What the place of each station is like, by id: hourly on the ground, every 10 min in orbit."""
        from ilrs_science.environment.stations import station_environment

        found = {}
        for number, station in enumerate(self.stations, start=1):
            self._tell("light, power and link", f"{number} of {len(self.stations)}, {station.id}")
            found[station.id] = station_environment(
                station, self.record, self.catalogue, terrain=self.terrain
            )
        return found

    @cached_property
    def problem(self) -> Problem:
        """The planning problem in integers."""
        from ilrs_science.planning.formulate.formulate import formulate

        windows, environments = self.windows, self.environments
        self._tell("problem", "sessions and what they share")
        return formulate(self.record, windows, environments, catalogue=self.catalogue)

    def prepare(self, progress: Callable[[str, str], None] | None = None) -> Problem:
        """The planning problem, and word of how far it is.

        Parameters
        ----------
        progress : callable, optional
            Called before each step with the stage and what is at work, such as ``("windows", "3 of 12, survey")``.

        Returns
        -------
        Problem
            As `problem`, which is kept.
        """
        before = self._tell
        self._tell = progress or before
        try:
            return self.problem
        finally:
            self._tell = before

    def plan(
        self,
        *,
        time_limit: str = "60 s",
        seed: int = 0,
        workers: int | None = None,
        deterministic: bool = False,
        first: Plan | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
        isolate: bool = False,
    ) -> PlanResult:
        """Best plan that can be found in the time, checked, with a bound.

        Parameters
        ----------
        time_limit : str
            Duration with a unit.
        seed : int
            Seed of the search.
        workers : int, optional
            Threads; as many as there are processors by default, eight at the most.
        deterministic : bool
            Give the same plan every time; the time limit then counts the solver's own deterministic seconds.
        first : Plan, optional
            A plan to begin with, such as the one of yesterday; what breaks a rule is repaired.
        progress : callable, optional
            Called with each better plan or bound.
        cancel : callable, optional
            Asked all the time; when it returns true the best plan so far is given.
        isolate : bool
            Search in a process of its own, see `ilrs_science.planning.solve.solve`.

        Returns
        -------
        PlanResult
            The plan is empty where there is none.
        """
        from ilrs_science.planning.solve import solve

        return solve(
            self.problem,
            time_limit=time_limit,
            seed=seed,
            workers=workers,
            deterministic=deterministic,
            first=first,
            progress=progress,
            cancel=cancel,
            isolate=isolate,
        )


def _silent(_stage: str, _what: str) -> None:
    """Who tells nobody how far it is."""


def load_campaign(name: str, catalogue: Catalogue | None = None) -> Campaign:
    """A campaign of the catalogue.

    Parameters
    ----------
    name : str
        Id of the campaign, such as ``"polar_winter"``.
    catalogue : Catalogue, optional
        The shipped one by default.

    Returns
    -------
    Campaign

    Raises
    ------
    UnknownNameError
        If there is no such campaign; the nearest are listed.
    """
    known = catalogue or load_catalogue()
    return Campaign(known.campaigns[name], catalogue=known)
