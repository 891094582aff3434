"""What is known of a site: mast, height and station, and that nothing is traced before it is needed."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.ground import MAST
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.standing import Standing, standing_of

SPAN = (np.datetime64("2026-01-01", "us"), np.datetime64("2026-02-01", "us"))


def known(place: object, **more: object) -> Standing | None:
    options = {"terrain": "auto", "mast": None, "correction": "apparent"} | more
    return standing_of(place, SPAN, None, **options)


@pytest.mark.parametrize(
    ("place", "mast"),
    [
        ("connecting_ridge", MAST),
        ("connecting_ridge_station", 10.0),
        (Site(latitude=-89.45, longitude=222.69), MAST),
        (SurfacePlace(-89.45, 222.69), MAST),
        (SurfacePlace(-89.45, 222.69, mast=7.0), 7.0),
    ],
)
def test_the_mast_is_that_of_the_station_or_the_place(place: object, mast: object) -> None:
    found = known(place)
    assert found is not None
    assert found.mast == mast
    asked = known(place, mast="3 m")
    assert asked is not None
    assert asked.mast == "3 m"


@pytest.mark.parametrize("place", ["queqiao2", "jiamusi", load_catalogue().orbits["llo_100"]])
def test_an_orbiter_and_a_ground_station_stand_on_no_terrain(place: object) -> None:
    assert known(place) is None


def test_a_site_without_a_height_stands_on_the_grids() -> None:
    found = known(Site(latitude=-89.45, longitude=222.69))
    assert found is not None
    assert found.place.height == pytest.approx(float(shipped_terrain().height(-89.45, 222.69)))


def test_the_bare_sphere_needs_no_grids() -> None:
    found = known(SurfacePlace(10.0, 20.0, 500.0), terrain="none", mast="0 m")
    assert found is not None
    assert found.grids is None
    assert float(found.skyline["horizon_elevation"].max()) == 0.0
