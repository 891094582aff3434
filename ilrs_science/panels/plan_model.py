"""What a person asks of the plan dashboard, and how far the answer has come; no widgets."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from ilrs_science.campaign import Campaign, load_campaign
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.panels.worker import LatestOnly
from ilrs_science.units import parse_quantity

if TYPE_CHECKING:
    from ilrs_science.planning.search.progress import Progress

__all__ = ["LONGEST_S", "PlanModel", "Row"]

LONGEST_S = 120.0
"""Longest search that the panel starts. [s]"""
_REPORT_EVERY_S = 0.25


@dataclass(frozen=True)
class Row:
    """One experiment of the campaign and what the plan does with it."""

    name: str
    """Name of the experiment."""
    category: str
    """Its category in words."""
    planned: int
    """Sessions in the plan."""
    wanted: int
    """Sessions that the campaign asks for."""
    value: float
    """What the planned sessions are worth. [points]"""
    possible_h: float
    """Hours in which it is possible. [h]"""
    reason: str
    """Why sessions are left out; empty if none are."""


class PlanModel(traitlets.HasTraits):
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

    campaign = traitlets.Unicode("polar_winter", help="Id of the campaign.")
    seconds = traitlets.Float(20.0, help="How long a search may last. [s]")
    stage = traitlets.Unicode("idle", help="idle, windows, environment, planning.")
    progress = traitlets.Float(0.0, help="Share of the time that has passed. [1]")
    said = traitlets.Unicode("", help="Where the work stands, in a sentence.")
    wrong = traitlets.Unicode("", help="What went wrong, in a sentence.")
    result = traitlets.Any(None, help="PlanResult of the present campaign, or None.")

    def __init__(
        self, catalogue: Catalogue | None = None, *, campaign: str = "polar_winter", time_limit: str = "20 s"
    ) -> None:
        self.catalogue = catalogue or load_catalogue()
        self._stop = threading.Event()
        self._loaded: Campaign | None = None
        self._last_report = 0.0
        self.worker = LatestOnly(on_error=self._failed)
        super().__init__(campaign=campaign, seconds=parse_quantity(time_limit, "s"))

    def __repr__(self) -> str:
        return f"<PlanModel {self.campaign}, {self.seconds:g} s, {self.stage}>"

    @traitlets.validate("campaign")
    def _known_campaign(self, proposal: dict[str, Any]) -> str:
        return self.catalogue.campaigns[str(proposal["value"])].id

    @traitlets.validate("seconds")
    def _bounded_seconds(self, proposal: dict[str, Any]) -> float:
        value = float(proposal["value"])
        return min(max(value, 1.0), LONGEST_S) if np.isfinite(value) else 1.0

    @property
    def loaded(self) -> Campaign:
        """The campaign and its stages."""
        if self._loaded is None or self._loaded.record.id != self.campaign:
            self._loaded = load_campaign(self.campaign, self.catalogue)
        return self._loaded

    def open(self) -> None:
        """Load the campaign and make a quick plan, on a thread."""
        self._stop.set()
        self.worker.submit(self._open)

    def search(self) -> None:
        """Look for a better plan within the time, on a thread."""
        self._stop.set()
        self.worker.submit(lambda: self._plan(self.seconds))

    def cancel(self) -> None:
        """Stop the search; the best plan so far stays."""
        self._stop.set()

    def _open(self) -> None:
        self.set_trait("result", None)
        for stage, words in (
            ("windows", "Looking for windows …"),
            ("environment", "Tracing the terrain, light and link …"),
        ):
            self._say(stage, words)
            getattr(self.loaded, stage)
        self._say("planning", "Making a quick plan …")
        self.result = self.loaded.plan(
            time_limit="1 s", cancel=lambda: True
        )  # what greedy placing gives at once
        self._say("idle", self.verdict)

    def _plan(self, seconds: float) -> None:
        self._stop.clear()
        self._say("planning", f"Planning for up to {seconds:g} s …")
        began = time.monotonic()
        ticker = threading.Thread(target=self._tick, args=(began, seconds), daemon=True)
        ticker.start()
        try:
            result = self.loaded.plan(
                time_limit=f"{seconds:g} s", progress=self._report, cancel=self._stop.is_set
            )
        finally:
            self._stop.set()
            ticker.join()
        self.result = result
        self._say("idle", self.verdict)

    def _tick(self, began: float, seconds: float) -> None:
        """Move the progress bar while the search runs."""
        while not self._stop.wait(_REPORT_EVERY_S):
            self.progress = min(1.0, (time.monotonic() - began) / seconds)

    def _report(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last_report > _REPORT_EVERY_S and progress.objective is not None:
            self._last_report = now
            bound = f"no plan can exceed {progress.bound:g}"
            self.said = f"Planning: value {progress.objective:g}, {bound} ({progress.time_s:.0f} s)"

    def _say(self, stage: str, words: str) -> None:
        with self.hold_trait_notifications():
            self.stage, self.said, self.wrong = stage, words, ""
            self.progress = 0.0

    def _failed(self, sentence: str) -> None:
        self.stage, self.wrong = "idle", sentence

    @property
    def verdict(self) -> str:
        """The plan in a sentence: what is in, how good it is, whether the checker agrees."""
        result = self.result
        if result is None or result.objective is None:
            return "There is no plan." if result is not None else "Nothing is planned yet."
        total = len(result.plan) + len(result.plan.left_out)
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
        return f"{len(result.plan)} of {total} sessions, value {result.objective:g}. {best}. {checked}"

    def rows(self) -> list[Row]:
        """What the plan does with each experiment of the campaign.

        Returns
        -------
        list of Row
            In the order of the campaign; empty before there is a plan.
        """
        if self.result is None:
            return []
        campaign, known = self.loaded, self.catalogue.experiments
        planned = Counter(experiment_of(name, known) for name in self.result.plan.starts)
        wanted = Counter(experiment_of(activity.id, known) for activity in campaign.problem.activities)
        worth: defaultdict[str, float] = defaultdict(float)
        for name, start in self.result.plan.starts.items():
            worth[experiment_of(name, known)] += campaign.problem.by_id[name].worth_at(start) / 1000
        return [
            Row(
                name=one.name,
                category=one.category.label,
                planned=planned[one.id],
                wanted=max(wanted[one.id], one.repeats),
                value=round(worth[one.id], 3),
                possible_h=campaign.windows[one.id].hours,
                reason=self._reason(one.id, one.session, planned[one.id] < max(wanted[one.id], one.repeats)),
            )
            for one in campaign.experiments
        ]

    def _reason(self, name: str, session_s: float, short: bool) -> str:  # noqa: FBT001
        windows = self.loaded.windows[name]
        if not short:
            return ""
        if not len(windows):
            return "never possible in this span"
        if windows.longest / np.timedelta64(1, "s") < session_s:
            return "no window is as long as a session"
        return "did not fit beside the others"

    def code(self) -> str:
        """The Python lines that make the same plan.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        return "\n".join(
            (
                "import ilrs_science as ilrs",
                "from ilrs_science import figures",
                "",
                f'campaign = ilrs.load_campaign("{self.campaign}")',
                f'result = campaign.plan(time_limit="{self.seconds:g} s")',
                "figures.timeline(result, windows=campaign.windows, env=campaign.environment)",
            )
        )
