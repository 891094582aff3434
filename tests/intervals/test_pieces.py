"""Parts of windows: gaps, the next one, a shorter span, equal pieces, slices."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import EpochError, UnitError
from ilrs_science.intervals import Windows
from tests.intervals.strategies import BEGIN, SPAN, at, long_windows, us, windows

TWO = Windows(at([10, 40]), at([20, 60]), SPAN)


# --- gaps ---------------------------------------------------------------------------------------------------------


@given(windows())
def test_gaps_and_windows_are_the_span(some: Windows) -> None:
    assert some.gaps | some == Windows.everything(*SPAN)
    assert not some.gaps & some
    assert some.gaps.span == SPAN
    assert some.gaps.gaps == some


@given(long_windows())
def test_without_a_span_gaps_lie_between_the_intervals(some: Windows) -> None:
    bare = Windows(some.starts, some.ends)
    assert len(bare.gaps) == max(len(bare) - 1, 0)
    assert list(bare.gaps) == [(end, start) for (_, end), (start, _) in pairwise(bare)]
    assert bare.gaps.span is None
    assert not bare or (bare | bare.gaps) == Windows.everything(bare.starts[0], bare.ends[-1])


def test_the_gaps_of_nothing_are_the_span_or_nothing() -> None:
    assert Windows(span=SPAN).gaps == Windows.everything(*SPAN)
    assert Windows().gaps == Windows()


# --- at and next --------------------------------------------------------------------------------------------------


@given(windows(), st.integers(-5, 105))
def test_the_interval_at_an_epoch_contains_it(some: Windows, tick: int) -> None:
    epoch, found = at(tick)[()], some.at(at(tick)[()])
    assert (found is not None) == bool(some.contains(epoch)) == (epoch in some)
    assert found is None or found[0] <= epoch < found[1]
    assert found is None or found in list(some)


@given(windows(), st.integers(-5, 105))
def test_the_next_interval_is_the_first_that_is_not_over(some: Windows, tick: int) -> None:
    epoch = at(tick)[()]
    assert some.next(epoch) == next(((start, end) for start, end in some if end > epoch), None)


def test_an_interval_is_looked_up_by_text() -> None:
    days = Windows(["2026-01-01", "2026-01-05"], ["2026-01-02", "2026-01-06"])
    assert days.at("2026-01-05T12:00") == days[1]
    assert days.at("2026-01-06") is None
    assert days.next("2026-01-02") == days[1]
    assert days.next("2026-01-07") is None
    assert Windows().at("2026-01-01") is Windows().next("2026-01-01") is None
    with pytest.raises(EpochError, match="not a possible date"):
        days.at("2026-02-30")


def test_an_epoch_is_in_windows_or_it_is_a_mistake() -> None:
    days = Windows(["2026-01-01"], ["2026-01-02"])
    assert "2026-01-01T23:59:59" in days
    assert "2026-01-02" not in days
    with pytest.raises(EpochError, match="is not a date"):
        _ = days[0] in days


# --- between ------------------------------------------------------------------------------------------------------


@given(windows(), st.integers(-10, 110), st.integers(1, 60))
def test_between_is_the_intersection_with_everything(some: Windows, start: int, length: int) -> None:
    part = at(start)[()], at(start + length)[()]
    if part[0] >= SPAN[1] or part[1] <= SPAN[0]:
        with pytest.raises(EpochError, match="no common span"):
            some.between(*part)
        return
    expected = some & Windows.everything(*part)
    assert some.between(*part) == expected
    assert some.between(*part).span == expected.span == (max(part[0], SPAN[0]), min(part[1], SPAN[1]))


def test_windows_without_a_span_get_the_one_that_is_asked_for() -> None:
    some = Windows(["2026-01-01"], ["2026-02-01"]).between("2026-01-31", "2026-03-01")
    assert some.hours == 24.0
    assert some.span == (np.datetime64("2026-01-31", "us"), np.datetime64("2026-03-01", "us"))
    with pytest.raises(EpochError, match="not after its start"):
        some.between("2026-02-01", "2026-02-01")


# --- split --------------------------------------------------------------------------------------------------------


@given(windows(), st.integers(1, 40))
def test_pieces_cover_the_windows_exactly(some: Windows, longest: int) -> None:
    pieces = some.split(us(longest))
    assert Windows(pieces[:, 0], pieces[:, 1]) == some
    lengths = (pieces[:, 1] - pieces[:, 0]).astype(int)
    assert (lengths >= 1).all()
    assert (lengths <= longest).all()
    assert lengths.sum() == some.total.astype(int)
    assert (pieces[1:, 0] >= pieces[:-1, 1]).all()


@given(long_windows(), st.integers(2**42, 2**50))
def test_pieces_are_as_few_and_as_equal_as_can_be(some: Windows, longest: int) -> None:
    pieces = some.split(us(longest))
    assert len(pieces) == sum(-(-int(length.astype(int)) // longest) for length in some.durations)
    for start, end in some:
        own = pieces[(pieces[:, 0] >= start) & (pieces[:, 1] <= end)]
        lengths = (own[:, 1] - own[:, 0]).astype(int)
        assert lengths.max() - lengths.min() <= 1
        assert own[0, 0] == start
        assert own[-1, 1] == end


def test_a_day_in_pieces_of_ten_hours_is_three_of_eight() -> None:
    pieces = Windows(["2026-01-01", "2026-01-05"], ["2026-01-02", "2026-01-05T01:00"]).split("10 h")
    assert ((pieces[:, 1] - pieces[:, 0]) / np.timedelta64(1, "h")).tolist() == [8.0, 8.0, 8.0, 1.0]
    assert [str(start)[:16] for start, _ in pieces] == [
        "2026-01-01T00:00",
        "2026-01-01T08:00",
        "2026-01-01T16:00",
        "2026-01-05T00:00",
    ]
    assert pieces.dtype == np.dtype("datetime64[us]")


def test_nothing_in_pieces_is_nothing() -> None:
    assert Windows().split("8 h").shape == (0, 2)


@pytest.mark.parametrize(
    ("longest", "error", "message"),
    [
        ("0 h", EpochError, "give a duration above zero"),
        ("-8 h", EpochError, "give a duration above zero"),
        (np.timedelta64("NaT"), EpochError, "a duration is missing"),
        (np.timedelta64(10**6, "D") * 366, EpochError, "longer than"),
        ("8", UnitError, "no unit"),
        ("1 us", UnitError, "us"),
        ("0.000001 s", EpochError, "more than 1e[+]06"),
    ],
)
def test_a_length_that_makes_no_pieces_is_refused(longest: object, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Windows(["2026-01-01"], ["2026-01-02"]).split(longest)  # type: ignore[arg-type]


# --- slices and truth ---------------------------------------------------------------------------------------------


@given(windows(), st.slices(8))
def test_a_slice_is_windows_of_the_same_intervals(some: Windows, part: slice) -> None:
    assert list(some[part]) == sorted(list(some)[part])
    assert some[part].span == some.span
    assert isinstance(some[part], Windows)


def test_an_index_counts_from_either_end() -> None:
    assert TWO[0] == TWO[-2] == (at(10), at(20))
    assert TWO[np.int64(-1)] == (at(40), at(60))
    for index in (2, -3):
        with pytest.raises(IndexError):
            _ = TWO[index]


def test_a_slice_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        TWO[1:].starts[0] = BEGIN


@given(windows())
def test_windows_are_true_if_there_is_one(some: Windows) -> None:
    assert bool(some) == (len(some) > 0) == (some.hours > 0)


# --- operators on other things ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [1, "2026-01-01", None, [BEGIN]])
def test_windows_combine_with_windows_only(wrong: object) -> None:
    for operation in ("__and__", "__or__", "__sub__"):
        assert getattr(TWO, operation)(wrong) is NotImplemented
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = TWO & wrong  # type: ignore[operator]
