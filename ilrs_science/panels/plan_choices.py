"""What a person asks of the planner: campaign, horizon, time of search, least shares of the partners; no widgets."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets

from ilrs_science.campaign import Campaign, load_campaign
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.epochs import from_tdb, parse_epoch
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.dates import real_date
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.sky.ephemeris import coverage
from ilrs_science.units import parse_quantity

__all__ = ["LONGEST_D", "LONGEST_S", "PlanChoices"]

LONGEST_S = 120.0
"""Longest search that the panel starts. [s]"""
LONGEST_D = 366.0
"""Longest horizon that the panel plans. [d]"""


class PlanChoices(traitlets.HasTraits):
    """Choices of the plan dashboard; what is impossible is refused in a sentence, and the old choice stays.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns come from; the shipped one by default.
    campaign : str
        Id of the campaign.
    time_limit : str
        Duration of a search with a unit, such as ``"20 s"``.
    """

    campaign = traitlets.Unicode("polar_winter", help="Id of the campaign.")
    first_day = traitlets.Unicode(help="First day of the horizon, UTC, as 2031-02-24.")
    days = traitlets.Float(help="Length of the horizon. [d]")
    seconds = traitlets.Float(20.0, help="How long a search may last. [s]")
    shares: traitlets.Dict[str, float] = traitlets.Dict(help="Least share of the value by partner. [1]")

    def __init__(
        self, catalogue: Catalogue | None = None, *, campaign: str = "polar_winter", time_limit: str = "20 s"
    ) -> None:
        self.catalogue = catalogue or load_catalogue()
        self._loaded: tuple[tuple[str, str, float], Campaign] | None = None
        super().__init__(campaign=campaign, seconds=parse_quantity(time_limit, "s"))
        self._whole_span({})

    @traitlets.validate("campaign")
    def _known_campaign(self, proposal: dict[str, Any]) -> str:
        return self.catalogue.campaigns[str(proposal["value"])].id

    @traitlets.validate("seconds")
    def _bounded_seconds(self, proposal: dict[str, Any]) -> float:
        value = float(proposal["value"])
        if not (math.isfinite(value) and 1.0 <= value <= LONGEST_S):
            raise RequestError(f"the time of search is 1 to {LONGEST_S:g} s, not {value:.10g} s")
        return value

    @traitlets.validate("first_day")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        day = real_date(proposal["value"])
        _require_known(day, self.days)
        return day

    @traitlets.validate("days")
    def _bounded_days(self, proposal: dict[str, Any]) -> float:
        value = float(proposal["value"])
        if not (math.isfinite(value) and 1.0 <= value <= LONGEST_D):
            raise RequestError(f"the length is 1 to {LONGEST_D:g} days, not {value:.10g}")
        _require_known(self.first_day, value)
        return round(value, 3)

    @traitlets.validate("shares")
    def _possible_shares(self, proposal: dict[str, Any]) -> dict[str, float]:
        kept = {}
        for partner, share in dict(proposal["value"]).items():
            if partner not in self.partners:
                raise UnknownNameError("partner", str(partner)[:40], self.partners)
            if not (math.isfinite(share) and 0 <= share <= 1):
                raise RequestError(f"the least share of {partner} is 0 to 100 %, not {100 * share:.10g} %")
            if share:
                kept[str(partner)] = round(float(share), 3)
        if sum(kept.values()) > 1 + 1e-9:
            raise RequestError(f"the least shares add up to {sum(kept.values()):.0%}; 100 % is all there is")
        return kept

    @traitlets.observe("campaign")
    def _whole_span(self, _change: object) -> None:
        """Another campaign begins with its own span and shares."""
        record = self.catalogue.campaigns[self.campaign]
        self.first_day, self.days = str(record.start)[:10], record.days
        self.shares = {one.partner: one.least for one in record.shares}

    @property
    def partners(self) -> list[str]:
        """Ids of the partners that lead an experiment of the campaign."""
        experiments = self.catalogue.experiments_of(self.catalogue.campaigns[self.campaign])
        return list(dict.fromkeys(one.partner for one in experiments if one.partner))

    @property
    def loaded(self) -> Campaign:
        """The campaign over the chosen horizon, and its stages."""
        key = self.campaign, self.first_day, self.days
        if self._loaded is None or self._loaded[0] != key:
            whole = load_campaign(self.campaign, self.catalogue)
            chosen = whole if self._whole else Campaign(whole.record, catalogue=self.catalogue, **self._span)
            self._loaded = key, chosen
        return self._loaded[1]

    @property
    def asked(self) -> Problem:
        """The problem of the campaign with the least shares."""
        problem = self.loaded.problem
        return problem if problem.shares == self.shares else problem.replace(shares=self.shares)

    @property
    def _whole(self) -> bool:
        record = self.catalogue.campaigns[self.campaign]
        return self.first_day == str(record.start)[:10] and self.days == round(record.days, 3)

    @property
    def _span(self) -> dict[str, str]:
        start = parse_epoch(self.first_day)
        end = start + np.timedelta64(round(self.days * 86400), "s")
        return {"start": self.first_day, "end": str(end.astype("datetime64[m]")).removesuffix("T00:00")}

    def campaign_line(self) -> str:
        """The line of Python that loads the campaign over the chosen horizon.

        Returns
        -------
        str
            It assigns ``campaign``.
        """
        load = f'ilrs.load_campaign("{self.campaign}")'
        if self._whole:
            return f"campaign = {load}"
        return f'campaign = ilrs.Campaign({load}.record, start="{self._span["start"]}", end="{self._span["end"]}")'


def _require_known(day: str, days: float) -> None:
    """Refuse a horizon over which the sky is not known; a day that is not yet chosen is passed over."""
    first, last = from_tdb(np.array(coverage())).astype("datetime64[D]") + np.array([1, 0])
    start = np.datetime64(day or first, "D")
    end = start + np.timedelta64(math.ceil(days), "D")
    if not (first <= start and end <= last):
        raise EpochError(
            f"the horizon from {start} to {end} is not within {first} to {last}, "
            "for which Sun, Earth and Moon are known"
        )
