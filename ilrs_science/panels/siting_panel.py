"""The siting dashboard: candidates as they come, the front, weights, what is impossible and why."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science import figures
from ilrs_science.figures.siting_words import axis_title
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.siting_choices import JUDGED
from ilrs_science.panels.siting_controls import SitingControls
from ilrs_science.panels.siting_model import SitingModel
from ilrs_science.panels.siting_tables import downloads, impossible_table, measure_table
from ilrs_science.panels.siting_weights import WeightsCard

__all__ = ["SitingPanel"]

_LATER = "It appears with the first candidate."


class SitingPanel(Panel[SitingModel]):
    """Controls, live figures and tables over a `SitingModel`.

    Parameters
    ----------
    model : SitingModel, optional
        What is chosen; a fresh one by default.
    **choices
        ``campaign``, ``time_limit``, ``sites`` and ``orbits`` of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, figures and tables.
    code : ipywidgets.HTML
        The Python lines that give what is shown.
    """

    def __init__(self, model: SitingModel | None = None, **choices: Any) -> None:
        self.model = model or SitingModel(**choices)
        self._controls, self._weights = SitingControls(self.model), WeightsCard(self.model)
        self._axes = {name: self._axis(name, words) for name, words in _AXES.items()}
        self._bars = _bars()
        self._wrong = controls.message()
        self._front, self._profile = FigureView(label="Front"), FigureView(label="All measures")
        self._map, self._experiments = FigureView(label="Sites"), FigureView(label="Experiments")
        self._files, self.code = widgets.HTML(), widgets.HTML()
        self._measures, self._never = (controls.classed(widgets.HTML(), "ilrs-fit") for _ in range(2))
        self.view = self._arranged()
        self._listen()
        self._follow()
        self._show()
        self.model.compare()

    def _arranged(self) -> Any:
        self._shown = [
            controls.card(controls.controls(self._axes.values()), self._wrong, self._front),
            controls.pair(controls.card(self._profile), controls.card(self._map)),
            controls.card(controls.controls([self._bars]), self._experiments),
            controls.card(self._never),
            controls.card(self._measures),
            controls.card(widgets.VBox([self._files])),
        ]
        front, *others = self._shown
        return controls.panel(self._controls.view, front, controls.card(self._weights.view), *others)

    def _axis(self, name: str, words: str) -> Any:
        """A choice of a measure of the front."""
        options = [(axis_title(one), one) for one in JUDGED]
        value = getattr(self.model, name)
        tooltip = "A measure of which more, or less, is better"
        return controls.explained(
            widgets.Dropdown(options=options, value=value, description=words, tooltip=tooltip)
        )

    def _listen(self) -> None:
        model = self.model
        watched = ["stage", "said", "wrong", "progress", "seconds", "campaign", "first_day", "days", "sites"]
        model.observe(lambda _change: self._follow(), [*watched, "orbits", "pairs"])
        model.observe(lambda _change: self._show(), "found")
        model.observe(lambda _change: self._draw_front(), ["across", "up"])
        model.observe(lambda _change: self._rank(), ["weights", "spread"])
        for name, control in self._axes.items():
            control.observe(lambda change, name=name: setattr(model, name, change["new"]), "value")
        self._bars.observe(lambda _change: self._draw_bars(), "value")
        self._front.on_ready(self._greet)

    def _follow(self) -> None:
        """Show the state of the model in the controls."""
        self._controls.follow()
        self.code.value = controls.code(self.model.code())

    def _show(self) -> None:
        """Show what is found so far everywhere."""
        found, known = self.model.found, self.model.catalogue
        controls.show_if(found is not None, *self._shown[1:])
        self._draw_front()
        self._rank()
        if found is None:
            return
        self._draw_bars()
        self._profile.show(figures.siting_profile(found))
        self._map.show(figures.siting_map(found, known))
        self._never.value = impossible_table(found, known.experiments)
        self._measures.value = measure_table(found)
        self._files.value = f'<div class="ilrs-heading">Take it away</div>{downloads(found)}'

    def _draw_front(self) -> None:
        model = self.model
        same = model.across == model.up
        wrong = "A front takes two different measures." if same else ""
        controls.say(self._wrong, "" if model.found is not None else _LATER, wrong=wrong)
        controls.show_if(same or model.found is None, self._wrong)
        if model.found is not None and not same:
            self._front.show(figures.siting_front(model.found, model.across, model.up))
        self.code.value = controls.code(model.code())

    def _draw_bars(self) -> None:
        if self.model.found is not None:
            names = {name: one.name for name, one in self.model.catalogue.experiments.items()}
            self._experiments.show(
                figures.siting_experiments(self.model.found, self._bars.value, names=names)
            )

    def _rank(self) -> None:
        self._weights.show()
        self.code.value = controls.code(self.model.code())

    def _greet(self) -> None:
        """Send again what a page may have missed while it was loading."""
        self._controls.send_again()
        self._weights.send_again()
        texts = self._measures, self._never, self._files, self.code, self._wrong
        controls.send_again(*self._axes.values(), self._bars, *texts, *self._shown)


_AXES = {"across": "From left to right", "up": "Upwards"}


def _bars() -> Any:
    return controls.explained(
        widgets.Dropdown(
            options=[("Hours possible [h]", "hours"), ("Sessions planned [1]", "sessions")],
            description="Bars",
            tooltip="Hours in which each experiment is possible, or its sessions in the plan",
        )
    )
