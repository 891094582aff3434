"""The shipped orbits: all of them, with the numbers of the reference list, and each can be flown."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.orbit import MOON_RADIUS, OrbitKind
from ilrs_science.epochs import to_tdb
from ilrs_science.sky.orbiters import trajectory_of

ORBITS = dict(load_catalogue().orbits)

# Heights [km], inclination [deg] and period [min] of the project's reference list of orbits, section 5; periods that it
# derives use T = 2 pi sqrt(a^3 / mu) with mu = 4902.800066 km3/s2; that of LADEE is worked out here.
TABLE = [
    ("llo_50", 50, 50, 90, 113.0),
    ("llo_100", 100, 100, 90, 117.8),
    ("ce7_orbiter", 150, 150, 90, 122.6),
    ("luna26_map", 50, 80, 90, 114.4),
    ("luna26_late", 500, 500, 90, 158.3),
    ("lro_frozen", 30, 180, 86, 118.3),
    ("ladee", 25, 80, 157, 113.25),
    ("ilrs_llo_staging", 200, 200, 90, 127.5),
    ("queqiao2", 200, 16000, 62.4, 24.32 * 60),
    ("elfo_12h", 879, 8729, 56.2, 13.19 * 60),
    ("elfo_24h", 1792.3, 14234.2, 54.3, 24.0 * 60),
]


def test_there_are_the_orbits_of_the_reference_list_and_no_others() -> None:
    others = {"queqiao1", "nrho_9_2", "dro", "eml1", "eml2"}
    assert set(ORBITS) == {name for name, *_ in TABLE} | others
    assert len(ORBITS) == 16


@pytest.mark.parametrize(("name", "low", "high", "inclination", "minutes"), TABLE)
def test_numbers_are_those_of_the_reference_list(
    name: str, low: float, high: float, inclination: float, minutes: float
) -> None:
    orbit = ORBITS[name]
    assert (orbit.perilune_height, orbit.apolune_height, orbit.inclination) == (low, high, inclination)
    assert orbit.period / 60 == pytest.approx(minutes, rel=1e-3)


def test_ladee_turns_within_the_periods_that_its_source_gives() -> None:
    assert 111.5 <= ORBITS["ladee"].period / 60 <= 116.5


# Semi-major axes and eccentricities of the reference list, from which the records derive their heights.
@pytest.mark.parametrize(
    ("name", "axis", "eccentricity"),
    [
        ("elfo_12h", 6541.4, 0.60),
        ("elfo_24h", 9750.7, 0.638),
        ("queqiao2", 9837.4, 0.8031),
        ("lro_frozen", 1842.4, 0.0407),
        ("luna26_map", 1802.4, 0.0083),
    ],
)
def test_heights_follow_from_axis_and_eccentricity(name: str, axis: float, eccentricity: float) -> None:
    assert ORBITS[name].semi_major_axis == pytest.approx(axis, abs=0.2)
    assert ORBITS[name].eccentricity == pytest.approx(eccentricity, abs=1e-4)


@pytest.mark.parametrize("name", sorted(ORBITS))
def test_every_orbit_can_be_flown_for_a_day_within_its_heights(name: str) -> None:
    orbit = ORBITS[name]
    start = np.datetime64("2031-06-05") if orbit.epoch is None else orbit.epoch
    flight = trajectory_of(orbit, start, start + np.timedelta64(1, "D"))
    times = float(to_tdb(start)) + np.linspace(1.0, 86_399.0, 400)
    height = np.linalg.norm(flight.position(times), axis=1) - MOON_RADIUS
    slack = max(25.0, 0.03 * orbit.apolune_height)  # mascons, Earth and Sun bend an ellipse within a day
    assert height.min() > orbit.perilune_height - slack
    assert height.max() < orbit.apolune_height + slack


UNSTABLE = ["queqiao1", "eml2", "eml1"]


@pytest.mark.parametrize("name", UNSTABLE)
def test_orbits_about_the_points_hold_as_long_as_their_notes_say(name: str) -> None:
    orbit = ORBITS[name]
    days = 38 if name == "eml1" else 48
    flight = trajectory_of(orbit, orbit.epoch, orbit.epoch + np.timedelta64(days, "D"))
    times = float(to_tdb(orbit.epoch)) + np.linspace(1.0, days * 86_400 - 1.0, 2000)
    height = np.linalg.norm(flight.position(times), axis=1) - MOON_RADIUS
    assert height.min() == pytest.approx(orbit.perilune_height, rel=0.01)
    assert height.max() == pytest.approx(orbit.apolune_height, rel=0.02)


def test_the_halo_orbit_stays_as_far_from_the_moon_as_queqiao_did() -> None:
    # 47 000 to 80 000 km from the Moon, a revolution in about 14 d, 13 000 km out of the plane (S23)
    orbit = ORBITS["queqiao1"]
    assert orbit.perilune_height + MOON_RADIUS > 47_000
    assert orbit.apolune_height + MOON_RADIUS < 80_000
    assert orbit.period / 86_400 == pytest.approx(14, abs=1)
    assert orbit.kind is OrbitKind.HALO


def test_the_points_turn_with_the_earth() -> None:
    # the sidereal month, 27.321662 d; the plane of the Earth's motion leans 6.7 deg to the Moon's equator
    for name in ("eml1", "eml2"):
        assert ORBITS[name].period / 86_400 == pytest.approx(27.321662, abs=0.01)
        assert ORBITS[name].inclination == pytest.approx(6.68, abs=0.05)


# Distances of the collinear points from the Moon in units of the Earth-Moon distance solve
# x - (1 - mu) (x + mu) / |x + mu|^3 - mu (x - 1 + mu) / |x - 1 + mu|^3 = 0; mu = 0.01215.
def test_the_points_lie_where_the_three_body_problem_puts_them() -> None:
    ratio = 4902.800066 / (4902.800066 + 398_600.4418)

    def pull(x: float) -> float:
        earth, moon = x + ratio, x - 1 + ratio
        return x - (1 - ratio) * earth / abs(earth) ** 3 - ratio * moon / abs(moon) ** 3

    for name, low, high in (("eml2", 1.1, 1.2), ("eml1", 0.8, 0.9)):
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if pull(middle) < 0 else (low, middle)
        distance = abs(low - 1 + ratio) * 384_400
        orbit = ORBITS[name]
        assert orbit.perilune_height < distance - MOON_RADIUS < orbit.apolune_height


def test_low_orbits_fall_as_fast_as_their_records_say() -> None:
    lives = {name: one.natural_life / 86_400 for name, one in ORBITS.items() if one.natural_life}
    assert lives == {"llo_50": 50, "llo_100": 150, "luna26_map": 69, "ladee": 10}
    start = np.datetime64("2031-06-05")
    with pytest.raises(ValueError, match=r"9\.9\d days after its epoch"):
        trajectory_of("ladee", start, start + np.timedelta64(12, "D"))


def test_frozen_orbits_are_marked_so() -> None:
    frozen = {
        name for name, one in ORBITS.items() if one.kind in (OrbitKind.FROZEN, OrbitKind.ELLIPTICAL_FROZEN)
    }
    assert frozen == {"lro_frozen", "queqiao2", "elfo_12h", "elfo_24h"}
    assert ORBITS["lro_frozen"].argument_of_perilune == 270  # perilune over the south
    assert math.isclose(ORBITS["queqiao2"].argument_of_perilune, 90)  # and over the north
