"""Operations that really happened: the Sun over Chang'e-4 when its lander and rover woke and slept."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.assemble import environment
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

CHANGE_4 = SurfacePlace(-45.4446, 177.5991)


@pytest.mark.parametrize(
    ("beijing", "elevation"),
    [
        # Times announced by CNSA, Beijing time (UTC+8); elevations by SPICE for the LRO position of the lander.
        pytest.param("2019-01-29T20:00", 7.0, id="rover wakes"),
        pytest.param("2020-08-12T20:34", 6.7, id="rover wakes again"),
        pytest.param("2019-01-30T20:39", 15.6, id="lander wakes"),
        pytest.param("2020-08-13T14:54", 13.1, id="lander wakes again"),
        pytest.param("2019-02-11T20:00", 8.8, id="rover sleeps"),
        pytest.param("2020-06-27T16:23", 9.0, id="rover sleeps again"),
        pytest.param("2019-02-11T19:00", 9.2, id="lander sleeps"),
        pytest.param("2020-06-28T01:00", 6.0, id="lander sleeps again"),
    ],
)
def test_the_sun_stood_as_high_as_reported(beijing: str, elevation: float) -> None:
    utc = np.datetime64(beijing, "us") - np.timedelta64(8, "h")
    seen = observe(CHANGE_4, np.array([utc]), ["sun"])
    assert float(seen["elevation"].squeeze()) == pytest.approx(elevation, abs=0.3)


def test_the_far_side_never_sees_the_earth() -> None:
    found = environment(CHANGE_4, "2019-01-01", "2020-01-01", step="12 h")
    assert float(found.earth_visible_fraction.max()) == 0.0


def test_a_mid_latitude_site_has_half_a_month_of_light() -> None:
    # Two weeks by two weeks; hills around Statio Tianhe cut the day by less than 2 %.
    found = environment(CHANGE_4, "2019-01-01", "2020-01-01", step="2 h")
    assert float(found.sun_visible_fraction.mean()) == pytest.approx(0.5, abs=0.02)


def test_the_middle_of_the_near_side_always_sees_the_earth() -> None:
    found = environment(SurfacePlace(0.0, 0.0), "2019-01-01", "2020-01-01", step="12 h")
    assert float(found.earth_visible_fraction.min()) == 1.0
    # Librations: at most 7.9 deg in longitude and 6.9 deg in latitude away from the zenith, 10.5 deg together.
    assert float(found.earth_elevation.min()) > 90.0 - 10.5
