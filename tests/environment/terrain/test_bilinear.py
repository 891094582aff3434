"""Directions to heights: projections, seams and nesting of the compiled lookup."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH, height_towards
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack

RADIUS = MOON_RADIUS_M


def polar(kind: int, meridian: float = 0.0, true_scale: float = 90.0) -> Dem:
    """Polar grid, 200 km wide, whose height is 0.01 x - 0.02 y metres."""
    scale = 2.0 * RADIUS * (1.0 + np.sin(np.radians(true_scale))) / 2.0
    at = 500.0 * (np.arange(401) - 200.0)
    heights = (0.01 * at[None, :] + 0.02 * at[:, None]).astype("float32")
    return Dem("polar", heights, Projection(kind, 1.0, scale, meridian), at[0], -at[0], 500.0, -500.0)


@given(
    colatitude=st.floats(0.0, 3.0),
    longitude=st.floats(-180.0, 180.0),
    meridian=st.floats(-180.0, 180.0),
    true_scale=st.floats(60.0, 90.0),
    kind=st.sampled_from([NORTH, SOUTH]),
)
def test_polar_stereographic_is_that_of_snyder(
    colatitude: float, longitude: float, meridian: float, true_scale: float, kind: int
) -> None:
    # Snyder 1987 (USGS PP 1395), sphere: rho = 2 R k0 tan(colatitude / 2), x = rho sin(lon - lon0),
    # y = -rho cos(lon - lon0) in the north, + in the south; k0 = (1 + sin(lat_ts)) / 2.
    k0 = (1.0 + np.sin(np.radians(true_scale))) / 2.0
    rho, turn = 2.0 * RADIUS * k0 * np.tan(np.radians(colatitude) / 2.0), np.radians(longitude - meridian)
    x, y = rho * np.sin(turn), -kind * rho * np.cos(turn)
    found = polar(kind, meridian, true_scale).height(kind * (90.0 - colatitude), longitude)
    # float32 heights of a few km: 2e-4 m.
    assert found == pytest.approx(0.01 * x - 0.02 * y, abs=2e-3)


@pytest.mark.parametrize("kind", [NORTH, SOUTH])
def test_the_other_pole_is_no_part_of_a_polar_grid(kind: int) -> None:
    assert np.isnan(polar(kind).height([-kind * 90.0, -kind * 89.0, 0.0], 0.0)).all()


def test_columns_go_round_and_rows_end_at_the_poles() -> None:
    longitude, latitude = np.arange(-179.5, 180.0), np.arange(89.5, -90.0, -1.0)
    wave = np.cos(np.radians(longitude))[None, :] * np.cos(np.radians(latitude))[:, None]
    dem = Dem("round", (1000.0 * wave).astype("float32"), Projection(GEOGRAPHIC), -179.5, 89.5, 1.0, -1.0)
    assert dem.wraps
    for seam in (-180.0, 180.0, 179.9, -179.9, 540.0):
        assert dem.height(0.0, seam) == pytest.approx(-1000.0, abs=0.5)
    assert dem.height([90.0, -90.0], 0.0) == pytest.approx([8.7, 8.7], abs=0.1)


def test_half_a_moon_does_not_go_round() -> None:
    dem = Dem("half", np.zeros((180, 180), "float32"), Projection(GEOGRAPHIC), 0.5, 89.5, 1.0, -1.0)
    assert not dem.wraps
    assert np.isnan(dem.height(0.0, [-1.0, 180.0, 0.2])).all()
    assert dem.height(0.0, [0.5, 179.5, 361.0]).tolist() == [0.0, 0.0, 0.0]


def test_the_first_grid_asked_may_be_skipped() -> None:
    fine, coarse = polar(SOUTH), polar(SOUTH)
    grids = TerrainStack([fine, coarse]).packed
    assert [height_towards(grids.heights, grids.table, start, 0.0, 0.0, -1.0)[1] for start in (0, 1, 2)] == [
        0,
        1,
        -1,
    ]


def test_a_hole_is_no_height() -> None:
    dem = polar(SOUTH)
    dem.heights[200, 200] = np.nan
    assert np.isnan(dem.height(-90.0, 0.0))
    assert not np.isnan(dem.height(-89.0, 0.0))
