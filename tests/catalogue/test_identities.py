"""Numbers of the reference list that follow from each other, on the shipped records where they have them."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Magnetotail
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import SHIELDED_BEYOND_LIMB, Site

CATALOGUE = load_catalogue()
#: Mean distance of the Moon. [km]
DISTANCE = 384_400.0
#: Mean synodic month. [d]
SYNODIC = 29.530589


def test_queqiao_2_is_frozen() -> None:
    # averaged over orbiter and Earth, the argument of perilune stands still where cos^2 i = 3 (1 - e^2) / 5
    orbit = CATALOGUE.orbits["queqiao2"]
    frozen = math.degrees(math.acos(math.sqrt(0.6 * (1 - orbit.eccentricity**2))))
    assert frozen == pytest.approx(62.5, abs=0.06)
    assert orbit.inclination == pytest.approx(frozen, abs=0.2)


def test_queqiao_2_turns_in_a_day() -> None:
    assert CATALOGUE.orbits["queqiao2"].period / 3600 == pytest.approx(24.32, abs=0.01)


def test_frozen_relays_lean_as_far_as_the_same_condition_asks() -> None:
    # at omega = 90 deg; elfo_24h has 55.2 deg and so another eccentricity
    orbit = CATALOGUE.orbits["elfo_12h"]
    frozen = math.degrees(math.acos(math.sqrt(0.6 * (1 - orbit.eccentricity**2))))
    assert frozen == pytest.approx(51.7, abs=0.1)
    assert orbit.inclination - frozen == pytest.approx(4.5, abs=0.2)  # Ely's optimum lies a few degrees above


def test_the_halo_orbit_turns_nine_times_in_two_months() -> None:
    turn = SYNODIC * 2 / 9
    assert turn == pytest.approx(6.562, abs=5e-4)
    assert CATALOGUE.orbits["nrho_9_2"].period / 86_400 == pytest.approx(turn, abs=5e-4)


def test_the_shielded_zone_begins_where_a_ray_grazes_the_moon() -> None:
    grazing = math.degrees(math.asin((100_000 + 1737) / DISTANCE))
    assert grazing == pytest.approx(15.3, abs=0.06)
    assert grazing + 7.9 == pytest.approx(23.2, abs=0.06)
    rules = [one.beyond_limb for one in CATALOGUE.compliance.values() if one.beyond_limb is not None]
    assert set(rules) == {SHIELDED_BEYOND_LIMB} == {23.2}
    assert Site(latitude=0, longitude=113.2 + 1e-6).radio_shielded
    assert not Site(latitude=0, longitude=113.1).radio_shielded


def test_the_tail_is_crossed_in_six_days() -> None:
    rate = 360 / SYNODIC
    assert rate == pytest.approx(12.19, abs=0.01)
    assert 3 * rate == pytest.approx(36.6, abs=0.05)
    lobes = [math.degrees(math.asin(radius / 60.3)) for radius in (25, 30)]
    assert lobes == [pytest.approx(24.5, abs=0.05), pytest.approx(29.8, abs=0.05)]
    assert lobes[0] < Magnetotail().half_width < lobes[1]


def test_the_battery_of_the_night_carries_twenty_watts() -> None:
    station = CATALOGUE.stations["far_side_night_station"]
    assert station.battery.capacity / 354 == pytest.approx(19.8, abs=0.05)
    assert station.base_load.night < station.battery.capacity * 0.9 / 354


def test_an_hour_of_moon_earth_interferometry_is_seven_terabits() -> None:
    assert CATALOGUE.instruments["moon_orbit_vlbi"].data_rate * 3600 / 1e6 == pytest.approx(7.2)


def test_a_narrow_angle_image_is_two_gigabits() -> None:
    pixels = 52_224 * 5000
    assert pixels * 8 / 1e6 == pytest.approx(2089, abs=0.1)
    (image,) = CATALOGUE.instruments["narrow_angle_camera"].products
    assert image.volume == pytest.approx(pixels * 8 / 1e6, abs=0.1)


def test_the_extreme_ultraviolet_camera_resolves_a_tenth_of_the_earth() -> None:
    width = DISTANCE * math.tan(math.radians(0.08))
    assert width == pytest.approx(537, abs=0.5)
    assert width / 6378 == pytest.approx(0.084, abs=5e-4)


def test_the_earth_is_nearly_two_degrees_wide() -> None:
    assert 2 * math.degrees(math.asin(6371 / DISTANCE)) == pytest.approx(1.9, abs=0.01)


def test_the_galactic_centre_stands_low_at_the_south_pole() -> None:
    # Pole of the Moon (IAU 2015, mean): 269.9949 deg, 66.5392 deg. The reference list has +29.0 deg, which is the
    # elevation over the Earth's south pole: the Moon's own pole lies 1.5 deg from that of the ecliptic.
    target = CATALOGUE.targets["galactic_centre"]

    def direction(ra: float, dec: float) -> np.ndarray:
        east, north = math.radians(ra), math.radians(dec)
        return np.array([math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)])

    elevation = -math.degrees(math.asin(direction(269.9949, 66.5392) @ direction(target.ra, target.dec)))
    assert elevation == pytest.approx(5.6, abs=1.6)
    assert -target.dec == pytest.approx(29.0, abs=0.1)


def test_a_day_of_the_orbiter_of_change_7_has_twelve_turns() -> None:
    assert 86_400 / CATALOGUE.orbits["ce7_orbiter"].period == pytest.approx(11.74, abs=0.01)


# Latitudes of the copied kernels went through the step from geocentric to geodetic once too often: 0.192 deg.
@pytest.mark.parametrize(("name", "kernel"), [("yevpatoria", 45.3814), ("ussuriysk", 44.2083)])
def test_russian_latitudes_are_those_of_the_kernels_taken_back_once(name: str, kernel: float) -> None:
    squeeze = (1 - 1 / 298.257223563) ** 2
    latitude = math.degrees(math.atan(squeeze * math.tan(math.radians(kernel))))
    assert CATALOGUE.ground_stations[name].latitude == pytest.approx(latitude, abs=1e-4)
    assert kernel - latitude == pytest.approx(0.192, abs=0.001)


def test_light_takes_a_second_and_a_quarter_to_the_moon() -> None:
    seconds = DISTANCE / 299_792.458
    assert seconds == pytest.approx(1.28, abs=0.01)
    behind = CATALOGUE.orbits["eml2"]
    farthest = DISTANCE + behind.perilune_height + 1737.4
    assert farthest / 299_792.458 == pytest.approx(1.5, abs=0.02)


def test_the_tracked_orbit_of_queqiao_2_is_given_by_distances_from_the_centre() -> None:
    # 1991.69 and 18 678.5 km with a period of 26.18 h: as distances 26.19 h, as heights above the ground 33 h
    def hours(axis: float) -> float:
        return 2 * math.pi * math.sqrt(axis**3 / 4902.800066) / 3600

    middle = (1991.69 + 18_678.5) / 2
    assert hours(middle) == pytest.approx(26.19, abs=0.01)
    assert hours(middle + 1737.4) > 32


def test_texts_cite_sources_that_exist() -> None:
    for _, record in CATALOGUE.records():
        words = " ".join(
            str(getattr(record, name, "")) for name in ("note", "role", "outcome", "decide", "goals")
        )
        cited = set(re.findall(r"\bS\d{1,2}[a-f]?\b", words))
        assert cited <= set(CATALOGUE.sources), record.id
