"""Apparent azimuth, elevation and range against SPICE ``spkcpo`` with LT+S and the same kernels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.epochs import to_tdb
from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.ephemeris import coverage, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star
from tests.oracles import spice

ARCSEC = np.degrees(1.0) * 3600.0
#: Near both poles, on the far side, under the Earth, at the limb; heights from a crater floor to a peak.
PLACES = {
    "connecting_ridge": SurfacePlace(-89.45, 222.69, 1900.0),
    "south_pole": SurfacePlace(-89.9999, 10.0),
    "north_pole": SurfacePlace(89.99, -60.0, -1500.0),
    "von_karman": SurfacePlace(-45.4446, 177.5991, -5935.0),
    "sub_earth": SurfacePlace(0.0, 0.0),
    "east_limb": SurfacePlace(12.0, 90.0, 9000.0),
}


@pytest.fixture(scope="module", autouse=True)
def loaded() -> Iterator[None]:
    with spice.kernels():
        yield


def random_epochs(count: int) -> np.ndarray:
    draw = np.random.default_rng(19720101)
    first, last = (int(np.datetime64(day, "us").astype(np.int64)) for day in ("1972-01-01", "2049-12-01"))
    return np.sort(draw.integers(first, last, count)).astype("datetime64[us]")


def topocentric(place: SurfacePlace) -> np.ndarray:
    """Rotation from MOON_ME to north, east, up by SPICE's Euler angles."""
    turn = spiceypy.eul2m(0.0, np.pi / 2 - np.radians(place.latitude), np.radians(place.longitude), 3, 2, 3)
    south_east_up = np.asarray(turn)
    return south_east_up * np.array([[-1.0], [1.0], [1.0]])


def direction(azimuth: np.ndarray, elevation: np.ndarray) -> np.ndarray:
    az, el = np.radians(azimuth), np.radians(elevation)
    return np.stack([np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)], axis=-1)


@pytest.mark.parametrize("name", PLACES)
def test_directions_and_ranges_are_those_of_spkcpo(name: str) -> None:
    place, epochs = PLACES[name], random_epochs(1000)
    seen = observe(place, epochs)
    for body in ("sun", "earth"):
        ours = seen.sel(body=body)
        theirs = np.array(
            [
                spiceypy.spkcpo(
                    body, t, "MOON_ME", "OBSERVER", "LT+S", spice.position(place), "MOON", "MOON_ME"
                )[0][:3]
                for t in spice.et(epochs)
            ]
        )
        theirs = theirs @ topocentric(place).T
        distance = np.linalg.norm(theirs, axis=1)
        found = direction(ours["azimuth"].values, ours["elevation"].values)
        angle = np.arcsin(np.linalg.norm(np.cross(found, theirs / distance[:, None]), axis=1)) * ARCSEC
        assert angle.max() < 2e-5  # the issue asks for 1e-3 arcsec
        # SPICE takes the body at t - lt, which it rounds to 1.2e-7 s: 4 mm of Earth's way
        assert np.abs(ours["range"].values / distance - 1.0).max() < 2e-11


PLANETS = {name: name for name in ("mercury", "venus", "moon")} | {
    name: f"{name} barycenter" for name in ("mars", "jupiter", "saturn", "uranus", "neptune", "pluto")
}


@pytest.mark.parametrize("body", PLANETS)
@pytest.mark.parametrize("correction", ["LT+S", "NONE"])
def test_planets_are_where_spkcpo_sees_them(body: str, correction: str) -> None:
    place, epochs = PLACES["von_karman"], random_epochs(200)
    ours = observe(place, epochs, [body], correction="apparent" if correction == "LT+S" else "geometric")
    at = spice.position(place)
    theirs = np.array(
        [
            spiceypy.spkcpo(PLANETS[body], t, "MOON_ME", "OBSERVER", correction, at, "MOON", "MOON_ME")[0][:3]
            for t in spice.et(epochs)
        ]
    )
    theirs = theirs @ topocentric(place).T
    theirs /= np.linalg.norm(theirs, axis=1)[:, None]
    found = direction(ours["azimuth"].values[:, 0], ours["elevation"].values[:, 0])
    # SPICE rounds t - lt to 1.2e-7 s, in which the Moon goes 4 mm: 4e-4 arcsec for a centre only 1737 km away
    limit = 1e-3 if body == "moon" else 2e-5
    assert np.linalg.norm(found - theirs, axis=1).max() * ARCSEC < limit


def test_stars_are_aberrated_and_displaced_as_stelab_does() -> None:
    # alpha Centauri: the largest parallax of the bright stars; its line of sight and the observer's motion by SPICE
    star = Star(219.902058, -60.833993, motion_ra=-3679.25, motion_dec=473.67, parallax=754.81)
    place, epochs = PLACES["connecting_ridge"], random_epochs(100)
    sky = sky_at(to_tdb(epochs))
    ours = apparent(sky, star, place.observer(sky))[0]
    theirs = []
    for t in spice.et(epochs):
        years = t / (365.25 * 86400.0)
        line = np.array(spiceypy.radrec(1.0, np.radians(star.right_ascension), np.radians(star.declination)))
        east = np.cross([0.0, 0.0, 1.0], line)
        east /= np.linalg.norm(east)
        mas = np.radians(1.0) / 3.6e6
        line = line + years * mas * (star.motion_ra * east + star.motion_dec * np.cross(line, east))
        to_icrf = np.asarray(spiceypy.sxform("MOON_ME", "J2000", t))
        fixed = to_icrf @ np.concatenate([spice.position(place), np.zeros(3)])
        moon = np.asarray(spiceypy.spkssb(301, t, "J2000"))
        far = line * spiceypy.convrt(1.0, "AU", "KM") / np.tan(star.parallax * mas) - moon[:3] - fixed[:3]
        seen = spiceypy.stelab(far / np.linalg.norm(far), moon[3:] + fixed[3:])
        theirs.append(to_icrf[:3, :3].T @ seen)
    assert np.linalg.norm(ours - np.array(theirs), axis=1).max() * ARCSEC < 2e-5


def test_the_kernels_end_where_we_say() -> None:
    first, last = coverage()
    place = PLACES["von_karman"]
    for t in (first, last):
        spiceypy.spkcpo("sun", t, "MOON_ME", "OBSERVER", "LT+S", spice.position(place), "MOON", "MOON_ME")
    window = spiceypy.cell_double(100)
    spiceypy.pckcov(str(spice.share_folder("data") / "kernels" / spice.KERNELS[2]), 31006, window)
    (left, right) = spice.pairs(window)[0]
    assert left <= first < left + 2 * 86400.0
    assert right - 2 * 86400.0 < last <= right
