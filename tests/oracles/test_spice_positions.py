"""Apparent azimuth, elevation and range against SPICE ``spkcpo`` with LT+S and the same kernels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.sky.ephemeris import coverage
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
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
