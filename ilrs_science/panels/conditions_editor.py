"""The list of conditions on the page: rows that come and go, and how they are joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.condition_forms import forms_at
from ilrs_science.panels.condition_row import ConditionRow
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.windows_model import MOST_CONDITIONS, WindowsModel

__all__ = ["ConditionsEditor"]

_JOINS = (("all conditions hold", "all"), ("any condition holds", "any"))
_NEXT = ("sun_elevation", "earth_elevation", "separation", "target_elevation", "radio_quiet", "pass_over")
"""Kinds that a new row takes, the first that is not there yet."""


class ConditionsEditor:
    """Rows over the conditions of a `WindowsModel`.

    Parameters
    ----------
    model : WindowsModel
        What is chosen.
    changed : callable
        Called without arguments when conditions or their joining have changed.

    Attributes
    ----------
    view : ipywidgets.VBox
        The rows and what adds to them.
    """

    def __init__(self, model: WindowsModel, *, changed: Callable[[], None]) -> None:
        self.model, self._changed = model, changed
        self._join = controls.explained(
            widgets.Dropdown(
                options=_JOINS,
                value=model.join,
                description="Open while",
                tooltip="Whether all of the conditions must hold, or one of them is enough",
            )
        )
        self._add = widgets.Button(description="Add condition", button_style="primary")
        self._note, self._rows = widgets.HTML(), controls.classed(widgets.VBox(), "ilrs-condition-rows")
        head = controls.classed(widgets.Box([self._join, self._add]), "ilrs-condition-head")
        self.view = controls.classed(widgets.VBox([head, self._rows, self._note]), "ilrs-conditions")
        self.rows = [self._row(one) for one in model.conditions]
        self._join.observe(lambda change: self._join_by(change["new"]), "value")
        self._add.on_click(lambda _button: self.add())
        self._arrange()

    def __repr__(self) -> str:
        return f"<ConditionsEditor of {len(self.rows)} rows>"

    def add(self) -> None:
        """Add a row with a kind that is not there yet, if there is room."""
        if len(self.rows) >= MOST_CONDITIONS:
            return
        taken = {row.condition.kind for row in self.rows}
        kind = next((kind for kind in _NEXT if kind not in taken), _NEXT[0])
        self.rows.append(self._row(Condition(kind)))
        self._arrange()
        self._bring()

    def remove(self, row: ConditionRow) -> None:
        """Take a row away.

        Parameters
        ----------
        row : ConditionRow
            One of this list.
        """
        self.rows.remove(row)
        self._arrange()
        row.close()
        self._bring()

    def move(self) -> None:
        """Bring the rows to the kind of the present place."""
        for row in self.rows:
            row.move(self.model.kind)
        self._arrange()

    def _row(self, condition: Condition) -> ConditionRow:
        return ConditionRow(
            condition, self.model.kind, self.model.catalogue, changed=self._bring, removed=self.remove
        )

    def _join_by(self, join: Any) -> None:
        self.model.join = join
        self._changed()

    def _bring(self) -> None:
        """Bring what is filled in into the model."""
        self.model.conditions = tuple(row.condition for row in self.rows)
        self._changed()

    def _arrange(self) -> None:
        """Show the rows, and what cannot be had here and why."""
        self._rows.children = [row.view for row in self.rows]
        full = len(self.rows) >= MOST_CONDITIONS
        self._add.tooltip = (
            f"{MOST_CONDITIONS} conditions at the most; remove one first"
            if full
            else "Add one more condition"
        )
        self._add.disabled = full
        left_out = forms_at(self.model.kind)[1]
        wanted = [
            (one, [form.words for form in left_out if form.at == one]) for one in ("site", "station", "orbit")
        ]
        also = [
            f"With {'an' if one == 'orbit' else 'a'} {one} as the place there are also: {', '.join(words)}."
            for one, words in wanted
            if words
        ]
        self._note.value = controls.hint(" ".join(also)) if also else ""
