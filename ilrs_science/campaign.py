"""Campaign: a record and its stages, each computed once and kept as a plain object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ilrs_science.catalogue import campaign as records
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.windows.portfolio import Portfolio, experiment_windows

if TYPE_CHECKING:
    from xarray import Dataset

    from ilrs_science.planning.problem import Problem
    from ilrs_science.planning.result import PlanResult
    from ilrs_science.planning.solve import Progress

__all__ = ["Campaign", "load_campaign"]


class Campaign:
    """Experiments that compete for one station over one span, and everything that follows from them.

    Parameters
    ----------
    station : str
        Id of the station.
    experiments : iterable of str
        Ids of the experiments to choose from.
    start, end : str, datetime or datetime64
        Span; text without a zone is UTC.
    id : str
        Short name.
    catalogue : Catalogue, optional
        Where the ids are looked up; the shipped one by default.
    terrain : str
        As `ilrs_science.environment.assemble.environment` takes it.

    Raises
    ------
    UnknownNameError
        If the station or an experiment is not in the catalogue.
    EpochError
        If a date is impossible or the span reversed.
    """

    def __init__(
        self,
        *,
        station: str,
        experiments: Iterable[str],
        start: object,
        end: object,
        id: str = "unnamed_campaign",  # noqa: A002 - the word of every record
        catalogue: Catalogue | None = None,
        terrain: str = "auto",
    ) -> None:
        fields: dict[str, Any] = {"id": id, "station": station, "start": start, "end": end}
        self._open(
            records.Campaign(experiments=tuple(experiments), **fields), catalogue or load_catalogue(), terrain
        )

    @classmethod
    def of(cls, record: records.Campaign, catalogue: Catalogue, terrain: str = "auto") -> Campaign:
        """The campaign of a catalogue record.

        Parameters
        ----------
        record : catalogue.campaign.Campaign
            What competes for what.
        catalogue : Catalogue
            Where its ids are looked up.
        terrain : str
            As `ilrs_science.environment.assemble.environment` takes it.

        Returns
        -------
        Campaign
        """
        made = cls.__new__(cls)
        made._open(record, catalogue, terrain)
        return made

    def _open(self, record: records.Campaign, catalogue: Catalogue, terrain: str) -> None:
        self.record, self.catalogue, self.terrain = record, catalogue, terrain
        self.station: Station = catalogue.stations[record.station]
        self.site: Site = catalogue.site_of(self.station)
        self.experiments: tuple[Experiment, ...] = catalogue.experiments_of(record)

    def __repr__(self) -> str:
        first, last = (str(t.astype("datetime64[D]")) for t in (self.record.start, self.record.end))
        return f"<Campaign {self.record.id}: {len(self.experiments)} experiments at {self.station.id}, {first} to {last}>"

    @cached_property
    def windows(self) -> Portfolio:
        """When each experiment can be done, by id."""
        return experiment_windows(self.experiments, self.site, self.record.start, self.record.end)

    @cached_property
    def environment(self) -> Dataset:
        """What the place is like: Sun, Earth, skyline, light, power and link, hourly."""
        from ilrs_science.environment.assemble import environment

        span = self.record.start, self.record.end
        return environment(self.station, *span, step="1 h", terrain=self.terrain, site=self.site)

    @cached_property
    def problem(self) -> Problem:
        """The planning problem in integers."""
        from ilrs_science.planning.formulate import formulate

        return formulate(self.record, self.windows, self.environment, catalogue=self.catalogue)

    def plan(
        self,
        *,
        time_limit: str = "60 s",
        seed: int = 0,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> PlanResult:
        """Best plan that can be found in the time, checked, with a bound.

        Parameters
        ----------
        time_limit : str
            Duration with a unit.
        seed : int
            Seed of the search.
        progress : callable, optional
            Called with each better plan or bound.
        cancel : callable, optional
            Asked all the time; when it returns true the best plan so far is given.

        Returns
        -------
        PlanResult
            The plan is empty where there is none.
        """
        from ilrs_science.planning.solve import solve

        return solve(self.problem, time_limit=time_limit, seed=seed, progress=progress, cancel=cancel)


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
    return Campaign.of(known.campaigns[name], known)
