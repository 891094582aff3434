"""The work behind the replan dashboard: a plan is broken, lived through in three ways, and many times; no widgets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import traitlets

from ilrs_science.campaign import Campaign, load_campaign
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.errors import RequestError
from ilrs_science.figures.operating import MODE_WORDS
from ilrs_science.panels.replan_choices import ALL, MODES, ReplanChoices
from ilrs_science.panels.replan_code import list_line, operate_lines
from ilrs_science.panels.replan_studies import Members, MembersChoice, SilenceChoice
from ilrs_science.panels.worker import LatestOnly
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.draw import draw
from ilrs_science.planning.replan.operate import Mode, Operation, operate

if TYPE_CHECKING:
    from ilrs_science.planning.plan import Plan
    from ilrs_science.planning.problem.problem import Problem

__all__ = ["ReplanModel"]

Stopped = Callable[[], bool]
_FIRST_FAULT = 0.6
"""Share of the horizon at which the first fault begins. [1]"""
_STEP = 1 / 80
"""Progress is told in steps of this share. [1]"""


class ReplanModel(ReplanChoices):
    """Choices, state and work of the replan dashboard.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where campaigns come from; the shipped one by default.
    campaign : str
        Id of the campaign.
    """

    stage = traitlets.Unicode("idle", help="idle, opening, operating, sampling or waiting.")
    progress = traitlets.Float(0.0, help="Share of the work that is done. [1]")
    said = traitlets.Unicode("", help="Where the work stands, in a sentence.")
    wrong = traitlets.Unicode("", help="What is amiss with the last request, in a sentence.")
    wrong_at = traitlets.Unicode("", help="Stage in which that was.")
    faults: traitlets.List[Any] = traitlets.List(help="Disruptions that the plan meets.")
    drawn = traitlets.Int(None, allow_none=True, help="Seed from which they were drawn, or None.")
    result = traitlets.Any(None, help="The PlanResult that is executed, or None.")
    lives: traitlets.Dict[str, Any] = traitlets.Dict(help="Operation by mode.")
    met: traitlets.List[Any] = traitlets.List(help="Disruptions that these operations met.")
    members = traitlets.Any(None, help="Members of the last ensemble, or None.")
    silence = traitlets.Any(None, help="The last Autonomy, or None.")

    def __init__(self, catalogue: Catalogue | None = None, *, campaign: str = "polar_winter") -> None:
        self._stop = threading.Event()
        self._loaded: Campaign | None = None
        self.worker = LatestOnly(on_error=self._failed)
        super().__init__(catalogue, campaign=campaign)

    def __repr__(self) -> str:
        return f"<ReplanModel {self.campaign}, {len(self.faults)} disruptions, {self.stage}>"

    @property
    def loaded(self) -> Campaign:
        """The campaign and its stages."""
        if self._loaded is None or self._loaded.record.id != self.campaign:
            self._loaded = load_campaign(self.campaign, self.catalogue)
        return self._loaded

    @property
    def problem(self) -> Problem:
        """What was planned."""
        problem: Problem = self.loaded.problem if self.result is None else self.result.problem
        return problem

    def open(self) -> None:
        """Load the campaign, make a quick plan, break something in it and live through it, on a thread."""
        with self.hold_trait_notifications():
            self.result, self.lives, self.met, self.faults, self.drawn = None, {}, [], [], None
            self.members = self.silence = None
        self._submit(self._open)

    def break_it(self, *, also: bool = False) -> None:
        """Execute the plan with the fault that is chosen, on a thread.

        Parameters
        ----------
        also : bool
            Whether what is broken already stays broken.

        Raises
        ------
        RequestError
            If the choice makes no sense, before anything runs.
        """
        fault = self.fault(self._ready())
        self._meet([*self.faults, fault] if also else [fault], None)

    def draw_faults(self) -> None:
        """Execute the plan with what is drawn from the risks of the catalogue, on a thread."""
        risks = self.catalogue.risks.values()
        self._meet(list(draw(risks, self._ready(), self.luck, plan=self.result.plan)), self.luck)

    def mend(self) -> None:
        """Execute the plan with nothing wrong, on a thread."""
        self._ready()
        self._meet([], None)

    def live(self) -> None:
        """Execute the plan again, by the present rules, on a thread."""
        self._ready()
        self._submit(self._live)

    def sample(self, choice: MembersChoice) -> None:
        """Live through it many times, on a thread.

        Parameters
        ----------
        choice : MembersChoice
            How often, and with what.
        """
        self._ready()
        self._submit(lambda stop: self._sample(choice, stop))

    def wait_in_silence(self, choice: SilenceChoice) -> None:
        """Ask how long the station goes on without contact, and what that costs, on a thread.

        Parameters
        ----------
        choice : SilenceChoice
            From when on, and how long.

        Raises
        ------
        RequestError
            If the choice makes no sense, before anything runs.
        """
        start = self.second(self._ready(), choice.start)
        self._submit(lambda stop: self._wait(choice, start, stop))

    def cancel(self) -> None:
        """Stop the work; what is known stays."""
        self._stop.set()

    def plan_at(self, mode: str, second: float) -> Plan:
        """The plan in force at a moment.

        Parameters
        ----------
        mode : str
            Who makes new plans.
        second : float
            After the epoch. [s]

        Returns
        -------
        Plan
        """
        plan: Plan = self.result.plan
        for new in self.lives[mode].replans:
            if new.now_s <= second:
                plan = new.plan
        return plan

    def code(self) -> str:
        """The Python lines that do the same.

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
                'result = campaign.plan(time_limit="1 s", cancel=lambda: True)',
                list_line(self.faults, self.drawn),
                operate_lines(self),
                "ran = {mode: life.execution for mode, life in lives.items()}",
                "figures.operation_histories(ran, disruptions=wrong)",
            )
        )

    def _ready(self) -> Problem:
        if self.result is None:
            raise RequestError("wait until there is a plan to execute")
        return self.problem

    def _meet(self, faults: list[Disruption], drawn: int | None) -> None:
        with self.hold_trait_notifications():
            self.faults, self.drawn = faults, drawn
        self._submit(self._live)

    def _submit(self, task: Callable[[Stopped], None]) -> None:
        self._stop.set()
        stop = self._stop = threading.Event()
        self.worker.submit(lambda: task(stop.is_set))

    def _open(self, stop: Stopped) -> None:
        self._say("opening", "Looking for windows, light and link …")
        problem = self.loaded.problem
        self._say("opening", "Making a quick plan …")
        result = self.loaded.plan(time_limit="1 s", cancel=lambda: True)  # what greedy placing gives at once
        if result.objective is None:
            raise RequestError("there is no plan of this campaign to execute")
        start = problem.time(round(_FIRST_FAULT * problem.horizon_s / 86400) * 86400)
        with self.hold_trait_notifications():
            self.result = result
            self.kind, self.hits, self.lasting, self.share = "array_loss", ALL, 0.0, 40.0
            self.start = str(start.astype("datetime64[m]")).replace("T", " ")
            self.faults = [self.fault(problem)]
        self._live(stop)

    def _live(self, stop: Stopped) -> None:
        lives: dict[str, Operation] = {}
        met = list(self.faults)
        for number, mode in enumerate(MODES):
            self._say("operating", f"{MODE_WORDS[mode]} …", number / len(MODES))
            lives[mode] = self._life(mode, number, stop)
            if stop():
                self._say("idle", "Stopped; what is shown is that of the last execution.")
                return
        with self.hold_trait_notifications():
            self.met, self.lives = met, lives
        self._say("idle", self.verdict)

    def _life(self, mode: Mode, number: int, stop: Stopped) -> Operation:
        return operate(
            self.problem,
            self.result.plan,
            self.faults,
            operator=self.operator(mode),
            executive=self.executive,
            spread=self.spread,
            progress=lambda done, total: self._tick((number + done / total) / len(MODES)),
            cancel=stop,
        )

    def _sample(self, choice: MembersChoice, stop: Stopped) -> None:
        self._say("sampling", f"Living through it {choice.members} times in {len(MODES)} ways …")
        for found in choice.made(self, progress=lambda done, total: self._tick(done / total), cancel=stop):
            self.members = Members(found)
        self._say("idle", self.verdict)

    def _wait(self, choice: SilenceChoice, start: int, stop: Stopped) -> None:
        self._say("waiting", f"Trying silences of up to {choice.longest} days …")
        self.silence = choice.made(
            self, start, progress=lambda done, total: self._tick(done / total), cancel=stop
        )
        self._say("idle", self.verdict)

    def _tick(self, share: float) -> None:
        if share - self.progress >= _STEP or share >= 1:
            self.progress = share

    def _say(self, stage: str, words: str, share: float = 0.0) -> None:
        with self.hold_trait_notifications():
            self.stage, self.said, self.wrong, self.wrong_at = stage, words, "", ""
            self.progress = share

    def _failed(self, sentence: str) -> None:
        with self.hold_trait_notifications():
            self.wrong_at, self.stage, self.wrong = self.stage, "idle", sentence
            self.said = self.verdict

    @property
    def verdict(self) -> str:
        """What comes of the plan in each way, in a sentence."""
        if not self.lives:
            return "Nothing was executed yet."
        worth = ", ".join(f"{MODE_WORDS[mode].lower()} {life.value:g}" for mode, life in self.lives.items())
        return f"Planned {self.result.objective:g} points; {worth}."
