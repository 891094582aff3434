"""What the plan model says of results and experiments, without a search."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.errors import DataFileError, RequestError
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
    asked = problem(*[activity(f"volatile_drilling.{number}") for number in (1, 2, 3)])
    plan = Plan.of(asked, {"volatile_drilling.1": 0, "volatile_drilling.2": TICK})
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
    model.shown = SimpleNamespace(result=found(**changes))
    assert says in model.verdict


def test_the_elapsed_time_goes_on_between_improvements(model: PlanModel) -> None:
    model._say("planning", "Planning …")
    model._tick(0.1, "Planning for up to 20 s …", 2.0)
    assert model.said == "Planning for up to 20 s … (2 s)"
    model._report(Progress("search", None, 9.0, 2.1))
    model._tick(0.12, "Planning for up to 20 s …", 2.4)
    assert "value" not in model.said, "there is no plan to speak of"
    model._report(Progress("search", 3.0, 9.0, 2.5))
    model._tick(0.3, "Planning for up to 20 s …", 6.0)
    assert model.said == "Planning: value 3, no plan can exceed 9 (6 s)"
    model._tick(0.5, "Planning for up to 20 s …", 10.2)
    assert model.said == "Planning: value 3, no plan can exceed 9 (10 s)"
    assert model.progress == 0.5
    model._say("explaining", "Asking …")
    model._tick(0.5, "Asking …", 1.0)
    assert model.said == "Asking … (1 s)"


def test_a_failure_ends_the_work_with_a_sentence(model: PlanModel) -> None:
    model.stage = "planning"
    model._failed("The data are gone.")
    assert (model.stage, model.wrong, model.wrong_at) == ("idle", "The data are gone.", "planning")
    model._say("planning", "Again …")
    assert (model.stage, model.said, model.wrong, model.progress) == ("planning", "Again …", "", 0.0)


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
