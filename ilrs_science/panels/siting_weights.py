"""Weights by sliders, with the ranking and how sure it is at once."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science.figures.siting_words import measure_name
from ilrs_science.panels import controls
from ilrs_science.panels.siting_model import SitingModel
from ilrs_science.panels.siting_tables import ranking_table
from ilrs_science.studies.siting.measures import MEASURES

__all__ = ["WeightsCard"]

_HINT = (
    "Each measure is scaled from 0 for the worst candidate to 1 for the best; only ratios of weights matter."
)


class WeightsCard:
    """A slider for each measure, and the ranking.

    Parameters
    ----------
    model : SitingModel
        What is chosen and found.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, model: SitingModel) -> None:
        self.model = model
        self.sliders = {name: _slider(name, weight) for name, weight in model.weights.items()}
        self.spread = widgets.FloatSlider(
            value=100 * model.spread,
            min=0.0,
            max=100.0,
            step=5.0,
            readout_format=".0f",
            description="Unsure by [%]",
            tooltip="Each weight is changed by up to this share a thousand times, to see how often each is first",
        )
        self.table, self.code = controls.classed(widgets.HTML(), "ilrs-fit"), widgets.HTML()
        heading = widgets.HTML(f'<div class="ilrs-heading">Weights</div>{controls.hint(_HINT)}')
        form = controls.controls([*self.sliders.values(), self.spread])
        self.view = controls.panel(heading, form, self.table, self.code)
        for slider in self.sliders.values():
            slider.observe(lambda _change: self._weighed(), "value")
        self.spread.observe(lambda change: setattr(model, "spread", change["new"] / 100), "value")

    def show(self) -> None:
        """Rank what is found so far."""
        model = self.model
        if model.found is None:
            self.table.value, self.code.value = (
                controls.hint("The ranking appears with the first candidate."),
                "",
            )
            return
        self.table.value = ranking_table(model.found, model.weighed, model.spread)
        self.code.value = controls.code(
            f"found.robust({model.weighed}, spread={model.spread:g})".replace("'", '"')
        )

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(*self.sliders.values(), self.spread, self.table, self.code)

    def _weighed(self) -> None:
        self.model.weights = {name: slider.value for name, slider in self.sliders.items()}


def _slider(name: str, weight: float) -> Any:
    sign = "more" if MEASURES[name].better > 0 else "less"
    return widgets.FloatSlider(
        value=weight,
        min=0.0,
        max=5.0,
        step=0.5,
        readout_format=".1f",
        description=f"{measure_name(name)} [1]",
        tooltip=f"{MEASURES[name].meaning} [{MEASURES[name].unit}]; {sign} is better",
    )
