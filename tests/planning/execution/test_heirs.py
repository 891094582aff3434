"""Equal sessions stand in for each other: when one fails, the last of them is lost and not all that follow."""

from __future__ import annotations

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.heirs import heirs_of
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem, renewable

HOLD = {"demands": {"robot": 1}}
ASKED = problem(
    activity("x.1", **HOLD), activity("x.2", precedences=["x.1"], **HOLD), activity("x.3", precedences=["x.2"], **HOLD),
    activity("after", precedences=["x.1"]), activity("other", 2, precedences=["x.2"], **HOLD),
    resources=(renewable(),),
)  # fmt: skip
PLAN = Plan.of(ASKED, {"x.1": 0, "x.2": 2 * TICK, "x.3": 5 * TICK, "after": 4 * TICK, "other": 8 * TICK})
HANG = Disruption(kind="instrument_fault", start_s=0, end_s=2 * TICK, resources=("robot",))
HURRIED = Executive(patience_s=TICK)


def outcomes(*wrong: Disruption, rules: Executive = HURRIED) -> dict[str, tuple[int | None, str]]:
    ran = execute(ASKED, PLAN, wrong, executive=rules)
    assert check(ASKED, ran.done) == []
    return {run.id: (run.start_s, run.outcome) for run in ran.runs}


def test_only_equal_followers_are_heirs() -> None:
    assert heirs_of(ASKED) == {"x.1": ("x.2",), "x.2": ("x.3",)}
    longer = problem(activity("x.1"), activity("x.2", 2, precedences=["x.1"]))
    assert heirs_of(longer) == {}


def test_one_that_fails_is_done_in_the_place_of_the_next_and_the_last_is_lost() -> None:
    assert outcomes(HANG) == {
        "x.3": (None, "skipped"),
        "x.1": (2 * TICK, "done"),
        "after": (4 * TICK, "done"),
        "x.2": (5 * TICK, "done"),
        "other": (8 * TICK, "done"),
    }


def test_one_that_is_stopped_counts_as_the_last_too() -> None:
    late = HANG.model_copy(update={"start_s": TICK // 2})
    assert outcomes(late)["x.3"] == (0, "aborted")
    assert outcomes(late)["x.1"] == (2 * TICK, "done")


def test_where_sessions_are_numbered_all_that_follow_are_lost() -> None:
    numbered = HURRIED.model_copy(update={"sessions": "numbered"})
    assert {outcome for _, outcome in outcomes(HANG, rules=numbered).values()} == {"skipped"}


def test_what_fails_after_the_last_place_has_no_heir() -> None:
    later = HANG.model_copy(update={"start_s": 5 * TICK, "end_s": 7 * TICK})
    found = outcomes(later)
    assert found["x.3"] == (None, "skipped")
    assert found["x.1"] == (0, "done")
