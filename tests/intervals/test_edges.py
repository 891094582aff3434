"""The sweeps under the algebra: quick for few intervals, quick for many, and the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import EpochError
from ilrs_science.intervals import Windows, edges
from ilrs_science.intervals.edges import clip, outside, overlaps, tidy
from tests.intervals.strategies import SPAN, at, windows


def of(some: Windows) -> edges.Edges:
    return some.starts.view(np.int64), some.ends.view(np.int64)


@given(windows(most=20), windows(most=20), st.sampled_from([1, 2]))
def test_both_sweeps_give_the_same(a: Windows, b: Windows, level: int) -> None:
    few, many = edges._sweep_few(of(a), of(b), level), edges._sweep_many(of(a), of(b), level)
    for one, other in zip(few, many, strict=True):
        assert one.tolist() == other.tolist()
        assert one.dtype == other.dtype == np.int64


@given(windows(most=40), windows(most=40))
def test_many_intervals_follow_the_laws_of_few(a: Windows, b: Windows) -> None:
    assert a - b == a & ~b
    assert ~(a | b) == ~a & ~b
    assert (a & b).total + (a | b).total == a.total + b.total


@given(windows(), windows(), st.sampled_from([1, 2]))
def test_what_overlaps_is_tidy(a: Windows, b: Windows, level: int) -> None:
    found = overlaps(of(a), of(b), level)
    for one, same in zip(found, tidy(*found), strict=True):
        assert one.tolist() == same.tolist()


@given(windows())
def test_outside_of_the_outside_is_inside(some: Windows) -> None:
    low, high = (int(edge.astype(np.int64)) for edge in SPAN)
    rest = clip(outside(of(some)), low, high)
    again = clip(outside(rest), low, high)
    assert [part.tolist() for part in again] == [part.tolist() for part in of(some)]


def test_tidy_arrays_are_copied_and_left_as_they_are() -> None:
    starts, ends = at([0, 20]).view(np.int64), at([10, 30]).view(np.int64)
    kept = tidy(starts, ends)
    assert kept[0].tolist() == starts.tolist()
    assert not np.shares_memory(kept[0], starts)
    assert not np.shares_memory(kept[1], ends)


def test_a_clip_that_cuts_nothing_gives_the_same_arrays() -> None:
    some = of(Windows(at([0, 20]), at([10, 30])))
    low, high = (int(edge.astype(np.int64)) for edge in SPAN)
    assert clip(some, low, high) is some
    assert [len(part) for part in clip(some, low + 10, low + 20)] == [0, 0]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("side", [0, 1])
def test_a_missing_date_is_found_wherever_it_is(place: int, side: int) -> None:
    pair = [at([0, 20, 40]), at([10, 30, 50])]
    pair[side][place] = np.datetime64("NaT")
    with pytest.raises(EpochError, match="a date is missing"):
        Windows(*pair)
    with pytest.raises(EpochError, match="a date is missing"):
        Windows(*pair, SPAN)


def test_the_span_may_be_text_and_is_checked_each_time() -> None:
    assert (
        Windows(span=("2026-01-01", "2026-01-02")).span == Windows.everything("2026-01-01", "2026-01-02").span
    )
    day = np.datetime64("2026-01-01"), np.datetime64("2026-01-02")
    assert Windows(span=day).span[0].dtype == np.dtype("datetime64[us]")
    for _ in range(2):
        with pytest.raises(EpochError, match="not after its start"):
            Windows(span=day[::-1])
        with pytest.raises(EpochError, match="a date is missing"):
            Windows(span=(day[0], np.datetime64("NaT")))
