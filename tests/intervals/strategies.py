"""Windows on a short span, so that edges often meet."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from ilrs_science.intervals import Windows

BEGIN = np.datetime64("2026-01-01", "us")
SPAN = (BEGIN, BEGIN + np.timedelta64(100, "us"))


def at(ticks: object) -> np.ndarray:
    """Epochs that many microseconds after the begin of the span."""
    return BEGIN + np.asarray(ticks, np.int64).astype("timedelta64[us]")


def us(ticks: int) -> np.timedelta64:
    """So many microseconds."""
    return np.timedelta64(ticks, "us")


@st.composite
def windows(draw: st.DrawFn, low: int = 0, high: int = 100, most: int = 8) -> Windows:
    """A few intervals on a span of 100 microseconds."""
    tick = st.integers(low, high)
    pairs = draw(st.lists(st.tuples(tick, tick).map(sorted), max_size=most))
    starts, ends = zip(*pairs, strict=True) if pairs else ((), ())
    return Windows(at(starts), at(ends), SPAN)


@st.composite
def long_windows(draw: st.DrawFn) -> Windows:
    """Up to eight intervals of any length from microseconds to years, with a span or without."""
    first, last = -(2**51), 2**51  # 1898 to 2041
    tick = st.integers(first, last)
    pairs = draw(st.lists(st.tuples(tick, st.integers(1, 2**45)), max_size=8))
    starts = np.array([start for start, _ in pairs], "datetime64[us]")
    ends = starts + np.array([length for _, length in pairs], "timedelta64[us]")
    span = (np.datetime64("1880-01-01", "us"), np.datetime64("2060-01-01", "us"))
    return Windows(starts, ends, span if draw(st.booleans()) else None)
