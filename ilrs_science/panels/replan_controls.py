"""The first rows of the replan dashboard: what to break, by which rules to go on, and the buttons that start it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.campaign_inputs import campaign_choice
from ilrs_science.panels.replan_choices import ALL, BOUNDS, KINDS
from ilrs_science.panels.replan_code import disruption_line, list_line, operate_lines
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.panels.replan_words import faults_table
from ilrs_science.panels.worker import sentence_of

__all__ = ["ReplanControls"]

_NUMBERS = {
    "lasting": ("For [h]", "How long it lasts, in hours; 0 is for good"),
    "share": ("Power lost [%]", "Share of the power of the arrays that is lost; dust reaches it at its end"),
    "power": ("More power [W]", "What the station draws beyond the plan"),
    "watch": ("Looks every [h]", "How often somebody looks whether something has gone wrong, in hours"),
    "turnaround": (
        "Ground turnaround [h]",
        "From the contact that tells the ground to a new plan ready to be sent, in hours",
    ),
    "seconds": (
        "Search of a new plan [s]",
        "How long each search for a new plan may take, in seconds of the clock",
    ),
    "patience": (
        "Starts late by [h]",
        "How much later than planned an activity may start, within its windows",
    ),
    "vary": (
        "Durations vary by [%]",
        "Standard deviation of the durations about the plan; 0 is exactly as planned",
    ),
}
_FAULT = ("kind", "hits", "start", "lasting", "share", "power", "luck")
_RULES = ("watch", "turnaround", "seconds", "patience", "vary")
_FOLLOWED = ("kind", "hits", "start", "lasting", "share")
_CAMPAIGN_TIP = "Whose plan is executed; a quick plan of it is made first"
_HINT = "Pick what goes wrong and when, or draw it at random from the risks of the catalogue."


class ReplanControls:
    """Controls over a `ReplanModel`.

    Parameters
    ----------
    model : ReplanModel
        What is chosen.

    Attributes
    ----------
    view : ipywidgets.VBox
        The controls, the progress of the work, and what is amiss, if anything.
    """

    def __init__(self, model: ReplanModel) -> None:
        self.model = model
        self._silent = False
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._heading = widgets.HTML(f'<div class="ilrs-heading">Break something</div>{controls.hint(_HINT)}')
        self._rules = widgets.HTML('<div class="ilrs-heading">Who goes on, and how</div>')
        self.inputs = self._made()
        self.buttons = self._made_buttons()
        self.bar = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "100%", "height": "6px"})
        self.message, self.code = controls.message(), widgets.HTML()
        self.list = controls.classed(widgets.HTML(), "ilrs-fit")
        row = widgets.HBox(list(self.buttons.values()), layout={"flex_flow": "row wrap", "grid_gap": "6px"})
        fault = [self.inputs[name] for name in ("campaign", *_FAULT)]
        self.view = controls.panel(
            self._heading,
            controls.controls(fault),
            self._rules,
            controls.controls([self.inputs[name] for name in _RULES]),
            row,
            self.code,
            self.bar,
            self.message,
            controls.card(self.list),
        )
        for name, control in self.inputs.items():
            control.observe(lambda change, name=name: self.choose(name, change["new"]), "value")
        model.observe(lambda change: self.follow_choices(change["name"]), ["result", *_FOLLOWED])

    def _made(self) -> dict[str, Any]:
        model = self.model
        kind = widgets.Dropdown(
            options=[(words, name) for name, words in KINDS.items()],
            value=model.kind,
            description="What goes wrong",
            tooltip="Kind of disruption: instruments that are gone for a while, power, contact, or the whole station",
        )
        hits = widgets.Dropdown(
            options=[("all", ALL)], description="Hits", tooltip="The resource of the campaign that is hit"
        )
        numbers = {
            name: widgets.FloatText(
                value=getattr(model, name),
                step=1,
                description=words,
                tooltip=f"{tooltip}; {BOUNDS[name][0]:g} to {BOUNDS[name][1]:g} {BOUNDS[name][2]}",
            )
            for name, (words, tooltip) in _NUMBERS.items()
        }
        return {
            "campaign": campaign_choice(model.catalogue, model.campaign, _CAMPAIGN_TIP),
            "kind": controls.explained(kind),
            "hits": controls.explained(hits),
            "start": widgets.Text(
                description="From [UTC]",
                placeholder="2031-03-13 00:00",
                tooltip="When it begins, UTC, within the campaign, such as 2031-03-13 00:00",
                continuous_update=False,
            ),
            "luck": widgets.IntText(
                value=model.luck,
                description="Seed of the draw [1]",
                tooltip="Another whole number draws another fate, the same number the same again",
            ),
            **numbers,
        }

    def _made_buttons(self) -> dict[str, Any]:
        model = self.model
        made = {
            "break": ("Break it", model.break_it, "primary"),
            "also": ("Break this too", lambda: model.break_it(also=True), ""),
            "draw": ("Draw at random", model.draw_faults, ""),
            "mend": ("Nothing wrong", model.mend, ""),
            "again": ("Execute again", model.live, ""),
            "stop": ("Stop", model.cancel, ""),
        }
        found = {}
        for name, (words, act, style) in made.items():
            button = widgets.Button(description=words, button_style=style, layout={"width": "auto"})
            button.on_click(lambda _button, act=act: self._do(act))
            found[name] = button
        return found

    def _do(self, act: Callable[[], None]) -> None:
        """Start something, or say why it cannot be."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            controls.say(self.message, "", wrong=sentence_of(error))

    def choose(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; another campaign is opened.

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
            setattr(self.model, name, "" if value is None else value)
            if name == "start":
                self.model.second(self.model.problem, str(value))
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
            self.follow()
            return
        self._wrong.pop(name, None)
        if name == "campaign":
            self._wrong.clear()
            self.model.open()
        if name == "kind" and self.model.result is not None:
            self._offer()
        self.follow()

    def follow_choices(self, name: str) -> None:
        """Show what the model has chosen by itself.

        Parameters
        ----------
        name : str
            Of the choice.
        """
        if self._silent:
            return
        self._offer()
        if name in self.inputs and name != "hits":
            self._silent = True
            self.inputs[name].value = getattr(self.model, name)
            self._silent = False
            self._wrong.pop(name, None)
        self.follow()

    def _offer(self) -> None:
        """Offer what the kind can hit; what was chosen stays where it can."""
        model = self.model
        if model.result is None:
            return
        known = model.targets(model.problem, model.kind)
        options = [("all of them" if len(known) > 1 else "all", ALL)]
        options += [(name.replace("_", " "), name) for name in known]
        if model.hits not in ("", *known):
            model.hits = ALL
        self._silent = True
        if list(self.inputs["hits"].options) != options:
            self.inputs["hits"].options = options
        self.inputs["hits"].value = model.hits
        self._silent = False

    def follow(self) -> None:
        """Show the state of the model."""
        model, busy = self.model, self.model.stage != "idle"
        controls.show_if(model.kind in ("array_loss", "dust"), self.inputs["share"])
        controls.show_if(model.kind == "extra_load", self.inputs["power"])
        for name, button in self.buttons.items():
            button.disabled = (busy or bool(self._wrong) or model.result is None) != (name == "stop" and busy)
            button.tooltip = self._why(name, busy=busy)
        self.buttons["stop"].disabled = not busy
        self.bar.value = model.progress
        self.bar.layout.visibility = "visible" if busy else "hidden"
        here = model.wrong if model.wrong_at not in ("sampling", "waiting") else ""
        wrong = " ".join(self._wrong.values()) or here
        controls.say(self.message, model.said or "Loading the campaign …", wrong=wrong)
        self.code.value = controls.code(self.line())
        self.list.value = faults_table(model) if model.result is not None else ""

    def line(self) -> str:
        """The lines of Python of "Break it" and what follows.

        Returns
        -------
        str
            Python.
        """
        model = self.model
        if model.result is None:
            return 'result = campaign.plan(time_limit="1 s", cancel=lambda: True)'
        try:
            chosen = f"fault = {disruption_line(model.fault(model.problem))}"
        except Exception as error:  # noqa: BLE001 - said above the buttons as well
            chosen = f"# {sentence_of(error)}"
        return "\n".join((chosen, list_line(model.faults, model.drawn), operate_lines(model)))

    def _why(self, name: str, *, busy: bool) -> str:
        tooltips = {
            "break": "Execute the plan with this fault, and with no other",
            "also": "Execute the plan with this fault beside those that are listed below",
            "draw": "Execute the plan with what is drawn from the risks of the catalogue by this seed",
            "mend": "Execute the plan with nothing wrong: it runs as planned",
            "again": "Execute with the same faults by the present rules",
            "stop": "End the work; what is shown stays" if busy else "Nothing is running",
        }
        if name == "stop":
            return tooltips[name]
        if busy:
            return "Wait for the present work to end, or stop it"
        return "Set right what is wrong first" if self._wrong else tooltips[name]

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        shown = self._heading, self._rules, self.bar, self.message, self.code, self.list
        controls.send_again(*self.inputs.values(), *self.buttons.values(), *shown)
