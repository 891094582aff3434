"""Orbiters and ground stations seen from sites, against the SPICE geometry finder with the same series."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import (
    Constraint,
    PassOver,
    RadioQuiet,
    RangeTo,
    Separation,
    TargetElevation,
)
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.sky.apparent import Correction
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice
from tests.oracles.flights import SPANS, code, confine, flight, place, world, worst

MILLISECOND = 1e-3
STEPS = {"low": 60.0, "relay": 300.0, "halo": 3600.0, "far": 6 * 3600.0}
NAMES: dict[Correction, str] = {"apparent": "LT+S", "light_time": "LT", "geometric": "NONE"}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    with world(tmp_path_factory.mktemp("passes")) as catalogue:
        yield catalogue


def rises(
    target: str, site: str, span: str, relation: str, limit: float, correction: Correction = "apparent"
) -> spiceypy.Cell_Double:
    return spice.elevation_windows(
        code(target, span), int(code(site)), relation, limit, confine(span), STEPS[span], NAMES[correction]
    )


PASSES = [
    ("llo_100", "low", "ridge", 0.0, "apparent"),
    ("llo_100", "low", "ridge", 5.0, "apparent"),
    ("llo_100", "low", "ridge", 5.0, "geometric"),
    ("llo_100", "low", "ridge", 45.0, "apparent"),
    ("llo_100", "low", "ridge", 45.0, "light_time"),
    ("llo_100", "low", "far_side", 0.0, "apparent"),
    ("llo_100", "low", "far_side", 10.0, "geometric"),
    ("queqiao2", "relay", "ridge", 10.0, "apparent"),
    ("queqiao2", "relay", "ridge", 60.0, "light_time"),
    ("queqiao2", "relay", "near", 0.0, "geometric"),
    ("queqiao2", "relay", "far_side", 20.0, "apparent"),
    ("nrho_9_2", "halo", "ridge", 30.0, "apparent"),
    ("nrho_9_2", "halo", "near", 0.0, "geometric"),
    ("dro", "far", "near", 15.0, "apparent"),
    ("dro", "far", "far_side", 15.0, "geometric"),
]


@pytest.mark.parametrize(("orbiter", "span", "site", "mask", "correction"), PASSES)
def test_a_pass_over_a_mask_is_that_of_gfposc(
    orbiter: str, span: str, site: str, mask: float, correction: Correction, known: Catalogue
) -> None:
    expected = rises(orbiter, site, span, ">", mask, correction)
    spec = PassOver(orbiter=orbiter, min=f"{mask} deg")
    assert worst(spec, site, span, expected, known=known, correction=correction) < MILLISECOND


@pytest.mark.parametrize("span", ["low", "relay"])
def test_a_band_of_elevation_is_two_searches_chained(span: str, known: Catalogue) -> None:
    orbiter = {"low": "llo_100", "relay": "queqiao2"}[span]
    above = rises(orbiter, "ridge", span, ">", 10.0)
    expected = spice.elevation_windows(
        code(orbiter, span), int(code("ridge")), "<", 30.0, above, STEPS[span] / 2.0
    )
    spec = PassOver(orbiter=orbiter, min="10 deg", max="30 deg")
    assert worst(spec, "ridge", span, expected, known=known) < MILLISECOND


@pytest.mark.parametrize(
    ("station", "site", "limit", "correction"),
    [
        ("jiamusi", "near", 60.0, "apparent"),
        ("neuquen", "near", 66.0, "geometric"),
        ("jiamusi", "ridge", 0.0, "apparent"),
        ("neuquen", "ridge", 1.0, "light_time"),
    ],
)
def test_a_ground_station_rises_when_gfposc_says_so(
    station: str, site: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = rises(station, site, "halo", ">", limit, correction)
    spec = TargetElevation(target=station, min=f"{limit} deg")
    assert worst(spec, site, "halo", expected, known=known, correction=correction) < MILLISECOND


@pytest.mark.parametrize(
    ("target", "site", "span", "limit", "correction"),
    [
        ("llo_100", "ridge", "low", 500.0, "apparent"),
        ("llo_100", "ridge", "low", 500.0, "geometric"),
        ("queqiao2", "near", "relay", 15_000.0, "apparent"),
        ("dro", "ridge", "far", 75_000.0, "apparent"),
        ("jiamusi", "near", "halo", 380_000.0, "apparent"),
        ("neuquen", "ridge", "halo", 395_000.0, "geometric"),
    ],
)
def test_a_range_is_that_of_gfdist(
    target: str, site: str, span: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.limited(
        spiceypy.gfdist, code(target, span), NAMES[correction].removesuffix("+S"), code(site),
        relation="<", limit=limit, confine=confine(span), step=STEPS[span],
    )  # fmt: skip
    spec = RangeTo(body=target, max=f"{limit} km")
    assert worst(spec, site, span, expected, known=known, correction=correction) < MILLISECOND


@pytest.mark.parametrize(
    ("one", "two", "site", "span", "limit", "correction"),
    [
        ("llo_100", "sun", "ridge", "low", 60.0, "apparent"),
        ("queqiao2", "earth", "near", "relay", 50.0, "apparent"),
        ("dro", "sun", "near", "far", 40.0, "geometric"),
        ("jiamusi", "neuquen", "near", "halo", 1.0, "apparent"),
        ("jiamusi", "sun", "near", "halo", 20.0, "light_time"),
        ("llo_100", "queqiao2", "ridge", "low", 90.0, "apparent"),
    ],
)
def test_a_separation_is_that_of_gfsep(
    one: str, two: str, site: str, span: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.limited(
        spiceypy.gfsep, code(one, span), "POINT", "NULL", code(two, span), "POINT", "NULL", NAMES[correction],
        code(site), relation="<", limit=np.radians(limit), confine=confine(span), step=STEPS[span],
    )  # fmt: skip
    spec = Separation(bodies=(one, two), max=f"{limit} deg")
    assert worst(spec, site, span, expected, known=known, correction=correction) < MILLISECOND


def test_an_emitter_in_orbit_is_quiet_when_it_has_set(known: Catalogue) -> None:
    expected = rises("queqiao2", "far_side", "relay", "<", -2.0)
    spec = RadioQuiet(margin="2 deg", within="0 km", emitters=("queqiao2",))
    # the Earth never rises over this site
    assert worst(spec, "far_side", "relay", expected, known=known) < MILLISECOND


@pytest.mark.parametrize(("orbiter", "span"), [("llo_100", "low"), ("queqiao2", "relay"), ("dro", "far")])
def test_a_pass_is_the_same_from_above_and_from_below(orbiter: str, span: str, known: Catalogue) -> None:
    below: Constraint = PassOver(orbiter=orbiter, min="5 deg")
    above: Constraint = PassOver(site="ridge", min="5 deg")
    one = find_windows(below, place("ridge", span), *SPANS[span], catalogue=known)
    two = find_windows(above, flight(orbiter, span), *SPANS[span], catalogue=known)
    assert len(one) > 0
    assert np.abs(spice.edges(one) - spice.edges(two)).max() < 1e-5
