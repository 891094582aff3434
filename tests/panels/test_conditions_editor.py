"""Rows come and go, up to a bound, and the model always holds what they say."""

from __future__ import annotations

import pytest

from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.conditions_editor import ConditionsEditor
from ilrs_science.panels.windows_model import MOST_CONDITIONS, WindowsModel


@pytest.fixture
def changes() -> list[int]:
    return []


@pytest.fixture
def editor(changes: list[int]) -> ConditionsEditor:
    return ConditionsEditor(WindowsModel(), changed=lambda: changes.append(1))


def kinds(editor: ConditionsEditor) -> list[str]:
    return [one.kind for one in editor.model.conditions]


def test_it_begins_with_the_conditions_of_the_model(editor: ConditionsEditor, changes: list[int]) -> None:
    assert [row.condition for row in editor.rows] == list(editor.model.conditions)
    assert [row.view for row in editor.rows] == list(editor._rows.children)
    assert changes == []


def test_a_new_row_takes_a_kind_that_is_not_there_yet(editor: ConditionsEditor, changes: list[int]) -> None:
    editor._add.click()
    editor._add.click()
    assert kinds(editor) == ["sun_elevation", "earth_elevation", "separation", "target_elevation"]
    assert len(editor._rows.children) == 4
    assert len(changes) == 2


def test_there_is_room_for_a_few_and_the_button_says_so(editor: ConditionsEditor) -> None:
    for _ in range(20):
        editor.add()
    assert len(editor.model.conditions) == len(editor.rows) == MOST_CONDITIONS
    assert editor._add.disabled
    assert editor._add.tooltip == "8 conditions at the most; remove one first"
    editor.rows[0]._remove.click()
    assert not editor._add.disabled


def test_a_row_can_go_and_so_can_all(editor: ConditionsEditor, changes: list[int]) -> None:
    editor.rows[0]._remove.click()
    assert kinds(editor) == ["earth_elevation"]
    editor.rows[0]._remove.click()
    assert kinds(editor) == []
    assert editor._rows.children == ()
    assert len(changes) == 2


def test_what_is_filled_in_reaches_the_model(editor: ConditionsEditor, changes: list[int]) -> None:
    editor.rows[1]._inputs["limits"].value = (5.0, 60.0)
    assert editor.model.conditions[1] == Condition("earth_elevation", {"limits": (5.0, 60.0)})
    editor._join.value = "any"
    assert editor.model.join == "any"
    assert len(changes) == 2


def test_what_cannot_be_had_here_is_said_with_the_reason(editor: ConditionsEditor) -> None:
    said = "With an orbit as the place there are also: Beta angle of the Sun, Hidden by the Moon."
    assert said in editor._note.value
    editor.model.place = "queqiao2"
    editor.move()
    assert "With a site as the place there are also: Temperature of the ground." in editor._note.value
    assert "With a station as the place there are also: Power of the station, Data rate" in editor._note.value
    assert "Orbiters · Hidden by the Moon" in [words for words, _ in editor.rows[0]._kind.options]


def test_repr_is_one_honest_line(editor: ConditionsEditor) -> None:
    assert repr(editor) == "<ConditionsEditor of 2 rows>"
