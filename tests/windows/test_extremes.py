"""The highest value inside windows is that of a dense sampling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.sky.chebyshev import node_matrix, nodes
from ilrs_science.windows.extremes import highest
from ilrs_science.windows.pieces import NODES, Pieces

ORIGIN = 8e8
EDGES = np.array([0.0, 1000.0, 1500.0, 4000.0, 4100.0, 6000.0])


def wave(times: np.ndarray) -> np.ndarray:
    return np.asarray(np.sin(times / 700.0) + 0.3 * np.cos(times / 300.0))


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    times = EDGES[:-1, None] + np.diff(EDGES)[:, None] * ((nodes(NODES) + 1.0) / 2.0)
    return Pieces(ORIGIN, EDGES, wave(times) @ node_matrix(NODES).T)


@given(st.lists(st.floats(0.0, 6000.0), min_size=2, max_size=8, unique=True), st.sampled_from([1.0, -1.0]))
def test_nothing_inside_the_windows_is_higher(pieces: Pieces, borders: list[float], sign: float) -> None:
    borders = sorted(borders)[: len(borders) // 2 * 2]
    utc = from_tdb(ORIGIN + np.array(borders))
    within = Windows(utc[::2], utc[1::2])
    if not within:
        return
    value, when = highest(pieces, sign, within)
    assert value == pytest.approx(float(wave(np.array(when - ORIGIN))), abs=1e-6)
    starts, ends = to_tdb(within.starts) - ORIGIN, to_tdb(within.ends) - ORIGIN
    assert any(a - 1e-5 <= when - ORIGIN <= b + 1e-5 for a, b in zip(starts, ends, strict=True))
    dense = np.concatenate([np.linspace(a, b, 500) for a, b in zip(starts, ends, strict=True)])
    assert sign * value >= (sign * wave(dense)).max() - 1e-6


def test_the_first_of_equal_instants_is_told(pieces: Pieces) -> None:
    flat = Pieces(ORIGIN, EDGES, np.zeros((5, NODES)))
    utc = from_tdb(ORIGIN + np.array([100.0, 200.0, 300.0, 400.0]))
    assert highest(flat, 1.0, Windows(utc[::2], utc[1::2])) == (0.0, pytest.approx(ORIGIN + 100.0, abs=1e-5))
