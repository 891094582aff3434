"""What is no fault but worth knowing is noted; contradictions are told beside the faults of others."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.planning.judge.notes import hopeless_rest, notes
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem, ProblemError
from tests.planning.problems import TICK, activity, link, problem, renewable, storage


def test_a_sound_problem_has_no_note() -> None:
    asked = problem(activity("a"), resources=(storage(), link((0, 1, 1.0), (1, 2, 1.0))))
    assert notes(asked) == []


def test_what_can_never_be_done_is_noted_with_its_reason() -> None:
    asked = problem(activity("a", windows=[]), activity("b", demands={"robot": 2}), resources=(renewable(),))
    assert notes(asked) == [
        "'a' can never be done: it has no window",
        "'b' can never be done: it needs 2 of 'robot', there is 1 at most",
    ]


def test_a_link_without_a_storage_empties_nothing() -> None:
    assert notes(problem(resources=(link((0, 1, 1.0)),))) == [
        "link 'link' empties nothing: the problem has no storage"
    ]
    assert notes(problem(resources=(link(),))) == []


def test_passes_of_one_link_that_overlap_add_up() -> None:
    asked = problem(resources=(storage(1000, 1000), link((0, 2, 0.5), (1, 3, 0.25))))
    assert notes(asked) == ["link 'link': passes [0, 1200] and [600, 1800] overlap; their rates add up"]
    left = simulate(asked, Plan.of(asked, {})).volume_bit["storage"][-1] / 1e6
    assert left == pytest.approx(1000 - 0.5 * 2 * TICK - 0.25 * 2 * TICK)


def faults_and_rest(*activities: dict[str, Any], **fields: Any) -> list[str]:
    given = {"horizon_s": 12 * TICK, "activities": list(activities), **fields}
    with pytest.raises(ProblemError) as told:
        Problem.from_fields(given)
    return hopeless_rest(given, told.value.faults)


def test_a_fault_of_one_activity_hides_no_clash_of_others() -> None:
    first, second = activity("a", 2, locked_start=0, exclusions=["b"]), activity("b", 2, locked_start=TICK)
    (line,) = faults_and_rest(
        first, second, activity("c", value=-1, needs=["a"]), activity("d", precedences=["c"])
    )
    assert "must not run at the same time" in line


def test_where_the_rest_cannot_be_told_nothing_is_said() -> None:
    clash = activity("a", 2, locked_start=0, exclusions=["b"]), activity("b", 2, locked_start=TICK)
    assert faults_and_rest(*clash, horizon_s=-1) == []
    assert faults_and_rest(*clash, activity("c", value=-1, drain_Mbit_s=1)) == []
    assert hopeless_rest([], ["x"]) == []
