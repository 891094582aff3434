"""Data that would leave too late block a start, whether its own or those of others that wait."""

from __future__ import annotations

from ilrs_science.planning.explain.lateness import late
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, link, problem, storage

STORES = (storage(6000), link((4, 5, 1.0), (8, 9, 1.0)))


def test_its_own_data_must_leave_in_time() -> None:
    asked = problem(activity("a", data_Mbit_s=1, latency_s=2 * TICK), resources=STORES)
    found = list(late(Scene(asked, Plan.of(asked, {})), asked.by_id["a"]))
    assert [(one.first_s, one.last_s) for one in found] == [
        (0, 2 * TICK - 1), (4 * TICK + 1, 6 * TICK - 1), (8 * TICK + 1, 9 * TICK),
    ]  # fmt: skip
    assert (found[0].rule, found[0].by) == (Rule.LATENCY, ())
    assert found[0].reason == "data of a would leave storage too late"


def test_urgent_data_make_others_wait() -> None:
    asked = problem(
        activity("a", data_Mbit_s=1, latency_s=5 * TICK),
        activity("b", data_Mbit_s=1, urgency=1),
        resources=STORES,
    )
    first = next(iter(late(Scene(asked, Plan.of(asked, {"a": 0})), asked.by_id["b"])))
    assert (first.first_s, first.last_s, first.by) == (0, 5 * TICK - 1, ("a",))


def test_without_deadlines_nothing_is_late() -> None:
    asked = problem(activity("a", data_Mbit_s=1), resources=STORES)
    assert list(late(Scene(asked, Plan.of(asked, {})), asked.by_id["a"])) == []
