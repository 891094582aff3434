"""Means of blocks of pixels are means of what is known in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.terrain.blocks import block_means


def means(heights: np.ndarray, high: int, wide: int) -> np.ndarray:
    out = np.empty((heights.shape[0] // high, heights.shape[1] // wide), "float32")
    block_means(heights, high, wide, out)
    return out


def test_what_has_no_data_is_left_out() -> None:
    heights = np.arange(24, dtype="float32").reshape(4, 6)
    heights[0, 0] = np.nan
    heights[2:, 4:] = np.nan
    heights[2, 4] = 7.0
    out = means(heights, 2, 2)
    assert out[0].tolist() == [pytest.approx((1 + 6 + 7) / 3), 5.5, 7.5]
    assert np.isnan(out[1, 2]), "fewer than half of the pixels are known"


@given(high=st.integers(1, 5), wide=st.integers(1, 5), rows=st.integers(1, 6), columns=st.integers(1, 6))
def test_whole_blocks_have_the_mean_of_numpy(high: int, wide: int, rows: int, columns: int) -> None:
    heights = np.random.default_rng(6).normal(0, 1e3, (rows * high, columns * wide)).astype("float32")
    expected = heights.reshape(rows, high, columns, wide).astype(float).mean(axis=(1, 3))
    assert np.allclose(means(heights, high, wide), expected, atol=1e-3)


def test_single_pixels_are_themselves() -> None:
    heights = np.array([[1.5, np.nan], [-3.0, 4.0]], "float32")
    assert np.array_equal(means(heights, 1, 1), heights, equal_nan=True)
