"""Starts on time are what the judge finds late nowhere, for any passes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.delivery import late_data
from ilrs_science.planning.model.punctual import on_time
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

HORIZON = 40

passes = st.lists(
    st.tuples(st.integers(0, HORIZON - 1), st.integers(1, 12), st.integers(1, 4)), max_size=4
).map(lambda spans: _disjoint(spans))


def _disjoint(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for start, length, rate in sorted(spans):
        if not found or found[-1][1] <= start:
            found.append((start, min(HORIZON, start + length), rate))
    return found


@given(passes, st.integers(1, 8), st.integers(1, 3), st.integers(0, 15), st.sampled_from([0, 5]))
def test_starts_on_time_are_those_at_which_the_judge_finds_nothing_late(
    spans: list[tuple[int, int, int]], length: int, rate: int, latency: int, before: int
) -> None:
    asked = Problem(
        horizon_s=HORIZON,
        activities=[{"id": "a", "duration_s": length, "data_Mbit_s": rate, "latency_s": latency}],
        resources=[
            {"kind": "storage", "id": "s", "capacity_Mbit": 1000, "initial_Mbit": before},
            {"kind": "link", "id": "l", "passes": spans},
        ],
    )
    times = np.unique([0, HORIZON, *(time for start, end, _ in spans for time in (start, end))])
    rates = np.array([sum(r * 10**6 for start, end, r in spans if start <= at < end) for at in times[:-1]])
    made = (length, rate * 10**6, latency)
    whole = [(0, 11), (13, HORIZON - length)]
    found = on_time(times, rates, made, whole, before=before * 10**6)
    good = {
        start
        for first, last in whole
        for start in range(first, last + 1)
        if not list(late_data(asked, asked.storages[0], Plan.of(asked, {"a": start})))
    }
    assert {start for first, last in found for start in range(first, last + 1)} == good
