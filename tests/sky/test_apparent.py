"""Light time and aberration, one effect at a time."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.epochs import to_tdb
from ilrs_science.sky.apparent import LIGHT_SPEED, Observer, apparent, fixed_observer
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star

ARCSEC = np.degrees(1.0) * 3600.0
PLACE = SurfacePlace(-45.4446, 177.5991)


@pytest.fixture(scope="module")
def sky() -> SkyState:
    return sky_at(to_tdb(np.arange("2026-01-01", "2027-01-01", 11, dtype="datetime64[D]")))


def angle(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Angle between unit vectors. [arcsec]"""
    return np.linalg.norm(one - two, axis=-1) * ARCSEC


@pytest.mark.parametrize("body", BODIES)
def test_directions_are_unit_vectors_and_ranges_those_to_the_body(sky: SkyState, body: str) -> None:
    for correction in ("apparent", "light_time", "geometric"):
        line, distance = apparent(sky, body, PLACE.observer(sky), correction)
        assert np.linalg.norm(line, axis=1) == pytest.approx(np.ones(len(sky.tdb)), abs=1e-14)
        straight = np.linalg.norm(sky.body(body).position - PLACE.position, axis=1)
        assert distance == pytest.approx(straight, rel=2e-4)


def test_geometric_is_the_straight_line(sky: SkyState) -> None:
    line, distance = apparent(sky, "mars", PLACE.observer(sky), "geometric")
    assert line * distance[:, None] == pytest.approx(sky.body("mars").position - PLACE.position, rel=1e-12)


def test_light_time_puts_a_body_where_it_was(sky: SkyState) -> None:
    # one iteration: the light time of the geometric distance, the body's own motion back by it
    line, distance = apparent(sky, "jupiter", PLACE.observer(sky), "light_time")
    straight = np.linalg.norm(sky.body("jupiter").position - PLACE.position, axis=1)
    earlier = sky_at(sky.tdb - straight / LIGHT_SPEED)
    # in axes that do not turn: barycentric places, turned to the axes of the later epoch
    back = np.einsum("nij,nkj,nk->ni", sky.rotation, earlier.rotation, earlier.body("jupiter").position)
    moved = np.einsum("nij,nkj,nk->ni", sky.rotation, earlier.rotation, earlier.moon_position)
    wanted = back + moved - sky.moon_position - PLACE.position
    # a double of seconds past J2000 is rounded to 1.2e-7 s: millimetres of Jupiter's way
    assert line * distance[:, None] == pytest.approx(wanted, abs=1e-2)


def test_aberration_is_v_over_c_times_the_sine_of_the_angle_to_the_motion(sky: SkyState) -> None:
    observer = PLACE.observer(sky)
    for star in (Star(0.0, 0.0), Star(90.0, 66.56), Star(200.0, -30.0)):
        without, _ = apparent(sky, star, observer, "geometric")
        with_it, _ = apparent(sky, star, observer)
        velocity = sky.moon_velocity + observer.velocity
        sine = np.linalg.norm(np.cross(without, velocity), axis=1) / LIGHT_SPEED
        assert angle(with_it, without) == pytest.approx(
            2.0 * np.sin(np.arcsin(sine) / 2.0) * ARCSEC, abs=1e-9
        )


def test_stars_move_toward_where_the_observer_goes(sky: SkyState) -> None:
    observer = PLACE.observer(sky)
    velocity = sky.moon_velocity + observer.velocity
    heading = velocity / np.linalg.norm(velocity, axis=1)[:, None]
    for star in (Star(10.0, 80.0), Star(200.0, -30.0)):
        without, with_it = (apparent(sky, star, observer, way)[0] for way in ("geometric", "apparent"))
        assert (np.einsum("ni,ni->n", with_it - without, heading) > 0.0).all()


def test_a_place_turns_with_the_moon(sky: SkyState) -> None:
    # 1737.4 km * 2 pi / 27.32 d = 4.6 m/s at the equator, nothing at a pole
    equator = fixed_observer(sky, SurfacePlace(0.0, 40.0).position)
    pole = fixed_observer(sky, SurfacePlace(90.0, 0.0).position)
    assert np.linalg.norm(equator.velocity, axis=1) * 1000.0 == pytest.approx(4.62, abs=0.1)
    assert np.linalg.norm(pole.velocity, axis=1).max() * 1000.0 < 0.01


def test_an_observer_without_motion_sees_the_aberration_of_the_moon_alone(sky: SkyState) -> None:
    still = Observer(PLACE.position, np.zeros(3))
    moving = PLACE.observer(sky)
    shift = angle(apparent(sky, "sun", still)[0], apparent(sky, "sun", moving)[0])
    # the spin's 3.2 m/s at 45 deg: at most 3.2 m/s / c = 0.0022 arcsec
    assert 0.0 < shift.max() < 0.0023
