"""The arrays say what the problem says."""

from __future__ import annotations

import pytest

from ilrs_science.planning.packing.facts import REQUIRED, facts, packable
from tests.planning.problems import TICK, activity, battery, problem, renewable, storage


def test_spans_stand_in_order_of_what_they_are_worth() -> None:
    asked = problem(activity("a", 2, value=4, value_curve=[(0, 0.5), (6 * TICK, 1.0)]), activity("b", 12))
    known = facts(asked)
    rows = zip(known.span_first.tolist(), known.span_last.tolist(), known.span_worth.tolist(), strict=True)
    assert list(rows) == [(6 * TICK, 10 * TICK, 4000), (0, 6 * TICK - 1, 2000), (0, 0, 1000)]
    assert known.span_at.tolist() == [0, 2, 3]


def test_what_must_be_done_counts_more_than_all_values() -> None:
    known = facts(problem(activity("a", optional=False, value=1e9), activity("b", value=1e9)))
    assert known.span_worth.tolist() == [REQUIRED + 10**12, 10**12]


def test_demands_and_phases_refer_to_rows() -> None:
    hot = activity("a", 2, warm_up_s=60, warm_up_W=3, energy_W=6, demands={"crew": 2}, data_Mbit_s=1)
    asked = problem(hot, resources=(renewable(), renewable("crew", 3), battery(), storage()))
    known = facts(asked)
    assert (known.hold_of.tolist(), known.hold_amount.tolist()) == ([1], [2])
    phases = zip(known.use_of, known.use_begin, known.use_end, known.use_rate, strict=True)
    assert [tuple(map(int, phase)) for phase in phases] == [
        (0, -60, 0, 3000),
        (0, 0, 2 * TICK, 6000),
        (1, 0, 2 * TICK, 1_000_000),
    ]
    assert (known.lead.tolist(), known.held.tolist()) == ([60], [60 + 2 * TICK])


def test_what_goes_with_what_is_told_from_both_sides() -> None:
    asked = problem(
        activity("a"),
        activity("b", precedences=[{"after": "a", "min_lag_s": 5}], exclusions=["a"]),
        activity("c", needs=["b"], choice="one"),
        activity("d", choice="one"),
    )
    known = facts(asked)
    assert (known.before_at.tolist(), known.before_of.tolist()) == ([0, 0, 1, 1, 1], [0])
    assert (known.after_at.tolist(), known.after_of.tolist(), known.after_least.tolist()) == (
        [0, 1, 1, 1, 1],
        [1],
        [5],
    )
    assert known.apart_of.tolist() == [1, 0]
    assert known.rival_of.tolist() == [3, 2]
    assert (known.rely_at.tolist(), known.rely_of.tolist()) == ([0, 1, 2, 2, 2], [1, 2])


@pytest.mark.parametrize(
    ("fields", "known"),
    [({}, True), ({"objective": "makespan"}, False), ({"shares": {"esa": 0.1}}, True)],
)
def test_compiled_code_improves_value_whoever_has_a_share(fields: dict[str, object], known: bool) -> None:
    assert packable(problem(activity("a", partner="esa"), **fields)) is known


def test_latency_is_left_to_repairs() -> None:
    assert packable(problem(activity("a", data_Mbit_s=1, latency_s=9), resources=(storage(),)))
