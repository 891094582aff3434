from __future__ import annotations

import copy
import pickle
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import EpochError
from ilrs_science.intervals import Windows
from tests.intervals.strategies import SPAN, at, us, windows


def day(start: str, end: str) -> Windows:
    return Windows([start], [end])


TICKS = at(np.arange(-2, 103))


# --- what windows are ---------------------------------------------------------------------------------------------


@given(windows())
def test_intervals_are_sorted_disjoint_and_never_touch(some: Windows) -> None:
    assert (some.starts < some.ends).all()
    assert (some.ends[:-1] < some.starts[1:]).all()
    assert len(some) == 0 or (some.starts[0] >= SPAN[0] and some.ends[-1] <= SPAN[1])


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted), max_size=8), st.randoms())
def test_the_order_in_which_intervals_are_given_does_not_matter(
    pairs: list[list[int]], shuffle: object
) -> None:
    mixed = list(pairs)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    one, two = (Windows(at([p[0] for p in some]), at([p[1] for p in some])) for some in (pairs, mixed))
    assert one == two
    assert hash(one) == hash(two)


def test_touching_and_overlapping_intervals_are_one() -> None:
    assert Windows(at([0, 5, 20]), at([5, 10, 30])) == Windows(at([0, 20]), at([10, 30]))
    assert Windows(at([0, 2]), at([10, 3])) == Windows(at([0]), at([10]))


def test_an_interval_holds_its_start_and_not_its_end() -> None:
    some = Windows(at([10]), at([20]))
    assert some.contains(at([9, 10, 19, 20])).tolist() == [False, True, True, False]
    assert bool(some.contains("2026-01-01T00:00:00.000010Z"))
    assert not Windows().contains(at([1, 2])).any()


def test_an_empty_interval_is_none() -> None:
    assert len(Windows(at([10]), at([10]))) == 0


@pytest.mark.parametrize(
    ("starts", "ends", "message"),
    [
        (["2026-01-02"], ["2026-01-01"], "ends before it starts"),
        (["2026-01-01"], [], "1 starts for 0 ends"),
        ([np.datetime64("NaT")], ["2026-01-01"], "a date is missing"),
        (["2026-02-30"], ["2026-03-01"], "not a possible date"),
        ([datetime(2026, 1, 1)], ["2026-03-01"], "no time zone"),  # noqa: DTZ001
        ([["2026-01-01"]], [["2026-01-02"]], "1 starts for 1 ends"),
    ],
)
def test_impossible_intervals_are_refused(starts: list[object], ends: list[object], message: str) -> None:
    with pytest.raises(EpochError, match=message):
        Windows(starts, ends)


def test_intervals_are_read_from_text_with_a_zone_and_from_pandas() -> None:
    expected = Windows(np.array(["2026-01-01"], "datetime64[us]"), np.array(["2026-01-02"], "datetime64[us]"))
    assert Windows(["2026-01-01T08:00+08:00"], ["2026-01-02T00:00Z"]) == expected
    frame = pd.DataFrame(
        {"start": pd.to_datetime(["2026-01-01"], utc=True), "end": [pd.Timestamp("2026-01-02")]}
    )
    assert Windows(frame["start"], frame["end"]) == expected
    assert Windows(expected.to_frame()["start"], expected.to_frame()["end"]) == expected


def test_windows_are_clipped_to_their_span() -> None:
    some = Windows(at([-50, 90]), at([10, 500]), SPAN)
    assert some == Windows(at([0, 90]), at([10, 100]))
    assert some.span == SPAN
    with pytest.raises(EpochError, match="not after its start"):
        Windows(at([0]), at([1]), (SPAN[1], SPAN[0]))


def test_windows_cannot_be_changed() -> None:
    starts = at([0, 20])
    some = Windows(starts, at([10, 30]), SPAN)
    starts[0] = at(5)
    assert some.starts[0] == at(0)
    for array in (some.starts, some.ends):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = at(1)
    with pytest.raises(AttributeError):
        some.starts = at([1])  # type: ignore[misc]
    with pytest.raises(AttributeError):
        some.note = "mine"  # type: ignore[attr-defined]
    before = str(some.to_csv())
    _ = some | Windows(at([12]), at([18])), some & some, ~some, some.expand(us(3)), some.fill(us(50))
    assert some.to_csv() == before


def test_windows_survive_pickling() -> None:
    some = Windows(at([0, 20]), at([10, 30]), SPAN)
    again = pickle.loads(pickle.dumps(some))
    assert again == some
    assert again.span == SPAN
    with pytest.raises(ValueError, match="read-only"):
        again.starts[0] = at(1)
    assert copy.deepcopy(some) == some


def test_windows_are_equal_to_windows_only() -> None:
    assert Windows() == Windows(at([1]), at([1]))
    assert Windows(at([1]), at([2])) != "windows"


def test_lengths_are_summed() -> None:
    some = Windows(["2026-01-01", "2026-01-05"], ["2026-01-02", "2026-01-07"])
    assert some.total == np.timedelta64(3, "D")
    assert some.hours == 72.0
    assert some.longest == np.timedelta64(2, "D")
    assert some.durations.tolist() == [np.timedelta64(1, "D"), np.timedelta64(2, "D")]
    assert Windows().total == Windows().longest == np.timedelta64(0)


def test_windows_iterate_as_pairs() -> None:
    some = Windows(at([0, 20]), at([10, 30]))
    assert list(some) == [(at(0), at(10)), (at(20), at(30))]
    assert some[1] == (at(20), at(30))
    assert some[-1] == some[1]
    with pytest.raises(IndexError):
        _ = some[2]


@pytest.mark.parametrize(
    ("some", "text"),
    [
        (Windows(), "<Windows: none>"),
        (day("2026-01-01", "2026-01-02"), "<Windows: 1 interval, 24.0 h, 2026-01-01 to 2026-01-02>"),
        (
            day("2026-01-01", "2026-01-02") | day("2026-01-05", "2026-01-06"),
            "<Windows: 2 intervals, 48.0 h, 2026-01-01 to 2026-01-06>",
        ),
    ],
)
def test_the_repr_is_one_honest_line(some: Windows, text: str) -> None:
    assert repr(some) == text


def test_a_table_has_start_end_and_seconds() -> None:
    some = Windows(["2026-01-01T00:00:00.1234"], ["2026-01-01T00:01"])
    assert some.to_csv() == "start,end,duration_s\n2026-01-01T00:00:00.123Z,2026-01-01T00:01:00.000Z,59.877\n"
    assert Windows().to_csv() == "start,end,duration_s\n"
    assert list(some.to_frame()) == ["start", "end", "duration_s"]
    assert some.to_frame()["duration_s"][0] == pytest.approx(59.8766)


# --- laws of the algebra ------------------------------------------------------------------------------------------


@given(windows(), windows())
def test_each_operation_is_that_of_its_points(a: Windows, b: Windows) -> None:
    in_a, in_b, in_span = a.contains(TICKS), b.contains(TICKS), Windows.everything(*SPAN).contains(TICKS)
    assert ((a & b).contains(TICKS) == (in_a & in_b)).all()
    assert ((a | b).contains(TICKS) == (in_a | in_b)).all()
    assert ((a - b).contains(TICKS) == (in_a & ~in_b)).all()
    assert ((~a).contains(TICKS) == (in_span & ~in_a)).all()


@given(windows(), windows(), windows())
def test_union_and_intersection_commute_associate_and_distribute(a: Windows, b: Windows, c: Windows) -> None:
    assert a & b == b & a
    assert a | b == b | a
    assert (a & b) & c == a & (b & c)
    assert (a | b) | c == a | (b | c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)


@given(windows(), windows())
def test_de_morgan_absorption_and_difference(a: Windows, b: Windows) -> None:
    assert ~(a & b) == ~a | ~b
    assert ~(a | b) == ~a & ~b
    assert a | (a & b) == a
    assert a & (a | b) == a
    assert a - b == a & ~b


@given(windows())
def test_complement_and_idempotence(a: Windows) -> None:
    everything, nothing = Windows.everything(*SPAN), Windows(span=SPAN)
    assert ~~a == a
    assert a & a == a | a == a
    assert a | ~a == everything
    assert a & ~a == a - a == nothing
    assert a & everything == a | nothing == a
    assert ~everything == nothing
    assert ~nothing == everything


@given(windows(), windows())
def test_lengths_add_up(a: Windows, b: Windows) -> None:
    assert a.total + b.total == (a | b).total + (a & b).total
    assert a.total + (~a).total == SPAN[1] - SPAN[0]
    assert a.longest <= a.total


@given(windows(), windows())
def test_results_carry_the_span(a: Windows, b: Windows) -> None:
    for result in (
        a & b,
        a | b,
        a - b,
        ~a,
        a.expand(us(2)),
        a.contract(us(2)),
        a.fill(us(2)),
        a.filter(us(2)),
    ):
        assert result.span == SPAN


def test_the_result_is_known_on_the_common_span() -> None:
    first = Windows.everything("2026-01-01", "2026-01-10")
    later = Windows.everything("2026-01-05", "2026-01-20")
    assert (first | later) == Windows.everything("2026-01-05", "2026-01-10")
    assert (first & Windows(["2025-01-01"], ["2026-01-02"])).span == first.span
    with pytest.raises(EpochError, match="no common span"):
        _ = first & Windows.everything("2026-02-01", "2026-02-02")


def test_a_complement_needs_a_span() -> None:
    some = day("2026-01-02", "2026-01-03")
    with pytest.raises(EpochError, match=r"use \.complement\(start, end\)"):
        _ = ~some
    assert some.complement("2026-01-01", "2026-01-03") == day("2026-01-01", "2026-01-02")


# --- contract, expand, fill, filter -------------------------------------------------------------------------------


@given(windows(), st.integers(0, 20), st.integers(0, 20))
def test_contracting_removes_time_and_expanding_adds_it(a: Windows, left: int, right: int) -> None:
    assert a.contract(us(left), us(right)) - a == Windows(span=SPAN)
    assert a - a.expand(us(left), us(right)) == Windows(span=SPAN)


@given(windows(30, 70), st.integers(0, 20), st.integers(0, 20))
def test_contracting_is_expanding_the_complement(a: Windows, left: int, right: int) -> None:
    assert a.contract(us(left), us(right)) == ~(~a).expand(us(right), us(left)) & a


@given(windows(), st.integers(0, 20))
def test_filling_is_filtering_the_complement_between_the_intervals(a: Windows, gap: int) -> None:
    filled = a.fill(us(gap))
    assert all(start - end > us(gap) for start, end in zip(filled.starts[1:], filled.ends[:-1], strict=True))
    assert a - filled == Windows(span=SPAN)
    assert filled.fill(us(gap)) == filled


@given(windows(), st.integers(0, 20))
def test_filtering_keeps_whole_intervals(a: Windows, shortest: int) -> None:
    kept = a.filter(us(shortest))
    assert set(kept) == {pair for pair in a if pair[1] - pair[0] >= us(shortest)}


def test_durations_are_text_with_a_unit() -> None:
    some = day("2026-01-01", "2026-01-02")
    assert some.contract("1 h").hours == 22.0
    assert some.expand("30 min", "90 min").hours == 26.0
    assert some.contract("12 h") == Windows()
    pair = some | day("2026-01-02T01:00", "2026-01-02T02:00")
    assert pair.fill("1 h").hours == 26.0
    assert pair.filter("1 h") == pair
    assert pair.filter("61 min") == some
    assert some.expand(np.timedelta64(1, "h")).hours == 26.0
    with pytest.raises(EpochError, match="longer than"):
        some.expand("1e300 s")
