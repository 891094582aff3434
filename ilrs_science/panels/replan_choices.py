"""What a person breaks, and by which rules the station goes on; no widgets."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.risk import Role
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.roles import roles_of
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Mode, Operator

__all__ = ["ALL", "BOUNDS", "KINDS", "MODES", "ReplanChoices"]

MODES: tuple[Mode, ...] = ("keep_going", "on_board", "ground")
"""Ways to go on, in the order in which they are told."""
ALL = ""
"""In place of a resource: all that can be hit."""
KINDS = {
    "instrument_fault": "Instrument fault",
    "thermal_trip": "Too hot or too cold",
    "particle_event": "Solar particle event",
    "array_loss": "Part of the arrays lost",
    "dust": "Dust on the arrays",
    "extra_load": "Heaters draw more",
    "outage": "Loss of contact",
    "safe_mode": "Safe mode",
}
"""Kinds of disruption, in words."""
BOUNDS: dict[str, tuple[float, float, str, str]] = {
    "lasting": (0.0, 8784.0, "h", "the fault"),
    "share": (0.0, 100.0, "%", "the share that is lost"),
    "power": (0.0, 100_000.0, "W", "the additional power"),
    "watch": (0.1, 240.0, "h", "the time between two looks"),
    "turnaround": (0.0, 720.0, "h", "the turnaround on the ground"),
    "seconds": (0.1, 20.0, "s", "a search"),
    "patience": (0.0, 240.0, "h", "the patience of the executive"),
    "vary": (0.0, 100.0, "%", "the spread of durations"),
}
"""Least and most of each number, its unit, and what it is."""
_HITS = {
    "array_loss": (Role.ARRAYS,),
    "dust": (Role.ARRAYS,),
    "extra_load": (Role.STATIONS,),
    "safe_mode": (Role.STATIONS,),
    "outage": (Role.RELAYS, Role.GROUND_STATIONS),
}


class ReplanChoices(traitlets.HasTraits):
    """Choices of the replan dashboard; what is impossible is refused in a sentence, and the old choice stays.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns come from; the shipped one by default.
    campaign : str
        Id of the campaign.
    """

    campaign = traitlets.Unicode("polar_winter", help="Id of the campaign.")
    kind = traitlets.Unicode("instrument_fault", help="Kind of disruption.")
    hits = traitlets.Unicode("", help="Resource that is hit; empty for all.")
    start = traitlets.Unicode("", help="When it begins, UTC, as 2031-03-13 00:00.")
    lasting = traitlets.Float(72.0, help="How long it lasts; 0 for good. [h]")
    share = traitlets.Float(30.0, help="Share of the power of the arrays that is lost. [%]")
    power = traitlets.Float(50.0, help="Power drawn beyond the plan. [W]")
    luck = traitlets.Int(1, help="Seed of what is drawn at random.")
    watch = traitlets.Float(1.0, help="How often somebody looks. [h]")
    turnaround = traitlets.Float(24.0, help="From contact to a new plan on the ground. [h]")
    seconds = traitlets.Float(1.0, help="Longest search of a new plan. [s]")
    patience = traitlets.Float(6.0, help="How much later than planned an activity may start. [h]")
    vary = traitlets.Float(0.0, help="Spread of durations about the plan. [%]")

    def __init__(self, catalogue: Catalogue | None = None, *, campaign: str = "polar_winter") -> None:
        self.catalogue = catalogue or load_catalogue()
        super().__init__(campaign=campaign)

    @traitlets.validate("campaign")
    def _known_campaign(self, proposal: dict[str, Any]) -> str:
        return self.catalogue.campaigns[str(proposal["value"])].id

    @traitlets.validate("kind")
    def _known_kind(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in KINDS:
            raise UnknownNameError("kind of disruption", str(proposal["value"])[:40], list(KINDS))
        return str(proposal["value"])

    @traitlets.validate(*BOUNDS)
    def _bounded(self, proposal: dict[str, Any]) -> float:
        low, high, unit, what = BOUNDS[proposal["trait"].name]
        value = float(proposal["value"])
        if not (math.isfinite(value) and low <= value <= high):
            raise RequestError(f"{what} is {low:g} to {high:g} {unit}, not {value:.10g}")
        return value

    @traitlets.validate("luck")
    def _bounded_luck(self, proposal: dict[str, Any]) -> int:
        if not 0 <= proposal["value"] < 2**31:
            raise RequestError(f"the seed is a whole number from 0 on, not {proposal['value']}")
        return int(proposal["value"])

    @staticmethod
    def targets(problem: Problem, kind: str) -> tuple[str, ...]:
        """What a kind of disruption can hit.

        Parameters
        ----------
        problem : Problem
            What is planned.
        kind : str
            Kind of disruption.

        Returns
        -------
        tuple of str
            Ids of resources, each once.
        """
        roles = roles_of(problem)
        wanted = _HITS.get(kind, (Role.INSTRUMENTS, Role.ROBOTS))
        return tuple(dict.fromkeys(name for role in wanted for name in roles[role]))

    def second(self, problem: Problem, text: str) -> int:
        """A moment that was typed.

        Parameters
        ----------
        problem : Problem
            Within whose span it must lie.
        text : str
            UTC.

        Returns
        -------
        int
            After the epoch of the problem. [s]

        Raises
        ------
        RequestError
            If it is no date, or lies outside.
        """
        if not text.strip():
            raise RequestError("write the start in UTC, such as 2031-03-13 00:00")
        second = round((parse_epoch(text.strip()) - problem.time(0)) / np.timedelta64(1, "s"))
        if not 0 <= second < problem.horizon_s:
            ends = [
                str(problem.time(at).astype("datetime64[m]")).replace("T", " ")
                for at in (0, problem.horizon_s)
            ]
            raise RequestError(f"{text.strip()[:30]} lies outside the campaign, {ends[0]} to {ends[1]}")
        return second

    def fault(self, problem: Problem) -> Disruption:
        """The disruption that is chosen.

        Parameters
        ----------
        problem : Problem
            What is planned.

        Returns
        -------
        Disruption

        Raises
        ------
        RequestError
            If nothing can be hit so, or the start is no date within the campaign.
        """
        start = self.second(problem, self.start)
        known = self.targets(problem, self.kind)
        if self.hits != ALL and self.hits not in known:
            raise UnknownNameError("resource", self.hits[:40], known)
        if not known:
            raise RequestError(f"nothing in this campaign can be hit by {KINDS[self.kind].lower()}")
        fields: dict[str, Any] = {"kind": self.kind, "start_s": start}
        if self.lasting:
            fields["end_s"] = start + round(self.lasting * 3600)
        fields["resources"] = known if self.hits == ALL else (self.hits,)
        if self.kind in ("array_loss", "dust"):
            fields["share"] = self.share / 100
        if self.kind == "extra_load":
            fields["power_W"] = self.power
        return Disruption(**fields)

    def operator(self, mode: Mode) -> Operator:
        """Who makes new plans.

        Parameters
        ----------
        mode : str
            One of `MODES`.

        Returns
        -------
        Operator
        """
        return Operator(
            mode=mode,
            watch_s=round(self.watch * 3600),
            turnaround_s=round(self.turnaround * 3600),
            time_limit=f"{self.seconds:g} s",
        )

    @property
    def executive(self) -> Executive:
        """The rules on board."""
        return Executive(patience_s=round(self.patience * 3600))

    @property
    def spread(self) -> Spread:
        """How far durations differ from the plan."""
        return Spread(duration=self.vary / 100)
