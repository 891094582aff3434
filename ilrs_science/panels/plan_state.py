"""What is known in the plan dashboard: the stage, every plan that was made, what is said of them; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from ilrs_science.panels.plan_choices import PlanChoices
from ilrs_science.panels.plan_kept import KeptPlan, search_line
from ilrs_science.panels.plan_rows import LeftOut, Row, experiment_rows, left_out_rows
from ilrs_science.results.label import sessions_of

if TYPE_CHECKING:
    from ilrs_science.planning.problem.problem import Problem
    from ilrs_science.planning.search.progress import Progress

__all__ = ["PlanState"]

_MOST_KEPT = 100
"""Plans that can be gone back to. [1]"""


class PlanState(PlanChoices):
    """Plans by name, and the words and lines of Python for the one that is shown; see `PlanChoices`."""

    stage = traitlets.Unicode(
        "idle", help="idle, windows, environment, planning, explaining, editing, binding or sharing."
    )
    progress = traitlets.Float(0.0, help="Share of the time that has passed. [1]")
    said = traitlets.Unicode("", help="Where the work stands, in a sentence.")
    wrong = traitlets.Unicode("", help="What went wrong, in a sentence.")
    wrong_at = traitlets.Unicode("", help="Stage in which that was.")
    history: traitlets.List[Any] = traitlets.List(help="Reports of the present or last search.")
    draft = traitlets.Any(None, help="Best plan of a search that goes on, or None.")
    plans: traitlets.List[Any] = traitlets.List(help="Every KeptPlan, the latest last.")
    shown = traitlets.Any(None, help="The KeptPlan that is shown, or None.")
    explanation = traitlets.Any(None, help="The last Explanation, as far as it has come, or None.")
    edit = traitlets.Any(None, help="The last Edit, or None.")
    front = traitlets.Any(None, help="The last ShareTradeoff, or None.")
    gains: traitlets.List[Any] = traitlets.List(
        help="What more of each resource pays, as far as it is known."
    )
    binding = traitlets.Any(None, help="The last Binding, or None while it is being found.")

    def __init__(self, *given: Any, **choices: Any) -> None:
        self._made = self._opened = 0
        self._listed: tuple[Any, list[LeftOut]] = (None, [])
        self.answers: dict[str, dict[str, str]] = {}  # by plan and session
        super().__init__(*given, **choices)

    def __repr__(self) -> str:
        return f"<PlanModel {self.campaign}, {self.seconds:g} s, {self.stage}>"

    @property
    def result(self) -> Any:
        """The PlanResult that is shown, or None."""
        return None if self.shown is None else self.shown.result

    def go_back(self, name: str) -> None:
        """Show another plan of those that were made.

        Parameters
        ----------
        name : str
            Such as ``"plan1"``; an unknown one changes nothing.
        """
        found = [kept for kept in self.plans if kept.name == name]
        if found and found[0] is not self.shown:
            with self.hold_trait_notifications():
                self.explanation = self.edit = self.binding = None
                self.gains = []
                self.shown, self.history = found[0], list(found[0].history)
                if self.stage == "idle":
                    self.said, self.wrong, self.wrong_at = self.verdict, "", ""

    def _forget(self) -> None:
        """Plans of another campaign or horizon are no longer of use."""
        self._opened += 1
        self._made = 0
        self.answers.clear()
        with self.hold_trait_notifications():
            self.plans, self.shown, self.draft, self.history = [], None, None, []
            self.explanation = self.edit = self.front = self.binding = None
            self.gains = []

    def _problem(self) -> tuple[Problem, bool]:
        """What to plan, and whether a person has edited it."""
        asked = self.asked
        mine = asked if self.result is None else self.result.problem
        edited = mine.activities != asked.activities
        return (mine.replace(shares=self.shares) if edited else asked), edited

    def _keep(self, opened: int, what: str, line: str, result: Any, history: Sequence[Progress] = ()) -> None:
        """Name a plan and show it, unless another campaign was opened meanwhile; forget the earliest of many."""
        if opened != self._opened:
            return
        self._made += 1
        kept = KeptPlan(f"plan{self._made}", what, line, result, tuple(history))
        with self.hold_trait_notifications():
            self.draft, self.explanation, self.edit = None, None, None
            self.gains, self.binding, self.history = [], None, list(history)
            self.plans, self.shown = [*self.plans, kept][-_MOST_KEPT:], kept

    def _say(self, stage: str, words: str) -> None:
        with self.hold_trait_notifications():
            self.stage, self.said, self.wrong, self.wrong_at = stage, words, "", ""
            self.progress = 0.0

    @property
    def verdict(self) -> str:
        """The plan in a sentence: what is in, how good it is, whether the checker agrees."""
        result = self.result
        if result is None or result.objective is None:
            return "There is no plan." if result is not None else "Nothing is planned yet."
        known = self.catalogue.experiments
        done = len(sessions_of(result.plan.starts, known))
        total = len(sessions_of((*result.plan.starts, *result.plan.left_out), known))
        bound = f"no plan can exceed {result.bound:g}" if result.bound is not None else "no bound is known"
        best = (
            "This is proved to be the best plan"
            if result.status == "OPTIMAL"
            else f"Better plans may exist: {bound}"
        )
        checked = (
            "The independent checker found no fault."
            if result.checked
            else "The independent checker found faults!"
        )
        return f"{done} of {total} sessions, value {result.objective:g}. {best}. {checked}"

    def left_out(self) -> list[LeftOut]:
        """The sessions that the plan leaves out, and why.

        Returns
        -------
        list of LeftOut
            Empty before there is a plan.
        """
        if self.result is None or self.shown is None:
            return []
        if self._listed[0] is not self.shown:
            self._listed = self.shown, left_out_rows(self.loaded, self.result.left_out())
        answers = self.answers.get(self.shown.name, {})
        return [replace(row, answer=answers.get(row.id, "")) for row in self._listed[1]]

    def rows(self) -> list[Row]:
        """What the plan does with each experiment of the campaign.

        Returns
        -------
        list of Row
            In the order of the campaign; empty before there is a plan.
        """
        return [] if self.result is None else experiment_rows(self.loaded, self.result, self.left_out())

    def next_line(self) -> str:
        """The line of Python that the next search is.

        Returns
        -------
        str
            It names the plan that the search will give.
        """
        return self._line(self.shown, edited=self.shown is not None and self._problem()[1])

    def _line(self, parent: KeptPlan | None, *, edited: bool) -> str:
        """The line of a search that begins with a plan, of the campaign's problem or of an edited one."""
        own = {one.partner: one.least for one in self.catalogue.campaigns[self.campaign].shares}
        had = parent.result.problem.shares if parent is not None and edited else own
        name = f"plan{self._made + 1}"
        return search_line(name, parent, self.shares, had=had, edited=edited, seconds=self.seconds)

    def code(self) -> str:
        """The Python lines that make the plan that is shown.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        name = self.shown.name if self.shown is not None else "plan1"
        upto = self.plans.index(self.shown) + 1 if self.shown in self.plans else 0
        lines = [kept.line for kept in self.plans[:upto]]
        return "\n".join(
            (
                "import ilrs_science as ilrs",
                "from ilrs_science import figures",
                "",
                self.campaign_line(),
                *(lines or [f'plan1 = campaign.plan(time_limit="{self.seconds:g} s")']),
                f"figures.campaign_timeline(campaign, {name})",
            )
        )
