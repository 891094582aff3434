"""The replan dashboard: break something, watch the execution, compare the ways to go on, and do it many times."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science.figures.ways_on import operation_histories
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.replan_controls import ReplanControls
from ilrs_science.panels.replan_downloads import life_files, life_lines
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.panels.replan_study_cards import MembersCard, SilenceCard
from ilrs_science.panels.replan_watch import MovesCard, WatchCard
from ilrs_science.panels.replan_words import lives_table

__all__ = ["ReplanPanel"]

_HISTORIES = (
    "ran = {mode: life.execution for mode, life in lives.items()}\n"
    "figures.operation_histories(ran, disruptions=wrong)"
)


class ReplanPanel(Panel[ReplanModel]):
    """Controls, live figures and tables over a `ReplanModel`.

    Parameters
    ----------
    model : ReplanModel, optional
        What is chosen; a fresh one by default.
    **choices
        ``campaign`` of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, figures and tables.
    code : ipywidgets.HTML
        The Python lines that do the same, always those of the present choices.
    """

    def __init__(self, model: ReplanModel | None = None, **choices: Any) -> None:
        self.model = model or ReplanModel(**choices)
        self._controls = ReplanControls(self.model)
        self._watch, self._moves = WatchCard(self.model), MovesCard(self.model)
        self._members, self._silence = MembersCard(self.model), SilenceCard(self.model)
        self._table = controls.classed(widgets.HTML(), "ilrs-fit")
        self._files, self.code = widgets.HTML(), widgets.HTML()
        self._line = widgets.HTML(controls.code(_HISTORIES))
        self._figure = FigureView(operation_histories({}), label="Ways to go on")
        self.view = controls.panel(
            self._controls.view,
            controls.card(self._watch.view),
            controls.card(controls.panel(self._table, self._line, self._figure)),
            controls.card(self._moves.view),
            controls.card(self._members.view),
            controls.card(self._silence.view),
            controls.card(self._files),
        )
        self._listen()
        self._follow()
        self.model.open()

    def _listen(self) -> None:
        model = self.model
        rules = ["watch", "turnaround", "seconds", "patience", "vary"]
        model.observe(lambda _change: self._follow(), ["stage", "said", "wrong", "faults", *rules])
        model.observe(lambda change: self._tick(change["new"]), "progress")
        model.observe(lambda _change: self._show_lives(), "lives")
        model.observe(lambda _change: self._members.draw(), "members")
        model.observe(lambda _change: self._silence.draw(), "silence")
        self._watch.figure.on_ready(self._greet)

    def _follow(self) -> None:
        """Show the state of the model in every control."""
        for part in (self._controls, self._members, self._silence):
            part.follow()
        self.code.value = controls.code(self.model.code())

    def _tick(self, share: float) -> None:
        self._controls.bar.value = share
        for part in (self._members, self._silence):
            if self.model.stage == part.stage:
                part.follow()

    def _show_lives(self) -> None:
        """Show what came of the plan in every card."""
        model = self.model
        if not model.lives:
            return
        self._watch.show()
        self._moves.show()
        self._silence.begin()
        self._table.value = lives_table(model)
        ran = {mode: life.execution for mode, life in model.lives.items()}
        self._figure.show(operation_histories(ran, disruptions=model.met))
        self._files.value = (
            f'<div class="ilrs-heading">Take it away</div>{life_files(model)}'
            f"{controls.code(life_lines(model.campaign))}"
        )

    def _greet(self) -> None:
        """Send again what a page may have missed while it was loading."""
        for part in (self._controls, self._watch, self._moves, self._members, self._silence):
            part.send_again()
        controls.send_again(self._table, self._line, self._files, self.code)
