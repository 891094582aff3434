"""Rows of conditions: a person adds, changes and removes them."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels.condition_kinds import KINDS, Field, Names
from ilrs_science.panels.conditions import MOST, Condition
from ilrs_science.panels.sky_names import BODIES, nameable

__all__ = ["ConditionRows"]

_ONLY = {None: "", "site": " (at a site)", "orbit": " (on an orbiter)"}
_LIMITS = ("min", "max")


class ConditionRows:
    """Controls for a list of conditions.

    Parameters
    ----------
    catalogue : Catalogue
        Where names come from.
    conditions : sequence of Condition
        What stands in the rows at first.
    on_change : callable
        Called without arguments after every change.
    """

    def __init__(
        self, catalogue: Catalogue, conditions: tuple[Condition, ...], on_change: Callable[[], None]
    ) -> None:
        self._names = _names_of(catalogue)
        self._on_change = on_change
        self._rows: list[_Row] = []
        self._box = widgets.VBox([], layout={"width": "auto"})
        self._add = widgets.Button(
            description="Add a condition",
            icon="",
            tooltip=f"One more row, at most {MOST}",
            layout={"width": "180px"},
        )
        self._add.on_click(lambda _button: self._append(Condition.fresh("separation")))
        self.view = widgets.VBox([self._box, self._add], layout={"width": "auto"})
        self.view.add_class("ilrs-conditions")
        for condition in conditions:
            self._rows.append(self._made(condition))
        self._show()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What stands in the rows."""
        return tuple(row.condition for row in self._rows)

    def _made(self, condition: Condition) -> _Row:
        return _Row(condition, self._names, self._on_change, self._remove)

    def _append(self, condition: Condition) -> None:
        if len(self._rows) < MOST:
            self._rows.append(self._made(condition))
            self._show()
            self._on_change()

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._show()
        self._on_change()

    def _show(self) -> None:
        self._box.children = [row.view for row in self._rows]
        self._add.disabled = len(self._rows) >= MOST
        self._add.tooltip = (
            f"There are {MOST} conditions already" if self._add.disabled else f"One more row, at most {MOST}"
        )


class _Row:
    """One condition: what it is, its fields, whether it must not hold, and a button that removes it."""

    def __init__(
        self,
        condition: Condition,
        names: Mapping[Names, list[tuple[str, str]]],
        on_change: Callable[[], None],
        on_remove: Callable[[_Row], None],
    ) -> None:
        self._names, self._on_change = names, on_change
        self._kind = widgets.Dropdown(
            options=[(kind.label + _ONLY[kind.only], key) for key, kind in KINDS.items()],
            value=condition.key,
            tooltip="What must hold",
            layout={"width": "240px"},
        )
        self._not = widgets.Checkbox(
            value=condition.negated,
            description="not",
            indent=False,
            tooltip="The condition must not hold",
            layout={"width": "60px"},
        )
        remove = widgets.Button(
            description="Remove", tooltip="Remove this condition", layout={"width": "84px"}
        )
        self._fields = widgets.HBox([], layout={"flex_flow": "row wrap", "align_items": "center"})
        self._help = widgets.HTML(layout={"width": "auto"})
        line = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px 12px"}
        self.view = widgets.VBox(
            [widgets.HBox([self._kind, self._fields, self._not, remove], layout=line), self._help]
        )
        self._inputs: dict[str, Any] = {}
        self._fill(condition)
        self._kind.observe(lambda change: self._exchange(str(change["new"])), "value")
        self._not.observe(lambda _change: self._on_change(), "value")
        remove.on_click(lambda _button: on_remove(self))

    @property
    def condition(self) -> Condition:
        """What stands in the row."""
        texts = {name: str(control.value) for name, control in self._inputs.items()}
        return Condition(str(self._kind.value), texts, bool(self._not.value))

    def _exchange(self, key: str) -> None:
        if key in KINDS:
            self._fill(Condition.fresh(key))
            self._on_change()

    def _fill(self, condition: Condition) -> None:
        kind = KINDS[condition.key]
        self._inputs = {field.name: self._input(field, condition) for field in kind.fields}
        self._fields.children = list(self._inputs.values())
        self._help.value = f'<span class="ilrs-hint">{html.escape(kind.help)}.</span>'
        for control in self._inputs.values():
            control.observe(lambda _change: self._on_change(), "value")

    def _input(self, field: Field, condition: Condition) -> Any:
        fallback = "" if field.name in _LIMITS else field.default
        text = condition.texts.get(field.name, "") or fallback
        style = {"description_width": "initial"}
        if field.names or field.choices:
            options = list(self._names[field.names]) if field.names else list(field.choices)
            if text not in {value for _, value in options}:
                options.append((text, text))
            return widgets.Dropdown(
                options=options,
                value=text,
                description=field.label,
                tooltip=field.help,
                style=style,
                layout={"width": "260px" if field.names else "170px"},
            )
        return widgets.Text(
            value=text,
            description=f"{field.label} [{field.unit}]",
            placeholder="no limit",
            tooltip=field.help,
            continuous_update=False,
            style=style,
            layout={"width": "180px"},
        )


def _names_of(catalogue: Catalogue) -> dict[Names, list[tuple[str, str]]]:
    """(words, id) of what each field offers."""
    anything = nameable(catalogue)
    planets = [name for name in BODIES if name != "sun"]
    distant = [key for key in anything if key not in catalogue.targets]
    chosen: dict[Names, list[str]] = {
        "anything": list(anything),
        "distant": distant,
        "planets": planets,
        "orbits": list(catalogue.orbits),
        "sites": list(catalogue.sites),
    }
    return {names: [(anything[key], key) for key in keys] for names, keys in chosen.items()}
