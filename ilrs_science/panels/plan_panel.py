"""The plan dashboard: a search to watch, the timeline, what is left out, edits by hand, two plans compared."""

from __future__ import annotations

import html
import time
from typing import Any

import ipywidgets as widgets
import plotly.graph_objects as go

from ilrs_science.figures.campaign import campaign_timeline
from ilrs_science.figures.closing_in import search_progress
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.plan_binds import BindsCard
from ilrs_science.panels.plan_compare import CompareCard
from ilrs_science.panels.plan_controls import PlanControls
from ilrs_science.panels.plan_downloads import download_lines, downloads
from ilrs_science.panels.plan_edit_card import EditCard
from ilrs_science.panels.plan_left_out import LeftOutList
from ilrs_science.panels.plan_model import PlanModel
from ilrs_science.panels.plan_shares import SharesCard
from ilrs_science.panels.worker import sentence_of

__all__ = ["PlanPanel", "listing", "picture"]

_DRAW_EVERY_S = 0.5


class PlanPanel(Panel[PlanModel]):
    """Controls, live figures and tables over a `PlanModel`.

    Parameters
    ----------
    model : PlanModel, optional
        What is chosen; a fresh one by default.
    **choices
        ``campaign`` and ``time_limit`` of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, figures and tables.
    code : ipywidgets.HTML
        The Python lines that make the plan that is shown, always those of the present choices.
    """

    def __init__(self, model: PlanModel | None = None, **choices: Any) -> None:
        self.model = model or PlanModel(**choices)
        self._table, self._files, self.code = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._figure = FigureView(label="Timeline of the plan")
        self._search = FigureView(search_progress(()), label="Value and bound over the search")
        self._drawn_at = 0.0
        self._controls = PlanControls(self.model)
        self._left_out = LeftOutList(self._ask)
        self._edit = EditCard(self._ask, self.model.apply)
        self._compare = CompareCard(self.model.go_back)
        self._binds = BindsCard(self.model.bind)
        self._shares = SharesCard(self._share, self.model.trade)
        self.view = self._arranged()
        self._listen()
        self._follow()
        self.model.open()

    def _arranged(self) -> Any:
        left = controls.card(self._left_out.view)
        return controls.panel(
            self._controls.view,
            controls.card(self._search),
            controls.card(self._figure),
            controls.pair(left, controls.card(self._edit.view)),
            controls.card(self._compare.view),
            controls.card(self._binds.view),
            controls.card(self._shares.view),
            controls.card(widgets.VBox([self._table])),
            controls.card(widgets.VBox([self._files])),
        )

    def _listen(self) -> None:
        model = self.model
        model.observe(lambda _change: self._follow(), ["stage", "said", "wrong", "seconds", "shares", "days"])
        model.observe(lambda change: self._tick(change["new"]), "progress")
        model.observe(lambda _change: self._draw_search(), "history")
        model.observe(lambda _change: self._draw(), ["shown", "draft"])
        model.observe(lambda _change: self._show_plan(), "shown")
        model.observe(lambda change: self._draw_stage(change["new"]), "stage")
        model.observe(lambda _change: self._tell(), ["explanation", "edit", "wrong", "stage"])
        model.observe(lambda _change: self._tell_shares(), ["front", "wrong"])
        model.observe(lambda _change: self._shares.forget(), "campaign")
        model.observe(lambda _change: self._tell_binds(), ["gains", "binding", "wrong"])
        self._figure.observe(lambda change: self._clicked(change["new"]), "clicked")
        self._figure.on_ready(self._greet)

    def _follow(self) -> None:
        """Show the state of the model in every control."""
        model, busy = self.model, self.model.stage != "idle"
        self._controls.follow()
        self._left_out.allow(allowed=not busy)
        known = model.catalogue.experiments
        self._edit.show(model.shown, busy=busy, seconds=model.seconds, known=known)
        self._binds.show(model.shown, busy=busy, seconds=model.seconds)
        self._shares.show(
            model.partners, model.shares, busy=busy, planned=model.shown is not None, seconds=model.seconds
        )
        self.code.value = controls.code(model.code())

    def _tick(self, share: float) -> None:
        self._controls.bar.value = share
        if self.model.stage == "planning" and self.model.history:
            self._draw_search()

    def _show_plan(self) -> None:
        """Show another plan in the tables, lists and files."""
        model = self.model
        self._show_left_out()
        self._table.value = listing(model)
        self._files.value = (
            f'<div class="ilrs-heading">Take it away</div>{downloads(model.loaded, model.shown)}'
            f"{controls.code(download_lines(model.loaded, model.shown)) if model.shown else ''}"
        )
        self._compare.show(model.loaded, model.plans)
        self._follow()

    def _show_left_out(self) -> None:
        model = self.model
        name = model.shown.name if model.shown else "plan1"
        rows, busy = model.left_out(), model.stage != "idle"
        self._left_out.show(rows, planned=model.result is not None, busy=busy, name=name)

    def _draw(self) -> None:
        self._figure.show(picture(self.model))

    def _draw_stage(self, stage: str) -> None:
        """Before the first plan the timeline shows what is known: the windows, then light and link."""
        if self.model.shown is None and stage in ("environment", "planning"):
            self._draw()
        if stage == "idle":
            self._draw_search(last=True)
            self._show_left_out()

    def _draw_search(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if last or now - self._drawn_at > _DRAW_EVERY_S or not self.model.history:
            self._drawn_at = now
            end = self.model.progress * self.model.seconds if self.model.stage == "planning" else None
            self._search.show(search_progress(self.model.history, end_s=end))

    def _tell(self) -> None:
        model = self.model
        wrong = model.wrong if model.wrong_at in ("explaining", "editing") else ""
        busy = model.stage == "explaining"
        self._edit.tell(explanation=model.explanation, edit=model.edit, wrong=wrong, busy=busy)

    def _tell_shares(self) -> None:
        self._shares.tell(self.model.front, self.model.wrong if self.model.wrong_at == "sharing" else "")

    def _tell_binds(self) -> None:
        model = self.model
        self._binds.tell(model.gains, model.binding, model.wrong if model.wrong_at == "binding" else "")

    def _ask(self, name: str) -> None:
        self._edit.choose(name)
        self.model.explain(name)

    def _share(self, shares: dict[str, float]) -> str:
        """Bring least shares into the model; what is wrong with them, if anything."""
        try:
            self.model.shares = shares
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            wrong = sentence_of(error)
            self._controls.mark("shares", wrong)
            return wrong
        self._controls.mark("shares", "")
        return ""

    def _clicked(self, point: dict[str, Any]) -> None:
        self._edit.choose(str(point.get("id", "")))

    def _greet(self) -> None:
        """Send again what a page may have missed while it was loading."""
        for part in (
            self._controls,
            self._left_out,
            self._edit,
            self._compare,
            self._binds,
            self._shares,
        ):
            part.send_again()
        controls.send_again(self._table, self._files, self.code)


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
    campaign, plan = model.loaded, model.draft or model.result
    ready = "environment" in vars(campaign)
    return campaign_timeline(campaign, plan, with_environment=ready or plan is not None)


def listing(model: PlanModel) -> str:
    """What the plan does with each experiment, as a table.

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
        return f'<p class="ilrs-message">{html.escape("The table of experiments appears with the first plan.")}</p>'
    numbers = ("Sessions", "Value [points]", "Possible [h]")
    cells = [
        (
            row.id,
            row.name,
            f"{row.planned} of {row.wanted}",
            f"{row.value:g}",
            f"{row.possible_h:.0f}",
            row.category,
        )
        for row in rows
    ]
    return controls.table(
        "Experiments of the campaign", ("Id", "Experiment", *numbers, "Category"), cells, numbers=numbers
    )
