"""The kinds beyond Sun, Earth and separation against the SPICE geometry finder.

Same kernels, same sites as SPICE bodies; the step of the finder is shorter than any window or gap of the case.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import (
    Constraint,
    Direction,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    PhaseAngle,
    RangeTo,
    Season,
    Separation,
    TargetElevation,
)
from ilrs_science.epochs import to_tdb
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice

HOUR = 3600.0
START, END = "2026-01-01", "2027-01-01"
PLACES = {
    "ridge": SurfacePlace(-89.45, 222.69, 1900.0),
    "near": SurfacePlace(0.6875, 23.4333, -1900.0),
    "far": SurfacePlace(-45.4446, 177.5991, -5935.0),
}
CODES = dict(zip(PLACES, range(spice.FIRST_SITE, spice.FIRST_SITE + len(PLACES)), strict=True))
NAMES = {"jupiter": "JUPITER BARYCENTER", "mars": "MARS BARYCENTER", "venus": "VENUS", "earth": "EARTH"}


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spice.kernels():
        years = spiceypy.str2et("2024-01-01"), spiceypy.str2et("2032-01-01")
        with spice.sites(PLACES.values(), tmp_path_factory.mktemp("spk"), years):
            # the spheres of our bodies, so that limbs are compared like with like
            pool = {
                f"BODY{code}_{name}": values
                for code, body in ((10, "sun"), (399, "earth"))
                for name, values in {
                    "RADII": [BODIES[body].radius] * 3,
                    **{
                        turn: [0.0, 0.0, 0.0] for turn in ("POLE_RA", "POLE_DEC", "PM")
                    },  # a sphere has no front
                }.items()
            }
            for name, values in pool.items():
                spiceypy.pdpool(name, values)
            spiceypy.gfstol(1e-6)
            yield
            for name in pool:
                spiceypy.dvpool(name)


def year(end: str = END) -> spiceypy.Cell_Double:
    return spice.cell([(spiceypy.str2et(START), spiceypy.str2et(end))])


def assert_same(constraint: Constraint, site: str, expected: spiceypy.Cell_Double, end: str = END) -> None:
    found, wanted = spice.edges(find_windows(constraint, PLACES[site], START, end)), spice.pairs(expected)
    assert wanted.size
    assert len(found) == len(wanted)
    assert np.abs(found - wanted).max() < 1e-3


@pytest.mark.parametrize(
    ("site", "planet", "limit"), [("near", "jupiter", 10.0), ("far", "mars", 20.0), ("far", "venus", 30.0)]
)
def test_the_elevation_of_a_planet_is_that_of_gfposc(site: str, planet: str, limit: float) -> None:
    expected = spice.elevation_windows(NAMES[planet], CODES[site], ">", limit, year(), 24 * HOUR)
    assert_same(TargetElevation(target=planet, min=f"{limit} deg"), site, expected)


@pytest.mark.parametrize(("planet", "limit"), [("jupiter", 60.0), ("venus", 30.0)])
def test_the_separation_of_a_planet_from_the_sun_is_that_of_gfsep(planet: str, limit: float) -> None:
    expected = spiceypy.cell_double(400)
    spiceypy.gfsep(
        NAMES[planet], "POINT", "NULL", "SUN", "POINT", "NULL", "LT+S", str(CODES["ridge"]),
        ">", np.radians(limit), 0.0, 24 * HOUR, 2000, year(), expected,
    )  # fmt: skip
    assert_same(Separation(bodies=[planet, "sun"], min=f"{limit} deg"), "ridge", expected)


@pytest.mark.parametrize(("planet", "limit"), [("earth", 30.0), ("earth", 120.0), ("venus", 60.0)])
def test_a_phase_is_that_of_gfpa(planet: str, limit: float) -> None:
    expected = spiceypy.cell_double(400)
    spiceypy.gfpa(
        NAMES[planet], "SUN", "LT+S", str(CODES["near"]), "<", np.radians(limit), 0.0, 24 * HOUR, 2000,
        year(), expected,
    )  # fmt: skip
    assert_same(PhaseAngle(body=planet, max=f"{limit} deg"), "near", expected)


def test_a_range_is_that_of_gfdist() -> None:
    expected = spiceypy.cell_double(400)
    spiceypy.gfdist(
        "EARTH", "LT+S", str(CODES["near"]), "<", 370_000.0, 0.0, 24 * HOUR, 2000, year(), expected
    )
    assert_same(RangeTo(body="earth", max="370000 km"), "near", expected)


@pytest.mark.parametrize(("phase", "kind"), [("any", "ANY"), ("umbra", "FULL"), ("penumbra", "PARTIAL")])
@pytest.mark.parametrize("site", ["near", "ridge"])
def test_eclipses_are_those_of_gfoclt(site: str, phase: str, kind: str) -> None:
    expected, end = spiceypy.cell_double(400), "2029-01-01"
    spiceypy.gfoclt(
        kind, "EARTH", "ELLIPSOID", "IAU_EARTH", "SUN", "ELLIPSOID", "IAU_SUN", "LT", str(CODES[site]), 600.0,
        year(end), expected,
    )  # fmt: skip
    assert_same(Eclipse(phase=phase), site, expected, end)


def sun_over_moon(coordinate: str, relation: str, limit: float, confine: object) -> spiceypy.Cell_Double:
    """``gfposc`` for longitude or latitude of the point under the Sun."""
    result = spiceypy.cell_double(400)
    spiceypy.gfposc(
        "SUN", "MOON_ME", "LT+S", "MOON", "LATITUDINAL", coordinate, relation, np.radians(limit), 0.0,
        24 * HOUR, 2000, confine, result,
    )  # fmt: skip
    return result


def test_the_season_is_the_latitude_under_the_sun() -> None:
    assert_same(Season(min="1 deg"), "near", sun_over_moon("LATITUDE", ">", 1.0, year()))
    assert_same(Season(half="summer"), "ridge", sun_over_moon("LATITUDE", "<", 0.0, year()))
    assert_same(Season(half="winter"), "ridge", sun_over_moon("LATITUDE", ">", 0.0, year()))


HOURS = [
    ("near", 9.0, 14.0),
    ("near", 22.0, 3.0),
    ("near", 20.0, 14.0),
    ("far", 6.0, 18.0),
    ("ridge", 4.0, 5.0),
]


@pytest.mark.parametrize(("site", "first", "last"), HOURS)
def test_the_hour_of_the_day_is_the_longitude_under_the_sun(site: str, first: float, last: float) -> None:
    # from 9 h to 14 h the Sun stands over longitudes 45 deg east to 30 deg west of the site
    centre = (
        PLACES[site].longitude - 15.0 * (first + (last - first) % 24.0 / 2.0 - 12.0) + 180.0
    ) % 360.0 - 180.0
    half = 7.5 * ((last - first) % 24.0)
    # the finder takes longitudes to 180 deg and no further
    west, east = centre - half, centre + half
    whole = year()
    if west >= -180.0 and east <= 180.0:
        expected = sun_over_moon("LONGITUDE", "<", east, sun_over_moon("LONGITUDE", ">", west, whole))
    else:
        beyond = (west + 180.0) % 360.0 - 180.0, (east + 180.0) % 360.0 - 180.0
        expected = spiceypy.wnunid(
            sun_over_moon("LONGITUDE", ">", beyond[0], whole),
            sun_over_moon("LONGITUDE", "<", beyond[1], whole),
        )
        # the two parts meet where the longitude jumps from -180 to 180 deg
        spiceypy.wnfild(1.0, expected)
    hours = LocalSolarTime(min=f"{first} h", max=f"{last} h")
    assert_same(hours, site, expected)


def test_the_tail_is_where_sun_and_moon_are_opposite_seen_from_the_earth() -> None:
    expected = spiceypy.cell_double(400)
    spiceypy.gfsep(
        "MOON", "POINT", "NULL", "SUN", "POINT", "NULL", "NONE", "EARTH", ">", np.radians(180.0 - 27.0), 0.0,
        24 * HOUR, 2000, year(), expected,
    )  # fmt: skip
    assert_same(Magnetotail(), "near", expected)


def test_a_fixed_direction_rises_where_spice_sees_an_aberrated_star_at_the_limit() -> None:
    # no finder for stars: at every edge that we find, stelab puts the star on the limit
    constraint = TargetElevation(target=Direction(ra="83.6331 deg", dec="22.0145 deg"), min="15 deg")
    found = find_windows(constraint, PLACES["near"], START, END)
    assert len(found) in (13, 14)  # a sidereal month of 27.3 days
    line = np.array(spiceypy.radrec(1.0, np.radians(83.6331), np.radians(22.0145)))
    up = np.array(spiceypy.latrec(1.0, np.radians(23.4333), np.radians(0.6875)))
    at = np.append(spice.position(PLACES["near"]), np.zeros(3))
    for t in to_tdb(np.concatenate([found.starts, found.ends[:-1]])):
        to_icrf = np.asarray(spiceypy.sxform("MOON_ME", "J2000", t))
        moving = np.asarray(spiceypy.spkssb(301, t, "J2000"))[3:] + (to_icrf @ at)[3:]
        seen = to_icrf[:3, :3].T @ np.asarray(spiceypy.stelab(line, moving))
        # 1 ms is 0.015 arcsec/s * 1e-3 of the sky's turn: 7e-11 in the sine
        assert abs(seen @ up - np.sin(np.radians(15.0))) < 1e-8
