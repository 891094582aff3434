"""The windows panel: a control changes the figures, a mistake is a sentence."""

from __future__ import annotations

import base64
import re
from datetime import date
from typing import Any

import numpy as np
import pytest

import ilrs_science as ilrs
from ilrs_science.intervals import Windows
from ilrs_science.panels import WindowsPanel
from ilrs_science.panels.condition_kinds import KINDS
from ilrs_science.panels.conditions import MOST, Condition
from ilrs_science.panels.windows_lists import windows_table
from ilrs_science.paths import share_folder


@pytest.fixture
def panel() -> WindowsPanel:
    made = WindowsPanel(days=5)
    made.wait(60)
    return made


def row(panel: WindowsPanel, number: int) -> Any:
    return panel._rows._rows[number]


def test_it_shows_the_answer_from_the_start(panel: WindowsPanel) -> None:
    assert "window" in panel._message.value
    assert panel._when.data()["layout"]["title"]["text"] == "When it is possible"
    assert panel._elevation.data()["layout"]["title"]["text"].startswith("Sun and Earth")
    assert panel._budget.data()["data"]
    assert panel._sky.data()["layout"]["title"]["text"] == "Sky of Connecting Ridge"


def test_a_field_changes_model_figure_words_and_lines(panel: WindowsPanel) -> None:
    before = panel._when._figure, panel._message.value
    row(panel, 0)._inputs["min"].value = "-0.9"
    assert panel.wait(30)
    assert panel.model.answer().constraint == ilrs.SunElevation(min="-0.9 deg") & ilrs.EarthElevation(
        min="2 deg"
    )
    assert panel._when._figure != before[0]
    assert panel._message.value != before[1]
    assert "SunElevation(min=&quot;-0.9 deg&quot;)" in panel.code.value


def test_rows_are_added_changed_negated_and_removed(panel: WindowsPanel) -> None:
    panel._rows._add.click()
    assert len(panel.model.conditions) == 3
    row(panel, 2)._kind.value = "radio_quiet"
    row(panel, 2)._not.value = True
    assert panel.wait(30)
    assert panel.model.conditions[2].code() == '~ilrs.RadioQuiet(margin="0 deg")'
    assert len(panel._when.data()["data"]) == 4  # all, and one bar a condition
    row(panel, 0).view.children[0].children[-1].click()
    assert [one.key for one in panel.model.conditions] == ["earth_elevation", "radio_quiet"]


def test_no_more_rows_than_fit_and_the_button_says_why(panel: WindowsPanel) -> None:
    while len(panel.model.conditions) < MOST:
        panel._rows._add.click()
    assert panel._rows._add.disabled
    assert "already" in panel._rows._add.tooltip
    panel._rows._append(Condition.fresh("day"))
    assert len(panel.model.conditions) == MOST


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.only != "orbit"])
def test_every_kind_can_be_chosen_at_a_site(panel: WindowsPanel, key: str) -> None:
    row(panel, 1)._kind.value = key
    assert panel.wait(60)
    assert 'class="ilrs-wrong"' not in panel._message.value


def test_on_an_orbiter_the_sky_of_a_site_is_hidden_and_passes_are_found(panel: WindowsPanel) -> None:
    row(panel, 0)._kind.value = "pass_over"
    assert panel.wait(30)
    assert "on an orbiter" in row(panel, 0)._kind.label
    assert "name the orbiter that passes over it" in panel._message.value
    panel._inputs["days"].value = 1
    panel._inputs["start"].value = date(2026, 1, 1)
    panel._inputs["place"].value = "queqiao2"
    assert panel.wait(60)
    assert 'class="ilrs-note"' in panel._message.value
    assert panel._sky_card.layout.display == "none"
    panel._inputs["place"].value = "malapert"
    row(panel, 0)._kind.value = "pass_of"
    assert panel.wait(60)
    assert panel._sky_card.layout.display == ""


@pytest.mark.parametrize("text", ["abc", "95", "nan", "1e400", "<b>1</b>", "9" * 500])
def test_what_is_typed_wrongly_is_said_and_the_picture_stays(panel: WindowsPanel, text: str) -> None:
    before = panel._when._figure
    row(panel, 0)._inputs["min"].value = text
    assert panel.wait(30)
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "Sun elevation" in panel._message.value
    assert "<b>" not in panel._message.value
    assert panel._when._figure == before


def test_a_missing_date_is_a_sentence_and_the_picture_stays(panel: WindowsPanel) -> None:
    before = panel._when._figure
    panel._inputs["start"].value = None
    assert 'role="alert"' in panel._message.value
    assert "date" in panel._message.value
    assert panel._when._figure == before


def test_every_control_says_unit_and_purpose(panel: WindowsPanel) -> None:
    for control in panel._inputs.values():
        assert len(control.tooltip) > 20
    for key in KINDS:
        row(panel, 0)._kind.value = key
        for field in KINDS[key].fields:
            control = row(panel, 0)._inputs[field.name]
            assert control.tooltip == field.help
            assert not field.unit or f"[{field.unit}]" in control.description


def test_files_hold_all_windows(panel: WindowsPanel) -> None:
    links = dict(re.findall(r'download="([^"]+)" href="data:[^,]+,([^"]+)"', panel._list.value))
    assert set(links) == {"windows.csv", "windows.ics"}
    csv = base64.b64decode(links["windows.csv"]).decode()
    found = panel.model.answer().windows
    assert len(Windows.from_csv(csv)) == len(found)
    assert Windows.from_icalendar(base64.b64decode(links["windows.ics"]).decode()) == found


def test_long_spans_have_months_and_the_sky_of_the_first_one(panel: WindowsPanel) -> None:
    assert panel._months.value == ""
    panel._inputs["days"].value = 200
    panel.wait(60)
    assert "By month, best in 2031-" in panel._months.value
    assert panel._sky.data()["layout"]["title"]["text"].endswith("first 30 days")


def test_any_of_the_conditions_may_be_enough(panel: WindowsPanel) -> None:
    panel._inputs["joined"].value = "any"
    assert panel.wait(30)
    assert panel.model.answer().constraint == ilrs.SunElevation(min="-1.4 deg") | ilrs.EarthElevation(
        min="2 deg"
    )
    assert "    | ilrs.EarthElevation" in panel.model.code()


def test_repr_is_one_honest_line(panel: WindowsPanel) -> None:
    words = "<WindowsPanel of <WindowsModel connecting_ridge, 5 d from 2031-02-24, 2 conditions>>"
    assert repr(panel) == words


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "2060-01-01", "9990-12-31"])
def test_a_date_that_is_not_covered_is_said_and_never_another_date(panel: WindowsPanel, day: str) -> None:
    before = panel._when._figure
    panel._inputs["start"].value = date.fromisoformat(day)
    assert panel.wait(30)
    assert panel._inputs["start"].value.isoformat() == panel.model.start == day
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "The shipped kernels cover 1" in panel._message.value
    assert panel._when._figure == before


@pytest.mark.parametrize("length", [28.5, 0, -3, 732, 1e9, float("nan"), float("inf")])
def test_a_length_that_cannot_be_is_said_and_never_another_length(panel: WindowsPanel, length: float) -> None:
    panel._inputs["days"].value = length
    assert 'class="ilrs-wrong"' in panel._message.value
    assert f"a whole number of days from 1 to 731, not {length:.10g}." in panel._message.value
    assert panel.model.days == 5


def test_what_is_wrong_stays_said_until_it_is_set_right(panel: WindowsPanel) -> None:
    panel._inputs["days"].value = 28.5
    row(panel, 0)._inputs["min"].value = "-0.9"
    assert panel.wait(30)
    assert "not 28.5" in panel._message.value
    panel._inputs["days"].value = 6
    assert panel.wait(30)
    assert 'class="ilrs-note"' in panel._message.value
    assert (panel.model.days, panel.model.conditions[0].texts["min"]) == (6, "-0.9")


def test_the_table_rounds_milliseconds_as_the_command_line_does() -> None:
    edges = np.array(["2031-02-24T00:00:00.000600", "2031-02-24T06:00:00.000400"], "datetime64[us]")
    table = windows_table(Windows(edges[:1], edges[1:]))
    assert "<td>2031-02-24 00:00:00.001</td><td>2031-02-24 06:00:00.000</td>" in table


def test_lines_of_code_are_monospaced_and_scroll_in_place_of_breaking() -> None:
    sheet = (share_folder("dashboards") / "static" / "workbench.css").read_text("utf-8")
    (rule,) = [line for line in sheet.splitlines() if line.startswith(".ilrs-code")]
    for part in ("white-space: pre;", "overflow-x: auto;", "word-break: normal;", "13px/1.5 ui-monospace"):
        assert part in rule
