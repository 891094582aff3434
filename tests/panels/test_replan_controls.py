"""The controls of the replan dashboard, before there is a plan and with one."""

from __future__ import annotations

import pytest

from ilrs_science.panels.replan_controls import ReplanControls
from tests.panels.broken import done, small_model


@pytest.fixture(scope="module")
def shown() -> ReplanControls:
    """Over a model that has opened."""
    made = ReplanControls(small_model(opened=False))
    made.model.open()
    done(made.model)
    made.follow()
    return made


def test_before_there_is_a_plan_nothing_can_be_broken() -> None:
    made = ReplanControls(small_model(opened=False))
    made.follow()
    assert all(button.disabled for button in made.buttons.values())
    assert "campaign.plan(" in made.code.value
    assert made.list.value == ""


def test_the_controls_show_what_the_model_opened_with(shown: ReplanControls) -> None:
    model = shown.model
    assert shown.inputs["kind"].value == model.kind == "array_loss"
    assert shown.inputs["start"].value == model.start
    assert shown.inputs["lasting"].value == 0.0
    assert [value for _, value in shown.inputs["hits"].options] == ["", "battery"]
    assert not shown.buttons["break"].disabled


def test_a_value_of_the_model_clears_what_was_wrong_with_its_control(shown: ReplanControls) -> None:
    shown.inputs["share"].value = 120.0
    assert "0 to 100 %, not 120" in shown.message.value
    shown.model.share = 30.0
    assert shown.inputs["share"].value == 30.0
    assert "120" not in shown.message.value


def test_the_line_says_what_is_wrong_with_the_choice(shown: ReplanControls) -> None:
    before = shown.model.start
    shown.model.start = "2040-01-01"
    assert shown.line().startswith("# 2040-01-01 lies outside the campaign")
    shown.model.start = before
    assert shown.line().startswith('fault = ilrs.Disruption(kind="array_loss"')


def test_drawn_faults_have_the_line_of_the_draw(shown: ReplanControls) -> None:
    shown.inputs["luck"].value = 2
    shown.buttons["draw"].click()
    done(shown.model)
    shown.follow()
    assert "ilrs.draw(campaign.catalogue.risks.values(), campaign.problem, seed=2" in shown.line()
    shown.buttons["mend"].click()
    done(shown.model)
    shown.follow()
    assert "wrong = []" in shown.line()
    assert "Nothing goes wrong" in shown.list.value
