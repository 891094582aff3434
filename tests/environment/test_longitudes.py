"""Longitudes are told from 0 to 360 east, as the maps of the poles have them, however they were given."""

from __future__ import annotations

import pytest

import ilrs_science as ilrs
from ilrs_science.environment.terrain.stack import TerrainStack, shipped_terrain
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

WEST, EAST = SurfacePlace(-89.45, -137.31), SurfacePlace(-89.45, 222.69)
DAY = ("2031-01-01", "2031-01-02")


@pytest.mark.parametrize("place", [WEST, EAST])
def test_attributes_and_titles_count_east(place: SurfacePlace) -> None:
    seen = ilrs.environment(place, *DAY, step="6 h")
    assert seen.attrs["longitude"] == pytest.approx(222.69)
    assert "-89.45, 222.69" in seen.attrs["title"]
    assert "-89.45, 222.69" in ilrs.surface_temperature(place, *DAY, step="6 h").attrs["title"]
    assert ilrs.horizon(place, shipped_terrain()).attrs["longitude"] == pytest.approx(222.69)


def test_messages_count_east() -> None:
    with pytest.raises(RequestError, match=r"no grid knows the ground at 0, 222.69"):
        ilrs.horizon(SurfacePlace(0.0, -137.31), TerrainStack(shipped_terrain().dems[:1]))


def test_the_ground_is_the_same_either_way() -> None:
    one, other = (ilrs.horizon(place, "auto").horizon_elevation.values for place in (WEST, EAST))
    assert one == pytest.approx(other, abs=1e-6)
