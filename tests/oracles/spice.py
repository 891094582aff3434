"""How SPICE is asked in the oracle tests: the shipped kernels, sites as its own bodies, epochs.

Everything that is loaded is unloaded again, and frames put into the kernel pool are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import spiceypy as spice
from numpy.polynomial import chebyshev
from scipy.optimize import brentq

from ilrs_science.epochs import Epochs, format_epoch
from ilrs_science.intervals import Windows
from ilrs_science.paths import share_folder
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.kernels import EARTH_ORIENTATION
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory

KERNELS = ("naif0012.tls", "de421.bsp", "moon_pa_de421_1900-2050.bpc", "moon_080317.tf")
#: NAIF code of the first site; any number that no kernel uses.
FIRST_SITE = 1301001
#: The same for orbiters, counted down, and for ground stations, counted up.
FIRST_ORBITER, FIRST_STATION = -1301001, 1399001
#: Flattening of WGS 84, for SPICE's own conversion.
FLATTENING = 1.0 / 298.257223563
#: Radius of the sphere to which heights refer. [km] (IAU Working Group on Cartographic Coordinates 2015)
RADIUS = 1737.4


@contextmanager
def kernels() -> Iterator[None]:
    """The kernels that the project ships, loaded in SPICE."""
    paths = [str(share_folder("data") / "kernels" / name) for name in KERNELS]
    for path in paths:
        spice.furnsh(path)
    try:
        yield
    finally:
        for path in reversed(paths):
            spice.unload(path)


def et(epochs: Epochs) -> np.ndarray:
    """Ephemeris time of UTC epochs by SPICE itself. [s]"""
    return np.array([spice.str2et(format_epoch(t, "us").rstrip("Z")) for t in np.atleast_1d(epochs)])


def position(place: SurfacePlace) -> np.ndarray:
    """Place in MOON_ME, by SPICE. [km]"""
    radius = RADIUS + place.height / 1000.0
    return np.asarray(spice.latrec(radius, np.radians(place.longitude), np.radians(place.latitude)))


@contextmanager
def sites(places: Iterable[SurfacePlace], folder: Path, span: tuple[float, float]) -> Iterator[list[int]]:
    """Sites as bodies fixed to MOON_ME with topocentric frames ``TOPO_<code>`` (x north, y west, z up).

    An SPK of type 8 holds each site at rest; the frame is a TK frame put into the pool with the angles of NAIF's frames
    required reading, its centre the site itself, so that its orientation is taken at the epoch, without light time.
    """
    path, codes, names = folder / "sites.bsp", [], []
    first, last = span[0] - 86400.0, span[1] + 86400.0
    handle = spice.spkopn(str(path), "sites", 0)
    for code, place in enumerate(places, FIRST_SITE):
        step = (last - first) / 4.0
        states = np.tile(np.append(position(place), np.zeros(3)), (5, 1))
        spice.spkw08(handle, code, 301, "MOON_ME", first, last, "site", 1, 5, states, first, step)
        codes.append(code)
        names += _topocentric_frame(code, place)
    spice.spkcls(handle)
    spice.furnsh(str(path))
    try:
        yield codes
    finally:
        spice.unload(str(path))
        for name in names:
            spice.dvpool(name)


def _topocentric_frame(code: int, place: SurfacePlace) -> list[str]:
    text = {
        f"FRAME_{code}_NAME": f"TOPO_{code}",
        f"TKFRAME_{code}_SPEC": "ANGLES",
        f"TKFRAME_{code}_RELATIVE": "MOON_ME",
        f"TKFRAME_{code}_UNITS": "DEGREES",
    }
    numbers = {
        f"FRAME_TOPO_{code}": [code],
        f"FRAME_{code}_CLASS": [4],
        f"FRAME_{code}_CLASS_ID": [code],
        f"FRAME_{code}_CENTER": [code],
        f"TKFRAME_{code}_ANGLES": [-place.longitude, place.latitude - 90.0, 180.0],
        f"TKFRAME_{code}_AXES": [3, 2, 3],
    }
    for name, value in text.items():
        spice.pcpool(name, [value])
    for name, values in numbers.items():
        spice.pdpool(name, [float(v) for v in values])
    return [*text, *numbers]


@contextmanager
def orbiters(paths: Iterable[Trajectory], folder: Path) -> Iterator[list[int]]:
    """Orbiters as bodies about the Moon: an SPK of type 14 that holds the very series of each, and their derivatives.

    A border is rounded to 6e-8 s in SPICE: a tenth of a millimetre on a low orbit.
    """
    file, codes = folder / "orbiters.bsp", []
    handle = spice.spkopn(str(file), "orbiters", 0)
    for number, path in enumerate(paths):
        codes.append(FIRST_ORBITER - number)
        count = path.coefficients.shape[2]
        borders = path.origin + path.edges
        packets = _packets(path, borders)
        borders[[0, -1]] += (
            -5.0,
            5.0,
        )  # the series go on: for light that left before the span, and for slopes at its end
        spice.spk14b(handle, f"orbiter {number}", codes[-1], 301, "J2000", borders[0], borders[-1], count - 1)
        spice.spk14a(handle, len(path.coefficients), packets, borders[:-1])
        spice.spk14e(handle)
    spice.spkcls(handle)
    with _loaded(file):
        yield codes


def _packets(path: Trajectory, borders: np.ndarray) -> np.ndarray:
    """Middle, radius, three series of the position and three of the velocity of each segment."""
    middle, radius = (borders[1:] + borders[:-1]) / 2.0, np.diff(borders) / 2.0
    position = path.coefficients
    velocity = np.zeros_like(position)
    velocity[..., :-1] = chebyshev.chebder(position, axis=2) / radius[:, None, None]
    parts = [middle[:, None], radius[:, None], *(v.reshape(len(middle), -1) for v in (position, velocity))]
    return np.concatenate(parts, axis=1).ravel()


@contextmanager
def stations(places: Iterable[GroundPlace], folder: Path, span: tuple[float, float]) -> Iterator[list[int]]:
    """Ground stations as bodies at rest in ITRF93, and the orientation of the Earth."""
    file, codes = folder / "stations.bsp", []
    first, last = span[0] - 80_000.0, span[1] + 80_000.0
    handle = spice.spkopn(str(file), "stations", 0)
    for code, place in enumerate(places, FIRST_STATION):
        angles = np.radians([place.longitude, place.latitude])
        at = spice.georec(*angles, place.height / 1000.0, 6378.137, FLATTENING)
        states = np.tile(np.append(at, np.zeros(3)), (5, 1))
        spice.spkw08(handle, code, 399, "ITRF93", first, last, "s", 1, 5, states, first, (last - first) / 4.0)
        codes.append(code)
    spice.spkcls(handle)
    with _loaded(share_folder("data") / EARTH_ORIENTATION), _loaded(file):
        yield codes


@contextmanager
def _loaded(file: Path) -> Iterator[None]:
    spice.furnsh(str(file))
    try:
        yield
    finally:
        spice.unload(str(file))


@contextmanager
def spheres() -> Iterator[None]:
    """The radii of our bodies, so that limbs are compared like with like; a sphere has no front, SPICE wants one."""
    still: Mapping[str, list[float]] = {turn: [0.0] * 3 for turn in ("POLE_RA", "POLE_DEC", "PM")}
    pool = {}
    for code, body in ((10, "sun"), (301, "moon"), (399, "earth")):
        values = {"RADII": [BODIES[body].radius] * 3, **({} if body == "moon" else still)}
        pool |= {f"BODY{code}_{name}": value for name, value in values.items()}
    for name, value in pool.items():
        spice.pdpool(name, value)
    spice.gfstol(1e-6)
    try:
        yield
    finally:
        for name in pool:
            spice.dvpool(name)


def crossings(margin: Callable[[float], float], first: float, last: float, step: float) -> np.ndarray:
    """(n, 2) intervals in which a function of time is positive, where SPICE has no finder for it. [s]

    Looked at every `step` seconds, shorter than any window or gap; edges by Brent's method to a microsecond.
    """
    times = np.append(np.arange(first, last, step), last)
    values = [margin(t) for t in times]
    edges = [first] if values[0] > 0.0 else []
    for (t, u), (a, b) in zip(pairwise(times), pairwise(values), strict=True):
        if (a > 0.0) != (b > 0.0):
            edges.append(brentq(margin, t, u, xtol=1e-6))
    if len(edges) % 2:
        edges.append(last)
    return np.array(edges).reshape(-1, 2)


def cell(pairs: Iterable[tuple[float, float]] = (), size: int = 4000) -> spice.Cell_Double:
    """A SPICE window. [s]"""
    window = spice.cell_double(size)
    for left, right in pairs:
        spice.wninsd(left, right, window)
    return window


def pairs(window: spice.Cell_Double) -> np.ndarray:
    """(n, 2) intervals of a SPICE window, single points left out. [s]"""
    found = [spice.wnfetd(window, k) for k in range(spice.wncard(window))]
    return np.array([pair for pair in found if pair[1] > pair[0]]).reshape(-1, 2)


def edges(windows: Windows) -> np.ndarray:
    """(n, 2) ephemeris times of our windows, by SPICE. [s]"""
    return np.stack([et(windows.starts), et(windows.ends)], axis=1) if len(windows) else np.empty((0, 2))


def elevation_windows(
    body: str,
    code: int,
    relation: str,
    limit: float,
    confine: spice.Cell_Double,
    step: float,
    correction: str = "LT+S",
) -> spice.Cell_Double:
    """``gfposc`` for the elevation of a body seen from a site, by default with light time and aberration."""
    result = spice.cell_double(4000)
    spice.gfstol(1e-6)
    spice.gfposc(
        body.upper(), f"TOPO_{code}", correction, str(code), "LATITUDINAL", "LATITUDE",
        relation, np.radians(limit), 0.0, step, 10_000, confine, result,
    )  # fmt: skip
    return result


def separation_windows(
    code: int, relation: str, limit: float, confine: spice.Cell_Double, step: float
) -> spice.Cell_Double:
    """``gfsep`` for the angle between the centres of Sun and Earth seen from a site."""
    result = spice.cell_double(4000)
    spice.gfstol(1e-6)
    spice.gfsep(
        "SUN", "POINT", "NULL", "EARTH", "POINT", "NULL", "LT+S", str(code),
        relation, np.radians(limit), 0.0, step, 2000, confine, result,
    )  # fmt: skip
    return result


def limited(
    finder: Callable[..., None],
    *what: str,
    relation: str,
    limit: float,
    confine: spice.Cell_Double,
    step: float,
) -> spice.Cell_Double:
    """``gfposc``, ``gfsep``, ``gfdist`` or ``gfpa``: when a quantity is above or below a limit in its SPICE unit."""
    result = spice.cell_double(20_000)
    spice.gfstol(1e-6)
    finder(*what, relation, limit, 0.0, step, 10_000, confine, result)
    return result


def hidden(
    kind: str, front: str, back: str, observer: str, correction: str, confine: spice.Cell_Double, step: float
) -> spice.Cell_Double:
    """``gfoclt``: when a sphere hides another, or a point if it is none of the Sun, the Earth and the Moon."""
    frames = {"EARTH": "IAU_EARTH", "MOON": "MOON_ME", "SUN": "IAU_SUN"}
    shape = ("ELLIPSOID", frames[back]) if kind != "POINT" and back in frames else ("POINT", " ")
    result = spice.cell_double(20_000)
    spice.gfstol(1e-6)
    spice.gfoclt(
        "ANY" if kind == "POINT" else kind, front, "ELLIPSOID", frames[front], back, *shape, correction, observer,
        step, confine, result,
    )  # fmt: skip
    return result
