"""Watch an execution at any moment, the plan above what comes of it; and see what new plans change."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science.figures.execution import execution_timeline
from ilrs_science.figures.operating import MODE_WORDS
from ilrs_science.figures.plan_moves import plan_changes
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.replan_choices import MODES
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.panels.replan_words import moment_sentence, reasons_table

__all__ = ["MovesCard", "WatchCard"]

_FRAMES = 56
"""Steps of the film from the epoch to the horizon. [1]"""
_FRAME_MS = 350
_NO_CHANGE = "No new plan was made in this way; choose another, or break something."


class WatchCard:
    """Choice of a way and a moment, and the execution as it stands then.

    Parameters
    ----------
    model : ReplanModel
        What was executed.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, model: ReplanModel) -> None:
        self.model = model
        self._silent = False
        self._heading = widgets.HTML('<div class="ilrs-heading">Watch the execution</div>')
        self.mode = controls.explained(_modes("Which of the three executions is shown", "keep_going"))
        self.day = widgets.FloatSlider(
            min=0.0,
            max=28.0,
            value=28.0,
            step=0.5,
            readout_format=".1f",
            description="Moment [d]",
            tooltip="Days after the beginning; the figure shows what was planned and what was done until then",
            continuous_update=True,
        )
        self.play = widgets.Play(min=0, max=_FRAMES, value=0, interval=_FRAME_MS, show_repeat=False)
        self.play.tooltip = "Run through the campaign"
        self.said, self.code = controls.message(), widgets.HTML()
        self.figure = FigureView(label="Execution")
        self.reasons = controls.classed(widgets.HTML(), "ilrs-fit")
        form = controls.controls([self.mode, self.day, widgets.HBox([self.play])])
        self.view = controls.panel(self._heading, form, self.said, self.code, self.figure, self.reasons)
        self.mode.observe(lambda _change: self.draw(), "value")
        self.day.observe(lambda _change: self.draw(), "value")
        self.play.observe(lambda change: self._frame(change["new"]), "value")

    @property
    def second(self) -> int:
        """The moment that is shown, after the epoch. [s]"""
        return int(min(round(self.day.value * 86400), self.model.problem.horizon_s))

    def show(self) -> None:
        """Show other executions, at their end."""
        days = self.model.problem.horizon_s / 86400
        self._silent = True
        self.day.max, self.day.step = days, max(0.1, round(days / _FRAMES, 1))
        self.day.value = days
        self._silent = False
        self.draw()

    def draw(self) -> None:
        """Draw the execution as it stands at the moment."""
        model, mode = self.model, str(self.mode.value)
        if self._silent or mode not in model.lives:
            return
        life, second = model.lives[mode], self.second
        title = f"{MODE_WORDS[mode]}: {life.value:g} of {model.result.objective:g} points"
        plan = model.plan_at(mode, second)
        self.figure.show(
            execution_timeline(
                life.execution,
                plan,
                disruptions=model.met,
                until_s=second,
                experiments=model.catalogue.experiments,
                title=title,
            )
        )
        controls.say(self.said, moment_sentence(life, second))
        self.reasons.value = reasons_table(life)
        self.code.value = controls.code(self.line())

    def line(self) -> str:
        """The figure as a line of Python.

        Returns
        -------
        str
            Python.
        """
        life = f'lives["{self.mode.value}"]'
        count = sum(new.now_s <= self.second for new in self.model.lives[str(self.mode.value)].replans)
        plan = f"{life}.replans[{count - 1}].plan" if count else "result.plan"
        until = "" if self.second >= self.model.problem.horizon_s else f", until_s={self.second}"
        known = "experiments=campaign.catalogue.experiments"
        return f"figures.execution_timeline({life}.execution, {plan}, disruptions=wrong{until}, {known})"

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(self._heading, self.mode, self.day, self.play, self.said, self.code, self.reasons)

    def _frame(self, number: int) -> None:
        self.day.value = min(self.day.max, round(number / _FRAMES * self.day.max, 1))


class MovesCard:
    """Choice of a new plan, and what it changes.

    Parameters
    ----------
    model : ReplanModel
        What was executed.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, model: ReplanModel) -> None:
        self.model = model
        self._silent = False
        self._heading = widgets.HTML('<div class="ilrs-heading">What the new plans change</div>')
        self.mode = controls.explained(_modes("Whose new plans are shown", "on_board"))
        self.which = controls.explained(
            widgets.Dropdown(
                options=[("all together", 0)],
                description="New plan",
                tooltip="One new plan against the one before it, or the last against the first",
            )
        )
        self.said, self.code = controls.message(), widgets.HTML()
        self.figure = FigureView(label="What the new plans change")
        form = controls.controls([self.mode, self.which])
        self.view = controls.panel(self._heading, form, self.said, self.code, self.figure)
        self.mode.observe(lambda _change: self.show(), "value")
        self.which.observe(lambda _change: self.draw(), "value")

    def show(self) -> None:
        """Offer the new plans of the way that is chosen."""
        life = self.model.lives.get(str(self.mode.value))
        if life is None:
            return
        options = [("all together", 0)]
        for number, new in enumerate(life.replans, start=1):
            time = str(life.execution.problem.time(new.now_s).astype("datetime64[m]")).replace("T", " ")
            options.append((f"{number}: {time}", number))
        self._silent = True
        self.which.options, self.which.value = options, 0
        self._silent = False
        self.draw()

    def draw(self) -> None:
        """Draw what the new plan changes."""
        life: Any = self.model.lives.get(str(self.mode.value))
        if self._silent or life is None:
            return
        controls.show_if(life.replans, self.figure, self.code)
        if not life.replans:
            controls.say(self.said, _NO_CHANGE)
            return
        number = int(self.which.value)
        new = life.replans[number - 1]
        before = self.model.result.plan if number < 2 else life.replans[number - 2].plan
        first = life.replans[0] if number == 0 else new
        self.figure.show(
            plan_changes(
                self.model.problem,
                before,
                new.plan,
                now_s=first.now_s,
                disruptions=self.model.met,
                experiments=self.model.catalogue.experiments,
                title=f"{MODE_WORDS[str(self.mode.value)]}: what the new plan changes",
            )
        )
        asked, kept = (
            (sum(getattr(one, name) for one in life.replans) if number == 0 else getattr(new, name))
            for name in ("asked", "kept")
        )
        share = f", {kept / asked:.0%}" if asked else ""
        controls.say(self.said, f"{kept} of {asked} starts that lay ahead stayed to the second{share}.")
        self.code.value = controls.code(self.line())

    def line(self) -> str:
        """The figure as a line of Python.

        Returns
        -------
        str
            Python.
        """
        number, life = int(self.which.value), f'lives["{self.mode.value}"]'
        before = "result.plan" if number < 2 else f"{life}.replans[{number - 2}].plan"
        return (
            f"figures.plan_changes(campaign.problem, {before}, {life}.replans[{number - 1}].plan, disruptions=wrong, "
            f"now_s={life}.replans[{max(0, number - 1)}].now_s, experiments=campaign.catalogue.experiments)"
        )

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(self._heading, self.mode, self.which, self.said, self.code)


def _modes(tooltip: str, first: str) -> Any:
    return widgets.Dropdown(
        options=[(MODE_WORDS[mode], mode) for mode in MODES],
        value=first,
        description="Way to go on",
        tooltip=tooltip,
    )
