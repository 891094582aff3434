"""Ground stations on the Earth against SPICE with the same kernels, and against Skyfield with models of its own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy
from skyfield.api import load, wgs84

from ilrs_science.epochs import to_tdb
from ilrs_science.paths import share_folder
from ilrs_science.sky.apparent import Correction, apparent
from ilrs_science.sky.earth import earth_axes, earth_coverage
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.ground import GroundPlace, ground_place
from ilrs_science.sky.kernels import EARTH_ORIENTATION
from ilrs_science.sky.place import SurfacePlace
from tests.oracles import spice

ARCSEC = np.degrees(1.0) * 3600.0
STATIONS = {name: ground_place(name) for name in ("jiamusi", "neuquen", "dss43", "svetloe")} | {
    "pole": GroundPlace(-89.99, 45.0, 2835.0)
}
SITES = [SurfacePlace(-89.45, 222.69, 1900.0), SurfacePlace(0.0, 0.0), SurfacePlace(12.0, 80.0, 9000.0)]
CORRECTIONS: dict[Correction, str] = {"apparent": "LT+S", "light_time": "LT", "geometric": "NONE"}


def random_epochs(count: int, first: str = "2000-01-02", last: str = "2050-12-01") -> np.ndarray:
    draw = np.random.default_rng(20000101)
    low, high = (int(np.datetime64(day, "us").astype(np.int64)) for day in (first, last))
    return np.sort(draw.integers(low, high, count)).astype("datetime64[us]")


EPOCHS = random_epochs(300)


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Shipped kernels, the lunar sites and the stations, each station at rest in ITRF93 by an SPK of type 8."""
    folder = tmp_path_factory.mktemp("ground")
    with spice.kernels():
        first, last = spice.et(EPOCHS)[[0, -1]]
        with (
            spice.stations(STATIONS.values(), folder, (first, last)),
            spice.sites(SITES, folder, (first, last)),
        ):
            yield


def position(place: GroundPlace) -> np.ndarray:
    """Place in ITRF93, by SPICE. [km]"""
    angles = np.radians([place.longitude, place.latitude])
    return np.asarray(spiceypy.georec(*angles, place.height / 1000.0, 6378.137, spice.FLATTENING))


def seen_by_spice(target: str, frame: str, correction: str, observer: str) -> np.ndarray:
    """Line of sight along the axes of a frame at the epoch: asked for that frame, SPICE goes back to its centre."""
    return np.array(
        [
            np.asarray(spiceypy.pxform("J2000", frame, t))
            @ spiceypy.spkpos(target, t, "J2000", correction, observer)[0]
            for t in spice.et(EPOCHS)
        ]
    )


def apart(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest angle between unit vectors and vectors. [arcsec]"""
    theirs = theirs / np.linalg.norm(theirs, axis=1)[:, None]
    return float(np.linalg.norm(ours - theirs, axis=1).max() * ARCSEC)


@pytest.fixture(scope="module")
def sky() -> SkyState:
    return sky_at(to_tdb(EPOCHS))


@pytest.mark.parametrize("name", STATIONS)
def test_a_station_is_where_georec_puts_it(name: str) -> None:
    assert STATIONS[name].position == pytest.approx(position(STATIONS[name]), abs=1e-8)


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("name", STATIONS)
def test_a_station_is_seen_from_the_moon_where_spkpos_sees_it(
    name: str, correction: Correction, sky: SkyState
) -> None:
    code = str(spice.FIRST_STATION + list(STATIONS).index(name))
    for number, site in enumerate(SITES, spice.FIRST_SITE):
        theirs = seen_by_spice(code, "MOON_ME", CORRECTIONS[correction], str(number))
        ours, distance = apparent(sky, STATIONS[name], site.observer(sky), correction)
        # epochs near 1e9 s are rounded to 1.2e-7 s, in which the station goes 4 mm: 2e-6 arcsec
        assert apart(ours, theirs) < 1e-5
        assert np.abs(distance - np.linalg.norm(theirs, axis=1)).max() < 1e-5  # 1 cm


@pytest.mark.parametrize("name", STATIONS)
def test_a_station_moves_as_spkez_has_it(name: str, sky: SkyState) -> None:
    code = spice.FIRST_STATION + list(STATIONS).index(name)
    theirs = np.array([spiceypy.spkssb(code, t, "J2000") for t in spice.et(EPOCHS)])
    ours = STATIONS[name].state(sky)
    velocity = np.einsum("nji,nj->ni", sky.rotation, ours.velocity)
    assert np.abs(velocity - theirs[:, 3:]).max() < 1e-9  # 1 um/s
    place = np.einsum("nji,nj->ni", sky.rotation, ours.position + sky.moon_position)
    assert np.abs(place - theirs[:, :3]).max() < 1e-5  # 1 cm of 1.5e8 km


@pytest.mark.parametrize("name", STATIONS)
def test_the_moon_stands_above_the_horizon_where_spice_has_it(name: str, sky: SkyState) -> None:
    place, code = STATIONS[name], str(spice.FIRST_STATION + list(STATIONS).index(name))
    up = spiceypy.latrec(1.0, *np.radians([place.longitude, place.latitude]))
    theirs = seen_by_spice("MOON", "ITRF93", "LT+S", code)
    theirs = np.degrees(np.arcsin(theirs @ up / np.linalg.norm(theirs, axis=1)))
    direction, _ = apparent(sky, "moon", place.observer(sky))
    ours = np.degrees(np.arcsin(np.einsum("ni,ni->n", direction, place.vertical(sky))))
    assert theirs.min() < -10.0 or name == "pole"
    assert np.abs(ours - theirs).max() * 3600.0 < 2e-5


def test_the_orientation_ends_where_spice_ends() -> None:
    window = spiceypy.cell_double(100)
    spiceypy.pckcov(str(share_folder("data") / EARTH_ORIENTATION), 3000, window)
    assert spice.pairs(window) == pytest.approx(np.array([earth_coverage()]))


@pytest.mark.parametrize("name", STATIONS)
def test_skyfield_has_the_stations_within_25_m(name: str) -> None:
    # Skyfield: precession and nutation of IAU 2000A, its built-in UT1, no polar motion: 0.5 arcsec, 15 m
    place, epochs = STATIONS[name], random_epochs(100, "2000-01-02", "2020-01-01")
    scale = load.timescale(builtin=True)
    sky = sky_at(to_tdb(epochs))
    times = scale.tdb_jd(2451545.0 + sky.tdb / 86400.0)
    theirs = wgs84.latlon(place.latitude, place.longitude, place.height).at(times).position.km.T
    ours = earth_axes(sky).to_icrf(place.position)
    assert np.linalg.norm(ours - theirs, axis=1).max() < 0.025
