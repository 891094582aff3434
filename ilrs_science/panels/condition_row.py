"""One condition on the page: its kind, what there is to fill in, and the way to be rid of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels import controls
from ilrs_science.panels.condition_fields import DIRECTION, Choice, Field, Named, Number, Several, Span
from ilrs_science.panels.condition_forms import forms_at
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.names import DIRECTION_WORDS, options

__all__ = ["ConditionRow"]


class ConditionRow:
    """Controls over a `Condition`, made from the form of its kind.

    Parameters
    ----------
    condition : Condition
        What is shown at first.
    place : {"site", "orbit"}
        Kind of place.
    catalogue : Catalogue
        Where names come from.
    changed : callable
        Called without arguments when something was filled in.
    removed : callable
        Called with the row when it shall go.

    Attributes
    ----------
    condition : Condition
        As it is filled in.
    view : ipywidgets.VBox
        The controls.
    """

    def __init__(
        self,
        condition: Condition,
        place: str,
        catalogue: Catalogue,
        *,
        changed: Callable[[], None],
        removed: Callable[[ConditionRow], None],
    ) -> None:
        self.condition = condition
        self._place, self._catalogue, self._changed = place, catalogue, changed
        self._inputs: dict[str, Any] = {}
        self._moving = False
        self._kind = widgets.Dropdown(options=self._kinds(), value=condition.kind, description="Condition")
        self._negated = controls.explained(
            widgets.Checkbox(
                value=condition.negated,
                description="must not hold",
                indent=False,
                tooltip="Turn the condition around: open while it does not hold",
            )
        )
        self._remove = widgets.Button(description="Remove", tooltip="Take this condition away")
        head = controls.classed(widgets.Box([self._kind, self._negated, self._remove]), "ilrs-condition-head")
        self._fields = controls.controls(())
        self.view = controls.classed(widgets.VBox([head, self._fields]), "ilrs-condition")
        self._kind.observe(lambda change: self._choose(change["new"]), "value")
        self._negated.observe(lambda change: self._turn(change["new"]), "value")
        self._remove.on_click(lambda _button: removed(self))
        self._build()

    def __repr__(self) -> str:
        return f"<ConditionRow {self.condition.kind}, {len(self._inputs)} fields>"

    def move(self, place: str) -> None:
        """Bring the row to another kind of place.

        Parameters
        ----------
        place : {"site", "orbit"}
            Kind of place.
        """
        if place == self._place:
            return
        self._place, kind = place, self.condition.kind
        with self._kind.hold_sync():  # other options choose the first of them for a moment
            self._moving = True
            self._kind.options, self._kind.value = self._kinds(), kind
            self._moving = False
        self._arrange()

    def close(self) -> None:
        """Take the controls from the page and from memory."""
        self._clear()
        for one in (*self.view.children[0].children, self._fields, self.view.children[0], self.view):
            _close(one)

    def _kinds(self) -> list[tuple[str, str]]:
        """Kinds that make sense here, and that of the row even if it does not."""
        offered, _ = forms_at(self._place)
        mine = self.condition.form
        kinds = [(one.title, one.kind) for one in offered]
        return kinds if mine in offered else [*kinds, (f"{mine.title} (not here)", mine.kind)]

    def _choose(self, kind: str) -> None:
        if self._moving:
            return
        self.condition = Condition(kind, negated=self.condition.negated)
        self._clear()
        self._build()
        self._changed()

    def _turn(self, negated: bool) -> None:  # noqa: FBT001 - what a checkbox gives
        self.condition = Condition(self.condition.kind, self.condition.values, negated)
        self._changed()

    def _fill(self, key: str, value: Any) -> None:
        self.condition = self.condition.filled(key, value)
        self._arrange()
        self._changed()

    def _build(self) -> None:
        """Controls for the fields of the present kind."""
        self._kind.tooltip, self._kind.description = self.condition.form.tooltip, "Condition"
        controls.explained(self._kind)
        for one in self.condition.form.fields:
            made = _control(one, self.condition.values[one.key], self._catalogue)
            made.observe(lambda change, key=one.key: self._fill(key, change["new"]), "value")
            self._inputs[one.key] = made
        controls.arrange(self._fields, self._inputs.values())
        self._arrange()

    def _arrange(self) -> None:
        """Show what is asked for beside the present values."""
        wanted = {one.key for one in self.condition.wanted(self._place)}
        for key, made in self._inputs.items():
            made.layout.display = None if key in wanted else "none"
        self._fields.layout.display = "grid" if wanted else "none"

    def _clear(self) -> None:
        self._fields.children = ()
        for made in self._inputs.values():
            made.unobserve_all()
            _close(made)
        self._inputs = {}


def _control(one: Field, value: Any, catalogue: Catalogue) -> Any:
    """The control of a field."""
    words = {"description": one.description, "tooltip": one.tooltip}
    match one:
        case Span():
            return controls.range_slider(
                one.label,
                unit=one.unit,
                value=value,
                low=one.low,
                high=one.high,
                step=one.step,
                tooltip=one.tooltip,
            )
        case Number():
            return widgets.Text(value=value, continuous_update=False, **words)
        case Choice():
            return controls.explained(widgets.Dropdown(options=one.options, value=value, **words))
        case Named():
            offered = options(catalogue, one.folders, one.without)
            offered += [(DIRECTION_WORDS, DIRECTION)] if one.direction else []
            return controls.explained(widgets.Dropdown(options=_with(offered, [value]), value=value, **words))
        case Several():
            offered = _with(options(catalogue, one.folders), value)
            return controls.explained(widgets.SelectMultiple(options=offered, value=value, rows=4, **words))
    raise TypeError(type(one).__name__)


def _with(offered: list[tuple[str, str]], names: Any) -> list[tuple[str, str]]:
    """The options, and those names that are not among them."""
    known = {name for _, name in offered}
    return offered + [(name, name) for name in names if name not in known]


def _close(widget: Any) -> None:
    """End a widget and what belongs to it, which the page would otherwise keep."""
    for part in (widget, widget.layout, getattr(widget, "style", None)):
        if part is not None:
            part.close()
