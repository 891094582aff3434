"""The windows panel: a control changes the figures, a mistake is a sentence."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ilrs_science.intervals import Windows
from ilrs_science.panels import WindowsPanel
from ilrs_science.panels.windows_panel import _listing
from ilrs_science.paths import share_folder


@pytest.fixture
def panel() -> WindowsPanel:
    made = WindowsPanel(days=5)
    made._terrain.wait(60)
    return made


def test_it_shows_the_answer_from_the_start(panel: WindowsPanel) -> None:
    assert "window" in panel._message.value
    assert panel._elevation.data()["layout"]["title"]["text"].startswith("Sun and Earth")
    assert panel._budget.data()["data"]
    assert panel._sky.data()["layout"]["title"]["text"] == "Sky of Connecting Ridge"


def test_a_control_changes_model_figure_and_words(panel: WindowsPanel) -> None:
    before = panel._elevation._figure, panel._message.value
    panel._inputs["sun"].value = (-0.9, 90.0)
    assert panel._worker.wait(30)
    assert panel.model.sun == (-0.9, 90.0)
    assert panel._elevation._figure != before[0]
    assert panel._message.value != before[1]


def test_a_missing_date_is_a_sentence_and_the_picture_stays(panel: WindowsPanel) -> None:
    before = panel._elevation._figure
    panel._inputs["start"].value = None
    assert 'role="alert"' in panel._message.value
    assert "date" in panel._message.value
    assert panel._elevation._figure == before


def test_every_control_says_unit_and_purpose(panel: WindowsPanel) -> None:
    for name, control in panel._inputs.items():
        assert len(control.tooltip) > 20
        assert name == "site" or "[" in control.description


def test_long_spans_say_that_the_sky_is_that_of_the_first_month(panel: WindowsPanel) -> None:
    panel._inputs["days"].value = 200
    panel._worker.wait(30)
    panel._terrain.wait(30)
    assert panel._sky.data()["layout"]["title"]["text"].endswith("first 30 days")


def test_repr_is_one_honest_line(panel: WindowsPanel) -> None:
    assert repr(panel) == "<WindowsPanel of <WindowsModel connecting_ridge, 5 d from 2031-02-24>>"


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "2060-01-01", "9990-12-31"])
def test_a_date_that_is_not_covered_is_said_and_never_another_date(panel: WindowsPanel, day: str) -> None:
    before = panel._elevation._figure
    panel._inputs["start"].value = date.fromisoformat(day)
    assert panel._worker.wait(30)
    assert panel._inputs["start"].value.isoformat() == panel.model.start == day
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "The shipped kernels cover 1" in panel._message.value
    assert panel._elevation._figure == before


@pytest.mark.parametrize("length", [28.5, 0, -3, 732, 1e9, float("nan"), float("inf")])
def test_a_length_that_cannot_be_is_said_and_never_another_length(panel: WindowsPanel, length: float) -> None:
    panel._inputs["days"].value = length
    assert 'class="ilrs-wrong"' in panel._message.value
    assert f"a whole number of days from 1 to 731, not {length:.10g}." in panel._message.value
    assert panel.model.days == 5


def test_what_is_wrong_stays_said_until_it_is_set_right(panel: WindowsPanel) -> None:
    panel._inputs["days"].value = 28.5
    panel._inputs["sun"].value = (-0.9, 90.0)
    assert panel._worker.wait(30)
    assert "not 28.5" in panel._message.value
    panel._inputs["days"].value = 6
    assert panel._worker.wait(30)
    assert 'class="ilrs-note"' in panel._message.value
    assert (panel.model.days, panel.model.sun) == (6, (-0.9, 90.0))


def test_the_table_rounds_milliseconds_as_the_command_line_does() -> None:
    edges = np.array(["2031-02-24T00:00:00.000600", "2031-02-24T06:00:00.000400"], "datetime64[us]")
    table = _listing(Windows(edges[:1], edges[1:]))
    assert "<td>2031-02-24 00:00:00.001</td><td>2031-02-24 06:00:00.000</td>" in table


def test_lines_of_code_are_monospaced_and_scroll_in_place_of_breaking() -> None:
    sheet = (share_folder("dashboards") / "static" / "workbench.css").read_text("utf-8")
    (rule,) = [line for line in sheet.splitlines() if line.startswith(".ilrs-code")]
    for part in ("white-space: pre;", "overflow-x: auto;", "word-break: normal;", "13px/1.5 ui-monospace"):
        assert part in rule
