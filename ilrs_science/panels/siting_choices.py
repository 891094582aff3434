"""What a person asks of the siting dashboard: portfolio, span, places, weights; no widgets."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import traitlets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.plan_choices import PlanChoices
from ilrs_science.studies.siting.measures import MEASURES

__all__ = ["MOST", "WEIGHED", "SitingChoices"]

MOST = 12
"""Most candidates that the panel compares. [1]"""
WEIGHED = {
    "value": 3.0,
    "possible": 0.0,
    "autonomy": 1.0,
    "power": 0.0,
    "darkness": 0.0,
    "contact": 0.0,
    "volume": 0.0,
    "launch_mass": 1.0,
}
"""Measures that have a weight, and the first one of each. [1]"""
_SPAN_D = 7.0
"""First length of the span, so that the first answer does not take long. [d]"""
_HEAVIEST = 5.0

#: Of which more, or less, is better.
JUDGED = tuple(name for name, measure in MEASURES.items() if measure.better)


class SitingChoices(PlanChoices):
    """Choices of the siting dashboard; what is impossible is refused in a sentence, and the old choice stays.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns, sites and orbits come from; the shipped one by default.
    campaign : str
        Id of the campaign whose experiments are the portfolio.
    time_limit : str
        Duration of the search for each plan with a unit, such as ``"1 s"``.
    sites, orbits : iterable of str
        Ids of the places.
    """

    sites: traitlets.List[str] = traitlets.List(help="Ids of the sites.")
    orbits: traitlets.List[str] = traitlets.List(help="Ids of the orbits.")
    pairs = traitlets.Bool(True, help="Whether each site with each orbit is a candidate too.")
    across = traitlets.Unicode("launch_mass", help="Measure of the front from left to right.")
    up = traitlets.Unicode("value", help="Measure of the front upwards.")
    weights: traitlets.Dict[str, float] = traitlets.Dict(help="Weight of each measure. [1]")
    spread = traitlets.Float(0.5, help="Share by which weights are not sure. [1]")

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        campaign: str = "polar_winter",
        time_limit: str = "1 s",
        sites: Iterable[str] = ("connecting_ridge", "von_karman_plain"),
        orbits: Iterable[str] = ("ilrs_llo_staging",),
    ) -> None:
        super().__init__(catalogue, campaign=campaign, time_limit=time_limit)
        self.sites, self.orbits, self.weights = list(sites), list(orbits), dict(WEIGHED)

    @traitlets.observe("campaign")
    def _whole_span(self, change: object) -> None:
        """Another campaign begins with its own first day and a span that is soon computed."""
        record = self.catalogue.campaigns[self.campaign]
        self.first_day, self.days = str(record.start)[:10], min(record.days, _SPAN_D)

    @traitlets.validate("sites")
    def _known_sites(self, proposal: dict[str, Any]) -> list[str]:
        return [self.catalogue.sites[str(name)].id for name in dict.fromkeys(proposal["value"])]

    @traitlets.validate("orbits")
    def _known_orbits(self, proposal: dict[str, Any]) -> list[str]:
        return [self.catalogue.orbits[str(name)].id for name in dict.fromkeys(proposal["value"])]

    @traitlets.validate("across", "up")
    def _judged(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in JUDGED:
            raise UnknownNameError("measure", str(proposal["value"])[:40], JUDGED)
        return str(proposal["value"])

    @traitlets.validate("weights")
    def _sound_weights(self, proposal: dict[str, Any]) -> dict[str, float]:
        given = dict(proposal["value"])
        for name, weight in given.items():
            if name not in JUDGED:
                raise UnknownNameError("measure", str(name)[:40], JUDGED)
            if not (math.isfinite(weight) and 0 <= weight <= _HEAVIEST):
                raise RequestError(f"the weight of {name} is 0 to {_HEAVIEST:g}, not {weight:.10g}")
        return {name: round(float(weight), 3) for name, weight in given.items()}

    @traitlets.validate("spread")
    def _sound_spread(self, proposal: dict[str, Any]) -> float:
        value = float(proposal["value"])
        if not 0 <= value <= 1:
            raise RequestError(f"weights change by 0 to 100 %, not {100 * value:.10g} %")
        return round(value, 3)

    @property
    def places(self) -> list[str]:
        """Ids of the candidates, in the order of `ilrs_science.siting`."""
        paired = [f"{site}+{orbit}" for site in self.sites for orbit in self.orbits] if self.pairs else []
        return [*self.sites, *self.orbits, *paired]

    @property
    def fault(self) -> str:
        """What keeps the candidates from being compared, in a sentence; empty if nothing does."""
        count = len(self.places)
        if not count:
            return "Choose a site or an orbit at least."
        if count > MOST:
            return f"These are {count} candidates, and {MOST} are the most; choose fewer places or no pairs."
        return ""

    @property
    def weighed(self) -> dict[str, float]:
        """Weights above 0, by measure. [1]"""
        return {name: weight for name, weight in self.weights.items() if weight > 0}

    def call(self) -> str:
        """The line of Python that compares the candidates.

        Returns
        -------
        str
            It assigns ``found``.
        """
        names = ", ".join(f'"{name}"' for name in [*self.sites, *self.orbits])
        pairs = "" if self.pairs else ', architectures=["surface", "orbit"]'
        return f'found = ilrs.siting(campaign, [{names}]{pairs}, time_limit="{self.seconds:g} s")'
