"""The front of value against fairness: by brute force, bounded, and honest about what is not known."""

from __future__ import annotations

from itertools import product

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.shares import FrontPoint, fairness, partner_values, share_tradeoff
from tests.planning.problems import TICK, activity, problem, renewable

EVEN = {"cnsa": 0.5, "esa": 0.5}


def rivals() -> Problem:
    """One robot for six ticks; what cnsa does is worth more."""
    entries = [
        activity(f"{who}{k}", 1 + k, value=value + k, partner=who, demands={"robot": 1})
        for who, value in (("cnsa", 5), ("esa", 1))
        for k in range(3)
    ]
    return problem(*entries, resources=(renewable(),), horizon_s=6 * TICK)


def subsets(asked: Problem) -> list[Plan]:
    """All plans of the rivals, one after the other."""
    found = []
    for done in product((False, True), repeat=len(asked.activities)):
        at, starts = 0, {}
        for entry, there in zip(asked.activities, done, strict=True):
            if there:
                starts[entry.id] = at
                at += entry.duration_s
        plan = Plan.of(asked, starts)
        if not check(asked, plan):
            found.append(plan)
    return found


def test_every_point_is_the_best_plan_that_is_so_fair() -> None:
    asked = rivals()
    plans = subsets(asked)
    front = share_tradeoff(asked, asked=(0, 0.25, 0.5, 0.75, 0.9, 1), time_limit="30 s")
    for point in front.points:
        best = max(
            sum(partner_values(asked, plan).values())
            for plan in plans
            if fairness(asked, plan, EVEN) >= point.asked - 1e-9
        )
        assert (point.value, point.bound, point.proved) == (best, best, True)
        assert point.plan is not None
        assert point.fairness is not None
        assert point.fairness >= point.asked - 1e-9
        assert check(asked, point.plan) == []


def test_the_table_tells_what_fairness_costs() -> None:
    front = share_tradeoff(rivals(), asked=(0.75, 0), time_limit="20 s")
    table = front.to_frame()
    assert list(table.columns) == [
        "asked", "fairness", "status", "value", "bound", "proved", "cost", "cnsa", "esa",
    ]  # fmt: skip
    assert table["status"].to_list() == ["OPTIMAL", "OPTIMAL"]
    assert table["asked"].to_list() == [0, 0.75]
    assert table["cost"][0] == 0
    assert table["cost"][1] == table["value"][0] - table["value"][1] > 0
    assert (table["cnsa"] + table["esa"]).to_list() == pytest.approx([1, 1])
    assert repr(front).startswith("<ShareTradeoff fairness: value 0: ")
    assert "2 of 2 proved" in repr(front)


def test_points_come_as_they_are_found_and_a_cancel_ends_them() -> None:
    seen: list[FrontPoint] = []
    front = share_tradeoff(rivals(), asked=(0, 0.5, 1), progress=seen.append, cancel=lambda: len(seen) > 0)
    assert [point.asked for point in seen] == [1, 0.5, 0]
    assert [point.value is None for point in front.points] == [True, True, False]
    assert not front.points[0].proved
    assert front.points[0].status == "UNKNOWN"
    assert "0: none found" in repr(front)


def test_a_fairness_that_no_plan_has_is_told_as_proved() -> None:
    must = activity("cnsa", 5, partner="cnsa", value=9, optional=False, demands={"robot": 1})
    asked = problem(
        must,
        activity("esa", partner="esa", demands={"robot": 1}),
        resources=(renewable(),),
        horizon_s=6 * TICK,
    )
    front = share_tradeoff(asked, asked=(0, 0.1, 0.5, 1), time_limit="10 s")
    table = front.to_frame()
    assert table["status"].to_list() == ["OPTIMAL", "OPTIMAL", "INFEASIBLE", "INFEASIBLE"]
    assert table["proved"].all()
    assert (
        repr(front)
        == "<ShareTradeoff fairness: value 0: 10, 0.1: 10, 0.5: impossible, 1: impossible; 4 of 4 proved>"
    )


def test_the_time_that_is_left_goes_to_what_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[float, float]] = []

    def ask(
        _: Budget, question: Problem, *, most_s: float, first: Plan | None, bound: float | None
    ) -> Answer:
        level = question.shares["esa"]
        given.append((level, most_s))
        plan = Plan.of(question, {"cnsa0": 0, "esa0": TICK, "esa1": 2 * TICK} if not first else first.starts)
        if level or bound is not None:
            return Answer("OPTIMAL", plan, 8.0, 8.0, 0.0)
        return Answer("FEASIBLE", plan, 8.0, 99.0, 0.0)

    monkeypatch.setattr(Budget, "ask", ask)
    front = share_tradeoff(rivals(), asked=(0, 0.5), time_limit="1 h")
    assert [level for level, _ in given] == [0.25, 0, 0]
    assert given[2][1] > 3000
    assert [point.status for point in front.points] == ["OPTIMAL", "OPTIMAL"]


def test_the_shares_of_the_problem_itself_hold_too() -> None:
    own = rivals().replace(shares={"esa": 0.3})
    (point,) = share_tradeoff(own, asked=(0,), time_limit="10 s").points
    assert point.plan is not None
    values = partner_values(own, point.plan)
    assert values["esa"] >= 0.3 * sum(values.values())


def test_an_empty_plan_is_fair_and_nobody_needs_a_share() -> None:
    asked = rivals()
    assert fairness(asked, Plan.of(asked, {}), EVEN) == 1
    assert fairness(asked, Plan.of(asked, {"cnsa0": 0}), EVEN) == 0
    assert fairness(asked, Plan.of(asked, {"cnsa0": 0}), {"cnsa": 1.0, "esa": 0.0}) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"due": {"esb": 0.5}}, "unknown partner 'esb'"),
        ({"due": {"esa": 0.7, "cnsa": 0.6}}, "add up to 1.3"),
        ({"due": {"esa": -0.1}}, "-0.1 of 'esa'"),
        ({"asked": (0.5, 1.2)}, "each from 0 to 1"),
        ({"asked": ()}, "one fairness at least"),
    ],
)
def test_what_cannot_be_asked_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(RequestError, match=says.replace(".", r"\.")):
        share_tradeoff(rivals(), **wrong)  # type: ignore[arg-type]


def test_without_partners_there_is_nothing_to_share() -> None:
    with pytest.raises(RequestError, match="name their partners"):
        share_tradeoff(problem(activity("a")))


def test_a_fairness_that_its_own_shares_leave_no_room_for_is_impossible() -> None:
    asked = problem(activity("a", partner="north"), activity("b", partner="south"), shares={"north": 0.3})
    front = share_tradeoff(asked, due={"north": 0, "south": 1}, asked=(0, 1), time_limit="5 s")
    assert [point.status for point in front.points] == ["OPTIMAL", "INFEASIBLE"]
