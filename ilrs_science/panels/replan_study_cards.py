"""Cards of the two studies: many lives of the plan, and days without contact."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science.figures.distribution import science_return
from ilrs_science.figures.silence import silence_cost
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.replan_downloads import members_files
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.panels.replan_studies import LONGEST_D, MOST_MEMBERS, MembersChoice, SilenceChoice
from ilrs_science.panels.replan_words import members_table
from ilrs_science.panels.worker import sentence_of

__all__ = ["MembersCard", "SilenceCard"]

_MEMBERS = (
    "Each member draws its own luck from the risks of the catalogue and lives through it in each of the three ways. "
    "It runs in this page's own process, one member after the other."
)
_SILENCE = (
    "From a moment on nobody hears the station. How long does it go on as planned, and what does each day cost, "
    "with and without new plans on board?"
)


class _Card:
    """What both cards share: a form, a button, progress, a sentence, a line of Python, a figure."""

    stage = ""
    button_words = ""
    button_tooltip = ""

    def __init__(self, model: ReplanModel, choice: Any, heading: str, hint: str) -> None:
        self.model, self.choice = model, choice
        self._silent = False
        self._wrong: dict[str, str] = {}
        self._heading = widgets.HTML(f'<div class="ilrs-heading">{heading}</div>{controls.hint(hint)}')
        self.inputs = self.made()
        self.run = widgets.Button(description=self.button_words, layout={"width": "auto"})
        self.stop = widgets.Button(description="Stop", layout={"width": "auto"})
        self.bar = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "100%", "height": "6px"})
        self.said, self.code = controls.message(), widgets.HTML()
        self.table = controls.classed(widgets.HTML(), "ilrs-fit")
        self.figure = FigureView(label=heading)
        form = controls.controls(
            [*self.inputs.values(), widgets.HBox([self.run, self.stop], layout={"grid_gap": "6px"})]
        )
        parts = self._heading, form, self.code, self.bar, self.said, self.figure, self.table
        self.view = controls.panel(*parts)
        controls.show_if(False, self.figure)
        self.run.on_click(lambda _button: self._start())
        self.stop.on_click(lambda _button: model.cancel())
        for name, control in self.inputs.items():
            control.observe(lambda change, name=name: self.choose(name, change["new"]), "value")

    def made(self) -> dict[str, Any]:
        """The controls by the name of their choice."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the study."""
        raise NotImplementedError

    def line(self) -> str:
        """The study as lines of Python."""
        raise NotImplementedError

    def check(self, name: str) -> None:
        """Refuse a choice that the campaign does not allow.

        Parameters
        ----------
        name : str
            Of the control.
        """

    def choose(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it.

        Parameters
        ----------
        name : str
            Of the control.
        value : object
            What was chosen.
        """
        if self._silent:
            return
        try:
            setattr(self.choice, name, value)
            self.check(name)
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
        self.follow()

    def follow(self) -> None:
        """Show the state of the model."""
        model, busy = self.model, self.model.stage != "idle"
        here = model.stage == self.stage
        self.run.disabled = busy or bool(self._wrong) or model.result is None
        self.run.tooltip = (
            "Wait for the present work to end, or stop it"
            if busy
            else "Set right what is wrong first"
            if self._wrong
            else self.button_tooltip
        )
        self.stop.disabled = not here
        self.stop.tooltip = "End it; what is done so far stays" if here else "It is not running"
        self.bar.value = model.progress if here else 0.0
        self.bar.layout.visibility = "visible" if here else "hidden"
        wrong = " ".join(self._wrong.values()) or (model.wrong if model.wrong_at == self.stage else "")
        controls.say(self.said, f"{model.said} {model.progress:.0%}" if here else "", wrong=wrong)
        controls.show_if(here or wrong, self.said)
        self.code.value = controls.code(self.line())

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        shown = self._heading, self.run, self.stop, self.bar, self.said, self.code, self.table, self.figure
        controls.send_again(*self.inputs.values(), *shown)

    def _start(self) -> None:
        try:
            self.start()
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            controls.say(self.said, "", wrong=sentence_of(error))
            controls.show_if(True, self.said)


class MembersCard(_Card):
    """The distribution of the science return over an ensemble.

    Parameters
    ----------
    model : ReplanModel
        Whose plan lives many times.
    """

    stage = "sampling"
    button_words = "Live it many times"
    button_tooltip = (
        "Execute the plan for each member in each way; finished members are shown when it is stopped"
    )
    choice: MembersChoice

    def __init__(self, model: ReplanModel) -> None:
        self.kind = controls.explained(
            widgets.Dropdown(
                options=[("at least so much", "cumulative"), ("histogram", "histogram")],
                description="Shown as",
                tooltip="Share of the members that return at least so much, or how many fall into each bin",
            )
        )
        super().__init__(model, MembersChoice(), "Science return of an ensemble", _MEMBERS)
        self.kind.observe(lambda _change: self.draw(), "value")
        self.files = widgets.HTML()
        self.view.children = (*self.view.children[:-2], self.kind, *self.view.children[-2:], self.files)
        self.kind.layout.width = "auto"
        controls.show_if(False, self.kind)

    def made(self) -> dict[str, Any]:
        """The controls by the name of their choice."""
        return {
            "members": widgets.IntText(
                value=self.choice.members,
                description="Members [1]",
                tooltip=f"Members in each of the three ways, 2 to {MOST_MEMBERS}; each takes some seconds",
            ),
            "seed": widgets.IntText(
                value=self.choice.seed,
                description="Seed [1]",
                tooltip="Root of all luck; the same number gives the same members again",
            ),
            "with_faults": widgets.Checkbox(
                value=True,
                indent=False,
                description="What is broken above happens in each member as well",
                tooltip="Without it only what is drawn happens",
            ),
        }

    def start(self) -> None:
        """Start the ensemble."""
        self.model.sample(self.choice)

    def line(self) -> str:
        """The ensemble and its figure as Python."""
        kind = "" if self.kind.value == "cumulative" else ', kind="histogram"'
        return f"{self.choice.line(self.model)}\nfigures.science_return(members{kind})"

    def draw(self) -> None:
        """Draw what is known."""
        members = self.model.members
        controls.show_if(members is not None, self.figure, self.table, self.kind, self.files)
        if members is not None:
            self.figure.show(science_return(members.dataset, kind=self.kind.value))
            self.table.value = members_table(members.dataset)
            self.files.value = members_files(self.model.campaign, members.dataset)
        self.follow()


class SilenceCard(_Card):
    """Days of autonomy and what silence costs.

    Parameters
    ----------
    model : ReplanModel
        Whose plan goes on in silence.
    """

    stage = "waiting"
    button_words = "Try silence"
    button_tooltip = "Execute the plan with each length of silence in each way"
    choice: SilenceChoice

    def __init__(self, model: ReplanModel) -> None:
        super().__init__(model, SilenceChoice(), "Days of autonomy", _SILENCE)

    def made(self) -> dict[str, Any]:
        """The controls by the name of their choice."""
        return {
            "start": widgets.Text(
                value=self.choice.start,
                description="Silent from [UTC]",
                placeholder="2031-03-13 00:00",
                tooltip="When contact is lost, UTC, within the campaign",
                continuous_update=False,
            ),
            "longest": widgets.IntText(
                value=self.choice.longest,
                description="Longest silence [d]",
                tooltip=f"Each whole number of days up to this is tried, 1 to {LONGEST_D}",
            ),
            "with_faults": widgets.Checkbox(
                value=True,
                indent=False,
                description="What is broken above happens as well",
                tooltip="Where nothing goes wrong silence costs little, since no new plan is needed",
            ),
        }

    def check(self, name: str) -> None:
        """Refuse a start outside the campaign.

        Parameters
        ----------
        name : str
            Of the control.
        """
        if name == "start" and self.model.result is not None:
            self.model.second(self.model.problem, self.choice.start)

    def begin(self) -> None:
        """Another plan: begin where something is broken first, or in the middle."""
        model = self.model
        if model.result is None:
            return
        first = min((one.start_s for one in model.met), default=model.problem.horizon_s // 2)
        start = str(model.problem.time(first).astype("datetime64[m]")).replace("T", " ")
        self._silent = True
        self.choice.start = self.inputs["start"].value = start
        self._silent = False
        self._wrong.pop("start", None)
        self.follow()

    def start(self) -> None:
        """Start the study."""
        self.model.wait_in_silence(self.choice)

    def line(self) -> str:
        """The question and its figure as Python."""
        model, start = self.model, None
        if model.result is not None and self.choice.start and "start" not in self._wrong:
            start = model.second(model.problem, self.choice.start)
        return f"{self.choice.line(model, start)}\nfigures.silence_cost(autonomy)"

    def draw(self) -> None:
        """Draw what is known."""
        found = self.model.silence
        controls.show_if(found is not None, self.figure)
        if found is not None:
            self.figure.show(silence_cost(found))
        self.follow()
