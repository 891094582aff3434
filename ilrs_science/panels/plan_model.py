"""The work behind the plan dashboard: plans are made, explained, edited and kept, on a thread; no widgets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import traitlets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels.plan_choices import LONGEST_S, PlanChoices
from ilrs_science.panels.plan_edit import EditChoice
from ilrs_science.panels.plan_kept import KeptPlan, search_line
from ilrs_science.panels.plan_rows import LeftOut, Row, experiment_rows, left_out_rows, sessions_of
from ilrs_science.panels.worker import LatestOnly
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.search.progress import Progress

if TYPE_CHECKING:
    from ilrs_science.planning.problem.problem import Problem

__all__ = ["LONGEST_S", "PlanModel"]

_REPORT_EVERY_S = 0.25
_DRAW_EVERY_S = 2.0
_MOST_KEPT = 100
"""Plans that can be gone back to. [1]"""

Stopped = Callable[[], bool]


class PlanModel(PlanChoices):
    """Choices and state of the plan dashboard.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns come from; the shipped one by default.
    campaign : str
        Id of the campaign.
    time_limit : str
        Duration with a unit, such as ``"20 s"``.
    """

    stage = traitlets.Unicode(
        "idle", help="idle, windows, environment, planning, explaining, editing or sharing."
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

    def __init__(self, catalogue: Catalogue | None = None, **choices: str) -> None:
        self._stop = threading.Event()
        self._last_report = self._last_draw = 0.0
        self._made = self._opened = 0
        self.worker = LatestOnly(on_error=self._failed)
        super().__init__(catalogue, **choices)

    def __repr__(self) -> str:
        return f"<PlanModel {self.campaign}, {self.seconds:g} s, {self.stage}>"

    @property
    def result(self) -> Any:
        """The PlanResult that is shown, or None."""
        return None if self.shown is None else self.shown.result

    def open(self) -> None:
        """Load the campaign and make a quick plan, on a thread."""
        self._forget()
        self._submit(self._open)

    def search(self) -> None:
        """Look for a better plan within the time, on a thread."""
        self._submit(lambda stop: self._plan(self.seconds, stop))

    def explain(self, name: str) -> None:
        """Ask why a session is where it is, or what it would cost to have it, on a thread.

        Parameters
        ----------
        name : str
            Id of the session.
        """
        self._submit(lambda stop: self._explain(name, stop))

    def apply(self, choice: EditChoice) -> None:
        """Edit the plan that is shown, on a thread.

        Parameters
        ----------
        choice : EditChoice
            What is to be done.
        """
        self._submit(lambda stop: self._apply(choice, stop))

    def trade(self) -> None:
        """Find the front of value against fairness, on a thread."""
        self._submit(self._trade)

    def cancel(self) -> None:
        """Stop the search; the best plan so far stays."""
        self._stop.set()

    def go_back(self, name: str) -> None:
        """Show another plan of those that were made.

        Parameters
        ----------
        name : str
            Such as ``"plan1"``; an unknown one changes nothing.
        """
        found = [kept for kept in self.plans if kept.name == name]
        if found and found[0] is not self.shown:
            self.explanation = self.edit = None
            self.shown = found[0]

    def _submit(self, task: Callable[[Stopped], None]) -> None:
        self._stop.set()
        stop = self._stop = threading.Event()
        self.worker.submit(lambda: task(stop.is_set))

    def _forget(self) -> None:
        """Plans of another campaign or horizon are no longer of use."""
        self._opened += 1
        self._made = 0
        with self.hold_trait_notifications():
            self.plans, self.shown, self.draft, self.history = [], None, None, []
            self.explanation = self.edit = self.front = None

    def _open(self, _stop: Stopped) -> None:
        opened = self._opened
        for stage, words in (
            ("windows", "Looking for windows …"),
            ("environment", "Tracing the terrain, light and link …"),
        ):
            self._say(stage, words)
            getattr(self.loaded, stage)
        self._say("planning", "Making a quick plan …")
        result = self.loaded.plan(time_limit="1 s", cancel=lambda: True)  # what greedy placing gives at once
        line = f'plan{self._made + 1} = campaign.plan(time_limit="1 s", cancel=lambda: True)'
        self._keep(opened, "quick plan", line, result)
        self._say("idle", self.verdict)

    def _plan(self, seconds: float, stop: Stopped) -> None:
        from ilrs_science.planning.solve import solve

        problem, edited = self._problem()
        opened, parent, self.history = self._opened, self.shown, []
        first = None if parent is None else parent.result.plan
        with self._ticking("planning", f"Planning for up to {seconds:g} s …", seconds):
            result = solve(
                problem, time_limit=f"{seconds:g} s", first=first, progress=self._report, cancel=stop
            )
        if result.objective is not None and result.bound is not None:
            self.history = [*self.history, Progress("search", result.objective, result.bound, result.runtime)]
        line = self._line(parent, edited=edited)
        self._keep(opened, f"search of {result.runtime:.0f} s", line, result)
        self._say("idle", self.verdict)

    def _problem(self) -> tuple[Problem, bool]:
        """What to plan, and whether a person has edited it."""
        asked = self.asked
        mine = asked if self.result is None else self.result.problem
        edited = mine.activities != asked.activities
        return (mine.replace(shares=self.shares) if edited else asked), edited

    def _explain(self, name: str, stop: Stopped) -> None:
        if self.result is None:
            return
        self.explanation = None
        with self._ticking("explaining", f"Asking about {name} …", self.seconds):
            self.explanation = self.result.explain(
                name, time_limit=f"{self.seconds:g} s", progress=self._explained, cancel=stop
            )
        self._say("idle", self.verdict)

    def _explained(self, explanation: Any) -> None:
        self.explanation = explanation

    def _apply(self, choice: EditChoice, stop: Stopped) -> None:
        if self.shown is None:
            return
        self.edit, opened, parent = None, self._opened, self.shown
        with self._ticking("editing", "Planning around your edit …", self.seconds):
            result = choice.made(
                parent.result, time_limit=f"{self.seconds:g} s", progress=self._tell, cancel=stop
            )
        if result.plan.placements:
            line = f"plan{self._made + 1} = {choice.call(parent.name, self.seconds)}"
            self._keep(opened, f"{choice.action} {choice.session}", line, result)
        if opened == self._opened:
            self.edit = result.edit
        self._say("idle", self.verdict)

    def _trade(self, stop: Stopped) -> None:
        from ilrs_science.planning.shares import share_tradeoff

        with self._ticking("sharing", "Planning for five degrees of fairness …", self.seconds):
            self.front = share_tradeoff(self.asked, time_limit=f"{self.seconds:g} s", cancel=stop)
        self._say("idle", self.verdict)

    def _keep(self, opened: int, what: str, line: str, result: Any) -> None:
        """Name a plan and show it, unless another campaign was opened meanwhile; forget the earliest of many."""
        if opened != self._opened:
            return
        self._made += 1
        kept = KeptPlan(f"plan{self._made}", what, line, result)
        with self.hold_trait_notifications():
            self.draft, self.explanation, self.edit = None, None, None
            self.plans, self.shown = [*self.plans, kept][-_MOST_KEPT:], kept

    def _ticking(self, stage: str, words: str, seconds: float) -> _Ticker:
        self._say(stage, words)
        return _Ticker(self, seconds)

    def _report(self, report: Progress) -> None:
        self.history = [*self.history, report]
        self._tell(report)
        now = time.monotonic()
        if report.starts is not None and now - self._last_draw > _DRAW_EVERY_S:
            self._last_draw = now
            self.draft = Plan.of(self.loaded.problem, report.starts)

    def _tell(self, report: Progress) -> None:
        """Say how far a search has come, four times a second at the most."""
        now = time.monotonic()
        if report.objective is not None and now - self._last_report > _REPORT_EVERY_S:
            self._last_report = now
            bound = f"no plan can exceed {report.bound:g}"
            self.said = f"Planning: value {report.objective:g}, {bound} ({report.time_s:.0f} s)"

    def _say(self, stage: str, words: str) -> None:
        with self.hold_trait_notifications():
            self.stage, self.said, self.wrong, self.wrong_at = stage, words, "", ""
            self.progress = 0.0

    def _failed(self, sentence: str) -> None:
        with self.hold_trait_notifications():
            self.wrong_at, self.stage, self.wrong = self.stage, "idle", sentence
            self.said, self.draft = self.verdict, None

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
        return [] if self.result is None else left_out_rows(self.loaded, self.result.left_out())

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


class _Ticker:
    """Moves the progress bar while some work goes on."""

    def __init__(self, model: PlanModel, seconds: float) -> None:
        self._model, self._seconds = model, seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _tick(self) -> None:
        began = time.monotonic()
        while not self._done.wait(_REPORT_EVERY_S):
            self._model.progress = min(1.0, (time.monotonic() - began) / self._seconds)
