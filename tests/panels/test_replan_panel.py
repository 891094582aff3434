"""The replan panel over a small campaign: cards follow, disabled controls say why, faults are sentences."""

from __future__ import annotations

import pytest

from ilrs_science.panels import ReplanPanel
from ilrs_science.panels.replan_choices import BOUNDS
from tests.panels.broken import done, small_model


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILRS_CACHE", "off")


@pytest.fixture(scope="module")
def panel() -> ReplanPanel:
    """The robots are stuck for twelve hours."""
    made = ReplanPanel(small_model(opened=False))
    done(made.model)
    for name, value in (("kind", "instrument_fault"), ("hits", "robots"), ("start", "2031-02-24 00:00")):
        made._controls.inputs[name].value = value
    made._controls.inputs["lasting"].value = 12.0
    made._controls.buttons["break"].click()
    done(made.model)
    return made


def test_every_card_shows_the_three_lives(panel: ReplanPanel) -> None:
    model = panel.model
    assert [one.kind for one in model.met] == ["instrument_fault"]
    assert "<td>robots</td>" in panel._controls.list.value
    for life in model.lives.values():
        assert f'<td class="number">{life.value:g}</td>' in panel._table.value
    names = [trace.get("name") for trace in panel._figure.data()["data"]]
    assert any(str(name).startswith("Replan on board") for name in names)
    assert "Stopped or skipped" in panel._watch.reasons.value
    assert "starts that lay ahead stayed" in panel._moves.said.value
    assert panel._files.value.count("ilrs-download") - 1 == 1 + 2 * len(model.lives)


def test_every_control_has_a_unit_a_tooltip_and_its_line_of_python(panel: ReplanPanel) -> None:
    inputs = panel._controls.inputs
    assert all(len(control.tooltip) > 20 for control in inputs.values())
    for name in BOUNDS:
        assert f"[{BOUNDS[name][2]}]" in inputs[name].description
    assert "start_s=0, end_s=43200, resources=(&quot;robots&quot;,)" in panel._controls.code.value
    assert "ilrs.operate(campaign.problem, result.plan, wrong" in panel._controls.code.value
    assert "figures.execution_timeline(lives[" in panel._watch.code.value
    assert "figures.plan_changes(campaign.problem, result.plan" in panel._moves.code.value
    assert "ilrs.ensemble(campaign.problem" in panel._members.code.value
    assert "ilrs.autonomy(campaign.problem" in panel._silence.code.value
    assert "figures.operation_histories(ran" in panel.code.value


def test_the_moment_is_watched(panel: ReplanPanel) -> None:
    watch = panel._watch
    watch.mode.value = "on_board"
    watch.play.value = 14
    assert watch.day.value == pytest.approx(watch.day.max / 4, abs=0.1)
    assert f"until_s={watch.second}" in watch.code.value
    assert "lives[&quot;on_board&quot;].replans[" in watch.code.value
    assert {"now"} <= {note["text"] for note in watch.figure.data()["layout"]["annotations"]}
    watch.day.value = watch.day.max
    assert "until_s" not in watch.code.value


def test_one_new_plan_can_be_seen_alone(panel: ReplanPanel) -> None:
    moves = panel._moves
    moves.mode.value = "on_board"
    assert len(moves.which.options) == 1 + len(panel.model.lives["on_board"].replans)
    moves.which.value = 1
    assert "lives[&quot;on_board&quot;].replans[0].plan" in moves.code.value
    moves.mode.value = "keep_going"
    assert "No new plan was made" in moves.said.value
    assert moves.figure.layout.display == "none"


def test_a_bad_choice_is_a_sentence_and_nothing_runs(panel: ReplanPanel) -> None:
    shown, buttons = panel._controls, panel._controls.buttons
    shown.inputs["start"].value = "noon"
    assert "noon" in shown.message.value
    assert (buttons["break"].disabled, buttons["break"].tooltip) == (True, "Set right what is wrong first")
    shown.inputs["lasting"].value = -1.0
    assert "0 to 8784 h, not -1" in shown.message.value
    shown.inputs["start"].value, shown.inputs["lasting"].value = "2031-02-24 00:00", 12.0
    assert not buttons["break"].disabled
    panel._silence.inputs["start"].value = "2040-01-01"
    assert "outside the campaign" in panel._silence.said.value
    assert panel._silence.run.disabled
    panel._silence.inputs["start"].value = "2031-02-24 00:00"
    panel._members.inputs["members"].value = 1
    assert "2 to 100 members" in panel._members.said.value
    panel._members.inputs["members"].value = 2


def test_disabled_controls_say_why(panel: ReplanPanel) -> None:
    stop = panel._controls.buttons["stop"]
    assert (stop.disabled, stop.tooltip) == (True, "Nothing is running")
    panel.model.stage = "operating"
    assert not stop.disabled
    assert panel._members.run.disabled
    assert panel._members.run.tooltip == "Wait for the present work to end, or stop it"
    panel.model.stage = "idle"


def test_hits_follow_the_kind(panel: ReplanPanel) -> None:
    inputs = panel._controls.inputs
    inputs["kind"].value = "outage"
    assert [value for _, value in inputs["hits"].options] == ["", "link"]
    assert inputs["share"].layout.display == "none"
    inputs["kind"].value = "dust"
    assert inputs["share"].layout.display is None
    inputs["kind"].value = "instrument_fault"
    assert {"robots", "neutron_dosimeter"} <= {value for _, value in inputs["hits"].options}


def test_an_ensemble_is_drawn_and_can_be_taken_away(panel: ReplanPanel) -> None:
    panel._members.run.click()
    done(panel.model)
    assert panel._members.table.value.count("<tr>") == 1 + 3
    assert "polar_winter-ensemble.nc" in panel._members.files.value
    panel._members.kind.value = "histogram"
    assert {trace["type"] for trace in panel._members.figure.data()["data"]} == {"bar"}
    assert "kind=&quot;histogram&quot;" in panel._members.code.value


def test_silence_is_drawn(panel: ReplanPanel) -> None:
    panel._silence.inputs["longest"].value = 2
    panel._silence.run.click()
    done(panel.model)
    assert len(panel._silence.figure.data()["data"]) == 3
    assert "range(1, 3)" in panel._silence.code.value
