"""What is surely used within a span is never more than what a true plan uses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.buffers import buffers
from ilrs_science.planning.model.knapsacks import Knapsack, knapsacks
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, small_problems, storage


def test_two_recordings_between_two_passes_do_not_fit_a_storage_for_one() -> None:
    entries = [activity(name, 2, data_Mbit_s=1.0, windows=[(4 * TICK, 8 * TICK)]) for name in "ab"]
    asked = problem(*entries, resources=(storage(1800), link((1, 2, 1.0), (9, 10, 1.0))))
    (buffer,) = buffers(asked)
    assert knapsacks(asked, buffer)[0] == Knapsack(
        4 * TICK, 8 * TICK, 1_800_000_000, {"a": 1_200_000_000, "b": 1_200_000_000}
    )


def test_only_what_no_start_avoids_counts() -> None:
    # 3 ticks within 4 ticks always cover the 2 in the middle, which are all the window of b.
    asked = problem(
        activity("a", 3, energy_W=6, windows=[(0, 4 * TICK)]),
        activity("b", 2, energy_W=6, windows=[(TICK, 3 * TICK)]),
        resources=(battery(3, 3),),
    )
    (buffer,) = buffers(asked)
    found = [span.shares for span in knapsacks(asked, buffer)]
    assert {"a": 2 * 3_600_000, "b": 2 * 3_600_000} in found  # from 0 or 1 tick to 3 ticks
    assert {"a": 3 * 3_600_000, "b": 2 * 3_600_000} in found  # from 0 to 4 ticks


def test_there_is_none_where_all_fits() -> None:
    asked = problem(activity("a", 3, energy_W=6), resources=(battery(10, 10),))
    (buffer,) = buffers(asked)
    assert knapsacks(asked, buffer) == []


@given(small_problems(), st.data())
def test_every_true_plan_satisfies_every_knapsack(asked: Problem, data: st.DataObject) -> None:
    starts = {}
    for entry in asked.activities:
        spans = entry.starts(asked.horizon_s)
        if spans and data.draw(st.booleans()):
            first, last = data.draw(st.sampled_from(spans))
            starts[entry.id] = data.draw(st.integers(first, last))
    broken = {found.rule.value for found in check(asked, Plan.of(asked, starts))}
    for name, buffer in zip(("battery", "storage"), buffers(asked), strict=True):
        if name not in broken:
            for span in knapsacks(asked, buffer):
                assert sum(share for done, share in span.shares.items() if done in starts) <= span.room
