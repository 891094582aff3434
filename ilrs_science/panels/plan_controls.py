"""The first row of the plan dashboard: campaign, horizon, time of search, and the buttons that start and stop it."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.campaign_inputs import campaign_choice, first_day_choice
from ilrs_science.panels.plan_choices import LONGEST_D, LONGEST_S
from ilrs_science.panels.plan_model import PlanModel
from ilrs_science.panels.worker import sentence_of

__all__ = ["PlanControls"]

_CAMPAIGN_TIP = "Which experiments compete for which station, and when; campaigns come from the catalogue"
_DAY_TIP = "The horizon begins at 00:00 UTC of this day; another horizon begins with new plans"
_STOPPED = "Nothing is being planned"


class PlanControls:
    """Controls that choose what to plan, over a `PlanModel`.

    Parameters
    ----------
    model : PlanModel
        What is chosen.

    Attributes
    ----------
    view : ipywidgets.VBox
        The controls, the progress of the work, and what is wrong, if anything.
    """

    def __init__(self, model: PlanModel) -> None:
        self.model = model
        self._silent = False
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self.inputs = self._made()
        self.plan = widgets.Button(description="Plan", button_style="primary")
        self.stop = widgets.Button(description="Stop")
        self.bar = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "100%", "height": "6px"})
        self.message, self.code = controls.message(), widgets.HTML()
        form = controls.controls([*self.inputs.values(), widgets.HBox([self.plan, self.stop])])
        self.view = controls.panel(form, self.code, self.bar, self.message)
        for name, control in self.inputs.items():
            control.observe(lambda change, name=name: self.choose(name, change["new"]), "value")
        self.plan.on_click(lambda _button: model.search())
        self.stop.on_click(lambda _button: model.cancel())

    def _made(self) -> dict[str, Any]:
        model = self.model
        return {
            "campaign": campaign_choice(
                model.catalogue,
                model.campaign,
                _CAMPAIGN_TIP,
            ),
            "first_day": first_day_choice(
                model.first_day,
                _DAY_TIP,
            ),
            "days": widgets.FloatText(
                value=model.days,
                step=1,
                description="Length [d]",
                tooltip=f"Length of the horizon in days, 1 to {LONGEST_D:g}; another horizon begins with new plans",
            ),
            "seconds": widgets.FloatText(
                value=model.seconds,
                step=1.0,
                description="Time of search [s]",
                tooltip=f"How long the planner may search, 1 to {LONGEST_S:g} s; a proof ends it earlier",
            ),
        }

    def choose(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; another campaign or horizon is opened.

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
            setattr(self.model, name, _given(name, value))
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
            self.follow()
            return
        self._wrong.pop(name, None)
        if name == "campaign":
            self._wrong.clear()
        self._again({"days": "first_day", "first_day": "days"}.get(name, ""))
        if name == "campaign":
            self._follow_campaign()
        if name != "seconds":
            self.model.open()
        self.follow()

    def mark(self, name: str, wrong: str) -> None:
        """Keep plans from being made while something is wrong elsewhere, and say what.

        Parameters
        ----------
        name : str
            Of what is wrong.
        wrong : str
            A sentence; empty once it is set right.
        """
        if wrong:
            self._wrong[name] = wrong
        else:
            self._wrong.pop(name, None)
        self.follow()

    def _again(self, name: str) -> None:
        """Try a choice again that was refused, for another may have been what was wrong."""
        if name in self._wrong:
            with contextlib.suppress(Exception):
                setattr(self.model, name, _given(name, self.inputs[name].value))
                del self._wrong[name]

    def _follow_campaign(self) -> None:
        """Another campaign begins with its own span."""
        self._silent = True
        self.inputs["first_day"].value = date.fromisoformat(self.model.first_day)
        self.inputs["days"].value = self.model.days
        self._silent = False

    def follow(self) -> None:
        """Show the state of the model."""
        model, busy = self.model, self.model.stage != "idle"
        searching = model.stage not in ("idle", "windows", "environment")
        self.plan.disabled = busy or bool(self._wrong)
        self.stop.disabled = not searching
        self.plan.tooltip = (
            "Wait for the present work to end"
            if busy
            else "Set right what is wrong first"
            if self._wrong
            else "Search for a better plan, beginning with the one that is shown"
        )
        self.stop.tooltip = "End the search and keep the best plan so far" if searching else _STOPPED
        self.bar.value = model.progress
        self.bar.layout.visibility = "visible" if searching else "hidden"
        here = model.wrong if model.wrong_at not in ("explaining", "editing", "binding", "sharing") else ""
        wrong = " ".join(self._wrong.values()) or here
        controls.say(self.message, model.said or "Loading the campaign …", wrong=wrong)
        self.code.value = controls.code(f"{model.campaign_line()}\n{model.next_line()}")

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(*self.inputs.values(), self.plan, self.stop, self.bar, self.message, self.code)


def _given(name: str, value: Any) -> Any:
    """A value of a control as the model takes it: the day as text."""
    return ("" if value is None else str(value)) if name == "first_day" else value
