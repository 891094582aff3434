"""Ground: sites by whatever name, and the height they stand at."""

from __future__ import annotations

import warnings

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.ground import site_of, standing_place, terrain_at
from ilrs_science.environment.terrain.stack import TerrainWarning, shipped_terrain
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.place import SurfacePlace


def test_a_site_is_itself_a_station_its_site_and_an_id_what_it_names() -> None:
    catalogue = load_catalogue()
    station = catalogue.stations["connecting_ridge_station"]
    place = SurfacePlace(1.0, 2.0)
    assert site_of(place) is place
    assert site_of(station) == site_of(station.site) == catalogue.sites[station.site]


def test_what_stands_nowhere_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown site 'nowhere'"):
        site_of("nowhere")
    with pytest.raises(RequestError, match=r"None is no place; give a Site"):
        site_of(None)  # type: ignore[arg-type]


def test_a_height_of_its_own_counts_else_the_terrain_else_the_sphere() -> None:
    terrain, low = shipped_terrain(), Site(latitude=-89.67, longitude=129.2)
    assert standing_place(Site(latitude=0, longitude=0, height=12), terrain).height == 12.0
    assert standing_place(low, terrain).height == pytest.approx(-2758.0, abs=1.0)
    assert standing_place(low, None).height == 0.0


def test_a_height_of_its_own_that_the_skyline_does_not_see_is_said() -> None:
    here = {"latitude": -89.45, "longitude": 222.69}
    ground = float(shipped_terrain().height(*here.values()))
    with pytest.warns(
        TerrainWarning, match=rf"of the grid \({ground:.0f} m\), not from the site's own 5000 m"
    ):
        terrain_at(Site(**here, height=5000), "auto")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for height in (None, ground + 90.0, ground - 90.0):
            terrain_at(Site(**here, height=height), "auto")
        terrain_at(Site(**here, height=5000), "none")
