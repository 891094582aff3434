"""Mass sent toward the Moon for a kilogram that arrives."""

from __future__ import annotations

import math

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.studies.siting.transport import (
    DELTA_V,
    GRAVITY,
    HIGH_KM,
    LOW_KM,
    SPECIFIC_IMPULSE_S,
    TANKS,
    launch_mass_ratio,
)

CATALOGUE = load_catalogue()


def stage(burn: str) -> float:
    """Mass before a burn for a kilogram of payload after it, by propellant and tanks one by one."""
    exhaust = GRAVITY * SPECIFIC_IMPULSE_S
    grown = math.exp(DELTA_V[burn] / exhaust)
    # payload 1, propellant p, tanks TANKS p: (1 + p + TANKS p) / (1 + TANKS p) = grown
    propellant = (grown - 1) / (1 + TANKS - TANKS * grown)
    return 1 + propellant * (1 + TANKS)


@pytest.mark.parametrize("name", list(CATALOGUE.orbits))
def test_every_orbit_takes_the_burn_of_its_height(name: str) -> None:
    orbit = CATALOGUE.orbits[name]
    burn = (
        "low_orbit"
        if orbit.apolune_height < LOW_KM
        else "high_orbit"
        if orbit.apolune_height < HIGH_KM
        else "far_orbit"
    )
    assert launch_mass_ratio(orbit) == pytest.approx(stage(burn), rel=1e-12)


def test_a_landing_comes_after_a_low_orbit_wherever_it_is() -> None:
    expected = stage("low_orbit") * stage("landing")
    for site in list(CATALOGUE.sites.values())[:10]:
        assert launch_mass_ratio(site) == pytest.approx(expected, rel=1e-12)


def test_the_ground_costs_more_than_a_low_orbit_and_that_more_than_a_far_one() -> None:
    ground = launch_mass_ratio(CATALOGUE.sites["connecting_ridge"])
    low = launch_mass_ratio(CATALOGUE.orbits["ilrs_llo_staging"])
    far = launch_mass_ratio(CATALOGUE.orbits["dro"])
    assert ground > low > far > 1.0
