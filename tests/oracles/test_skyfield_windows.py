"""Windows at sites against Skyfield: its own light time, aberration, lunar frame and search, on the same kernels.

Skyfield iterates light time until it stands still and aberrates by the relativistic formula; we do as SPICE does, once
and by the classical one. The first moves the Earth by its way in 1e-4 s: 4 m, 2e-3 arcsec; the second everything by
half of (v/c)^2, 1e-3 arcsec. The sky turns by 0.5 arcsec a second, so that an edge moves by 2 ms; by more where a
path is flat: of the Earth, and at a pole. Skyfield finds an edge to 1 ms, on epochs that are rounded to 0.04 ms. Its
deflection of light by Sun and planets is switched off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from skyfield.api import PlanetaryConstants, Star, load, load_file
from skyfield.searchlib import find_discrete

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    EarthElevation,
    PhaseAngle,
    RangeTo,
    Separation,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import to_tdb
from ilrs_science.paths import share_folder
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows

START, END = "2029-02-01", "2029-08-01"
SITES = {
    "near": SurfacePlace(44.12, -19.51, 0.0),
    "far": SurfacePlace(-45.4446, 177.5991, -5935.0),
    "limb": SurfacePlace(10.0, 88.0, 2500.0),
    "ridge": SurfacePlace(-89.45, 222.69, 1900.0),
}
BODIES = {"mars": "mars barycenter", "jupiter": "jupiter barycenter", "saturn": "saturn barycenter"}
#: Where a path is steep, and where it is flat. [s]
CLOSE, FLAT = 4e-3, 20e-3


@dataclass
class Sky:
    """Skyfield's ephemeris, its sites on the Moon, and its clock."""

    scale: Any
    ephemeris: Any
    sites: dict[str, Any]

    def target(self, name: str) -> Any:
        targets = load_catalogue().targets
        if name not in targets:
            return self.ephemeris[BODIES.get(name, name)]
        star = targets[name]
        return Star(
            ra_hours=star.ra / 15.0,
            dec_degrees=star.dec,
            ra_mas_per_year=star.motion_ra,
            dec_mas_per_year=star.motion_dec,
            parallax_mas=star.parallax,
        )

    def seen(self, site: str, name: str, t: Any) -> Any:
        return self.sites[site].at(t).observe(self.target(name)).apparent(deflectors=())

    def search(self, holds: Any, step: float) -> np.ndarray:
        """(n, 2) windows of a truth between the ends of the span; looked at every so many days. [s past J2000 TDB]"""
        ends = to_tdb(np.array([START, END], "datetime64[us]"))
        first, last = (self.scale.tdb_jd(2451545.0, t / 86400.0) for t in ends)
        holds.step_days = step
        found, values = find_discrete(first, last, holds)
        edges = ((found.whole - 2451545.0) + found.tdb_fraction) * 86400.0
        begins = not values[0] if len(values) else bool(holds(first))
        edges = np.concatenate([ends[:1] if begins else [], edges])
        return np.append(edges, ends[1:] if len(edges) % 2 else []).reshape(-1, 2)


@pytest.fixture(scope="module")
def skyfield() -> Iterator[Sky]:
    kernels = share_folder("data") / "kernels"
    constants = PlanetaryConstants()
    with (kernels / "moon_080317.tf").open("rb") as stream:
        constants.read_text(stream)
    orientation = (kernels / "moon_pa_de421_1900-2050.bpc").open("rb")
    constants.read_binary(orientation)
    constants.variables["BODY301_RADII"] = [1737.4, 1737.4, 1737.4]
    frame = constants.build_frame_named("MOON_ME_DE421")
    ephemeris = load_file(str(kernels / "de421.bsp"))
    sites = {
        name: ephemeris["moon"]
        + constants.build_latlon_degrees(frame, place.latitude, place.longitude, elevation_m=place.height)
        for name, place in SITES.items()
    }
    yield Sky(load.timescale(builtin=True), ephemeris, sites)
    ephemeris.close()
    orientation.close()


def worst(
    constraint: Constraint, site: str, expected: np.ndarray, correction: Correction = "apparent"
) -> float:
    """Largest difference of an edge; infinite if a window is missing. [s]"""
    found = find_windows(constraint, SITES[site], START, END, correction=correction)
    ours = np.stack([to_tdb(found.starts), to_tdb(found.ends)], axis=1)
    assert expected.size
    return float(np.abs(ours - expected).max()) if ours.shape == expected.shape else np.inf


ELEVATIONS = [
    ("near", "sun", 0.0, 1.0),
    ("near", "sun", 30.0, 0.5),
    ("far", "sun", 5.0, 1.0),
    ("limb", "sun", 60.0, 0.5),
    ("limb", "earth", 2.0, 0.5),
    ("near", "earth", 45.0, 0.5),
    ("near", "jupiter", 10.0, 1.0),
    ("far", "saturn", 0.0, 1.0),
    ("limb", "venus", 20.0, 1.0),
    ("far", "mars", 30.0, 0.5),
    ("far", "sirius", 10.0, 1.0),
    ("far", "alpha_centauri", 30.0, 1.0),
    ("limb", "barnards_star", 45.0, 0.5),
    ("near", "galactic_centre", 5.0, 1.0),
]


@pytest.mark.parametrize(("site", "name", "limit", "step"), ELEVATIONS)
def test_an_elevation_is_crossed_when_skyfield_says_so(
    site: str, name: str, limit: float, step: float, skyfield: Sky
) -> None:
    def above(t: Any) -> Any:
        return skyfield.seen(site, name, t).altaz()[0].degrees > limit

    kinds = {"sun": SunElevation, "earth": EarthElevation}
    given = {"min": f"{limit} deg"} if name in kinds else {"min": f"{limit} deg", "target": name}
    spec = kinds.get(name, TargetElevation)(**given)
    assert worst(spec, site, skyfield.search(above, step)) < (FLAT if name == "earth" else CLOSE)


@pytest.mark.parametrize(("name", "limit"), [("sun", 0.0), ("earth", 5.0)])
def test_a_grazed_polar_horizon_is_crossed_when_skyfield_says_so(
    name: str, limit: float, skyfield: Sky
) -> None:
    def above(t: Any) -> Any:
        return skyfield.seen("ridge", name, t).altaz()[0].degrees > limit

    spec = {"sun": SunElevation, "earth": EarthElevation}[name](min=f"{limit} deg")
    assert worst(spec, "ridge", skyfield.search(above, 0.25)) < 0.1


def test_day_is_when_skyfield_has_the_sun_up(skyfield: Sky) -> None:
    def up(t: Any) -> Any:
        return skyfield.seen("far", "sun", t).altaz()[0].degrees > 0.0

    assert worst(Day(), "far", skyfield.search(up, 1.0)) < CLOSE


@pytest.mark.parametrize(
    ("site", "one", "two", "limit"),
    [("near", "sun", "earth", 60.0), ("far", "jupiter", "sun", 90.0), ("near", "mars", "sirius", 90.0)],
)
def test_a_separation_is_that_of_skyfield(site: str, one: str, two: str, limit: float, skyfield: Sky) -> None:
    def close(t: Any) -> Any:
        seen = (skyfield.seen(site, name, t) for name in (one, two))
        return next(seen).separation_from(next(seen)).degrees < limit

    spec = Separation(bodies=(one, two), max=f"{limit} deg")
    # planets move by half a degree a day among the stars, 25 times slower than the sky turns
    assert worst(spec, site, skyfield.search(close, 1.0)) < 25 * CLOSE


def test_a_range_is_that_of_skyfield(skyfield: Sky) -> None:
    def near(t: Any) -> Any:
        return skyfield.sites["near"].at(t).observe(skyfield.target("earth")).distance().km < 375_000.0

    # 4 m at 50 m/s
    assert worst(RangeTo(max="375000 km"), "near", skyfield.search(near, 1.0)) < 0.1


@pytest.mark.parametrize(("body", "limit", "most"), [("earth", 60.0, FLAT), ("venus", 25.0, 0.2)])
def test_a_phase_is_that_of_skyfield_which_leaves_aberration_out(
    body: str, limit: float, most: float, skyfield: Sky
) -> None:
    def full(t: Any) -> Any:
        seen = skyfield.sites["near"].at(t).observe(skyfield.target(body))
        return seen.phase_angle(skyfield.ephemeris["sun"]).degrees < limit

    spec = PhaseAngle(body=body, max=f"{limit} deg")
    assert worst(spec, "near", skyfield.search(full, 1.0), "light_time") < most
