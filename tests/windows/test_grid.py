"""The pieces of time on which a search begins."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import CoverageError
from ilrs_science.sky.ephemeris import coverage
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.grid import SEGMENT, Grid, grid_for, segments, sky_on

PLACE = SurfacePlace(10.0, 20.0)


def flight(*edges: float, origin: float = 8e8) -> Trajectory:
    """Something at rest 2000 km from the Moon's centre."""
    series = np.zeros((len(edges) - 1, 3, 4))
    series[:, 0, 0] = 2000.0
    return Trajectory("test", origin, np.array(edges), series, 0.0)


@given(st.floats(*coverage()), st.floats(0.0, 1e9))
def test_segments_cover_the_span_and_no_more_than_they_must(first: float, length: float) -> None:
    grid = segments(first, first + length)
    start, count = grid.origin, len(grid.edges) - 1
    assert start <= first < start + SEGMENT
    assert start + (count - 1) * SEGMENT <= max(first + length, first) <= start + count * SEGMENT
    assert count >= 1
    assert np.diff(grid.edges).tolist() == [SEGMENT] * count


def test_a_span_on_a_border_is_one_segment() -> None:
    start = segments(0.0, 1.0).origin
    for length, count in ((0.0, 1), (SEGMENT, 1), (SEGMENT + 1e-6, 2)):
        grid = segments(start, start + length)
        assert (grid.origin, len(grid.edges) - 1) == (start, count)


def test_sites_and_bodies_are_searched_on_the_segments_of_the_ephemeris() -> None:
    assert grid_for((PLACE, "sun", SurfacePlace(0.0, 0.0)), 8e8, 8.1e8) is segments(8e8, 8.1e8)


def test_an_orbiter_is_searched_on_its_own_segments_inside_the_span() -> None:
    one = flight(0.0, 100.0, 300.0, 400.0, 1000.0)
    grid = grid_for((PLACE, one), 8e8 + 50.0, 8e8 + 900.0)
    assert (grid.origin, grid.edges.tolist()) == (8e8, [50.0, 100.0, 400.0, 900.0])  # every other border


def test_two_orbiters_share_all_their_borders() -> None:
    one, two = flight(0.0, 100.0, 1000.0), flight(-30.0, 60.0, 1030.0, origin=8e8 + 10.0)
    grid = grid_for((one, two), 8e8, 8e8 + 1000.0)
    assert grid.edges.tolist() == [0.0, 70.0, 100.0, 1000.0]


def test_a_span_beyond_a_trajectory_says_what_is_covered() -> None:
    with pytest.raises(CoverageError, match="Trajectory of test: 2025-05-08"):
        grid_for((flight(0.0, 1000.0), "sun"), 8e8 - 1.0, 8e8 + 10.0)


def test_the_turning_earth_needs_pieces_of_six_hours() -> None:
    grid = grid_for((PLACE, GroundPlace(40.0, 116.0)), 8e8, 8e8 + 86400.0)
    assert np.diff(grid.edges) == pytest.approx(np.full(4, 21600.0))


@given(st.integers(1, 5000))
def test_blocks_are_the_grid_again(count: int) -> None:
    grid = Grid(8e8, 60.0 * np.arange(count + 1))
    parts = grid.blocks
    assert max(len(part.edges) for part in parts) <= 2049
    assert np.concatenate([part.edges[:-1] for part in parts]).tolist() == grid.edges[:-1].tolist()
    assert all(one.edges[-1] == two.edges[0] for one, two in pairwise(parts))


@pytest.mark.parametrize("even", [True, False])
def test_the_nodes_of_a_piece_are_inside_it(even: bool) -> None:
    whole = segments(8e8, 8.05e8)
    grid = whole if even else Grid(whole.origin + 7.0, whole.edges)
    sky = sky_on(grid, 5)
    after = sky.tdb - grid.origin
    assert (after > grid.edges[:-1, None]).all()
    assert (after < grid.edges[1:, None]).all()
    assert sky.rotation.shape == (len(grid.edges) - 1, 5, 3, 3)
