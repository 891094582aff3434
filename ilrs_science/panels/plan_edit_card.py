"""Controls to lock, move, forbid or unlock a session, and what the edit cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.panels import controls
from ilrs_science.panels.plan_edit import ACTIONS, EditChoice
from ilrs_science.panels.plan_kept import KeptPlan
from ilrs_science.panels.plan_words import edit_words, explanation_words
from ilrs_science.panels.worker import sentence_of

__all__ = ["EditCard"]

_EVERY, _TURNS = "*", "+"
"""Stand for every experiment and for the downlink turns; no id of an experiment is like them."""
_HINT = (
    "Choose a session here, or click its bar in the timeline; then ask about it, or edit the plan by hand."
)
_TOOLTIPS = {
    "of": "Which sessions to list: of every experiment, of one, or the downlink turns of stations that share a partner",
    "session": "Id of a session; those of the plan have their start, the others are left out",
    "action": "Lock: it stays where it is in every later plan. Put at a start: it moves there and is locked. "
    "Forbid: it does not run within a span. Unlock: it may move again",
    "start": "UTC, such as 2031-03-01 12:00",
    "end": "End of the forbidden span, UTC, such as 2031-03-02 00:00",
    "others": "Whether the other sessions are planned anew, or stay where they are and may only be dropped",
}


class EditCard:
    """Controls over an `EditChoice`, the explanation of the session, and the cost of the edit.

    Parameters
    ----------
    ask : callable
        Called with the id of a session to explain.
    apply : callable
        Called with the choice to make the edit.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, ask: Callable[[str], None], apply: Callable[[EditChoice], None]) -> None:
        self.choice = EditChoice()
        self._kept: KeptPlan | None = None
        self._known: Mapping[str, Experiment] = {}
        self._busy, self._seconds, self._silent = True, 20.0, False
        self._heading = widgets.HTML(f'<div class="ilrs-heading">One session</div>{controls.hint(_HINT)}')
        self._of = widgets.Dropdown(options=[], description="Of", tooltip=_TOOLTIPS["of"])
        self._session = widgets.Dropdown(options=[], description="Session", tooltip=_TOOLTIPS["session"])
        self._action = widgets.Dropdown(
            options=[(words, name) for name, words in ACTIONS.items()],
            description="Edit",
            tooltip=_TOOLTIPS["action"],
        )
        self._start, self._end = (
            widgets.Text(description=words, tooltip=_TOOLTIPS[name], placeholder="2031-03-01 12:00")
            for words, name in (("Start [UTC]", "start"), ("End [UTC]", "end"))
        )
        self._others = widgets.Dropdown(
            options=[("may move and come back", "replan"), ("stay, or are dropped", "stay")],
            description="The others",
            tooltip=_TOOLTIPS["others"],
        )
        self._why, self._do = (
            widgets.Button(description="Why?"),
            widgets.Button(description="Edit and certify"),
        )
        self._fault, self._wrong, self.code = controls.message(), controls.message(), widgets.HTML()
        self._answer, self._cost = (controls.classed(widgets.HTML(), "ilrs-words") for _ in range(2))
        self._inputs = {
            "of": self._of,
            "session": self._session,
            "action": self._action,
            "start": self._start,
            "end": self._end,
            "others": self._others,
        }
        for name in ("of", "session", "action", "others"):
            controls.explained(self._inputs[name])
        for name, control in self._inputs.items():
            if name != "of":
                control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        self._of.observe(lambda _change: self._list(), "value")
        self._why.on_click(lambda _button: ask(self.choice.session))
        self._do.on_click(lambda _button: apply(self.choice))
        form = controls.controls([*self._inputs.values(), widgets.HBox([self._why, self._do])])
        self.view = controls.panel(
            self._heading, form, self._fault, self._wrong, self.code, self._answer, self._cost
        )
        self._follow()

    def show(
        self, kept: KeptPlan | None, *, busy: bool, seconds: float, known: Mapping[str, Experiment]
    ) -> None:
        """Offer the sessions of a plan.

        Parameters
        ----------
        kept : KeptPlan or None
            The plan.
        busy : bool
            Whether something else is being computed.
        seconds : float
            Longest search. [s]
        known : mapping of str to Experiment
            By id.
        """
        self._busy, self._seconds, self._known = busy, seconds, known
        if kept is not self._kept:
            self._kept, before = kept, self._of.value
            offered = [] if kept is None else _groups(kept, known)
            self._silent = True
            self._of.options = offered
            if offered:
                self._of.value = before if before in [name for _, name in offered] else offered[0][1]
            self._silent = False
            self._list()
        self._follow()

    def _list(self) -> None:
        """Offer the sessions of what is chosen; the present one stays if it is among them."""
        if self._silent:
            return
        before = self.choice.session
        options = [] if self._kept is None else _options(self._kept, str(self._of.value), self._known)
        self._session.options = options
        ids = [name for _, name in options]
        if ids:
            self._session.value = before if before in ids else ids[0]
            self._chosen("session", self._session.value)

    def choose(self, name: str) -> None:
        """Choose a session by its id; an unknown one changes nothing.

        Parameters
        ----------
        name : str
            Its id.
        """
        if self._kept is None or name not in self._kept.result.problem.by_id:
            return
        if name not in [one for _, one in self._session.options]:
            of = experiment_of(name, self._known)
            self._of.value = of if of in self._known else _TURNS
        self._session.value = name

    def tell(self, *, explanation: Any = None, edit: Any = None, wrong: str = "", busy: bool = False) -> None:
        """Show answers, or what went wrong.

        Parameters
        ----------
        explanation : Explanation, optional
            Why the session is where it is.
        edit : Edit, optional
            What the edit did.
        wrong : str
            A sentence.
        busy : bool
            Whether more is being asked.
        """
        known = self._known
        self._answer.value = (
            "" if explanation is None else explanation_words(explanation, busy=busy, known=known)
        )
        self._cost.value = "" if edit is None else edit_words(edit, known)
        self._complain(wrong)

    def _complain(self, wrong: str) -> None:
        controls.say(self._wrong, "", wrong=wrong)
        controls.show_if(wrong, self._wrong)

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        shown = (
            self._heading,
            self._fault,
            self._wrong,
            self.code,
            self._answer,
            self._cost,
            self._why,
            self._do,
        )
        controls.send_again(*self._inputs.values(), *shown)

    def _chosen(self, name: str, value: Any) -> None:
        try:
            setattr(self.choice, name, "" if value is None else value)
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._complain(sentence_of(error))
            return
        self._complain("")
        if name == "session":
            self._start.value, self._end.value = self._present_span()
        if name == "action":
            self._others.value = "stay" if value == "move" else "replan"
        self._follow()

    def _present_span(self) -> tuple[str, str]:
        """Where the session is now, to be changed."""
        result = None if self._kept is None else self._kept.result
        placed = (
            [] if result is None else [one for one in result.plan.placements if one.id == self.choice.session]
        )
        if result is None or not placed:
            return "", ""
        return _second(result.problem.time(placed[0].start_s)), _second(result.problem.time(placed[0].end_s))

    def _follow(self) -> None:
        """Fields that the edit needs, buttons that say why they are off, the line of Python."""
        result = None if self._kept is None else self._kept.result
        controls.show_if(self.choice.action in ("move", "forbid"), self._start)
        controls.show_if(self.choice.action == "forbid", self._end)
        wrong = self.choice.fault(result)
        wait = "Wait for the present work to end"
        self._why.disabled, self._do.disabled = self._busy or result is None, self._busy or bool(wrong)
        self._why.tooltip = (
            wait if self._busy else "What blocks its starts, and what it would cost to have it"
        )
        self._do.tooltip = wait if self._busy else wrong or "Plan around the edit, check and certify the plan"
        controls.say(self._fault, "" if self._busy else wrong)
        controls.show_if(wrong and not self._busy, self._fault)
        if self._kept is None:
            self.code.value = ""
            return
        why = f'{self._kept.name}.explain("{self.choice.session}", depth="family", time_limit="{self._seconds:g} s")'
        edit = "" if wrong else f"\n{self.choice.call(self._kept.name, self._seconds)}"
        self.code.value = controls.code(why + edit)


def _groups(kept: KeptPlan, known: Mapping[str, Experiment]) -> list[tuple[str, str]]:
    """What sessions can be listed of: all experiments, one of them, the downlink turns."""
    found = dict.fromkeys(experiment_of(entry.id, known) for entry in kept.result.problem.activities)
    mine = [(known[name].label, name) for name in found if name in known]
    turns = [("downlink turns", _TURNS)] if len(mine) < len(found) else []
    return [*([("every experiment", _EVERY)] if mine else []), *mine, *turns]


def _options(kept: KeptPlan, of: str, known: Mapping[str, Experiment]) -> list[tuple[str, str]]:
    """Sessions by their ids, with where they are."""
    problem, starts = kept.result.problem, kept.result.plan.starts
    options = []
    for entry in problem.activities:
        mine = experiment_of(entry.id, known)
        if of not in (mine, _EVERY if mine in known else _TURNS):
            continue
        where = _second(problem.time(starts[entry.id]))[:16] if entry.id in starts else "left out"
        locked = ", locked" if entry.locked_start is not None else ""
        options.append((f"{entry.id} · {where}{locked}", entry.id))
    return options


def _second(time: np.datetime64) -> str:
    """Instant as a person writes it, to the minute where that is exact."""
    text = str(time.astype("datetime64[s]")).replace("T", " ")
    return text.removesuffix(":00") if text.count(":") == 2 else text
