"""The conditions of every shipped experiment can be searched where it belongs, and leave room for a session."""

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.windows.constraints import find_windows

CATALOGUE = load_catalogue()
CONDITIONED = [one for one in CATALOGUE.experiments.values() if one.conditions is not None]
INSTRUMENTS = [one for one in CATALOGUE.instruments.values() if one.conditions is not None]

#: A place that fits, where the first site or orbit of the record is not the best example.
PLACES = {
    "autonomous_operation": "connecting_ridge",  # the Earth sets
    "beacon_time_transfer": "ce7_site",  # the relay is up for most of a day
    "near_uv_galactic_survey": "connecting_ridge",
    "oxygen_production": "reactor_station",  # power belongs to a station
    "precision_landing": "leibnitz_beta",  # the Sun climbs above 1 deg all year
    "lunar_eclipse_campaign": "ce3_site",
}
BY_LOCATION = {
    "any_surface": "ce3_site",
    "near_side": "ce3_site",
    "polar": "ce7_site",
    "far_side": "von_karman",
}

#: Spans in which a session fits; two months of 2031 for all others.
SPANS = {
    "lunar_eclipse_campaign": ("2029-12-19", "2029-12-22"),  # total eclipse of 2029-12-20
    "exosphere_at_sunrise": ("2031-03-01", "2031-03-03"),  # the orbit of the record lies along the terminator
    "orbital_polar_mapping": ("2031-03-01", "2031-03-03"),
}
USUAL = ("2031-03-01", "2031-05-01")


def place_for(one):
    return PLACES.get(one.id) or next(iter((*one.orbits, *one.sites)), None) or BY_LOCATION[one.location]


def kinds_of(constraint: Constraint) -> set[str]:
    inner = getattr(constraint, "of", ())
    parts = inner if isinstance(inner, tuple) else (inner,)
    return {constraint.kind}.union(*(kinds_of(part) for part in parts))


def test_the_vocabulary_of_constraints_is_in_use():
    used = set().union(*(kinds_of(one.conditions) for one in (*CONDITIONED, *INSTRUMENTS)))
    assert used >= {
        "all_of", "any_of", "day", "earth_elevation", "earth_visible", "eclipse", "magnetotail", "night", "not",
        "occultation", "pass_over", "phase_angle", "plasma_region", "power_available", "radio_quiet", "separation",
        "solar_beta", "sun_elevation", "sun_visible", "target_elevation", "temperature",
    }  # fmt: skip


@pytest.mark.parametrize("one", CONDITIONED, ids=lambda one: one.id)
def test_two_days_can_be_searched(one):
    windows = find_windows(one.conditions, place_for(one), "2031-03-01", "2031-03-03", catalogue=CATALOGUE)
    assert (windows.ends > windows.starts).all()


@pytest.mark.parametrize("one", CONDITIONED, ids=lambda one: one.id)
def test_a_session_fits(one):
    start, end = SPANS.get(one.id, USUAL)
    windows = find_windows(one.conditions, place_for(one), start, end, catalogue=CATALOGUE)
    lengths = (windows.ends - windows.starts) / np.timedelta64(1, "s")
    assert lengths.max(initial=0) >= one.session


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.id)
def test_conditions_of_instruments_can_be_searched_where_they_work(one):
    aloft = {"orbiter", "relay"} & {*one.platforms} and "lander" not in one.platforms
    place = "ce7_orbiter" if aloft else "reactor_station"
    find_windows(one.conditions, place, "2031-03-01", "2031-03-03", catalogue=CATALOGUE)


def test_a_night_of_354_hours_depends_on_season_and_latitude():
    survival = CATALOGUE.experiments["night_survival"]
    nights = {}
    for site in survival.sites:
        found = find_windows(survival.conditions, site, *USUAL, catalogue=CATALOGUE)
        nights[site] = max((found.ends - found.starts) / np.timedelta64(1, "h"))
    # in March 2031 the Sun stands north: nights are short at 45 N and long at 24 S
    assert nights["sinus_iridum"] < 354 < nights["lusee_site"]


def test_a_terminator_session_asks_for_high_latitudes():
    plasma = CATALOGUE.experiments["dusty_plasma"]
    at_the_equator, near_the_pole = (
        find_windows(plasma.conditions.of[0], site, *USUAL, catalogue=CATALOGUE)
        for site in ("daedalus", "boguslawsky")
    )
    # 6 deg at 0.508 deg/h
    longest = ((at_the_equator.ends - at_the_equator.starts) / np.timedelta64(1, "h")).max()
    assert longest == pytest.approx(6 / 0.508, abs=0.5)
    assert ((near_the_pole.ends - near_the_pole.starts) / np.timedelta64(1, "h")).max() > 24


def test_the_relay_stands_over_the_south_for_most_of_the_time():
    hopper = CATALOGUE.experiments["hopper_flight"]
    relay = next(part for part in hopper.conditions.of if part.kind == "pass_over")
    found = find_windows(relay, "ce7_site", "2031-03-01", "2031-03-08", catalogue=CATALOGUE)
    # the reference list: about 20 h of 24 h
    assert ((found.ends - found.starts) / np.timedelta64(7, "D")).sum() == pytest.approx(0.9, abs=0.1)
