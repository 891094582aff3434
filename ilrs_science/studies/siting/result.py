"""What a siting trade gives: tables, the front, rankings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.studies.siting.appraise import Appraisal, Standard
from ilrs_science.studies.siting.front import dominated, ranked, robustness
from ilrs_science.studies.siting.measures import DEFAULT, MEASURES

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Siting"]


@dataclass(frozen=True)
class Siting:
    """Candidates and what comes of each, under one circumstance or several."""

    standard: Standard
    """What is the same for all."""
    appraisals: Mapping[str, tuple[Appraisal, ...]]
    """Of every candidate by circumstance; the first circumstance is that of the standard."""

    @property
    def base(self) -> tuple[Appraisal, ...]:
        """Appraisals under the first circumstance."""
        return next(iter(self.appraisals.values()))

    def table(self, circumstance: str | None = None) -> pd.DataFrame:
        """Measures of every candidate.

        Parameters
        ----------
        circumstance : str, optional
            The first by default.

        Returns
        -------
        DataFrame
            Index `candidate`; ``architecture``, ``status`` and each of
            :data:`ilrs_science.studies.siting.measures.MEASURES`, whose units stand in ``attrs["units"]``.
        """
        chosen = self.base if circumstance is None else self._of(circumstance)
        found = pd.DataFrame(
            [{"architecture": one.architecture, "status": one.status, **one.measures} for one in chosen],
            pd.Index([one.candidate for one in chosen], name="candidate"),
        )[["architecture", "status", *MEASURES]]
        found.attrs["units"] = {name: measure.unit for name, measure in MEASURES.items()}
        return found

    def experiments(self) -> pd.DataFrame:
        """What each experiment has at each candidate.

        Returns
        -------
        DataFrame
            Index `candidate` and `experiment`; ``hours`` in which it is possible [h], ``sessions`` in the plan [1],
            ``impossible``: why it can never be done, else empty.
        """
        rows = {
            (one.candidate, name): (one.hours[name], one.sessions[name], one.impossible.get(name, ""))
            for one in self.base
            for name in one.hours
        }
        index = pd.MultiIndex.from_tuples(list(rows), names=["candidate", "experiment"])
        return pd.DataFrame(list(rows.values()), index, ["hours", "sessions", "impossible"])

    def front(self, measures: Iterable[str] = DEFAULT) -> pd.DataFrame:
        """Which candidates no other one beats in these measures.

        Parameters
        ----------
        measures : iterable of str
            Names of measures of which more, or less, is better.

        Returns
        -------
        DataFrame
            Index `candidate`; the measures and ``dominated``.
        """
        names = _named(measures)
        table = self.table()[names]
        return table.assign(dominated=dominated(_gains(table).to_numpy(float)))

    def ranking(self, weights: Mapping[str, float]) -> pd.Series:
        """Candidates by a weighted sum of measures, each scaled from 0 for the worst to 1 for the best.

        Parameters
        ----------
        weights : mapping of str to float
            By measure; only their ratios matter.

        Returns
        -------
        Series
            Score of each candidate, the best first. [1]
        """
        return ranked(_gains(self.table()[_named(weights)]), _sound(weights))

    def robust(
        self, weights: Mapping[str, float], *, spread: float = 0.5, draws: int = 1000, seed: int = 0
    ) -> pd.DataFrame:
        """How often each candidate comes first if weights are not sure, under every circumstance alike.

        Parameters
        ----------
        weights : mapping of str to float
            By measure.
        spread : float
            Each weight is changed by up to this share, evenly drawn. [1]
        draws, seed : int
            How many weights, and their seed.

        Returns
        -------
        DataFrame
            Index `candidate`, best mean rank first; ``mean_rank``, ``best_rank``, ``worst_rank``, ``first`` [1].
        """
        if not 0 <= spread <= 1:
            raise RequestError(f"spread {spread!r} must be from 0 to 1")
        names = _named(weights)
        tables = [_gains(self.table(name)[names]) for name in self.appraisals]
        return robustness(tables, _sound(weights), spread, draws, seed)

    def dataset(self) -> xr.Dataset:
        """All of it as one CF dataset.

        Returns
        -------
        Dataset
            ``(circumstance, candidate)`` for each measure; ``hours_of(candidate, experiment)`` [h] and
            ``sessions_of(candidate, experiment)`` [1] of the first circumstance.
        """
        import xarray as xr

        every = pd.concat({name: self.table(name) for name in self.appraisals}, names=["circumstance"])
        found = (
            every[list(MEASURES)]
            .to_xarray()
            .reindex(circumstance=list(self.appraisals), candidate=[one.candidate for one in self.base])
        )
        for name, measure in MEASURES.items():
            found[name].attrs = {"units": measure.unit, "long_name": measure.meaning}
        names = list(self.base[0].hours)
        for name, unit in (("hours", "h"), ("sessions", "1")):
            rows = [[getattr(one, name)[key] for key in names] for one in self.base]
            attrs = {"units": unit, "long_name": f"{name} of each experiment"}
            found[f"{name}_of"] = xr.DataArray(
                rows, {"experiment": names}, ("candidate", "experiment"), attrs=attrs
            )
        found = found.assign_coords(architecture=("candidate", [one.architecture for one in self.base]))
        found.attrs = {"Conventions": "CF-1.11", "title": f"Siting of {self.standard.portfolio.id}"}
        return found

    def __repr__(self) -> str:
        best = max(self.base, key=lambda one: one.measures["value"])
        count = f"{len(self.base)} candidate{'s' if len(self.base) != 1 else ''}"
        more = f" under {len(self.appraisals)} circumstances" if len(self.appraisals) > 1 else ""
        return f"<Siting: {count}{more}; most value {best.measures['value']:g} at {best.candidate}>"

    def _of(self, circumstance: str) -> tuple[Appraisal, ...]:
        if circumstance not in self.appraisals:
            raise UnknownNameError("circumstance", circumstance, self.appraisals)
        return self.appraisals[circumstance]


def _named(names: Iterable[str]) -> list[str]:
    found = list(names)
    for name in found:
        if name not in MEASURES:
            raise UnknownNameError("measure", name, MEASURES)
        if not MEASURES[name].better:
            raise RequestError(f"{name}: neither more nor less of it is better; it is no measure of a front")
    if not found:
        raise RequestError(f"name one measure at least, such as {', '.join(DEFAULT)}")
    return found


def _gains(table: pd.DataFrame) -> pd.DataFrame:
    """The same, more of each is better."""
    return table * [MEASURES[str(name)].better for name in table.columns]


def _sound(weights: Mapping[str, float]) -> Mapping[str, float]:
    if any(not 0 <= weight < float("inf") for weight in weights.values()) or not any(weights.values()):
        raise RequestError("weights must be 0 or more, and one of them above 0")
    return weights
