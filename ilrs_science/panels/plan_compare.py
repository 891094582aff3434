"""Two of the plans that were made, side by side: what they are worth, what differs, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from ilrs_science.figures.campaign import turn_names
from ilrs_science.figures.plan_comparison import compare_plans
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.plan_kept import KeptPlan
from ilrs_science.panels.plan_sessions import count_words
from ilrs_science.panels.plan_words import changes_table
from ilrs_science.planning.explain.changes import changes

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign

__all__ = ["CompareCard", "comparison_sentence"]

_EMPTY = "Plan again or edit by hand: two plans can then be compared here, and you can go back to either."


def comparison_sentence(first: KeptPlan, second: KeptPlan, known: Container[str]) -> str:
    """How two plans differ in value and bound.

    Parameters
    ----------
    first, second : KeptPlan
        The plans.
    known : container of str
        Ids of experiments.

    Returns
    -------
    str
        A sentence.
    """
    values = [0.0 if kept.result.objective is None else kept.result.objective for kept in (first, second)]
    gain = round(values[1] - values[0], 3)
    points = f"{abs(gain):g} point{'' if abs(gain) == 1 else 's'}"
    verdict = (
        f"{second.name} is worth {points} {'more' if gain > 0 else 'less'} than {first.name}"
        if gain
        else f"{first.name} and {second.name} are worth the same"
    )
    told = ", ".join(
        f"{kept.name}: {count_words(kept.result.plan.starts, known)}, value {value:g}, "
        + ("no bound" if kept.result.bound is None else f"at most {kept.result.bound:g}")
        for kept, value in zip((first, second), values, strict=True)
    )
    return f"{verdict} ({told})."


class CompareCard:
    """Choice of two plans and what differs between them.

    Parameters
    ----------
    go_back : callable
        Called with the name of the plan that is to be shown again.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, go_back: Callable[[str], None]) -> None:
        self._plans: dict[str, KeptPlan] = {}
        self._campaign: Campaign | None = None
        self._silent = False
        self._heading = widgets.HTML('<div class="ilrs-heading">Compare two plans</div>')
        self._first, self._second = (
            controls.explained(widgets.Dropdown(options=[], description=words, tooltip=tooltip))
            for words, tooltip in (
                ("First plan", "Drawn as the upper bars"),
                ("Second plan", "Drawn as the lower bars"),
            )
        )
        self._back = widgets.Button()
        self._back.on_click(lambda _button: go_back(str(self._first.value)))
        self._said, self._table, self.code = controls.message(), widgets.HTML(), widgets.HTML()
        self.figure = FigureView(label="Two plans compared")
        self._form = controls.controls([self._first, self._second, widgets.HBox([self._back])])
        self._parts = self._form, self.code, self.figure, self._table
        self.view = controls.panel(self._heading, self._form, self._said, self.code, self.figure, self._table)
        for control in (self._first, self._second):
            control.observe(lambda _change: self._follow(), "value")
        self._follow()

    def show(self, campaign: Campaign, plans: Sequence[KeptPlan]) -> None:
        """Offer the plans; the last two are compared.

        Parameters
        ----------
        campaign : Campaign
            Whose experiments have names.
        plans : sequence of KeptPlan
            The latest last.
        """
        self._campaign = campaign
        self._plans = {kept.name: kept for kept in plans}
        options = [(kept.label, kept.name) for kept in plans]
        self._silent = True
        self._first.options = self._second.options = options
        if len(options) > 1:
            self._first.value, self._second.value = options[-2][1], options[-1][1]
        self._silent = False
        self._follow()

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(self._heading, self._first, self._second, self._back, self._said, *self._parts)

    def _follow(self) -> None:
        if self._silent:
            return
        chosen: list[Any] = [self._plans.get(str(one.value)) for one in (self._first, self._second)]
        controls.show_if(len(self._plans) > 1, *self._parts)
        if len(self._plans) < 2 or None in chosen or self._campaign is None:
            controls.say(self._said, _EMPTY)
            return
        first, second = chosen
        self._back.description = f"Go back to {first.name}"
        self._back.tooltip = (
            f"Show {first.name} in the whole page again; edits and searches then begin with it"
        )
        known = self._campaign.catalogue.experiments
        controls.say(self._said, comparison_sentence(first, second, known))
        names = first.name, second.name
        self.code.value = controls.code(
            f"figures.compare_plans({names[0]}, {names[1]}, names={names!r})".replace("'", '"')
        )
        title, turns = f"{first.name} and {second.name}", turn_names(self._campaign)
        self.figure.show(
            compare_plans(
                first.result, second.result, names=names, experiments=known, turns=turns, title=title
            )
        )
        moves = changes(second.result.problem, first.result.plan, second.result.plan)
        self._table.value = changes_table(moves, "What differs", known)
