from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import to_tdb
from ilrs_science.errors import CoverageError, RequestError, UnknownNameError
from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.ground import GroundPlace, ground_place
from ilrs_science.sky.place import SurfacePlace

JIAMUSI = GroundPlace(46.4939, 130.7706, 80.0)


def sky_of(*times: str) -> SkyState:
    return sky_at(to_tdb(np.array(times, "datetime64[us]")))


def hours(first: str, count: int) -> SkyState:
    return sky_at(to_tdb(np.datetime64(first, "us") + np.arange(count) * np.timedelta64(1, "h")))


def elevation_of_the_moon(place: GroundPlace, sky: SkyState) -> np.ndarray:
    direction, _ = apparent(sky, "moon", place.observer(sky))
    return np.degrees(np.arcsin(np.einsum("ni,ni->n", direction, place.vertical(sky))))


@pytest.mark.parametrize(
    ("latitude", "longitude", "height", "message"),
    [
        (91.0, 0.0, 0.0, "latitude 91 deg is outside -90 to 90 deg"),
        (math.nan, 0.0, 0.0, "latitude nan deg is outside"),
        (0.0, 361.0, 0.0, "longitude 361 deg is outside -360 to 360 deg"),
        (0.0, 0.0, 400_000.0, "height 400000 m is outside -1000 to 10000 m"),
        (0.0, 0.0, -math.inf, "height -inf m is outside"),
    ],
)
def test_an_impossible_place_is_refused(
    latitude: float, longitude: float, height: float, message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        GroundPlace(latitude, longitude, height)


def test_a_place_is_a_frozen_value() -> None:
    assert GroundPlace(1.0, 2.0, 3.0, "x") == GroundPlace(1.0, 2.0, 3.0, "x")
    assert len({JIAMUSI, GroundPlace(46.4939, 130.7706, 80.0)}) == 1
    assert JIAMUSI.name == ""


def test_a_station_turns_with_the_earth_at_its_distance_from_the_axis() -> None:
    sky = hours("2026-03-01", 48)
    state, earth = JIAMUSI.state(sky), sky.body("earth")
    offset, turning = state.position - earth.position, state.velocity - earth.velocity
    pull = state.acceleration - earth.acceleration
    assert np.linalg.norm(offset, axis=1) == pytest.approx(np.linalg.norm(JIAMUSI.position), rel=1e-12)
    axis_distance = np.hypot(*JIAMUSI.position[:2])
    # 7.2921e-5 rad/s (IERS Conventions 2010, table 1.2); polar motion tilts the axis by 0.3 arcsec
    assert np.linalg.norm(turning, axis=1) == pytest.approx(7.2921151e-5 * axis_distance, rel=3e-6)
    assert np.linalg.norm(pull, axis=1) == pytest.approx(7.2921151e-5**2 * axis_distance, rel=5e-6)
    assert np.einsum("ni,ni->n", offset, turning) == pytest.approx(np.zeros(48), abs=1e-9)
    assert np.einsum("ni,ni->n", pull, turning) == pytest.approx(np.zeros(48), abs=1e-15)


def test_velocity_and_acceleration_are_derivatives_of_the_position() -> None:
    step = 5.0
    sky = sky_at(7.0e8 + step * np.array([-1.0, 0.0, 1.0]))
    states = JIAMUSI.state(sky)
    # in ICRF axes, from the solar system barycentre
    position = np.einsum("nji,nj->ni", sky.rotation, states.position + sky.moon_position)
    velocity = np.einsum("nji,nj->ni", sky.rotation, states.velocity)
    acceleration = np.einsum("nji,nj->ni", sky.rotation, states.acceleration)
    # cubic term of the difference quotient: w^3 r step^2 / 6 = 1e-8 km/s; places of 1.5e8 km are rounded to 3e-8 km
    assert (position[2] - position[0]) / (2.0 * step) == pytest.approx(velocity[1], abs=3e-8)
    assert (velocity[2] - velocity[0]) / (2.0 * step) == pytest.approx(acceleration[1], abs=1e-11)


def test_one_place_gives_the_same_in_any_shape_of_epochs() -> None:
    tdb = to_tdb(np.array(["2026-01-01T00", "2031-02-24T06", "2045-07-01T18"], "datetime64[us]"))
    together = JIAMUSI.state(sky_at(tdb))
    for index in range(3):
        singly = JIAMUSI.state(sky_at(tdb[index : index + 1]))
        assert together.position[index] == pytest.approx(singly.position[0], abs=1e-9)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.0, 1.5e9))
def test_up_is_a_unit_vector_away_from_the_earth(latitude: float, longitude: float, epoch: float) -> None:
    place, sky = GroundPlace(latitude, longitude), sky_at(np.array([epoch]))
    up = place.vertical(sky)[0]
    offset = (place.state(sky).position - sky.body("earth").position)[0]
    assert np.linalg.norm(up) == pytest.approx(1.0)
    # geodetic and geocentric vertical differ by 0.1924 deg at the most (WGS 84)
    tilt = np.degrees(np.arccos(min(1.0, up @ offset / np.linalg.norm(offset))))
    assert tilt < 0.193


def test_the_moon_stands_highest_when_it_crosses_the_meridian() -> None:
    # its declination then decides: 90 - |latitude - declination|
    sky = sky_at(to_tdb(np.datetime64("2026-01-01", "us") + np.arange(1500) * np.timedelta64(1, "m")))
    elevation = elevation_of_the_moon(JIAMUSI, sky)
    best = int(elevation.argmax())
    moon = np.einsum("nji,nj->ni", sky.rotation, -sky.body("earth").position)[best]
    declination = np.degrees(np.arcsin(moon[2] / np.linalg.norm(moon)))
    # horizontal parallax lowers it by 0.95 deg times the cosine of the elevation; precession since J2000 0.15 deg
    lowered = 0.95 * np.cos(np.radians(elevation[best]))
    assert elevation[best] == pytest.approx(90.0 - abs(46.4939 - declination) - lowered, abs=0.2)


def test_the_moon_rises_and_sets_once_a_lunar_day() -> None:
    # 24 h 50 min from one to the next (29.530589 d / 28.530589 = 24.841 h)
    sky = hours("2026-05-01", 24 * 30)
    up = elevation_of_the_moon(JIAMUSI, sky) > 0.0
    rises = np.flatnonzero(~up[:-1] & up[1:])
    assert np.diff(rises).mean() == pytest.approx(24.841, abs=0.1)


def test_who_sees_the_moon_rise_is_at_the_edge_of_the_disc_that_the_moon_sees() -> None:
    # geometric: elevation of the Moon at the station is 0 where the line of sight touches the ground
    sky = hours("2026-05-01", 24 * 10)
    direction, distance = apparent(sky, "moon", JIAMUSI.observer(sky), "geometric")
    elevation = np.degrees(np.arcsin(np.einsum("ni,ni->n", direction, JIAMUSI.vertical(sky))))
    earth = np.linalg.norm(sky.body("earth").position, axis=1)
    nearer = distance < earth
    assert np.all(elevation[nearer] > -1.0)
    assert np.all(elevation[~nearer] < 1.0)


def test_seen_from_the_moon_a_station_stays_within_the_disc_of_the_earth() -> None:
    sky = hours("2026-05-01", 24 * 28)
    site = SurfacePlace(-89.45, 222.7).observer(sky)
    state, earth = JIAMUSI.state(sky), sky.body("earth")
    lines = [body.position - site.position for body in (state, earth)]
    ways = [np.linalg.norm(line, axis=1) for line in lines]
    cosine = np.einsum("ni,ni->n", *lines) / (ways[0] * ways[1])
    angle = np.degrees(np.arccos(cosine))
    assert np.all(angle < np.degrees(np.arcsin(6378.2 / ways[1])))
    assert angle.max() > 0.6
    assert np.abs(ways[0] - ways[1]).max() < 6379.0


def test_a_span_before_2000_is_not_covered() -> None:
    sky = sky_of("1999-06-01")
    for ask in (JIAMUSI.state, JIAMUSI.vertical, JIAMUSI.observer):
        with pytest.raises(CoverageError, match="orientation of the Earth is known from 2000-01-02"):
            ask(sky)


def test_a_station_becomes_a_place() -> None:
    station = GroundStation(name="Dish", latitude=1, longitude=2, height=30, mask="10 deg")
    assert ground_place(station) == GroundPlace(1.0, 2.0, 30.0, "Dish")
    assert ground_place(JIAMUSI) is JIAMUSI


def test_every_station_of_the_catalogue_is_a_place_by_its_id() -> None:
    for name, station in load_catalogue().ground_stations.items():
        place = ground_place(name)
        assert place == ground_place(station)
        assert place.name == station.name
        assert 6350.0 < np.linalg.norm(place.position) < 6380.0


def test_what_is_no_station_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown ground station 'jiamusy'; did you mean jiamusi"):
        ground_place("jiamusy")
    with pytest.raises(RequestError, match="5 is no place on the Earth; give a GroundStation"):
        ground_place(5)  # type: ignore[arg-type]


def test_heights_of_stations_are_heights_of_places() -> None:
    for height in (-1000, 10_000):
        station = GroundStation(latitude=0, longitude=0, height=height, mask="5 deg")
        assert ground_place(station).height == height


def test_the_local_axes_are_north_east_and_the_vertical() -> None:
    sky = sky_of("2026-06-01")
    axes = JIAMUSI.axes_at(sky)
    assert np.abs(np.einsum("nij,nkj->nik", axes, axes) - np.eye(3)).max() < 1e-14
    assert np.abs(axes[:, 2] - JIAMUSI.vertical(sky)).max() < 1e-15
    pole = GroundPlace(90.0, 0.0).vertical(sky)
    # the pole stands as high as the latitude, in the north
    assert np.degrees(np.arcsin(np.einsum("ni,ni->n", axes[:, 0], pole))) == pytest.approx(
        90.0 - JIAMUSI.latitude
    )
