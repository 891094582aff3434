"""Choices of the two studies of the replan dashboard, ensemble and silence; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import traitlets

from ilrs_science.errors import RequestError
from ilrs_science.panels.replan_choices import MODES, ReplanChoices
from ilrs_science.panels.replan_code import call_of, options_of
from ilrs_science.planning.replan.operate import Operator

if TYPE_CHECKING:
    import xarray as xr

    from ilrs_science.studies.autonomy import Autonomy

__all__ = ["LONGEST_D", "MOST_MEMBERS", "Members", "MembersChoice", "SilenceChoice"]

MOST_MEMBERS = 100
"""Members of each way that the panel starts. [1]"""
LONGEST_D = 14
"""Longest silence that the panel tries. [d]"""
_SEARCH = "0.05 s"
"""Limit of each search, in the solver's own seconds, so that the same comes out however busy the server is."""

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Members:
    """An ensemble that was made; it is equal to nothing else, so that each new one is noticed."""

    dataset: xr.Dataset
    """As `ilrs_science.studies.ensemble.ensemble.ensemble` gives it."""


class _Study(traitlets.HasTraits):
    """What both studies share."""

    seed = traitlets.Int(0, help="Of what is drawn.")
    with_faults = traitlets.Bool(True, help="Whether what is broken above happens as well.")

    @traitlets.validate("seed")
    def _bounded_seed(self, proposal: dict[str, Any]) -> int:
        if not 0 <= proposal["value"] < 2**31:
            raise RequestError(f"the seed is a whole number from 0 on, not {proposal['value']}")
        return int(proposal["value"])

    @staticmethod
    def operator(choices: ReplanChoices) -> Operator:
        """Who makes new plans: as above, with short searches that count the solver's own seconds."""
        return choices.operator("on_board").model_copy(update={"time_limit": _SEARCH})


class MembersChoice(_Study):
    """How many members an ensemble has, and what they meet."""

    members = traitlets.Int(10, help="Members of each way to go on.")

    @traitlets.validate("members")
    def _bounded_members(self, proposal: dict[str, Any]) -> int:
        if not 2 <= proposal["value"] <= MOST_MEMBERS:
            raise RequestError(f"an ensemble here has 2 to {MOST_MEMBERS} members, not {proposal['value']}")
        return int(proposal["value"])

    def made(self, model: Any, *, progress: Progress, cancel: Cancel) -> Iterator[xr.Dataset]:
        """The ensemble as it grows, in this process.

        Parameters
        ----------
        model : ReplanModel
            Campaign, plan, faults and rules.
        progress : callable
            Called as ``progress(done, total)``.
        cancel : callable
            True ends it.

        Yields
        ------
        xarray.Dataset
            As `ilrs_science.studies.ensemble.ensemble.ensemble` gives it, of the members that are done in all ways.
        """
        import xarray as xr

        whole: xr.Dataset | None = None
        for number in range(self.members):
            one = self._one(model, number, self._counted(progress, number), cancel)
            if cancel():
                return
            whole = one if whole is None else xr.concat([whole, one], "seed", combine_attrs="override")
            yield whole

    def _counted(self, progress: Progress, number: int) -> Progress:
        """Progress of one member as that of all."""
        ways = len(MODES)
        return lambda done, _ways: progress(number * ways + done, self.members * ways)

    def _one(self, model: Any, number: int, progress: Progress, cancel: Cancel) -> xr.Dataset:
        from ilrs_science.studies.ensemble.ensemble import ensemble

        return ensemble(
            model.problem,
            factors={"mode": list(MODES)},
            scenarios=[*model.catalogue.risks.values(), *(model.faults if self.with_faults else ())],
            seeds=[number],
            seed=self.seed,
            plan=model.result.plan,
            operator=self.operator(model),
            executive=model.executive,
            spread=model.spread,
            workers=0,
            progress=progress,
            cancel=cancel,
        )

    def line(self, choices: ReplanChoices) -> str:
        """The ensemble as a line of Python.

        Parameters
        ----------
        choices : ReplanChoices
            The rules.

        Returns
        -------
        str
            It assigns ``members``.
        """
        faults = ", *wrong" if self.with_faults else ""
        who = call_of("ilrs.Operator", self.operator(choices))
        return (
            f"members = ilrs.ensemble(campaign.problem, plan=result.plan, factors={{'mode': {list(MODES)}}}, "
            f"scenarios=[*campaign.catalogue.risks.values(){faults}], seeds={self.members}, seed={self.seed}, "
            f"operator={who}{options_of(choices)}, workers=0)"
        ).replace("'", '"')


class SilenceChoice(_Study):
    """When a silence begins and how long it lasts at most."""

    start = traitlets.Unicode("", help="When the silence begins, UTC.")
    longest = traitlets.Int(5, help="Longest silence that is tried. [d]")

    @traitlets.validate("longest")
    def _bounded_length(self, proposal: dict[str, Any]) -> int:
        if not 1 <= proposal["value"] <= LONGEST_D:
            raise RequestError(f"the longest silence is 1 to {LONGEST_D} days, not {proposal['value']}")
        return int(proposal["value"])

    def made(self, model: Any, start_s: int, *, progress: Progress, cancel: Cancel) -> Autonomy:
        """The autonomy of the plan, in this process.

        Parameters
        ----------
        model : ReplanModel
            Campaign, plan, faults and rules.
        start_s : int
            When the silence begins, after the epoch. [s]
        progress : callable
            Called as ``progress(done, total)``.
        cancel : callable
            True ends it without an answer.

        Returns
        -------
        Autonomy
        """
        from ilrs_science.studies.autonomy import autonomy

        return autonomy(
            model.problem,
            model.result.plan,
            from_s=start_s,
            silence=list(range(1, self.longest + 1)),
            wrong=model.faults if self.with_faults else (),
            seed=self.seed,
            modes=MODES,
            operator=self.operator(model),
            executive=model.executive,
            spread=model.spread,
            progress=progress,
            cancel=cancel,
        )

    def line(self, choices: ReplanChoices, start_s: int | None) -> str:
        """The question as a line of Python.

        Parameters
        ----------
        choices : ReplanChoices
            The rules.
        start_s : int or None
            When the silence begins. [s]

        Returns
        -------
        str
            It assigns ``autonomy``.
        """
        faults = ", wrong=wrong" if self.with_faults else ""
        who = call_of("ilrs.Operator", self.operator(choices))
        return (
            f"autonomy = ilrs.autonomy(campaign.problem, result.plan, from_s={start_s or 0}, "
            f"silence=range(1, {self.longest + 1}){faults}, seed={self.seed}, modes={MODES}, "
            f"operator={who}{options_of(choices)})"
        ).replace("'", '"')
