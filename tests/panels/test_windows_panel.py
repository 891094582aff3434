"""The windows panel: a control changes the figures, a mistake is a sentence."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from ilrs_science.panels import WindowsPanel, windows_panel
from ilrs_science.panels.windows_answer import WindowsAnswer
from ilrs_science.panels.windows_model import WindowsModel
from ilrs_science.paths import share_folder

LIT = {"kind": "sun_elevation", "min": "-1.4 deg"}
BETA = {"kind": "solar_beta", "min": "0 deg"}


def settled(made: WindowsPanel) -> WindowsPanel:
    """The panel when nothing is left to compute."""
    assert made._worker.wait(120)
    assert made._terrain.wait(60)
    return made


@pytest.fixture
def panel() -> WindowsPanel:
    return settled(WindowsPanel(days=5))


def limit(panel: WindowsPanel, value: tuple[float, float], row: int = 0) -> None:
    panel._editor.rows[row]._inputs["limits"].value = value


def hidden(widget: Any) -> bool:
    return widget.layout.display == "none"


def test_it_shows_the_answer_from_the_start(panel: WindowsPanel) -> None:
    assert "window" in panel._message.value
    assert panel._openings.data()["layout"]["title"]["text"] == "When it is possible"
    assert panel._elevation.data()["layout"]["title"]["text"].startswith("Sun and Earth")
    assert panel._budget.data()["data"]
    assert panel._sky.data()["layout"]["title"]["text"] == "Sky of Connecting Ridge"
    assert "download=" in panel._files.value
    assert "ilrs.find_windows(" in panel.code.value


def test_a_control_changes_model_figure_and_words(panel: WindowsPanel) -> None:
    before = panel._openings._figure, panel._elevation._figure, panel._message.value
    limit(panel, (-0.9, 90.0))
    settled(panel)
    assert panel.model.conditions[0].values["limits"] == (-0.9, 90.0)
    assert panel._openings._figure != before[0]
    assert panel._elevation._figure != before[1]
    assert panel._message.value != before[2]
    assert "SunElevation(min=&quot;-0.9 deg&quot;)" in panel.code.value


def test_rows_add_strips(panel: WindowsPanel) -> None:
    panel._editor._add.click()
    settled(panel)
    names = [bar["name"] for bar in panel._openings.data()["data"]]
    assert names == [
        "All conditions hold",
        "Sun elevation ≥ −1.4°",
        "Earth elevation ≥ 2°",
        "Separation Sun-Earth ≥ 20°",
    ]
    panel._editor._join.value = "any"
    settled(panel)
    assert panel._openings.data()["data"][0]["name"] == "Any condition holds"
    assert hidden(panel._budget)


def test_an_orbiter_has_elevations_of_some_revolutions_and_no_polar_sky(panel: WindowsPanel) -> None:
    panel._inputs["place"].value = "queqiao2"
    settled(panel)
    assert 'class="ilrs-note"' in panel._message.value
    assert panel._elevation.data()["layout"]["title"]["text"].endswith("local horizontal, first revolutions")
    assert hidden(panel._sky_card)
    assert "constraint, &quot;queqiao2&quot;, " in panel.code.value
    assert "windows_queqiao2_2031-02-24.csv" in panel._files.value
    panel._inputs["place"].value = "malapert"
    settled(panel)
    assert not hidden(panel._sky_card)
    assert panel._sky.data()["layout"]["title"]["text"] == "Sky of Malapert massif"


def test_a_panel_may_begin_on_an_orbiter() -> None:
    made = settled(WindowsPanel(place="queqiao2", conditions=[BETA], days=2))
    assert "Beta" not in made._message.value
    assert "of 48 h" in made._message.value or "these 48 h" in made._message.value


def test_what_is_wrong_with_conditions_is_said_before_anything_is_computed(panel: WindowsPanel) -> None:
    before = panel._openings._figure, panel.code.value
    panel._editor.rows[0]._kind.value = "range_to"
    settled(panel)
    before = panel._openings._figure, panel.code.value
    panel._editor.rows[0]._inputs["max"].value = "<b>far</b>"
    assert 'role="alert">Condition 1 (Distance): At most: &#x27;&lt;b&gt;far' in panel._message.value
    assert not panel._worker.busy
    assert (panel._openings._figure, panel.code.value) == before
    panel._editor.rows[0]._inputs["max"].value = "390000"
    settled(panel)
    assert 'class="ilrs-note"' in panel._message.value


def test_a_condition_that_is_not_for_this_place_is_said_and_stays() -> None:
    made = settled(WindowsPanel(place="queqiao2", conditions=[BETA], days=2))
    made._inputs["place"].value = "malapert"
    assert "it needs an orbit as the place" in made._message.value
    assert made.model.conditions[0].kind == "solar_beta"
    made._inputs["place"].value = "queqiao2"
    settled(made)
    assert 'class="ilrs-note"' in made._message.value


def test_without_conditions_all_is_open(panel: WindowsPanel) -> None:
    for row in list(panel._editor.rows):
        row._remove.click()
    settled(panel)
    assert "No condition is set, so all 120 h are open. Add one." in panel._message.value
    assert len(panel._openings.data()["data"]) == 1
    assert hidden(panel._budget)


def test_long_work_says_that_it_goes_on(panel: WindowsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_panel, "_PATIENCE_S", 0.01)
    goes_on, said = threading.Event(), threading.Event()
    answer = WindowsModel.answer

    def slow(model: WindowsModel) -> WindowsAnswer:
        goes_on.wait(20)
        return answer(model)

    monkeypatch.setattr(WindowsModel, "answer", slow)
    panel._message.observe(lambda _change: said.set(), "value")
    panel._inputs["place"].value = "queqiao2"
    assert said.wait(10)
    assert (
        "Computing … First Queqiao-2 relay must be followed, which may take a minute." in panel._message.value
    )
    goes_on.set()
    settled(panel)
    assert "Computing" not in panel._message.value


def test_quick_work_says_only_its_answer(panel: WindowsPanel) -> None:
    heard: list[str] = []
    panel._message.observe(lambda change: heard.append(change["new"]), "value")
    limit(panel, (-0.9, 90.0))
    settled(panel)
    panel._still(panel._asked, "Computing …")
    assert len(heard) == 1


def test_a_missing_date_is_a_sentence_and_the_picture_stays(panel: WindowsPanel) -> None:
    before = panel._openings._figure
    panel._inputs["start"].value = None
    assert 'role="alert"' in panel._message.value
    assert "date" in panel._message.value
    assert panel._openings._figure == before


def test_every_control_says_unit_and_purpose(panel: WindowsPanel) -> None:
    for name, control in panel._inputs.items():
        assert len(control.tooltip) > 20
        assert name == "place" or "[" in control.description


def test_long_spans_say_that_the_sky_is_that_of_the_first_month(panel: WindowsPanel) -> None:
    panel._inputs["days"].value = 200
    settled(panel)
    assert panel._sky.data()["layout"]["title"]["text"].endswith("first 30 days")
    assert not hidden(panel._months_card)
    assert "Month by month" in panel._months.value


def test_short_spans_have_no_months(panel: WindowsPanel) -> None:
    assert hidden(panel._months_card)
    assert panel._months.value == ""


def test_repr_is_one_honest_line(panel: WindowsPanel) -> None:
    model = "<WindowsModel connecting_ridge, 5 d from 2031-02-24, 2 conditions>"
    assert repr(panel) == f"<WindowsPanel of {model}>"


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "2060-01-01", "9990-12-31"])
def test_a_date_that_is_not_covered_is_said_and_never_another_date(panel: WindowsPanel, day: str) -> None:
    before = panel._openings._figure
    panel._inputs["start"].value = date.fromisoformat(day)
    settled(panel)
    assert panel._inputs["start"].value.isoformat() == panel.model.start == day
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "The shipped kernels cover 1" in panel._message.value
    assert panel._openings._figure == before


@pytest.mark.parametrize("length", [28.5, 0, -3, 732, 1e9, float("nan"), float("inf")])
def test_a_length_that_cannot_be_is_said_and_never_another_length(panel: WindowsPanel, length: float) -> None:
    panel._inputs["days"].value = length
    assert 'class="ilrs-wrong"' in panel._message.value
    assert f"a whole number of days from 1 to 731, not {length:.10g}." in panel._message.value
    assert panel.model.days == 5


def test_what_is_wrong_stays_said_until_it_is_set_right(panel: WindowsPanel) -> None:
    panel._inputs["days"].value = 28.5
    limit(panel, (-0.9, 90.0))
    settled(panel)
    assert "not 28.5" in panel._message.value
    panel._inputs["days"].value = 6
    settled(panel)
    assert 'class="ilrs-note"' in panel._message.value
    assert panel.model.days == 6
    assert panel.model.conditions[0].values["limits"] == (-0.9, 90.0)


def test_lines_of_code_are_monospaced_and_wrap_within_their_card() -> None:
    sheet = (share_folder("dashboards") / "static" / "workbench.css").read_text("utf-8")
    (rule,) = [line for line in sheet.splitlines() if line.startswith(".ilrs-code")]
    for part in (
        "white-space: pre-wrap;",
        "overflow-wrap: anywhere;",
        "overflow-x: auto;",
        "word-break: normal;",
        "13px/1.5 ui-monospace",
    ):
        assert part in rule
