"""Slopes of surfaces whose slope is known, and the Sun on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.slope import slope_at
from ilrs_science.environment.terrain.stack import TerrainStack, shipped_terrain
from ilrs_science.errors import RequestError, UnitError

Field = Callable[[np.ndarray, np.ndarray], np.ndarray]


def polar(
    surface: Field, *, kind: int = SOUTH, pixel: float = 20.0, size: int = 201, name: str = "plane"
) -> Dem:
    """A polar grid of heights given over x and y."""
    at = (np.arange(size) - 0.5 * (size - 1)) * pixel
    x, y = np.meshgrid(at, -at)
    return Dem(name, surface(x, y).astype("float32"), Projection(kind), at[0], -at[0], pixel, -pixel)


def near_the_south_pole(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude [deg] of x and y [m] of the south polar map (Snyder 1987, eq. 20-14 to 20-18)."""
    latitude = -90.0 + np.degrees(2 * np.arctan(np.hypot(x, y) / (2 * MOON_RADIUS_M)))
    return float(latitude), float(np.degrees(np.arctan2(x, y)))


@pytest.mark.parametrize("steepness", [2.0, 15.0, 35.0])
def test_a_plane_has_its_slope_and_falls_its_way(steepness: float) -> None:
    # Falls towards +x of the map, which is longitude 90 E.
    dem = polar(lambda x, y: -np.tan(np.radians(steepness)) * x)
    for x, y in ((0.0, 0.0), (300.0, -500.0), (-700.0, 40.0)):
        latitude, longitude = near_the_south_pole(x, y)
        slope, aspect, baseline = slope_at(dem, latitude, longitude)
        assert slope == pytest.approx(steepness, abs=0.02)
        assert baseline == 40.0
        # North at the south pole points along the meridian of the place; east is clockwise of it on the ground and
        # towards greater longitude.
        assert aspect == pytest.approx((90.0 - longitude) % 360.0, abs=0.1)


@pytest.mark.parametrize("longitude", [0.0, 77.0, 180.0, 271.5])
def test_at_the_pole_azimuth_follows_the_longitude_that_is_given(longitude: float) -> None:
    south = polar(lambda x, y: -0.1 * x)
    north = polar(lambda x, y: -0.1 * x, kind=NORTH)
    found = slope_at(south, -90.0, longitude)
    assert found.slope == pytest.approx(np.degrees(np.arctan(0.1)), abs=1e-3)
    assert found.aspect == pytest.approx((90.0 - longitude) % 360.0, abs=1e-3)
    found = slope_at(north, 90.0, longitude)
    assert found.slope == pytest.approx(np.degrees(np.arctan(0.1)), abs=1e-3)
    # Downhill is the meridian 90 E. At the north pole the meridian of the place lies to its south.
    assert found.aspect == pytest.approx((180.0 - (90.0 - longitude)) % 360.0, abs=1e-3)


def test_the_slope_of_a_bowl_grows_with_the_radius() -> None:
    # z = r2 / (2 k): slope atan(r / k), uphill outward; Horn's differences are exact for a quadratic.
    dem = polar(lambda x, y: (x**2 + y**2) / 4000.0)
    for radius in (0.0, 200.0, 900.0):
        latitude, longitude = near_the_south_pole(0.0, radius)
        found = slope_at(dem, latitude, longitude)
        assert found.slope == pytest.approx(np.degrees(np.arctan(radius / 2000.0)), abs=0.05)
        if radius:
            assert found.aspect == pytest.approx(180.0, abs=0.5), "down to the pole, which is south"


@pytest.mark.parametrize("height", [-5000.0, 0.0, 8000.0])
def test_a_ball_has_no_slope_anywhere(height: float) -> None:
    flat = np.full((180, 360), height, "float32")
    dem = Dem("ball", flat, Projection(GEOGRAPHIC), -179.5, 89.5, 1.0, -1.0)
    found = slope_at(dem, [-90.0, -45.0, 0.0, 60.0, 88.0], 33.0)
    assert np.abs(found.slope).max() < 1e-9
    assert found.aspect.tolist() == [0.0] * 5


def test_lengths_are_those_on_the_ground() -> None:
    # On ground 10 km up, a degree is longer by 10 / 1737.4.
    rows = np.arange(400)[:, None] * np.ones((1, 400))
    low, high = (
        Dem("ramp", (base + 30.0 * rows).astype("float32"), Projection(GEOGRAPHIC), 0.0, 10.0, 0.005, -0.005)
        for base in (-6000.0, 4000.0)
    )
    gentle, steep = (float(np.tan(np.radians(slope_at(dem, 9.0, 1.0).slope))) for dem in (high, low))
    assert steep / gentle == pytest.approx(1.0 + 10_000.0 / MOON_RADIUS_M, rel=2e-4)


def test_east_is_east_away_from_the_pole() -> None:
    columns = np.ones((400, 1)) * np.arange(400)
    cell = 0.005 * np.radians(MOON_RADIUS_M)
    dem = Dem("ramp", (10.0 * columns).astype("float32"), Projection(GEOGRAPHIC), 0.0, 61.0, 0.005, -0.005)
    found = slope_at(dem, 60.0, 1.0)
    # At 60 deg a degree of longitude is half as long; the ground is 2 km up.
    length = 0.5 * cell * (1.0 + 2000.0 / MOON_RADIUS_M)
    assert found.slope == pytest.approx(np.degrees(np.arctan(10.0 / length)), rel=1e-4)
    assert found.aspect == pytest.approx(270.0, abs=0.05)


def test_a_longer_baseline_sees_less_of_the_waves() -> None:
    dem = polar(lambda x, y: 20.0 * np.sin(2 * np.pi * x / 200.0))
    steepest = np.degrees(np.arctan(20.0 * 2 * np.pi / 200.0))
    short, long = (float(slope_at(dem, -90.0, 0.0, baseline=one).slope) for one in (None, "200 m"))
    # A central difference over b of a wave of length L is its slope times sinc(b / L), here 0.94 and 0.
    assert short == pytest.approx(np.degrees(np.arctan(np.tan(np.radians(steepest)) * np.sinc(0.2))), abs=0.1)
    assert long < 0.1
    assert slope_at(dem, -90.0, 0.0, baseline=1.0).baseline == 40.0, "never below two pixels"


def test_all_neighbours_are_of_one_grid() -> None:
    tile = polar(lambda x, y: 1000.0 + 0.0 * x, name="tile", size=41)
    below = polar(lambda x, y: 0.2 * y, name="below", pixel=100.0)
    stack = TerrainStack([tile, below])
    inside = slope_at(stack, *near_the_south_pole(0.0, 300.0))
    edge = slope_at(stack, *near_the_south_pole(0.0, 395.0))
    assert (inside.slope, inside.baseline) == (0.0, 40.0)
    assert edge.slope == pytest.approx(np.degrees(np.arctan(0.2)), abs=0.01), "not the cliff between the two"
    assert edge.baseline == 200.0
    nowhere = slope_at(stack, 40.0, 0.0)
    assert np.isnan([nowhere.slope, nowhere.aspect, nowhere.baseline]).all()


def test_shapes_are_those_of_the_places() -> None:
    found = slope_at(shipped_terrain(), [[-89.0], [10.0]], [0.0, 120.0, 240.0])
    assert found.slope.shape == found.aspect.shape == found.baseline.shape == (2, 3)
    assert (found.baseline[0] == 3200.0).all()
    assert found.baseline[1] == pytest.approx(0.5 * np.radians(MOON_RADIUS_M))


def test_the_south_pole_is_as_steep_as_others_found(shared_dir: Path) -> None:
    tile = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not tile.is_file():
        pytest.skip("the 10 m tile of the connecting ridge is not here")
    dem = Dem.open(tile)
    rng = np.random.default_rng(8)
    # Centre of the tile, taken from its own corners.
    rows, columns = dem.heights.shape
    x, y = dem.x0 + 0.5 * columns * dem.dx, dem.y0 + 0.5 * rows * dem.dy
    places = np.array(
        [near_the_south_pole(x + dx, y + dy) for dx, dy in rng.uniform(-6000, 6000, (4000, 2))]
    ).T
    slope = slope_at(dem, *places).slope
    # Rosenburg et al. 2011 (doi:10.1029/2010JE003716): highlands have a median slope of 7.5 deg over 17 m.
    assert 5.0 < np.median(slope) < 20.0
    assert slope.max() < 60.0


@pytest.mark.parametrize("baseline", [0.0, -5.0, 1e6, float("nan")])
def test_an_impossible_baseline_is_refused(baseline: float) -> None:
    with pytest.raises(RequestError, match="baseline of"):
        slope_at(shipped_terrain(), -89.0, 0.0, baseline=baseline)
    with pytest.raises(UnitError):
        slope_at(shipped_terrain(), -89.0, 0.0, baseline="3 W")
