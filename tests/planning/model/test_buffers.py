"""Battery and storage are one kind of room: what is in it, what restores it, who uses it up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.model.buffers import Buffer, buffers
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, small_problems, storage

WH = 3_600_000  # [mJ]


def only(asked: Problem) -> Buffer:
    (found,) = buffers(asked)
    return found


def steps(buffer: Buffer) -> list[tuple[int, int]]:
    return list(zip(buffer.times.tolist(), buffer.inflow.tolist(), strict=True))


def test_the_room_of_a_battery_is_its_charge_above_the_minimum() -> None:
    found = only(problem(activity("a", energy_W=6), activity("b"), resources=(battery(10, 5, minimum_Wh=2),)))
    assert (found.id, found.size, found.initial) == ("battery", 8 * WH, 3 * WH)
    assert found.use == {"a": ((0, TICK, 6000),)}
    assert steps(found) == [(0, 0)]


def test_the_room_of_a_storage_is_what_is_free() -> None:
    found = only(problem(activity("a", data_Mbit_s=0.5), activity("b"), resources=(storage(900, 300),)))
    assert (found.id, found.size, found.initial) == ("storage", 900_000_000, 600_000_000)
    assert found.use == {"a": ((0, TICK, 500_000),)}


def test_arrays_give_and_station_and_passes_take() -> None:
    # 12 W of arrays from tick 1; 2 W of load from tick 3; 5 W for the pass of ticks 4 to 5.
    asked = problem(
        resources=(
            battery(generation=[(TICK, 12.0)], load=[(3 * TICK, 2.0)]),
            storage(),
            link((4, 5, 1.0), power=5.0),
        )
    )
    charge, volume = buffers(asked)
    assert steps(charge) == [
        (0, 0), (TICK, 12_000), (3 * TICK, 10_000), (4 * TICK, 5_000), (5 * TICK, 10_000),
    ]  # fmt: skip
    assert steps(volume) == [(0, 0), (4 * TICK, 1_000_000), (5 * TICK, 0)]


def test_each_step_of_the_arrays_lasts_until_the_next() -> None:
    generation = [(0, 6.0), (TICK, 12.0), (2 * TICK, 3.0), (5 * TICK, 0.0)]
    load = [(TICK, 1.0), (3 * TICK, 2.0)]
    found = only(problem(resources=(battery(generation=generation, load=load),)))
    assert steps(found) == [
        (0, 6_000), (TICK, 11_000), (2 * TICK, 2_000), (3 * TICK, 1_000), (5 * TICK, -2_000),
    ]  # fmt: skip


def test_passes_at_one_time_drain_together() -> None:
    found = only(problem(resources=(storage(), link((1, 3, 1.0), (2, 4, 0.5)))))
    assert steps(found) == [
        (0, 0), (TICK, 1_000_000), (2 * TICK, 1_500_000), (3 * TICK, 500_000), (4 * TICK, 0),
    ]  # fmt: skip


def test_what_lies_beyond_the_horizon_counts_for_nothing() -> None:
    asked = problem(
        resources=(
            battery(generation=[(-2 * TICK, 6.0), (20 * TICK, 99.0)]),
            storage(),
            link((-2, 1, 1.0), (11, 15, 1.0)),
        )
    )
    charge, volume = buffers(asked)
    assert steps(charge) == [(0, 6_000)]
    assert steps(volume) == [(0, 1_000_000), (TICK, 0), (11 * TICK, 1_000_000)]


def test_without_stores_there_are_none() -> None:
    assert buffers(problem(activity("a"))) == []


@given(small_problems(), st.data())
def test_what_is_restored_is_the_sum_over_every_second(asked: Problem, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, asked.horizon_s), min_size=1, max_size=4))
    for buffer in buffers(asked):
        seconds = np.arange(asked.horizon_s)
        rates = buffer.inflow[np.searchsorted(buffer.times, seconds, side="right") - 1]
        expected = [int(rates[:moment].sum()) for moment in at]
        assert buffer.restored(np.array(at)).tolist() == expected


@pytest.mark.parametrize("low", [0.0, 4.999, 5.0])
def test_a_battery_at_its_minimum_has_no_room(low: float) -> None:
    assert only(problem(resources=(battery(10, 5, minimum_Wh=low),))).initial == round((5 - low) * WH)
