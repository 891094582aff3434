"""Areas: which pixels of which grid, and how they are cut into tiles."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.maps.area import TILE_PIXELS, Tile, area_of, square_of, tiles_of
from ilrs_science.environment.maps.projection import latitude_longitude
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import RequestError, UnknownNameError
from tests.environment.maps.ground import polar, stack, whole_moon

SOUTH = "lola_south_1600m.tif"


def test_a_square_around_a_place_lies_in_the_finest_grid_that_holds_it() -> None:
    fine, coarse = polar(lambda x, y: 0 * x, pixels=21, cell=100.0, name="fine"), polar(lambda x, y: 0 * x)
    terrain = stack(fine, coarse)
    assert area_of(terrain, "-90,0,1 km").level == 0
    assert area_of(terrain, "-90,0,10 km").level == 1
    assert area_of(terrain, "-70,0,100 km").level == 2


def test_the_square_is_centred_on_the_place() -> None:
    terrain = shipped_terrain()
    area = area_of(terrain, "-89.45,222.69,24 km")
    assert (area.rows, area.columns) == (15, 15)
    middle = latitude_longitude(terrain.dems[0], area.column + 7, area.row + 7)
    assert middle[0] == pytest.approx(-89.45, abs=0.03)
    assert middle[1] % 360.0 == pytest.approx(222.69, abs=3.0)


def test_a_site_of_the_catalogue_may_be_the_middle() -> None:
    terrain = shipped_terrain()
    site = area_of(terrain, "connecting_ridge, 16 km")
    assert (site.rows, site.columns) == (10, 10)
    with pytest.raises(UnknownNameError, match="unknown site 'nowhere'"):
        area_of(terrain, "nowhere, 16 km")


def test_all_is_the_finest_grid_and_a_name_the_grid_of_that_name() -> None:
    terrain = shipped_terrain()
    assert area_of(terrain, "all") == area_of(terrain, SOUTH)
    assert area_of(terrain, "all").rows == 762
    assert area_of(terrain, "lola_north_1600m.tif").level == 1


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("here", "neither LAT,LON,SIZE such as"),
        ("-89,0,10", "neither LAT,LON,SIZE"),
        ("-95,0,10 km", "no place on the Moon"),
        ("-89,0,10 kg", "kg"),
        ("-89,0,0 km", "has no size"),
        ("-90,0,20000 km", "no grid holds all of"),
        ("lola_global_0p25deg.tif", "slivers"),
        ("1-2,3,10 km", "no place"),
    ],
)
def test_an_area_that_cannot_be_is_refused_with_the_reason(area: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        area_of(shipped_terrain(), area)


@pytest.mark.parametrize(("rows", "columns"), [(762, 762), (10, 10), (100, 333), (1, 1)])
def test_tiles_cover_an_area_once(rows: int, columns: int) -> None:
    dem = shipped_terrain().dems[0]
    area = Tile.of(dem, 0, 0, 0, rows, columns)
    seen = np.zeros((rows, columns), int)
    for row in tiles_of(dem, area):
        for tile in row:
            seen[tile.slices] += 1
            assert max(tile.rows, tile.columns) <= TILE_PIXELS
    assert (seen == 1).all()


def test_a_tile_of_large_pixels_is_small_on_the_sky() -> None:
    terrain = stack()
    area = area_of(terrain, "0,0,1500 km")
    widest = max(tile.radius for row in tiles_of(whole_moon(), area) for tile in row)
    assert np.degrees(widest) < 5.5


def test_the_radius_of_a_tile_reaches_its_corners() -> None:
    dem = polar(lambda x, y: 0 * x)
    tile = Tile.of(dem, 0, 0, 0, 41, 41)
    # The corner is 20 km * sqrt(2) from the pole; the projection stretches nothing there.
    assert tile.radius * 1737.4 == pytest.approx(20.0 * np.sqrt(2.0), rel=1e-3)
    assert tile.latitude == pytest.approx(-90.0)


def test_a_square_is_known_before_any_grid_is_read() -> None:
    assert square_of("-89.45,222.69,10 km") == (-89.45, 222.69, 10_000.0)
    assert square_of("connecting_ridge, 2 km")[2] == 2000.0
    assert square_of("all") is None
    assert square_of("lola_south_1600m.tif") is None
