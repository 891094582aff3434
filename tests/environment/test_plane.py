"""Plane of the ground, on ground whose plane is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.bilinear import GEOGRAPHIC, SOUTH
from ilrs_science.environment.plane import plane_of
from ilrs_science.environment.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain import Dem, TerrainStack, shipped_terrain
from ilrs_science.errors import RequestError

CELL = 100.0


def tilted(slope: float, aspect: float) -> TerrainStack:
    """A plane at the equator that falls to an azimuth."""
    step = float(np.degrees(CELL / MOON_RADIUS_M))
    along = CELL * np.arange(-50, 51)
    north, east = np.cos(np.radians(aspect)), np.sin(np.radians(aspect))
    # Rows run from north to south.
    heights = -np.tan(np.radians(slope)) * (north * -along[:, None] + east * along[None, :])
    grid = Dem(
        "tilted", heights.astype("float32"), Projection(GEOGRAPHIC), -50 * step, 50 * step, step, -step
    )
    return TerrainStack([grid])


@settings(max_examples=30)
@given(
    slope=st.floats(0.5, 40.0), aspect=st.floats(0.0, 359.0), baseline=st.sampled_from([0.0, 300.0, 1000.0])
)
def test_a_plane_has_its_slope_and_aspect_over_any_baseline(
    slope: float, aspect: float, baseline: float
) -> None:
    found, fall = plane_of(tilted(slope, aspect), 0.0, 0.0, baseline=baseline)
    assert found == pytest.approx(slope, abs=0.02)
    assert abs((fall - aspect + 180.0) % 360.0 - 180.0) < 0.1


def test_level_ground_has_no_aspect() -> None:
    assert plane_of(tilted(0.0, 0.0), 0.0, 0.0) == (0.0, 0.0)


def test_at_the_pole_north_is_along_the_meridian() -> None:
    cells = CELL * np.arange(-20, 21)
    # Heights fall along the meridian of 0 deg, which at the south pole is up the map.
    heights = np.broadcast_to(0.1 * cells[:, None], (41, 41)).astype("float32")
    grid = Dem("pole", heights, Projection(SOUTH), -2000.0, 2000.0, CELL, -CELL)
    slope, aspect = plane_of(TerrainStack([grid]), -90.0, 0.0)
    assert slope == pytest.approx(np.degrees(np.arctan(0.1)), abs=0.01)
    assert min(aspect, 360.0 - aspect) < 0.1
    _, turned = plane_of(TerrainStack([grid]), -90.0, 90.0)
    assert turned == pytest.approx(270.0, abs=0.1)


def test_the_edge_of_a_grid_stands_as_high_as_the_place() -> None:
    step = float(np.degrees(CELL / MOON_RADIUS_M))
    slope, _ = plane_of(tilted(10.0, 90.0), 0.0, 49.5 * step)
    # One of two points is unknown: half the slope remains.
    assert np.tan(np.radians(slope)) == pytest.approx(0.5 * np.tan(np.radians(10.0)), rel=0.1)


def test_a_wall_of_shackleton_is_steep_and_falls_to_its_floor() -> None:
    # Between the floor at 89.67 S 129.2 E and the crest: some 30 deg (Zuber et al. 2012, doi:10.1038/nature11216).
    slope, _ = plane_of(shipped_terrain(), -89.84, 124.8)
    assert 25.0 < slope < 35.0


def test_a_place_without_ground_is_an_error() -> None:
    with pytest.raises(RequestError, match=r"no grid knows the ground at 45, 0 \(grids: tilted\)"):
        plane_of(tilted(1.0, 0.0), 45.0, 0.0)
