"""Blocks of pixels and their means, compiled."""

from __future__ import annotations

import math

from ilrs_science.environment.terrain.bilinear import Float32s
from ilrs_science.sky.compiled import compiled

__all__ = ["block_means"]


@compiled
def block_means(heights: Float32s, high: int, wide: int, out: Float32s) -> None:
    """Fill `out` with the mean of each block of pixels; NaN where fewer than half of them have data.

    Parameters
    ----------
    heights : (row, column) ndarray
        NaN where there is no data. [m]
    high, wide : int
        Rows and columns of a block.
    out : (row, column) ndarray
        Receives the means; its shape tells how many blocks. [m]
    """
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            total, count = 0.0, 0
            for k in range(i * high, (i + 1) * high):
                for m in range(j * wide, (j + 1) * wide):
                    value = heights[k, m]
                    if not math.isnan(value):
                        total += value
                        count += 1
            out[i, j] = total / count if 2 * count >= high * wide else math.nan
