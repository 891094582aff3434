"""An edit by hand, as it is chosen: lock, move, forbid or unlock a session; no widgets."""

from __future__ import annotations

import json
from typing import Any

import traitlets

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.result import PlanResult

__all__ = ["ACTIONS", "EditChoice"]

ACTIONS = {
    "lock": "Lock where it is",
    "move": "Put at a start and lock",
    "forbid": "Forbid a span",
    "unlock": "Unlock",
}
"""Words for each edit."""
_LONGEST = 40
"""Longest text of a time. [1]"""
_OTHERS = {"lock": "replan", "move": "stay", "forbid": "replan", "unlock": "replan"}
"""What the library does with the others, unless it is told."""


class EditChoice(traitlets.HasTraits):
    """What is to be done to which session."""

    session = traitlets.Unicode("", help="Id of the session.")
    action = traitlets.Unicode("lock", help="lock, move, forbid or unlock.")
    start = traitlets.Unicode("", help="New start, or start of the forbidden span, UTC.")
    end = traitlets.Unicode("", help="End of the forbidden span, UTC.")
    others = traitlets.Unicode(
        "replan", help="Whether the others may move and come back, or stay or are dropped."
    )

    @traitlets.validate("action")
    def _known_action(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in ACTIONS:
            raise UnknownNameError("edit", str(proposal["value"])[:40], ACTIONS)
        return str(proposal["value"])

    @traitlets.validate("others")
    def _known_others(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in ("replan", "stay"):
            raise UnknownNameError("choice for the others", str(proposal["value"])[:40], ("replan", "stay"))
        return str(proposal["value"])

    @traitlets.validate("start", "end")
    def _short_time(self, proposal: dict[str, Any]) -> str:
        return str(proposal["value"]).strip()[:_LONGEST]

    @property
    def times(self) -> tuple[str, ...]:
        """The times that the edit needs, as written."""
        return {"move": (self.start,), "forbid": (self.start, self.end)}.get(self.action, ())

    def fault(self, result: PlanResult | None) -> str:
        """What keeps the edit from being made.

        Parameters
        ----------
        result : PlanResult or None
            The plan to edit.

        Returns
        -------
        str
            A sentence; empty if nothing does.
        """
        if result is None or result.objective is None:
            return "There is no plan to edit yet."
        if self.session not in result.problem.by_id:
            return "Choose a session."
        if not all(self.times):
            return (
                "Write the start and the end, such as 2031-03-01 12:00."
                if self.action == "forbid"
                else ("Write the start, such as 2031-03-01 12:00.")
            )
        locked = result.problem.by_id[self.session].locked_start is not None
        if self.action == "unlock" and not locked:
            return f"{self.session} is not locked."
        if self.action == "lock" and self.session not in result.plan.starts:
            return f"{self.session} is not in the plan: put it at a start instead."
        return ""

    def call(self, parent: str, seconds: float) -> str:
        """The call of Python that makes the edit.

        Parameters
        ----------
        parent : str
            Name of the plan that is edited.
        seconds : float
            Longest search. [s]

        Returns
        -------
        str
            Python.
        """
        given = [f'"{self.session}"', *(json.dumps(text) for text in self.times)]
        if self.action == "forbid":
            given = [given[0], f"({given[1]}, {given[2]})"]
        if self.others != _OTHERS[self.action]:
            given.append(f'others="{self.others}"')
        return f'{parent}.{self.action}({", ".join(given)}, time_limit="{seconds:g} s")'

    def made(self, result: PlanResult, **how: Any) -> PlanResult:
        """The plan after the edit.

        Parameters
        ----------
        result : PlanResult
            The plan to edit.
        **how
            ``time_limit``, ``progress`` and ``cancel``, as `PlanResult.lock` takes them.

        Returns
        -------
        PlanResult
            Certified; its ``edit`` tells what that cost.

        Raises
        ------
        RequestError
            If something is missing, or the edit is not possible.
        """
        if wrong := self.fault(result):
            raise RequestError(wrong)
        times = self.times
        how |= {"others": self.others}
        match self.action:
            case "move":
                return result.move(self.session, times[0], **how)
            case "forbid":
                return result.forbid(self.session, (times[0], times[1]), **how)
            case "unlock":
                return result.unlock(self.session, **how)
            case _:
                return result.lock(self.session, **how)
