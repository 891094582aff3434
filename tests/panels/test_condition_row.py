"""A row of controls follows the form of its kind, and gives back what is filled in."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.panels.condition_fields import DIRECTION, Several
from ilrs_science.panels.condition_forms import FORMS
from ilrs_science.panels.condition_row import ConditionRow
from ilrs_science.panels.conditions import Condition

CATALOGUE = load_catalogue()


class Watched:
    """A row, and what it told."""

    def __init__(self, condition: Condition, place: str = "site") -> None:
        self.changes = 0
        self.removed: list[ConditionRow] = []
        self.row = ConditionRow(
            condition, place, CATALOGUE, changed=self._count, removed=lambda row: self.removed.append(row)
        )

    def _count(self) -> None:
        self.changes += 1

    def shown(self) -> list[str]:
        return [key for key, made in self.row._inputs.items() if made.layout.display != "none"]

    def kinds(self) -> list[str]:
        return [words for words, _ in self.row._kind.options]


def open_widgets() -> int:
    return len(widgets.widget._instances)


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_has_controls_with_labels_and_purposes(kind: str) -> None:
    row = Watched(Condition(kind)).row
    assert list(row._inputs) == [one.key for one in FORMS[kind].fields]
    for one, made in zip(FORMS[kind].fields, row._inputs.values(), strict=True):
        assert one.description in made.description
        assert made.tooltip == one.tooltip
        assert made.value == row.condition.values[one.key]


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("sun_elevation", "limits", (-3.0, 20.0)),
        ("radio_quiet", "margin", "3.5"),
        ("radio_quiet", "emitters", ("queqiao2", "kashi")),
        ("eclipse", "phase", "umbra"),
        ("target_elevation", "target", "vega"),
        ("pass_over", "orbiter", "llo_100"),
    ],
)
def test_what_is_filled_in_comes_back(kind: str, key: str, value: Any) -> None:
    watched = Watched(Condition(kind))
    watched.row._inputs[key].value = value
    assert watched.row.condition.values[key] == value
    assert watched.changes == 1


def test_another_kind_brings_other_controls_and_keeps_the_not() -> None:
    watched = Watched(Condition("sun_elevation", negated=True))
    watched.row._kind.value = "magnetotail"
    assert watched.row.condition == Condition("magnetotail", negated=True)
    assert list(watched.row._inputs) == ["half_width"]
    assert watched.row._fields.children == tuple(watched.row._inputs.values())
    assert watched.row._kind.tooltip == FORMS["magnetotail"].tooltip
    assert watched.changes == 1


def test_a_condition_can_be_turned_around() -> None:
    watched = Watched(Condition("day"))
    watched.row._negated.value = True
    assert watched.row.condition == Condition("day", negated=True)
    assert watched.changes == 1


def test_a_direction_asks_for_its_two_angles() -> None:
    watched = Watched(Condition("target_elevation"))
    assert watched.shown() == ["target", "limits"]
    watched.row._inputs["target"].value = DIRECTION
    assert watched.shown() == ["target", "target.ra", "target.dec", "limits"]


def test_without_fields_there_is_no_empty_card() -> None:
    watched = Watched(Condition("day"))
    assert watched.row._fields.layout.display == "none"
    watched.row._kind.value = "night"
    watched.row._kind.value = "magnetotail"
    assert watched.row._fields.layout.display == "grid"


def test_kinds_that_make_no_sense_here_are_absent() -> None:
    assert "Orbiters · Beta angle of the Sun" not in Watched(Condition("day")).kinds()
    assert "Orbiters · Beta angle of the Sun" in Watched(Condition("day"), "orbit").kinds()


def test_moving_keeps_the_kind_and_says_that_it_is_not_for_here() -> None:
    watched = Watched(Condition("solar_beta", {"limits": (-10.0, 10.0)}), "orbit")
    before = watched.row.condition
    watched.row.move("site")
    assert watched.row.condition == before
    assert watched.row._kind.value == "solar_beta"
    assert watched.kinds()[-1] == "Orbiters · Beta angle of the Sun (not here)"
    watched.row.move("orbit")
    assert not any("not here" in words for words in watched.kinds())
    assert watched.row._kind.value == "solar_beta"
    assert watched.changes == 0


def test_moving_shows_the_fields_of_the_other_place() -> None:
    watched = Watched(Condition("pass_over"))
    assert watched.shown() == ["orbiter", "limits"]
    watched.row.move("orbit")
    assert watched.shown() == ["site", "limits"]


def test_a_name_that_is_not_in_the_catalogue_is_shown_as_it_is() -> None:
    row = Watched(Condition("target_elevation", {"target": "my_star"})).row
    assert row._inputs["target"].value == "my_star"
    assert Watched(Condition("radio_quiet", {"emitters": ("rover",)})).row._inputs["emitters"].value == (
        "rover",
    )


def test_the_row_asks_to_be_removed() -> None:
    watched = Watched(Condition("day"))
    watched.row._remove.click()
    assert watched.removed == [watched.row]


@pytest.mark.parametrize("kind", ["separation", "radio_quiet", "day"])
def test_a_closed_row_leaves_nothing_behind(kind: str) -> None:
    Watched(Condition(kind)).row.close()  # what is made once for all is made now
    before = open_widgets()
    row = Watched(Condition(kind)).row
    assert open_widgets() > before
    row.close()
    assert open_widgets() == before


def test_changing_the_kind_over_and_over_leaves_nothing_behind() -> None:
    row = Watched(Condition("day")).row
    for _ in range(2):
        row._kind.value = "separation"
        row._kind.value = "day"
    before = open_widgets()
    for _ in range(20):
        row._kind.value = "separation"
        row._kind.value = "day"
    assert open_widgets() == before


def test_several_names_are_chosen_from_a_list() -> None:
    made = Watched(Condition("radio_quiet")).row._inputs["emitters"]
    assert isinstance(FORMS["radio_quiet"].fields[-1], Several)
    assert isinstance(made, widgets.SelectMultiple)
    assert "llo_50" in dict(map(reversed, made.options))


def test_repr_is_one_honest_line() -> None:
    assert repr(Watched(Condition("radio_quiet")).row) == "<ConditionRow radio_quiet, 3 fields>"
