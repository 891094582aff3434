"""The work behind the plan dashboard: plans are made, explained and edited on a thread; no widgets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels.plan_choices import LONGEST_S
from ilrs_science.panels.plan_edit import EditChoice
from ilrs_science.panels.plan_state import PlanState
from ilrs_science.panels.plan_words import answer_words
from ilrs_science.panels.ticker import Ticker
from ilrs_science.panels.worker import LatestOnly
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.search.progress import Progress

__all__ = ["LONGEST_S", "PlanModel"]

_DRAW_EVERY_S = 2.0

Stopped = Callable[[], bool]


class PlanModel(PlanState):
    """Choices, state and work of the plan dashboard.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns come from; the shipped one by default.
    campaign : str
        Id of the campaign.
    time_limit : str
        Duration with a unit, such as ``"20 s"``.
    """

    def __init__(self, catalogue: Catalogue | None = None, **choices: str) -> None:
        self._stop = threading.Event()
        self._last_draw = 0.0
        self._known: Progress | None = None
        self.worker = LatestOnly(on_error=self._failed)
        super().__init__(catalogue, **choices)

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

    def bind(self) -> None:
        """Find which resource would pay most if there were more of it, on a thread."""
        self._submit(self._bind)

    def trade(self) -> None:
        """Find the front of value against fairness, on a thread."""
        self._submit(self._trade)

    def cancel(self) -> None:
        """Stop the search; the best plan so far stays."""
        self._stop.set()

    def _submit(self, task: Callable[[Stopped], None]) -> None:
        self._stop.set()
        stop = self._stop = threading.Event()
        self.worker.submit(lambda: task(stop.is_set))

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
        opened, parent, self.history, self._known = self._opened, self.shown, [], None
        first = None if parent is None else parent.result.plan
        with self._ticking("planning", f"Planning for up to {seconds:g} s …", seconds):
            result = solve(
                problem, time_limit=f"{seconds:g} s", first=first, progress=self._report, cancel=stop
            )
        line = self._line(parent, edited=edited)
        history = [*self.history, *_last_report(result)]
        self._keep(opened, f"search of {result.runtime:.0f} s", line, result, history)
        self._say("idle", self.verdict)

    def _explain(self, name: str, stop: Stopped) -> None:
        if self.shown is None:
            return
        self.explanation, kept = None, self.shown
        with self._ticking("explaining", f"Asking about {name} …", self.seconds):
            found = kept.result.explain(
                name,
                depth="family",
                time_limit=f"{self.seconds:g} s",
                cancel=stop,
                progress=lambda one: self._explained(one, kept),
            )
        if kept in self.plans:
            self.answers.setdefault(kept.name, {})[name] = answer_words(found)
        self._explained(found, kept)
        self._say("idle", self.verdict)

    def _explained(self, explanation: Any, kept: Any) -> None:
        if kept is self.shown:
            self.explanation = explanation

    def _apply(self, choice: EditChoice, stop: Stopped) -> None:
        if self.shown is None:
            return
        self.edit, opened, parent, self._known = None, self._opened, self.shown, None
        with self._ticking("editing", "Planning around your edit …", self.seconds):
            result = choice.made(
                parent.result, time_limit=f"{self.seconds:g} s", progress=self._tell, cancel=stop
            )
        if result.plan.placements:
            line = f"plan{self._made + 1} = {choice.call(parent.name, self.seconds)}"
            self._keep(opened, f"{choice.action} {choice.session}", line, result, _last_report(result))
        if opened == self._opened:
            self.edit = result.edit
        self._say("idle", self.verdict)

    def _trade(self, stop: Stopped) -> None:
        from ilrs_science.planning.shares import share_tradeoff

        with self._ticking("sharing", "Planning for five degrees of fairness …", self.seconds):
            self.front = share_tradeoff(self.asked, time_limit=f"{self.seconds:g} s", cancel=stop)
        self._say("idle", self.verdict)

    def _bind(self, stop: Stopped) -> None:
        if self.shown is None:
            return
        self.gains, self.binding, kept = [], None, self.shown
        with self._ticking("binding", "Planning anew with more of each resource …", self.seconds):
            found = kept.result.what_binds(
                time_limit=f"{self.seconds:g} s", progress=lambda one: self._gained(one, kept), cancel=stop
            )
        if kept is self.shown:
            self.gains, self.binding = list(found.gains), found
        self._say("idle", self.verdict)

    def _gained(self, gain: Any, kept: Any) -> None:
        if kept is self.shown:
            self.gains = [*self.gains, gain]

    def _ticking(self, stage: str, words: str, seconds: float) -> Ticker:
        """Say what goes on, with the seconds that have passed, until it ends."""
        self._say(stage, words)
        began = time.monotonic()
        return Ticker(lambda share: self._tick(share, words, time.monotonic() - began), seconds)

    def _tick(self, share: float, words: str, passed_s: float) -> None:
        known, told = self._known, words
        if self.stage in ("planning", "editing") and known is not None and known.objective is not None:
            told = f"Planning: value {known.objective:g}, no plan can exceed {known.bound:g}"
        self.progress, self.said = share, f"{told} ({passed_s:.0f} s)"

    def _report(self, report: Progress) -> None:
        self.history = [*self.history, report]
        self._known = report
        now = time.monotonic()
        if report.starts is not None and now - self._last_draw > _DRAW_EVERY_S:
            self._last_draw = now
            self.draft = Plan.of(self.loaded.problem, report.starts)

    def _tell(self, report: Progress) -> None:
        """Keep how far a search has come; the clock tells it."""
        self._known = report

    def _failed(self, sentence: str) -> None:
        with self.hold_trait_notifications():
            self.wrong_at, self.stage, self.wrong = self.stage, "idle", sentence
            self.said, self.draft = self.verdict, None


def _last_report(result: Any) -> list[Progress]:
    """What a search ended with."""
    if result.objective is None or result.bound is None:
        return []
    return [Progress("search", result.objective, result.bound, result.runtime)]
