"""The algebra of windows against that of SPICE, on random windows of whole microseconds."""

from __future__ import annotations

import numpy as np
import spiceypy
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.intervals import Windows
from tests.oracles import spice

BEGIN = np.datetime64("2026-01-01", "us")
tick = st.integers(0, 200)
intervals = st.lists(st.tuples(tick, tick).map(sorted).filter(lambda p: p[0] < p[1]), max_size=12)
duration = st.integers(0, 30)


def ours(pairs: list[list[int]]) -> Windows:
    edges = BEGIN + np.array(pairs, np.int64).reshape(-1, 2).astype("timedelta64[us]")
    return Windows(edges[:, 0], edges[:, 1])


def theirs(pairs: list[list[int]]) -> spiceypy.Cell_Double:
    return spice.cell([(float(a), float(b)) for a, b in pairs])


def us(ticks: int) -> np.timedelta64:
    return np.timedelta64(ticks, "us")


def same(windows: Windows, window: spiceypy.Cell_Double) -> bool:
    """Equal as sets, single points left out, and intervals that touch taken as one."""
    return Windows(*(BEGIN + spice.pairs(window).T.astype("timedelta64[us]"))) == windows


@given(intervals, intervals)
def test_union_is_wnunid(a: list[list[int]], b: list[list[int]]) -> None:
    assert same(ours(a) | ours(b), spiceypy.wnunid(theirs(a), theirs(b)))


@given(intervals, intervals)
def test_intersection_is_wnintd(a: list[list[int]], b: list[list[int]]) -> None:
    assert same(ours(a) & ours(b), spiceypy.wnintd(theirs(a), theirs(b)))


@given(intervals, intervals)
def test_difference_is_wndifd(a: list[list[int]], b: list[list[int]]) -> None:
    assert same(ours(a) - ours(b), spiceypy.wndifd(theirs(a), theirs(b)))


@given(intervals)
def test_complement_is_wncomd(a: list[list[int]]) -> None:
    whole = ours(a).complement(BEGIN - us(10), BEGIN + us(210))
    assert same(whole, spiceypy.wncomd(-10.0, 210.0, theirs(a)))


@given(intervals, duration, duration)
def test_contract_is_wncond(a: list[list[int]], left: int, right: int) -> None:
    assert same(ours(a).contract(us(left), us(right)), spiceypy.wncond(left, right, theirs(a)))


@given(intervals, duration, duration)
def test_expand_is_wnexpd(a: list[list[int]], left: int, right: int) -> None:
    assert same(ours(a).expand(us(left), us(right)), spiceypy.wnexpd(left, right, theirs(a)))


@given(intervals, duration)
def test_fill_is_wnfild(a: list[list[int]], gap: int) -> None:
    assert same(ours(a).fill(us(gap)), spiceypy.wnfild(gap, theirs(a)))


@given(intervals, duration)
def test_filter_is_wnfltd_that_keeps_the_exact_length(a: list[list[int]], shortest: int) -> None:
    # wnfltd drops intervals of exactly the given length, we keep them: whole ticks make half a tick the same question
    assert same(ours(a).filter(us(shortest)), spiceypy.wnfltd(shortest - 0.5, theirs(a)))


@given(intervals)
def test_measure_is_that_of_wnsumd(a: list[list[int]]) -> None:
    summary = spiceypy.wnsumd(theirs(a)) if a else (0.0,)
    assert ours(a).total == us(round(summary[0]))
