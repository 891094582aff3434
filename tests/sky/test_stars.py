"""Stars: where they are, how they move, how far they seem to swing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.epochs import to_tdb
from ilrs_science.sky.ephemeris import sky_at
from ilrs_science.sky.stars import Star

ARCSEC = np.degrees(1.0) * 3600.0
YEAR = 365.25 * 86400.0
NOWHERE = np.zeros(3)


def unturned(vectors: np.ndarray) -> np.ndarray:
    """ICRF axes left as they are."""
    return vectors


def seen(star: Star, years: float, place: np.ndarray = NOWHERE) -> np.ndarray:
    return star.seen_from(unturned, np.array(years * YEAR), place)[0]


@given(st.floats(0, 359.999), st.floats(-90, 90))
def test_at_j2000_a_star_is_where_the_catalogue_says(ra: float, dec: float) -> None:
    line = seen(Star(ra, dec), 0.0)
    assert np.linalg.norm(line) == pytest.approx(1.0, abs=1e-15)
    assert np.degrees(np.arcsin(np.clip(line[2], -1, 1))) == pytest.approx(dec, abs=1e-6)
    assert line[:2] == pytest.approx(
        np.cos(np.radians(dec)) * np.array([np.cos(np.radians(ra)), np.sin(np.radians(ra))]), abs=1e-12
    )


def test_the_pole_is_a_star_like_any_other() -> None:
    assert seen(Star(123.0, 90.0), 0.0) == pytest.approx([0.0, 0.0, 1.0], abs=1e-15)


@pytest.mark.parametrize(("east", "north"), [(1000.0, 0.0), (0.0, -1000.0), (600.0, 800.0)])
def test_in_ten_years_one_arcsec_a_year_makes_ten(east: float, north: float) -> None:
    star = Star(269.45, 4.69, motion_ra=east, motion_dec=north)
    moved = np.linalg.norm(seen(star, 10.0) - seen(star, 0.0)) * ARCSEC
    assert moved == pytest.approx(10.0, abs=1e-6)


def test_motion_in_right_ascension_is_along_the_parallel() -> None:
    star = Star(40.0, 60.0, motion_ra=1000.0)
    line = seen(star, 1.0)
    # 1 arcsec along the parallel of 60 deg is 2 arcsec of right ascension
    assert np.degrees(np.arctan2(line[1], line[0])) - 40.0 == pytest.approx(2.0 / 3600.0, rel=1e-5)


def test_a_parallax_is_the_swing_of_one_au() -> None:
    # by definition: a place 1 au to the side moves a star of 1000 mas by 1 arcsec
    au = 149_597_870.7
    star = Star(0.0, 0.0, parallax=1000.0)
    shift = seen(star, 0.0, np.array([0.0, au, 0.0])) - seen(star, 0.0)
    assert shift[1] * ARCSEC == pytest.approx(-1.0, rel=1e-9)
    assert seen(star, 0.0, np.array([au, 0.0, 0.0])) == pytest.approx([1.0, 0.0, 0.0], abs=1e-15)


def test_distance_follows_from_parallax_and_is_infinite_without() -> None:
    near = Star(10.0, 20.0, parallax=754.81).seen_from(unturned, np.array(0.0), NOWHERE)[1]
    # alpha Centauri, 754.81 mas: 1.3248 pc, 4.321 light years of 9.4607e12 km
    assert float(near) / 9.4607304725808e12 == pytest.approx(4.321, abs=1e-3)
    assert Star(10.0, 20.0).seen_from(unturned, np.array(0.0), NOWHERE)[1] == np.inf


def test_many_epochs_are_one_array() -> None:
    sky = sky_at(to_tdb(np.array(["2026-01-01", "2026-07-01"], "datetime64[us]")))
    line, distance = Star(80.0, -70.0, parallax=10.0).seen_from(sky.to_fixed, sky.tdb, sky.moon_position)
    assert line.shape == (2, 3)
    assert distance.shape == (2,)
    assert np.linalg.norm(line, axis=1) == pytest.approx([1.0, 1.0], abs=1e-15)
