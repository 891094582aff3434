"""Lines of sight between everything that moves, against SPICE with the same kernels: sites, orbiters, ground stations.

Two days after J2000, where SPICE holds an epoch to 1e-11 s. In 2026 it is 1.2e-7 s, in which an orbiter goes 4 mm about
the Sun: 7e-3 arcsec at 100 km.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.sky.apparent import Aim, Correction, apparent
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.ground import ground_place
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import Place, SurfacePlace
from ilrs_science.sky.stars import Star
from ilrs_science.sky.trajectory import Trajectory
from tests.oracles import spice

ARCSEC = np.degrees(1.0) * 3600.0
START, END = "2000-01-03", "2000-01-04"
CORRECTIONS: dict[Correction, str] = {"apparent": "LT+S", "light_time": "LT", "geometric": "NONE"}
SITES = {"ridge": SurfacePlace(-89.45, 222.69, 1900.0), "limb": SurfacePlace(12.0, 80.0, 9000.0)}
STATIONS = {name: ground_place(name) for name in ("jiamusi", "neuquen")}
ORBITERS = ("llo_100", "queqiao2", "dro")
#: Barnard's star: the fastest of all, and near (SIMBAD; Gaia DR3).
BARNARD = Star(269.452077, 4.693365, motion_ra=-801.551, motion_dec=10362.394, parallax=546.976)
CODES = {
    **dict(zip(SITES, range(spice.FIRST_SITE, spice.FIRST_SITE + 2), strict=True)),
    **dict(zip(STATIONS, range(spice.FIRST_STATION, spice.FIRST_STATION + 2), strict=True)),
    **dict(zip(ORBITERS, range(spice.FIRST_ORBITER, spice.FIRST_ORBITER - 3, -1), strict=True)),
    **{name: body.chain[-1][1] for name, body in BODIES.items()},
}


@pytest.fixture(scope="module")
def flights() -> dict[str, Trajectory]:
    """The distant orbit keeps its state but not its epoch: any motion will do."""
    orbits = load_catalogue().orbits
    far = orbits["dro"].replace(epoch=f"{START}T00:00:00Z")
    return {name: trajectory_of(far if name == "dro" else orbits[name], START, END) for name in ORBITERS}


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory, flights: dict[str, Trajectory]) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("sights")
    with spice.kernels():
        span = tuple(spice.et(np.array([START, END], "datetime64[us]")))
        with (
            spice.sites(SITES.values(), folder, span),
            spice.stations(STATIONS.values(), folder, span),
            spice.orbiters(flights.values(), folder),
        ):
            yield


@pytest.fixture(scope="module")
def epochs() -> np.ndarray:
    draw = np.random.default_rng(2000)
    low, high = to_tdb(np.array([START, END], "datetime64[us]"))
    return np.sort(draw.uniform(low + 10.0, high - 10.0, 100))


@pytest.fixture(scope="module")
def sky(epochs: np.ndarray) -> SkyState:
    return sky_at(epochs)


def thing(name: str, flights: dict[str, Trajectory]) -> Place | Aim:
    return {**SITES, **STATIONS, **flights}.get(name, name)


def to_moon(vectors: np.ndarray, epochs: np.ndarray) -> np.ndarray:
    """ICRF vectors along the axes of MOON_ME at the epochs, by SPICE."""
    return np.array(
        [np.asarray(spiceypy.pxform("J2000", "MOON_ME", t)) @ v for t, v in zip(epochs, vectors, strict=True)]
    )


PAIRS = [
    *(("llo_100", body) for body in BODIES),
    *(("dro", body) for body in ("sun", "earth", "moon", "venus")),
    *((here, there) for here in ("ridge", "limb") for there in (*ORBITERS, *STATIONS)),
    ("ridge", "limb"),
    *(("llo_100", there) for there in ("ridge", "limb", "jiamusi", "queqiao2", "dro")),
    *(("queqiao2", there) for there in ("ridge", "neuquen", "llo_100")),
    *(("dro", there) for there in ("limb", "jiamusi", "llo_100", "queqiao2")),
]


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_what_is_seen_and_how_far_it_is_are_those_of_spkpos(
    here: str,
    there: str,
    correction: Correction,
    flights: dict[str, Trajectory],
    sky: SkyState,
    epochs: np.ndarray,
) -> None:
    asked = [
        spiceypy.spkpos(str(CODES[there]), t, "J2000", CORRECTIONS[correction], str(CODES[here]))[0]
        for t in epochs
    ]
    theirs = to_moon(np.array(asked), epochs)
    ours, distance = apparent(sky, thing(there, flights), thing(here, flights).observer(sky), correction)
    far = np.linalg.norm(theirs, axis=1)
    # a place near the barycentre of the solar system is rounded to 3e-8 km: 5e-5 arcsec at 120 km
    limit = 3e-6 / ARCSEC + 3e-8 / far
    assert (np.linalg.norm(ours - theirs / far[:, None], axis=1) < limit).all()
    assert np.abs(distance - far).max() < 1e-6 + 2e-11 * far.max()


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("here", ["ridge", "llo_100", "dro"])
def test_a_moving_star_is_displaced_and_aberrated_as_stelab_does(
    here: str, correction: Correction, flights: dict[str, Trajectory], sky: SkyState, epochs: np.ndarray
) -> None:
    theirs = []
    for t in epochs:
        state = np.asarray(spiceypy.spkssb(CODES[here], t, "J2000"))
        line = star_from(state[:3], t)
        theirs.append(spiceypy.stelab(line, state[3:]) if correction == "apparent" else line)
    ours, _ = apparent(sky, BARNARD, thing(here, flights).observer(sky), correction)
    assert np.linalg.norm(ours - to_moon(np.array(theirs), epochs), axis=1).max() * ARCSEC < 1e-6


def star_from(place: np.ndarray, t: float) -> np.ndarray:
    """Direction of the star: its place moves along a tangent plane, less that of the observer over its distance."""
    mas = np.radians(1.0) / 3.6e6
    ra, dec = np.radians([BARNARD.right_ascension, BARNARD.declination])
    line = np.asarray(spiceypy.radrec(1.0, ra, dec))
    years = t / (365.25 * 86400.0)
    east = spiceypy.vhat(spiceypy.vcrss([0.0, 0.0, 1.0], line))
    north = spiceypy.vcrss(line, east)
    line = line + years * mas * (BARNARD.motion_ra * east + BARNARD.motion_dec * north)
    distance = spiceypy.convrt(1.0, "AU", "KM") / np.tan(BARNARD.parallax * mas)
    return np.asarray(spiceypy.vhat(line - place / distance))


@pytest.mark.parametrize("name", ORBITERS)
def test_an_orbiter_is_where_the_kernel_has_it_and_moves_so(
    name: str, flights: dict[str, Trajectory], epochs: np.ndarray
) -> None:
    theirs = np.array([spiceypy.spkgeo(CODES[name], t, "J2000", 301)[0] for t in epochs])
    assert np.abs(flights[name].states(epochs) - theirs).max() < 1e-9  # 1 um and 1 um/s
    assert from_tdb(epochs[0]) > np.datetime64(START)
