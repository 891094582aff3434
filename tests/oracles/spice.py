"""How SPICE is asked in the oracle tests: the shipped kernels, sites as its own bodies, epochs.

Everything that is loaded is unloaded again, and frames put into the kernel pool are taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import spiceypy as spice

from ilrs_science.epochs import Epochs, format_epoch
from ilrs_science.intervals import Windows
from ilrs_science.paths import share_folder
from ilrs_science.sky.place import SurfacePlace

KERNELS = ("naif0012.tls", "de421.bsp", "moon_pa_de421_1900-2050.bpc", "moon_080317.tf")
#: NAIF code of the first site; any number that no kernel uses.
FIRST_SITE = 1301001
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
    body: str, code: int, relation: str, limit: float, confine: spice.Cell_Double, step: float
) -> spice.Cell_Double:
    """``gfposc`` for the elevation of a body seen from a site, light time and aberration included."""
    result = spice.cell_double(4000)
    spice.gfstol(1e-6)
    spice.gfposc(
        body.upper(), f"TOPO_{code}", "LT+S", str(code), "LATITUDINAL", "LATITUDE",
        relation, np.radians(limit), 0.0, step, 2000, confine, result,
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
