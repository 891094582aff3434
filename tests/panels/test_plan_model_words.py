"""What the plan model says of results and experiments, without a search."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.errors import DataFileError, RequestError
from ilrs_science.intervals import Windows
from ilrs_science.panels.plan_model import PlanModel
from ilrs_science.panels.worker import LatestOnly, sentence_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.search.progress import Progress
from tests.planning.problems import TICK, activity, problem


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def model(catalogue: Catalogue) -> PlanModel:
    return PlanModel(catalogue)


def found(**changes: Any) -> Any:
    """A result of two sessions of three."""
    asked = problem(*[activity(f"a.{number}") for number in (1, 2, 3)])
    plan = Plan.of(asked, {"a.1": 0, "a.2": TICK})
    fields = {"plan": plan, "status": "FEASIBLE", "objective": 2.0, "bound": 2.5, "checked": True}
    return SimpleNamespace(**{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {},
            "2 of 3 sessions, value 2. Better plans may exist: no plan can exceed 2.5. The independent",
        ),
        (
            {"status": "OPTIMAL", "bound": 2.0},
            "2 of 3 sessions, value 2. This is proved to be the best plan. The",
        ),
        ({"bound": None}, "value 2. Better plans may exist: no bound is known."),
        ({"checked": False}, "The independent checker found faults!"),
        ({"objective": None}, "There is no plan."),
    ],
)
def test_the_verdict_is_a_sentence(model: PlanModel, changes: dict[str, Any], says: str) -> None:
    model.result = found(**changes)
    assert says in model.verdict


def test_progress_is_told_but_not_more_than_four_times_a_second(
    model: PlanModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("ilrs_science.panels.plan_model.time.monotonic", lambda: now)
    model._report(Progress("search", None, 9.0, 0.1))
    assert model.said == "", "there is no plan to speak of"
    model._report(Progress("search", 3.0, 9.0, 1.4))
    assert model.said == "Planning: value 3, no plan can exceed 9 (1 s)"
    model._report(Progress("search", 4.0, 9.0, 1.5))
    assert "value 3" in model.said
    now = 100.3
    model._report(Progress("search", 5.0, 8.0, 1.8))
    assert model.said == "Planning: value 5, no plan can exceed 8 (2 s)"


COULD_NOT = "This could not be computed"
HOUR = np.timedelta64(1, "h")
START = np.datetime64("2031-01-01T00", "us")


@pytest.mark.parametrize(
    ("hours", "short", "says"),
    [
        ((), True, "never possible in this span"),
        ((1, 1), True, "no window is as long as a session"),
        ((1, 2), True, "did not fit beside the others"),
        ((), False, ""),
    ],
)
def test_what_is_left_out_has_a_reason(
    model: PlanModel, hours: tuple[int, ...], short: bool, says: str
) -> None:
    starts = [START + 10 * number * HOUR for number in range(len(hours))]
    ends = [start + length * HOUR for start, length in zip(starts, hours, strict=True)]
    record = SimpleNamespace(record=SimpleNamespace(id=model.campaign), windows={"a": Windows(starts, ends)})
    model._loaded = record
    assert model._reason("a", 7200.0, short) == says


def test_a_failure_ends_the_work_with_a_sentence(model: PlanModel) -> None:
    model.stage = "planning"
    model._failed("The data are gone.")
    assert (model.stage, model.wrong) == ("idle", "The data are gone.")
    model._say("planning", "Again …")
    assert (model.stage, model.said, model.wrong, model.progress) == ("planning", "Again …", "", 0.0)


def test_another_campaign_is_loaded_once_and_only_when_asked_for(
    model: PlanModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def load(name: str, catalogue: Catalogue) -> Any:
        asked.append(name)
        return SimpleNamespace(record=SimpleNamespace(id=name))

    monkeypatch.setattr("ilrs_science.panels.plan_model.load_campaign", load)
    assert asked == []
    first = model.loaded
    assert model.loaded is first
    model._loaded = SimpleNamespace(record=SimpleNamespace(id="another"))
    assert model.loaded is not first
    assert asked == [model.campaign, model.campaign]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (RequestError("the span is too long"), "The span is too long."),
        (RequestError("why? "), "Why?"),
        (DataFileError("de440 is missing!"), "De440 is missing!"),
        (RequestError(""), "."),
        (
            ValueError("/secret"),
            "This could not be computed; the server's log has the details. Other settings may work.",
        ),
    ],
)
def test_an_error_is_a_sentence(error: Exception, says: str) -> None:
    assert sentence_of(error) == says


def test_a_worker_says_whether_it_works() -> None:
    worker = LatestOnly(on_error=lambda text: None)
    seen: list[str] = []
    assert (repr(worker), worker.busy, worker.wait(0)) == ("<LatestOnly idle>", False, True)
    worker.submit(lambda: seen.append(repr(worker)))
    assert worker.wait(5)
    assert seen == ["<LatestOnly busy>"]


def check_that(holds: bool) -> None:
    assert holds


def test_waiting_has_an_end(model: PlanModel) -> None:
    gate = threading.Event()
    model.worker.submit(lambda: check_that(gate.wait(10)))
    assert not model.worker.wait(0.01)
    gate.set()
    assert model.worker.wait(5)
