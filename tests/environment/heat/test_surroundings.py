"""What ground sees of the terrain around it: its parts sum up, stand where they are seen, and see each other."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from ilrs_science.environment.heat.sunlight import Facet
from ilrs_science.environment.heat.surroundings import BANDS, SECTORS, Patch, look_around, views
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain
from ilrs_science.sky.place import SurfacePlace

CELL = 100.0


def grid(heights: npt.NDArray[np.float64]) -> TerrainStack:
    """A grid of metres around latitude 0, longitude 0."""
    count, step = heights.shape[0] // 2, float(np.degrees(CELL / MOON_RADIUS_M))
    dem = Dem(
        "made", heights.astype("float32"), Projection(GEOGRAPHIC), -count * step, count * step, step, -step
    )
    return TerrainStack([dem])


@cache
def wall() -> TerrainStack:
    """Level ground with a slope of 45 deg, 3 km high, in the east."""
    along = CELL * np.arange(-200, 201)
    return grid(np.broadcast_to(np.clip(along - 5000.0, 0.0, 3000.0), (401, 401)))


@cache
def trench() -> TerrainStack:
    """A valley from north to south, 4 km wide, between slopes of 45 deg and 2 km."""
    along = np.abs(CELL * np.arange(-200, 201))
    return grid(np.broadcast_to(np.clip(along - 2000.0, 0.0, 2000.0), (401, 401)))


def ground(terrain: TerrainStack | None, facet: Facet | None = None, east: float = 0.0) -> Patch:
    longitude = float(np.degrees(east / MOON_RADIUS_M))
    height = 0.0 if terrain is None else float(terrain.height(0.0, longitude))
    place = SurfacePlace(0.0, longitude, height)
    return Patch(place, facet or Facet(), horizon(place, terrain, mast=0.0))


def test_a_plain_sees_nothing() -> None:
    plain = grid(np.zeros((401, 401)))
    patches = look_around(ground(plain), plain)
    assert len(patches) == 1
    assert views(patches, plain).tolist() == [[0.0]]


def test_on_the_bare_sphere_a_slope_sees_level_ground() -> None:
    own = ground(None, Facet(30.0, 90.0))
    patches = look_around(own, None)
    view = views(patches, None)
    assert [patch.facet.slope for patch in patches] == [30.0, 0.0]
    # (1 - cos 30 deg) / 2, less nothing, since the skyline of the sphere is level.
    assert view[0, 1] == pytest.approx(0.5 * (1.0 - np.cos(np.radians(30.0))), abs=1e-4)
    assert view[1].sum() == 0.0
    assert len(look_around(ground(None), None)) == 1


@pytest.mark.parametrize("facet", [Facet(), Facet(20.0, 90.0), Facet(20.0, 270.0), Facet(85.0, 90.0)])
def test_the_parts_are_all_of_what_is_seen(facet: Facet) -> None:
    own = ground(trench(), facet)
    patches = look_around(own, trench())
    view = views(patches, trench())
    assert view[0].sum() == pytest.approx(own.terrain_view, abs=1e-9)
    assert own.terrain_view == pytest.approx(1.0 - facet.sky_view(own.skyline))
    assert np.all(view >= 0.0)
    assert np.all(view.sum(axis=1) < 1.0)
    assert np.all(np.diag(view) == 0.0)
    assert 1 < len(patches) <= SECTORS * len(BANDS) + 1


def test_a_wall_in_the_east_is_seen_in_the_east_and_is_steep() -> None:
    patches = look_around(ground(wall()), wall())
    assert len(patches) > 10
    for patch in patches[1:]:
        assert patch.place.longitude > 0.0
        if abs(patch.place.latitude) > 0.6:
            continue  # at the edge of the grid, where no slope is known
        # The lowest lines end at its foot and the highest at its crest, where the plane is half of the slope.
        assert 15.0 < patch.facet.slope < 46.0
        assert patch.facet.aspect == pytest.approx(270.0, abs=3.0)
    heights = [patch.place.height for patch in patches[1:]]
    assert min(heights) < 1000.0
    assert max(heights) > 2500.0


def test_a_slope_away_from_the_wall_does_not_see_it() -> None:
    away = ground(wall(), Facet(45.0, 270.0))
    patches = look_around(away, wall())
    # It sees the level ground below it in the west.
    assert all(patch.place.longitude < 0.0 for patch in patches[1:])


def test_walls_of_a_valley_see_each_other_and_its_floor() -> None:
    patches = look_around(ground(trench()), trench())
    view = views(patches, trench())
    side = np.sign([patch.place.longitude for patch in patches])
    side[0] = 0.0
    east, west = side > 0, side < 0
    assert view[0, east].sum() == pytest.approx(view[0, west].sum(), rel=0.1)
    # What a wall sees of the floor counts for the nearest patch, which is often at its own foot.
    across = view[np.ix_(east, west)].sum()
    along = view[np.ix_(east, east)].sum()
    assert across > 2.0 * along
    np.testing.assert_allclose(view[np.ix_(west, east)].sum(), across, rtol=0.15)


def test_view_of_a_long_wall_is_that_of_the_textbook() -> None:
    # Level ground before an endless wall whose crest stands at elevation e: the wall fills (1 - cos e) / 2.
    own = ground(wall(), east=4500.0)
    crest = float(own.skyline.horizon_elevation.sel(azimuth=90.0))
    expected = 0.5 * (1.0 - np.cos(np.radians(crest)))
    # The grid ends 15.5 km to either side, so a little is missing.
    assert own.terrain_view == pytest.approx(expected, rel=0.05)


def test_patches_stand_on_the_ground_and_know_their_skyline() -> None:
    terrain = shipped_terrain()
    place = SurfacePlace(-89.67, 129.2)
    own = Patch(
        SurfacePlace(place.latitude, place.longitude, float(terrain.height(-89.67, 129.2))),
        Facet(),
        horizon(place, terrain, mast=0.0),
    )
    patches = look_around(own, terrain)
    assert len(patches) > 60
    for patch in patches[1:]:
        height = float(terrain.height(patch.place.latitude, patch.place.longitude))
        assert patch.place.height == pytest.approx(height, abs=0.1)
        assert patch.skyline.sizes["azimuth"] == 180
        # All are walls of Shackleton, 20 km across, or of what shows above its crest.
        assert np.linalg.norm(patch.position - own.position) < 120_000.0
    near = [patch for patch in patches[1:] if np.linalg.norm(patch.position - own.position) < 15_000.0]
    assert len(near) > 0.8 * len(patches)
    assert np.median([patch.facet.slope for patch in near]) > 20.0


def test_the_same_ground_sees_the_same_each_time() -> None:
    one, two = (look_around(ground(trench()), trench()) for _ in range(2))
    assert [patch.place for patch in one] == [patch.place for patch in two]
    np.testing.assert_array_equal(views(one, trench()), views(two, trench()))


def test_axes_are_those_of_the_place() -> None:
    own = ground(trench())
    np.testing.assert_allclose(own.axes @ own.axes.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(own.axes[2], own.position / np.linalg.norm(own.position), atol=1e-12)
