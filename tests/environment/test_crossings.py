"""Spans above zero: exact edges, and short spans that samples miss."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.crossings import Clearance, spans_above

START, END = np.datetime64("2026-01-01", "us"), np.datetime64("2026-01-02", "us")


def seconds(epochs: np.ndarray) -> np.ndarray:
    return (epochs - START) / np.timedelta64(1, "s")


def sine(period: float, level: float, shift: float = 0.0) -> Clearance:
    return lambda epochs: np.sin(2.0 * np.pi * (seconds(epochs) - shift) / period) - level


def test_edges_of_a_sine_are_where_it_is_zero() -> None:
    found = seconds(spans_above(sine(7200.0, 0.5), START, END, 300.0))
    begin = 7200.0 * np.arange(12) + 600.0  # sin = 1/2 at 30 deg
    assert found == pytest.approx(np.stack([begin, begin + 2400.0], axis=1), abs=2e-6)


def test_the_function_is_above_zero_at_both_edges() -> None:
    signal = sine(5000.0, 0.3, 17.0)
    found = spans_above(signal, START, END, 200.0)
    assert np.all(signal(found.ravel()[1:-1]) >= 0.0)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_pass_between_two_samples_is_found_and_so_is_a_gap(sign: float) -> None:
    def signal(epochs: np.ndarray) -> np.ndarray:
        return sign * (25.0 - (seconds(epochs) - 40_123.4) ** 2)  # above zero for 10 s

    found = seconds(spans_above(signal, START, END, 600.0))
    edges = [40_118.4, 40_128.4]
    expected = [edges] if sign > 0 else [[0.0, edges[0]], [edges[1], 86_400.0]]
    assert found == pytest.approx(np.array(expected), abs=2e-6)


def test_a_span_beyond_the_search_ends_with_it() -> None:
    found = spans_above(lambda epochs: np.ones(epochs.shape), START, END, 3600.0)
    assert found.tolist() == [[START.item(), END.item()]]


def test_nothing_above_zero_is_an_empty_list_of_pairs() -> None:
    found = spans_above(lambda epochs: -np.ones(epochs.shape), START, END, 3600.0)
    assert found.shape == (0, 2)
    assert found.dtype == "datetime64[us]"


@settings(max_examples=40, deadline=None)
@given(st.floats(2000.0, 40_000.0), st.floats(-0.99, 0.99), st.floats(0.0, 40_000.0))
def test_spans_are_in_order_apart_and_as_long_as_the_sine_says(
    period: float, level: float, shift: float
) -> None:
    found = seconds(spans_above(sine(period, level, shift), START, END, 250.0)).ravel()
    assert np.all(np.diff(found) > 0.0)
    whole = [b - a for a, b in found.reshape(-1, 2) if a > 0.0 and b < 86_400.0]
    assert whole == pytest.approx([period * np.arccos(level) / np.pi] * len(whole), abs=1e-4)
