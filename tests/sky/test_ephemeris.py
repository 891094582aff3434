from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.sky.apparent import LIGHT_SPEED, apparent
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ephemeris import coverage, require_coverage, sky_at, sky_on_segments
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.grid import SEGMENT, segments

ARCSEC = np.degrees(1.0) * 3600.0
EPOCHS = to_tdb(np.arange("2026-01-01", "2027-01-01", 7, dtype="datetime64[D]"))
PLACE = SurfacePlace(-45.4446, 177.5991)


def test_the_kernels_cover_1900_to_2050() -> None:
    first, last = from_tdb(np.array(coverage()))
    assert str(first)[:10] == "1900-01-01"
    assert str(last)[:10] == "2050-12-30"


@pytest.mark.parametrize(("first", "last"), [(-1.0, 0.0), (0.0, 1.0)])
def test_a_span_outside_the_kernels_says_what_is_covered(first: float, last: float) -> None:
    low, high = coverage()
    require_coverage(low, high)
    with pytest.raises(CoverageError, match="the shipped kernels cover 1900-01-02 to 2050-12-30, not"):
        require_coverage(low + first, high + last)


def test_an_unknown_body_lists_the_known() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown body 'nibiru'.*known: earth, jupiter"):
        sky_at(EPOCHS).body("nibiru")


def test_segments_show_the_same_sky_as_single_epochs() -> None:
    grid = segments(EPOCHS[0], EPOCHS[-1])
    start, count = grid.origin, len(grid.edges) - 1
    points = np.array([-0.9, 0.1, 0.8])
    together = sky_on_segments(start, SEGMENT, count, points)
    epochs = start + (np.arange(count)[:, None] + (points + 1.0) / 2.0) * SEGMENT
    singly = sky_at(epochs.ravel())
    for body in BODIES:
        one, two = (apparent(sky, body, PLACE.observer(sky))[0] for sky in (together, singly))
        assert np.abs(one.reshape(-1, 3) - two).max() * ARCSEC < 1e-5


def test_apparent_directions_are_unit_vectors() -> None:
    sky = sky_at(EPOCHS)
    direction, distance = apparent(sky, "sun", PLACE.observer(sky))
    assert np.linalg.norm(direction, axis=1) == pytest.approx(np.ones(len(EPOCHS)), abs=1e-14)
    assert (distance > 1.4e8).all()
    assert (distance < 1.6e8).all()


def test_light_time_and_aberration_move_the_sun_by_twenty_arcsec() -> None:
    # aberration by the Moon's 30 km/s about the Sun: v / c = 20.5 arcsec (Explanatory Supplement, 7.2.3),
    # give or take the 1 km/s about the Earth and the eccentricity of both orbits
    sky = sky_at(EPOCHS)
    geometric = sky.body("sun").position - PLACE.position
    geometric /= np.linalg.norm(geometric, axis=1)[:, None]
    angle = np.linalg.norm(np.cross(geometric, apparent(sky, "sun", PLACE.observer(sky))[0]), axis=1) * ARCSEC
    assert angle.min() > 19.2
    assert angle.max() < 21.8


def test_a_body_that_moves_with_the_place_shows_no_net_shift() -> None:
    # light time and aberration cancel to first order for a common motion (SPICE, "Aberration Corrections"):
    # Earth and the Moon share 30 km/s, what is left is their relative motion of 1 km/s, 0.7 arcsec
    sky = sky_at(EPOCHS)
    geometric = sky.body("earth").position - PLACE.position
    geometric /= np.linalg.norm(geometric, axis=1)[:, None]
    angle = (
        np.linalg.norm(np.cross(geometric, apparent(sky, "earth", PLACE.observer(sky))[0]), axis=1) * ARCSEC
    )
    assert 0.4 < angle.min() <= angle.max() < 1.0


def test_velocities_and_accelerations_are_derivatives() -> None:
    # in axes that do not turn: compare the lengths of differences over a minute
    step = 60.0
    before, now, after = (sky_at(EPOCHS + shift) for shift in (-step, 0.0, step))
    for body in BODIES.keys() - {"moon"}:
        relative = now.body(body).velocity - now.moon_velocity
        radial = np.einsum("ni,ni->n", relative, now.body(body).position)
        distance = [np.linalg.norm(sky.body(body).position, axis=1) for sky in (before, now, after)]
        assert radial / distance[1] == pytest.approx((distance[2] - distance[0]) / (2.0 * step), abs=1e-6)
    speed = np.linalg.norm(now.moon_velocity, axis=1)
    assert 28.0 < speed.min() <= speed.max() < 32.0
    assert speed.max() < LIGHT_SPEED


def test_no_epoch_is_no_sky() -> None:
    sky = sky_at(np.empty(0))
    assert sky.spin.shape == (0, 3)
    assert apparent(sky, "sun", PLACE.observer(sky))[0].shape == (0, 3)
