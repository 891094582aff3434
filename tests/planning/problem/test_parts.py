"""Activities know where they may start, resources how much there is, and every amount is an exact integer."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ilrs_science.planning.problem.parts import Activity, Battery, Link, Precedence, Renewable, Storage

HORIZON = 100

spans = st.lists(
    st.tuples(st.integers(0, HORIZON), st.integers(0, HORIZON)).map(lambda pair: tuple(sorted(pair))),
    max_size=5,
)


def covered(windows: list[tuple[int, int]]) -> set[int]:
    """Every second that lies within a window."""
    return {second for start, end in windows for second in range(start, end)}


@given(spans)
def test_joined_windows_are_in_order_apart_and_cover_the_same(windows: list[tuple[int, int]]) -> None:
    joined = Activity(id="a", duration_s=1, windows=windows).spans(HORIZON)
    assert covered(joined) == covered(windows)
    assert all(early[1] < late[0] for early, late in itertools.pairwise(joined))


@given(spans, st.integers(1, 40))
def test_a_start_is_allowed_exactly_if_every_second_lies_in_a_window(
    windows: list[tuple[int, int]], length: int
) -> None:
    entry = Activity(id="a", duration_s=length, windows=windows)
    inside = covered(windows)
    assert all(first <= last for first, last in entry.starts(HORIZON))
    allowed = {start for first, last in entry.starts(HORIZON) for start in range(first, last + 1)}
    assert allowed == {start for start in range(HORIZON) if set(range(start, start + length)) <= inside}


@given(spans, st.integers(0, 40), st.integers(0, HORIZON))
def test_a_lock_leaves_one_start_if_the_windows_allow_it(
    windows: list[tuple[int, int]], length: int, at: int
) -> None:
    free = Activity(id="a", duration_s=length, windows=windows)
    may = any(first <= at <= last for first, last in free.starts(HORIZON))
    assert free.model_copy(update={"locked_start": at}).starts(HORIZON) == ([(at, at)] if may else [])


def test_no_windows_is_any_time_and_empty_windows_is_never() -> None:
    assert Activity(id="a", duration_s=30).starts(HORIZON) == [(0, 70)]
    assert Activity(id="a", duration_s=100).starts(HORIZON) == [(0, 0)]
    assert Activity(id="a", duration_s=101).starts(HORIZON) == []
    assert Activity(id="a", duration_s=30, windows=[]).starts(HORIZON) == []


@pytest.mark.parametrize(
    ("optional", "lock", "required"), [(True, None, False), (False, None, True), (True, 0, True)]
)
def test_what_is_mandatory_or_locked_is_required(optional: bool, lock: int | None, required: bool) -> None:
    assert Activity(id="a", duration_s=1, optional=optional, locked_start=lock).required is required


def test_amounts_are_kept_to_their_smallest_step() -> None:
    entry = Activity(id="a", duration_s=1, value=1.23456, energy_W=0.0014, data_Mbit_s=0.00000149)
    assert (entry.value, entry.energy_W, entry.data_Mbit_s) == (1.235, 0.001, 0.000001)
    assert (entry.worth, entry.power_mW, entry.rate_bit_s) == (1235, 1, 1)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_whole_steps_survive_the_way_through_decimals(thousandths: int, bits: int) -> None:
    entry = Activity(
        id="a", duration_s=1, value=thousandths / 1000, energy_W=thousandths / 1000, data_Mbit_s=bits / 1e6
    )
    assert (entry.worth, entry.power_mW, entry.rate_bit_s) == (thousandths, thousandths, bits)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_amounts_are_finite(number: float) -> None:
    for field in ("value", "energy_W", "data_Mbit_s"):
        with pytest.raises(ValidationError, match="finite"):
            Activity(id="a", duration_s=1, **{field: number})
    with pytest.raises(ValidationError, match="finite"):
        Battery(id="b", capacity_Wh=1, initial_Wh=0, generation=[(0, number)])


def test_an_id_alone_is_a_precedence_without_lag() -> None:
    (before,) = Activity(id="b", duration_s=1, precedences=["a"]).precedences
    assert before == Precedence(after="a", min_lag_s=0, max_lag_s=None)


def test_parts_are_frozen_and_refuse_unknown_fields() -> None:
    entry = Activity(id="a", duration_s=1)
    with pytest.raises(ValidationError, match="frozen"):
        entry.duration_s = 2
    with pytest.raises(ValidationError, match="colour"):
        Activity(id="a", duration_s=1, colour="red")


@pytest.mark.parametrize(
    ("profile", "steps"),
    [
        ([], [(0, 100, 5)]),
        ([(30, 2)], [(0, 30, 5), (30, 100, 2)]),
        ([(0, 2)], [(0, 100, 2)]),
        ([(1, 2)], [(0, 1, 5), (1, 100, 2)]),
        ([(-9, 1), (-3, 2), (40, 3)], [(0, 40, 2), (40, 100, 3)]),
        ([(30, 2), (100, 9), (200, 7)], [(0, 30, 5), (30, 100, 2)]),
    ],
)
def test_capacity_over_the_horizon(profile: list[tuple[int, int]], steps: list[tuple[int, int, int]]) -> None:
    assert Renewable(id="r", capacity=5, profile=profile).steps(HORIZON) == steps


@given(st.dictionaries(st.integers(-50, 150), st.integers(0, 9), max_size=6))
def test_capacity_steps_tile_the_horizon_and_follow_the_last_change(changes: dict[int, int]) -> None:
    steps = Renewable(id="r", capacity=5, profile=sorted(changes.items())).steps(HORIZON)
    assert [start for start, _, _ in steps] == [0, *(end for _, end, _ in steps[:-1])]
    assert steps[-1][1] == HORIZON
    for start, end, amount in steps:
        for second in (start, end - 1):
            last = max((time for time in changes if time <= second), default=None)
            assert amount == (5 if last is None else changes[last])


def test_what_is_not_said_has_the_documented_default() -> None:
    plain = Activity(id="a", duration_s=1)
    assert (plain.name, plain.windows, plain.value, plain.demands) == ("", None, 1.0, {})
    assert (plain.energy_W, plain.data_Mbit_s, plain.optional, plain.locked_start) == (0.0, 0.0, True, None)
    assert (plain.precedences, plain.exclusions) == ((), ())
    assert Renewable(id="r", capacity=1).profile == ()
    battery = Battery(id="b", capacity_Wh=2, initial_Wh=1)
    assert (battery.minimum_Wh, battery.generation, battery.load) == (0.0, (), ())
    assert Storage(id="s", capacity_Mbit=1).initial_Mbit == 0.0
    assert (Link(id="l").passes, Link(id="l").power_W) == ((), 0.0)
