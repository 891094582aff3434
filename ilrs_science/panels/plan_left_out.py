"""The sessions that a plan leaves out, each with its reason and a button that asks what it would cost."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.plan_rows import LeftOut

__all__ = ["LeftOutList"]

_FIRST, _MOST = 6, 60
"""Rows that are shown at first, and at the most. [1]"""
_EMPTY = "The sessions that do not fit appear here with the first plan, each with its reason."
_NONE = "Nothing is left out: every session is in the plan."


class LeftOutList:
    """Rows of left-out sessions.

    Parameters
    ----------
    ask : callable
        Called with the id of the session whose price is asked for.

    Attributes
    ----------
    view : ipywidgets.VBox
        Heading, rows, and a button for the rest of them.
    """

    def __init__(self, ask: Callable[[str], None]) -> None:
        self._ask = ask
        self._rows: Sequence[LeftOut] = ()
        self._all = False
        self._heading, self._list = widgets.HTML(), controls.classed(widgets.VBox(), "ilrs-rows")
        self._more = widgets.Button(tooltip="Show every session that is left out, or the first of them only")
        self._more.on_click(lambda _button: self._turn())
        self._made: list[_Row] = []
        self.code = widgets.HTML()
        self.view = widgets.VBox([self._heading, self._list, self._more, self.code])
        self.show((), planned=False, busy=True)

    def show(self, rows: Sequence[LeftOut], *, planned: bool, busy: bool, name: str = "plan1") -> None:
        """Show what is left out.

        Parameters
        ----------
        rows : sequence of LeftOut
            The sessions.
        planned : bool
            Whether there is a plan.
        busy : bool
            Whether something else is being computed, so that no price can be asked for.
        name : str
            Of the plan in Python.
        """
        self._rows = rows
        words = (
            (_NONE if planned else _EMPTY)
            if not rows
            else "A price asks the solver what would have to go for it, and which rules or resources are to blame."
        )
        title = f"Left out: {len(rows)} session{'' if len(rows) == 1 else 's'}" if planned else "Left out"
        self._heading.value = f'<div class="ilrs-heading">{title}</div>{controls.hint(words)}'
        self.code.value = controls.code(f"{name}.left_out()") if planned else ""
        self._fill()
        self.allow(allowed=not busy)

    def allow(self, *, allowed: bool) -> None:
        """Let prices be asked for, or not.

        Parameters
        ----------
        allowed : bool
            Whether they can be.
        """
        for row in self._made:
            row.button.disabled = not allowed
            row.button.tooltip = (
                "What would have to go for it, what that costs, and which rules or resources keep it out"
                if allowed
                else "Wait for the present work to end"
            )

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        for row in self._made:
            controls.send_again(row.words, row.button)
        controls.send_again(self._heading, self._list, self._more, self.code)

    def _turn(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        """Widgets are made once and used again, since a page keeps every one that it was ever sent."""
        shown = self._rows[: _MOST if self._all else _FIRST]
        while len(self._made) < len(shown):
            self._made.append(_Row(self._ask))
        for row, entry in zip(self._made, shown, strict=False):
            row.show(entry)
        self._list.children = [row.view for row in self._made[: len(shown)]]
        rest = min(len(self._rows), _MOST) - _FIRST
        controls.show_if(rest > 0, self._more)
        self._more.description = "Show fewer" if self._all else f"Show {rest} more"


class _Row:
    """One session: words, and a button."""

    def __init__(self, ask: Callable[[str], None]) -> None:
        self._name = ""
        self.words: Any = widgets.HTML()
        self.button = widgets.Button(description="Price")
        self.button.on_click(lambda _button: ask(self._name))
        self.view = controls.classed(widgets.HBox([self.words, self.button]), "ilrs-row")

    def show(self, entry: LeftOut) -> None:
        self._name = entry.id
        points = f"{entry.value:g} point{'' if entry.value == 1 else 's'}"
        self.words.value = (
            f"<b>{html.escape(entry.id)}</b> · {html.escape(entry.name)} · {points}"
            f'<div class="ilrs-hint">{html.escape(entry.reason[:1].upper() + entry.reason[1:])}</div>'
        )
        if entry.answer:
            self.words.value += f'<div class="ilrs-answer">{html.escape(entry.answer)}.</div>'
