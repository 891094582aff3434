"""The plan dashboard: a campaign, a time budget, the timeline and what is left out."""

from __future__ import annotations

import html
from typing import Any

import ipywidgets as widgets
import plotly.graph_objects as go

from ilrs_science.figures.campaign import campaign_timeline
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.plan_model import LONGEST_S, PlanModel
from ilrs_science.panels.worker import sentence_of

__all__ = ["PlanPanel", "picture"]


class PlanPanel(Panel[PlanModel]):
    """Controls, timeline and table over a `PlanModel`.

    Parameters
    ----------
    model : PlanModel, optional
        What is chosen; a fresh one by default.
    **choices
        ``campaign`` and ``time_limit`` of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, timeline and table.
    code : ipywidgets.HTML
        The Python lines that make the same plan, always those of the present choices.
    """

    def __init__(self, model: PlanModel | None = None, **choices: Any) -> None:
        self.model = model or PlanModel(**choices)
        self._message, self._table, self.code = controls.message(), widgets.HTML(), widgets.HTML()
        self._figure = FigureView(label="Timeline of the plan")
        self._make_inputs()
        self.view = controls.panel(
            controls.controls([self._campaign, self._seconds, widgets.HBox([self._plan, self._stop])]),
            self._bar,
            self._message,
            controls.card(self._figure),
            controls.card(self._table),
        )
        self.model.observe(self._follow, ["stage", "said", "wrong", "progress", "result", "seconds"])
        self._campaign.observe(lambda change: self._choose("campaign", change["new"]), "value")
        self._seconds.observe(lambda change: self._choose("seconds", change["new"]), "value")
        self._plan.on_click(lambda _button: self.model.search())
        self._stop.on_click(lambda _button: self.model.cancel())
        shown = self._message, self._table, self.code, self._bar, self._plan, self._stop
        self._figure.on_ready(lambda: controls.send_again(*shown))
        self._follow({"name": "stage"})
        self.model.open()

    def _make_inputs(self) -> None:
        model = self.model
        self._campaign = widgets.Dropdown(
            options=[(one.name, one.id) for one in model.catalogue.campaigns.values()],
            value=model.campaign,
            description="Campaign",
            tooltip="Which experiments compete for which station, and when; campaigns come from the catalogue",
        )
        self._seconds = widgets.BoundedFloatText(
            value=model.seconds,
            min=1.0,
            max=LONGEST_S,
            step=1.0,
            description="Time budget [s]",
            tooltip=f"How long the planner may search, 1 to {LONGEST_S:g} s; a proof ends it earlier",
        )
        self._plan = widgets.Button(description="Plan", button_style="primary")
        self._stop = widgets.Button(description="Stop")
        self._bar = widgets.FloatProgress(min=0.0, max=1.0, layout={"width": "100%", "height": "6px"})

    def _choose(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; another campaign is opened."""
        try:
            setattr(self.model, name, value)
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self.model.wrong = sentence_of(error)
            return
        if name == "campaign":
            self.model.open()

    def _follow(self, change: Any) -> None:
        """Show the state of the model."""
        model, busy = self.model, self.model.stage != "idle"
        searching = model.stage == "planning"
        self._plan.disabled, self._stop.disabled = busy, not searching
        self._plan.tooltip = (
            "Wait for the present work to end" if busy else "Search for a better plan within the time budget"
        )
        self._stop.tooltip = (
            "End the search and keep the best plan so far" if searching else "Nothing is being planned"
        )
        self._bar.value = model.progress
        self._bar.layout.visibility = "visible" if searching else "hidden"
        self.code.value = controls.code(model.code())
        controls.say(self._message, model.said or "Loading the campaign …", wrong=model.wrong)
        if change["name"] == "result" or (
            change["name"] == "stage" and model.stage in ("environment", "planning")
        ):
            self._figure.show(picture(model))
            self._table.value = listing(model)


def picture(model: PlanModel) -> go.Figure:
    """The timeline as far as the work has come: windows first, then light and link, then the plan.

    Parameters
    ----------
    model : PlanModel
        What is planned.

    Returns
    -------
    plotly.graph_objects.Figure
        See `ilrs_science.figures.campaign_timeline`.
    """
    campaign = model.loaded
    ready = "environment" in vars(campaign)
    return campaign_timeline(campaign, model.result, with_environment=ready or model.result is not None)


def listing(model: PlanModel) -> str:
    """What is in the plan and what is left out, as a table.

    Parameters
    ----------
    model : PlanModel
        What is planned.

    Returns
    -------
    str
        HTML.
    """
    rows = model.rows()
    if not rows:
        return (
            f'<p class="ilrs-message">{html.escape("The table of sessions appears with the first plan.")}</p>'
        )
    columns = ("Experiment", "Sessions", "Left out because", "Value [points]", "Possible [h]", "Category")
    cells = [
        (
            row.name,
            f"{row.planned} of {row.wanted}",
            row.reason or "–",
            f"{row.value:g}",
            f"{row.possible_h:.0f}",
            row.category,
        )
        for row in rows
    ]
    numbers = ("Sessions", "Value [points]", "Possible [h]")
    return controls.table("Experiments of the campaign", columns, cells, numbers=numbers)
