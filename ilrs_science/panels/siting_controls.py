"""The first card of the siting dashboard: portfolio, span, places, and the buttons that start and stop it."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.campaign_inputs import campaign_choice, first_day_choice
from ilrs_science.panels.names import options
from ilrs_science.panels.plan_choices import LONGEST_D, LONGEST_S
from ilrs_science.panels.siting_choices import MOST
from ilrs_science.panels.siting_model import SitingModel
from ilrs_science.panels.worker import sentence_of

__all__ = ["SitingControls"]

_CAMPAIGN_TIP = (
    "The campaign whose experiments are planned at every candidate, with its relays and ground stations"
)


class SitingControls:
    """Controls that choose what to compare, over a `SitingModel`.

    Parameters
    ----------
    model : SitingModel
        What is chosen.

    Attributes
    ----------
    view : ipywidgets.VBox
        The controls, the progress of the work, and what is wrong, if anything.
    """

    def __init__(self, model: SitingModel) -> None:
        self.model = model
        self._silent = False
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self.inputs = {**_span_inputs(model), **_place_inputs(model)}
        self.compare = widgets.Button(description="Compare", button_style="primary")
        self.stop = widgets.Button(description="Stop")
        self.bar = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "100%", "height": "6px"})
        self.message, self.code = controls.message(), widgets.HTML()
        form = controls.controls([*self.inputs.values(), widgets.HBox([self.compare, self.stop])])
        self.view = controls.panel(form, self.code, self.bar, self.message)
        for name, control in self.inputs.items():
            control.observe(lambda change, name=name: self.choose(name, change["new"]), "value")
        self.compare.on_click(lambda _button: model.compare())
        self.stop.on_click(lambda _button: model.cancel())

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
            setattr(self.model, name, _given(name, value))
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
            if name == "campaign":
                self._follow_campaign()
        self.follow()

    def _follow_campaign(self) -> None:
        """Another campaign begins with its own first day."""
        self._wrong.clear()
        self._silent = True
        self.inputs["first_day"].value = date.fromisoformat(self.model.first_day)
        self.inputs["days"].value = self.model.days
        self._silent = False

    def follow(self) -> None:
        """Show the state of the model."""
        model, busy = self.model, self.model.stage != "idle"
        fault = " ".join(self._wrong.values()) or model.fault
        self.compare.disabled, self.stop.disabled = busy or bool(fault), not busy
        self.compare.tooltip = (
            "Wait for the present work to end, or stop it"
            if busy
            else "Set right what is wrong first"
            if fault
            else f"Plan the same experiments at {len(model.places)} candidates"
        )
        self.stop.tooltip = (
            "End after the present candidate; those that are done stay"
            if busy
            else "Nothing is being compared"
        )
        self.bar.value = model.progress
        self.bar.layout.visibility = "visible" if busy else "hidden"
        controls.say(self.message, model.said, wrong=fault or model.wrong)
        self.code.value = controls.code(f"{model.campaign_line()}\n{model.call()}")

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(*self.inputs.values(), self.compare, self.stop, self.bar, self.message, self.code)


def _span_inputs(model: SitingModel) -> dict[str, Any]:
    return {
        "campaign": campaign_choice(
            model.catalogue,
            model.campaign,
            _CAMPAIGN_TIP,
            "Portfolio",
        ),
        "first_day": first_day_choice(model.first_day, "The span begins at 00:00 UTC of this day"),
        "days": widgets.FloatText(
            value=model.days,
            step=1,
            description="Length [d]",
            tooltip=f"Length of the span in days, 1 to {LONGEST_D:g}; nights count in a span of 29.5 days or more",
        ),
        "seconds": widgets.FloatText(
            value=model.seconds,
            step=1.0,
            description="Search, each [s]",
            tooltip=f"How long the planner may search at each candidate, 1 to {LONGEST_S:g} s; a proof ends it earlier",
        ),
    }


def _place_inputs(model: SitingModel) -> dict[str, Any]:
    known = model.catalogue
    return {
        "sites": controls.explained(
            widgets.SelectMultiple(
                options=_names(known, "sites"),
                value=tuple(model.sites),
                rows=6,
                description="Sites",
                tooltip=f"Where a base is built; Ctrl or Cmd chooses several. At most {MOST} candidates in all",
            )
        ),
        "orbits": controls.explained(
            widgets.SelectMultiple(
                options=_names(known, "orbits"),
                value=tuple(model.orbits),
                rows=6,
                description="Orbits",
                tooltip="Where the same hardware flies; Ctrl or Cmd chooses several",
            )
        ),
        "pairs": widgets.Checkbox(
            value=model.pairs,
            indent=True,
            description="Also each site with each orbit",
            tooltip="Pairs of a base and an orbiter are candidates too",
        ),
    }


def _names(catalogue: Any, folder: str) -> list[tuple[str, str]]:
    """Words and id, without the kind, which the label of the list tells."""
    return [(words.partition(" · ")[2], name) for words, name in options(catalogue, (folder,))]


def _given(name: str, value: Any) -> Any:
    """A value of a control as the model takes it."""
    if name == "first_day":
        return "" if value is None else str(value)
    return list(value) if name in ("sites", "orbits") else value
