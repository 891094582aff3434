"""What a certificate may claim: the verifier knows a claim that holds from one that cannot."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge import certificate as module
from ilrs_science.planning.judge.certificate import Certificate, certify, objective_of, verify
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from tests.planning.problems import TICK, activity, problem, renewable, small_problems

VALUE = problem(activity("a", 2, value=2.5), activity("b", 2, value=1), activity("c", 2, value=0.001))
SPAN = problem(activity("a", 2), activity("b", 3, precedences=["a"]), objective="makespan")

CLAIMS = {"seed": 7, "deterministic": False, "time_limit_s": 60.0, "stopped": "time", "status": "FEASIBLE"}


def certified(asked: Problem, plan: Plan, **claims: object) -> Certificate:
    return certify(asked, plan, **{**CLAIMS, "bound": None, **claims})


def complaints(asked: Problem, plan: Plan, certificate: Certificate) -> list[str]:
    return [found.message for found in verify(asked, plan, certificate)]


@pytest.mark.parametrize(
    ("starts", "objective"),
    [({}, 0.0), ({"a": 0}, 2.5), ({"a": 0, "c": 0}, 2.501), ({"a": 0, "b": 0, "c": 0}, 3.501)],
)
def test_the_value_of_a_plan_is_the_sum_of_what_is_done(starts: dict[str, int], objective: float) -> None:
    assert objective_of(VALUE, Plan.of(VALUE, starts)) == objective


def test_the_makespan_of_a_plan_is_its_last_end() -> None:
    assert objective_of(SPAN, Plan.of(SPAN, {"a": 0, "b": 4 * TICK})) == 7.0 * TICK
    assert objective_of(SPAN, Plan.of(SPAN, {"b": 0, "a": 4 * TICK})) == 6.0 * TICK
    assert objective_of(SPAN, Plan.of(SPAN, {})) == 0.0


def test_strangers_are_worth_nothing() -> None:
    plan = Plan(epoch=VALUE.epoch, placements=(Placement(id="x", start_s=0, end_s=1),))
    assert objective_of(VALUE, plan) == 0.0


@pytest.mark.parametrize(("bound", "sound"), [(None, True), (99.0, True), (2.5, True), (2.499, False)])
def test_a_bound_lies_at_or_above_the_value(bound: float | None, sound: bool) -> None:
    plan = Plan.of(VALUE, {"a": 0})
    said = [] if sound else ["it claims that no plan is better than 2.499, but its own has 2.5"]
    assert complaints(VALUE, plan, certified(VALUE, plan, bound=bound)) == said


@pytest.mark.parametrize(("bound", "sound"), [(None, True), (1.0, True), (3000.0, True), (3001.0, False)])
def test_a_bound_lies_at_or_below_the_makespan(bound: float | None, sound: bool) -> None:
    plan = Plan.of(SPAN, {"a": 0, "b": 2 * TICK})
    said = [] if sound else ["it claims that no plan is better than 3001, but its own has 3000"]
    assert complaints(SPAN, plan, certified(SPAN, plan, bound=bound)) == said


@pytest.mark.parametrize(("bound", "says"), [(2.5, []), (3.0, ["its bound 3.0"]), (None, ["its bound None"])])
def test_an_optimum_has_its_bound(bound: float | None, says: list[str]) -> None:
    plan = Plan.of(VALUE, {"a": 0})
    found = complaints(VALUE, plan, certified(VALUE, plan, status="OPTIMAL", bound=bound))
    assert [f"it claims the optimum, but {one} is not its value 2.5" for one in says] == found


def test_the_verdict_of_the_checker_is_inside_and_verified() -> None:
    clash = problem(*[activity(one, demands={"robot": 1}) for one in "ab"], resources=(renewable(),))
    plan = Plan.of(clash, {"a": 0, "b": 0})
    made = certified(clash, plan)
    assert made.verdict == ("resource: 2 of 'robot' are held at 0 s but there are 1",)
    found = complaints(clash, plan, made)
    assert found[0].startswith("its plan was already wrong when it was made: resource: 2 of 'robot'")
    assert found[1:] == ["2 of 'robot' are held at 0 s but there are 1"]


@pytest.mark.parametrize("status", ["INFEASIBLE", "UNKNOWN"])
def test_without_a_plan_nothing_is_claimed_of_it(status: str) -> None:
    must = problem(activity("a", optional=False))
    made = certified(must, Plan.of(must, {}), status=status)
    assert (made.objective, made.verdict, made.seals) == (None, (), {})
    assert verify(must, Plan.of(must, {}), made) == []
    late = complaints(must, Plan.of(must, {"a": 0}), made)
    assert f"its status is {status} but there is a plan" in late
    assert "'a' is in the plan but not in the certificate" in late


def test_an_empty_plan_that_is_claimed_feasible_is_checked() -> None:
    must = problem(activity("a", optional=False))
    found = complaints(must, Plan.of(must, {}), certified(must, Plan.of(must, {})))
    assert "'a' must be done but is left out" in found


def test_every_field_is_under_the_digest() -> None:
    plan = Plan.of(VALUE, {"a": 0})
    made = certified(VALUE, plan, note="a note")
    other = {
        "problem": "0", "versions": {}, "seed": 8, "deterministic": True, "time_limit_s": 1.0, "stopped": "proof",
        "goal": "makespan", "status": "OPTIMAL", "objective": 1.0, "bound": 1.0, "verdict": ("x",), "note": "",
        "seals": {},
    }  # fmt: skip
    assert set(other) == set(Certificate.model_fields) - {"form", "digest"}
    assert made.sealed() == made.digest
    for name, value in other.items():
        assert made.model_copy(update={name: value}).sealed() != made.digest, name


@given(small_problems(), st.data())
def test_moving_any_activity_by_any_time_breaks_its_seal(asked: Problem, data: st.DataObject) -> None:
    starts = {entry.id: data.draw(st.integers(0, asked.horizon_s)) for entry in asked.activities}
    made = certified(asked, Plan.of(asked, starts))
    name = data.draw(st.sampled_from(sorted(starts)))
    shift = data.draw(st.integers(-10_000, 10_000).filter(bool))
    moved = Plan.of(asked, {**starts, name: starts[name] + shift})
    assert [found.activity for found in verify(asked, moved, made) if "was certified" in found.message] == [
        name
    ]


def test_a_seal_holds_for_one_epoch_alone() -> None:
    plan = Plan.of(VALUE, {"a": 0})
    made = certified(VALUE, plan)
    found = complaints(VALUE, plan.replace(epoch="2031-01-01T00:00:01Z"), made)
    assert "'a', from 0 to 1200 s, is not what was certified" in found


def test_a_package_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGES", ("numpy", "surely-not-a-package"))
    versions = certified(VALUE, Plan.of(VALUE, {})).versions
    assert versions["surely-not-a-package"] == "not installed"
    assert versions["numpy"][0].isdigit()


def result(**claims: object) -> PlanResult:
    """Result of a plan of 2.5 points."""
    plan = Plan.of(VALUE, {"a": 0})
    made = certified(VALUE, plan, **claims)
    numbers = {"status": made.status, "objective": made.objective, "bound": made.bound, "runtime": 1.5}
    return PlanResult.model_validate({"plan": plan, "certificate": made, **numbers})


@pytest.mark.parametrize(
    ("bound", "gap", "says"),
    [
        (None, None, "(bound none)"),
        (2.5, 0.0, "(bound 2.5)"),
        (5.0, 0.5, "(bound 5.0, gap 50.0%)"),
        (2.503, 0.003 / 2.503, "(bound 2.503, gap 0.1%)"),
    ],
)
def test_the_gap_is_a_share_of_the_bound(bound: float | None, gap: float | None, says: str) -> None:
    found = result(bound=bound)
    assert found.gap == (None if gap is None else pytest.approx(gap))
    assert says in repr(found)


def test_without_an_objective_there_is_no_gap_and_the_note_is_shown() -> None:
    asked = problem(activity("a", optional=False))
    made = certified(asked, Plan.of(asked, {}), status="UNKNOWN", note="time is up")
    found = PlanResult(
        plan=Plan.of(asked, {}), status="UNKNOWN", objective=None, bound=3.0, runtime=0.1, certificate=made
    )
    assert found.gap is None
    assert repr(found) == "<PlanResult UNKNOWN: no plan found for 1 activity; time is up>"


def test_one_violation_is_counted_as_one() -> None:
    found = result()
    worse = found.certificate.model_copy(update={"verdict": ("window: x",)})
    assert repr(found.model_copy(update={"certificate": worse})).endswith("1 violation>")


def test_a_result_reads_back_from_one_line() -> None:
    found = result(note="ä")
    assert "\n" not in found.to_json(indent=None)
    assert PlanResult.from_json(found.to_json(indent=None)) == found
    assert "ä" in found.to_json()


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("status",), "GOOD", "not a plan result: status: "),
        (("certificate", "form"), "ilrs-certificate/2", "certificate.form: "),
        (("plan", "placements"), 5, "plan.placements: "),
        (("colour",), "red", "colour: "),
    ],
)
def test_what_is_wrong_in_a_result_is_named(path: tuple[str, ...], value: object, says: str) -> None:
    fields = json.loads(result().to_json())
    inner = fields
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(RequestError) as caught:
        PlanResult.from_json(json.dumps(fields))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
