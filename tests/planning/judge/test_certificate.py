"""A certificate is verified without a solver and finds every alteration."""

from __future__ import annotations

import json

import pytest

from ilrs_science.planning.judge.certificate import verify
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, battery, problem, renewable


@pytest.fixture(scope="module")
def asked() -> Problem:
    return problem(
        activity("a", 2, demands={"robot": 1}, energy_W=6, value=2.5),
        activity("b", 3, demands={"robot": 1}),
        activity("c", 9, demands={"robot": 1}),
        resources=(renewable(), battery(10, 5)),
    )


@pytest.fixture(scope="module")
def result(asked: Problem) -> PlanResult:
    return solve(asked, time_limit="10 s")


def test_an_honest_result_verifies_also_after_reading_it_back(asked: Problem, result: PlanResult) -> None:
    assert verify(asked, result.plan, result.certificate) == []
    read = PlanResult.from_json(result.to_json())
    assert read == result
    assert verify(Problem.from_json(asked.to_json()), read.plan, read.certificate) == []
    assert Plan.from_json(result.to_json()) == result.plan


def test_a_start_altered_by_one_second_is_named(asked: Problem, result: PlanResult) -> None:
    fields = json.loads(result.to_json())
    moved = fields["plan"]["placements"][0]
    moved["start_s"] += 1
    moved["end_s"] += 1
    read = PlanResult.from_json(json.dumps(fields))
    found = verify(asked, read.plan, read.certificate)
    assert [(one.rule, one.activity) for one in found if one.rule is Rule.CERTIFICATE] == [
        (Rule.CERTIFICATE, moved["id"])
    ]
    assert (
        f"'{moved['id']}', from {moved['start_s']} to {moved['end_s']} s, is not what was certified"
        in str(found[0])
    )


def test_what_is_added_or_taken_away_is_named(asked: Problem, result: PlanResult) -> None:
    extra = Placement(id="x", start_s=0, end_s=1)
    more = verify(asked, result.plan.replace(placements=(*result.plan.placements, extra)), result.certificate)
    assert "'x' is in the plan but not in the certificate" in [one.message for one in more]
    gone = result.plan.placements[0].id
    less = verify(asked, result.plan.replace(placements=result.plan.placements[1:]), result.certificate)
    assert f"'{gone}' is in the certificate but not in the plan" in [one.message for one in less]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bound": 9.0}, "its bound 9.0 is not its value"),
        ({"bound": 1.0}, "no plan is better than 1"),
        ({"objective": 99.0}, "it claims a value of 99"),
        ({"seed": 99}, "the certificate itself was altered"),
        ({"problem": "0" * 64}, "it was made for another problem"),
        ({"verdict": ("window: too late",)}, "its plan was already wrong when it was made: window: too late"),
        ({"objective": None, "status": "UNKNOWN"}, "its status is UNKNOWN but there is a plan"),
    ],
)
def test_an_altered_claim_is_named(
    asked: Problem, result: PlanResult, changes: dict[str, object], says: str
) -> None:
    forged = result.certificate.model_copy(update=changes)
    messages = [one.message for one in verify(asked, result.plan, forged)]
    assert any(says in message for message in messages)
    assert "the certificate itself was altered" in messages


def test_an_altered_problem_is_seen(asked: Problem, result: PlanResult) -> None:
    other = asked.replace(name="renamed")
    assert verify(other, result.plan, result.certificate) != []


def test_an_infeasible_result_verifies(asked: Problem) -> None:
    hopeless = asked.replace(resources=[renewable(), battery(10, 5, load=[(0, 60.0)])])
    result = solve(hopeless)
    assert result.status == "INFEASIBLE"
    assert verify(hopeless, result.plan, result.certificate) == []


def test_the_certificate_says_what_made_it(result: PlanResult) -> None:
    assert set(result.certificate.versions) == {"python", "ilrs-science", "numpy", "ortools", "pydantic"}
    assert result.certificate.verdict == ()
    assert result.certificate.stopped == "proof"


def test_what_is_left_out_is_covered() -> None:
    asked = problem(activity("a"), activity("b", windows=[]))
    result = solve(asked, time_limit="2 s")
    assert result.verify(asked) == []
    for left, says in (
        ((), "'b' is not done, but the plan does not name it"),
        (("a", "b"), "'a' is named among"),
    ):
        altered = result.model_copy(update={"plan": result.plan.replace(left_out=left)})
        assert any(says in str(one) for one in altered.verify(asked))
