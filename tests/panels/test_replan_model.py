"""The replan model without widgets: it opens broken, breaks, mends, draws, stops, and lives many times."""

from __future__ import annotations

from typing import Any

import pytest

import ilrs_science as ilrs
from ilrs_science import figures
from ilrs_science.errors import RequestError
from ilrs_science.panels.replan_choices import MODES
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.panels.replan_studies import MembersChoice, SilenceChoice
from tests.panels.broken import done, small_model


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILRS_CACHE", "off")


@pytest.fixture(scope="module")
def model() -> ReplanModel:
    """With its first fault."""
    return small_model()


def stuck(model: ReplanModel, hours: float = 12.0) -> ReplanModel:
    """The robots are stuck from the first second on."""
    model.kind, model.hits, model.start, model.lasting = "instrument_fault", "robots", "2031-02-24", hours
    model.break_it()
    return done(model)  # type: ignore[no-any-return]


def test_it_opens_with_a_plan_a_fault_and_three_lives(model: ReplanModel) -> None:
    assert tuple(model.lives) == MODES
    assert [one.kind for one in model.faults] == ["array_loss"]
    assert model.met == model.faults
    assert model.said.startswith("Planned 32 points; keep going ")


def test_what_breaks_costs_and_a_new_plan_on_board_gets_some_back(model: ReplanModel) -> None:
    stuck(model)
    worth = {mode: life.value for mode, life in model.lives.items()}
    assert worth["keep_going"] < worth["on_board"] <= model.result.objective
    assert model.lives["on_board"].replans
    assert model.plan_at("on_board", 0) is not model.lives["on_board"].replans[-1].plan
    assert model.plan_at("on_board", 10**6) is model.lives["on_board"].replans[-1].plan
    assert model.plan_at("keep_going", 10**6) is model.result.plan


def test_the_code_makes_the_same(model: ReplanModel) -> None:
    stuck(model)
    lines = model.code().splitlines()
    compile(model.code(), "code", "exec")
    made: dict[str, Any] = {
        "ilrs": ilrs,
        "figures": figures,
        "campaign": model.loaded,
        "result": model.result,
    }
    exec("\n".join(lines[5:]), made)
    assert made["lives"]["keep_going"].execution == model.lives["keep_going"].execution
    assert {mode: life.value for mode, life in made["lives"].items()} == {
        mode: life.value for mode, life in model.lives.items()
    }


def test_faults_add_up_and_are_mended(model: ReplanModel) -> None:
    stuck(model)
    model.kind, model.hits = "outage", ""
    model.break_it(also=True)
    done(model)
    assert [one.kind for one in model.met] == ["instrument_fault", "outage"]
    model.mend()
    done(model)
    assert model.met == []
    assert {life.value for life in model.lives.values()} == {model.result.objective}


def test_a_draw_is_the_same_for_the_same_seed(model: ReplanModel) -> None:
    model.luck = 4
    model.draw_faults()
    done(model)
    risks = model.catalogue.risks.values()
    assert model.met == list(ilrs.draw(risks, model.problem, 4, plan=model.result.plan))
    assert model.drawn == 4
    assert "seed=4" in model.code()


def test_what_is_impossible_is_refused_before_anything_runs(model: ReplanModel) -> None:
    before = model.lives
    model.start = "2040-01-01"
    with pytest.raises(RequestError, match="outside the campaign"):
        model.break_it()
    with pytest.raises(RequestError, match="outside the campaign"):
        model.wait_in_silence(SilenceChoice(start="2040-01-01"))
    assert model.stage == "idle"
    assert model.lives is before
    with pytest.raises(RequestError, match="wait until there is a plan"):
        small_model(model.catalogue, opened=False).break_it()


def test_stopping_keeps_what_is_known(model: ReplanModel) -> None:
    stuck(model)
    before = model.lives
    model.observe(lambda change: model.cancel() if change["new"] == "operating" else None, "stage")
    model.live()
    assert model.worker.wait(60)
    model.unobserve_all("stage")
    assert model.lives is before
    assert model.said.startswith("Stopped")


def test_an_ensemble_grows_member_by_member(model: ReplanModel) -> None:
    stuck(model)
    sizes: list[int] = []
    model.observe(lambda change: sizes.append(change["new"].dataset.sizes["seed"]), "members")
    model.sample(MembersChoice(members=2))
    done(model)
    assert sizes == [1, 2]
    found = model.members.dataset
    assert list(found["mode"].values) == list(MODES)
    assert found["done_value"].notnull().all()
    made: dict[str, Any] = {
        "ilrs": ilrs,
        "campaign": model.loaded,
        "result": model.result,
        "wrong": model.met,
    }
    exec(MembersChoice(members=2).line(model), made)
    assert made["members"]["done_value"].equals(found["done_value"])
    model.unobserve_all("members")


def test_silence_has_limits_and_a_cost_for_each_length(model: ReplanModel) -> None:
    stuck(model, 3.0)
    choice = SilenceChoice(start="2031-02-24 00:00", longest=2)
    model.wait_in_silence(choice)
    done(model)
    assert model.silence.silence == (0.0, 1.0, 2.0)
    assert tuple(model.silence.value) == MODES
    made: dict[str, Any] = {
        "ilrs": ilrs,
        "campaign": model.loaded,
        "result": model.result,
        "wrong": model.met,
    }
    exec(choice.line(model, 0), made)
    assert made["autonomy"] == model.silence


def test_a_silence_longer_than_the_campaign_is_a_sentence(model: ReplanModel) -> None:
    model.wait_in_silence(SilenceChoice(start="2031-02-24", longest=9))
    assert model.worker.wait(60)
    assert "end within the problem" in model.wrong
    assert (model.wrong_at, model.stage) == ("waiting", "idle")
