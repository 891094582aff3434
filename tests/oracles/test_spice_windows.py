"""Windows against the SPICE geometry finder: ``gfposc``, ``gfsep`` at sites of an SPK, LT+S, chained by SPICE windows.

The step of the finder is shorter than any window or gap of the case; its convergence tolerance is 1e-6 s.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    EarthElevation,
    Night,
    Separation,
    SunElevation,
)
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice

HOUR, DAY = 3600.0, 86400.0
START, END = "2026-01-01", "2027-01-01"
PLACES = {
    "ridge": SurfacePlace(-89.45, 222.69, 1900.0),
    "north": SurfacePlace(88.1, 35.0),
    "limb": SurfacePlace(10.0, 88.0),
    "near": SurfacePlace(0.6875, 23.4333, -1900.0),
    "far": SurfacePlace(-45.4446, 177.5991, -5935.0),
    "malapert": SurfacePlace(-85.964, -2.319, 4000.0),
}
CODES = dict(zip(PLACES, range(spice.FIRST_SITE, spice.FIRST_SITE + len(PLACES)), strict=True))


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spice.kernels():
        folder: Path = tmp_path_factory.mktemp("spk")
        with spice.sites(
            PLACES.values(), folder, (spiceypy.str2et("2006-01-01"), spiceypy.str2et("2046-01-01"))
        ):
            yield


def span(start: str, end: str) -> spiceypy.Cell_Double:
    return spice.cell([(spiceypy.str2et(start), spiceypy.str2et(end))])


def assert_same(
    constraint: Constraint,
    site: str,
    expected: spiceypy.Cell_Double,
    *,
    start: str = START,
    end: str = END,
) -> None:
    found = spice.edges(find_windows(constraint, PLACES[site], start, end))
    wanted = spice.pairs(expected)
    assert len(found) == len(wanted)
    assert np.abs(found - wanted).max(initial=0.0) < 1e-3


ELEVATIONS = [
    # site, body, limit [deg], step of the finder [h]
    ("ridge", "sun", 0.0, 6),
    ("ridge", "sun", 1.2, 2),
    ("ridge", "earth", 5.0, 6),
    ("ridge", "earth", 0.0, 6),
    ("north", "sun", 0.5, 6),
    ("limb", "earth", 2.0, 6),
    ("limb", "sun", -6.0, 6),
    ("near", "sun", 0.0, 24),
    ("near", "sun", 88.0, 2),
    ("far", "sun", 6.7, 24),
    ("malapert", "earth", 6.0, 6),
    ("malapert", "sun", 2.0, 6),
]


@pytest.mark.parametrize(("site", "body", "limit", "hours"), ELEVATIONS)
def test_an_elevation_above_a_limit_is_that_of_gfposc(site: str, body: str, limit: float, hours: int) -> None:
    kind = {"sun": SunElevation, "earth": EarthElevation}[body]
    expected = spice.elevation_windows(body, CODES[site], ">", limit, span(START, END), hours * HOUR)
    assert_same(kind(min=f"{limit} deg"), site, expected)


@pytest.mark.parametrize(("site", "body", "limit", "hours"), ELEVATIONS[1:6:2])
def test_an_elevation_below_a_limit_is_that_of_gfposc(site: str, body: str, limit: float, hours: int) -> None:
    kind = {"sun": SunElevation, "earth": EarthElevation}[body]
    expected = spice.elevation_windows(body, CODES[site], "<", limit, span(START, END), hours * HOUR)
    assert_same(kind(max=f"{limit} deg"), site, expected)


@pytest.mark.parametrize(
    ("site", "relation", "limit", "hours"),
    [
        ("near", "<", 90.0, 24),
        ("near", ">", 30.0, 24),
        ("ridge", "<", 2.0, 1),
        ("far", ">", 179.0, 1),
        ("malapert", "<", 0.9, 0.5),
    ],
)
def test_a_separation_is_that_of_gfsep(site: str, relation: str, limit: float, hours: float) -> None:
    expected = spice.separation_windows(CODES[site], relation, limit, span(START, END), hours * HOUR)
    bound = {"<": "max", ">": "min"}[relation]
    assert spice.pairs(expected).size
    assert_same(
        Separation.model_validate({"bodies": ["sun", "earth"], bound: f"{limit} deg"}), site, expected
    )


def test_a_band_of_elevation_is_two_searches_chained() -> None:
    above = spice.elevation_windows("sun", CODES["near"], ">", 5.0, span(START, END), 12 * HOUR)
    expected = spice.elevation_windows("sun", CODES["near"], "<", 20.0, above, 12 * HOUR)
    assert_same(SunElevation(min="5 deg", max="20 deg"), "near", expected)


def test_day_and_night_share_their_edges() -> None:
    day = spice.elevation_windows("sun", CODES["far"], ">", 0.0, span(START, END), 24 * HOUR)
    night = spice.elevation_windows("sun", CODES["far"], "<", 0.0, span(START, END), 24 * HOUR)
    assert_same(Day(), "far", day)
    assert_same(Night(), "far", night)


def test_and_or_not_are_those_of_spice_windows() -> None:
    whole = span(START, END)
    first, last = spice.pairs(whole)[0]
    lit = spice.elevation_windows("sun", CODES["ridge"], ">", 0.0, whole, 6 * HOUR)
    link = spice.elevation_windows("earth", CODES["ridge"], ">", 5.0, whole, 6 * HOUR)
    glare = spice.separation_windows(CODES["ridge"], "<", 20.0, whole, 6 * HOUR)
    quiet = spiceypy.wncomd(first, last, glare)
    spec_lit, spec_link = SunElevation(min="0 deg"), EarthElevation(min="5 deg")
    spec_glare = Separation(bodies=("sun", "earth"), max="20 deg")
    assert_same(spec_lit & spec_link, "ridge", spiceypy.wnintd(lit, link))
    assert_same(spec_lit | spec_link, "ridge", spiceypy.wnunid(lit, link))
    assert_same(spec_lit & ~spec_glare, "ridge", spiceypy.wnintd(lit, quiet))
    assert_same(
        spec_lit & spec_link & ~spec_glare, "ridge", spiceypy.wnintd(spiceypy.wnintd(lit, link), quiet)
    )
    assert_same(~(spec_lit | spec_link), "ridge", spiceypy.wncomd(first, last, spiceypy.wnunid(lit, link)))


@pytest.mark.parametrize(
    ("start", "end"), [("2016-12-20", "2017-01-15"), ("2030-06-03T01:02:03", "2030-06-20")]
)
def test_a_span_with_a_leap_second_and_one_that_cuts_a_window(start: str, end: str) -> None:
    expected = spice.elevation_windows("sun", CODES["near"], ">", 0.0, span(start, end), 6 * HOUR)
    assert_same(SunElevation(min="0 deg"), "near", expected, start=start, end=end)


def test_ten_years_at_a_pole_miss_no_window() -> None:
    start, end = "2026-01-01", "2036-01-01"
    expected = spice.elevation_windows("sun", CODES["ridge"], ">", 0.5, span(start, end), 6 * HOUR)
    assert len(spice.pairs(expected)) > 30
    assert_same(SunElevation(min="0.5 deg"), "ridge", expected, start=start, end=end)
