"""Discs above the bare sphere, at a site and on an orbiter, against edges put together from SPICE's primitives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import EarthVisible, SunVisible
from ilrs_science.environment.light.illumination import RADIUS_KM
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice

HOUR = 3600.0
START, END = "2026-01-01", "2026-07-01"
PLACES = {"ridge": SurfacePlace(-89.45, 222.69, 1900.0), "limb": SurfacePlace(3.0, 88.0, -1200.0)}
CODES = dict(zip(PLACES, range(spice.FIRST_SITE, spice.FIRST_SITE + len(PLACES)), strict=True))


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spice.kernels():
        years = spiceypy.str2et("2025-06-01"), spiceypy.str2et("2027-01-01")
        with spice.sites(PLACES.values(), tmp_path_factory.mktemp("spk"), years):
            yield


def limb_margin(body: str, site: str, edge: float) -> Callable[[float], float]:
    """Elevation of the upper (1) or lower (-1) edge of a disc, or of its centre (0), above the plane. [rad]"""

    def margin(t: float) -> float:
        frame, code = f"TOPO_{CODES[site]}", str(CODES[site])
        line, _ = spiceypy.spkpos(body.upper(), t, frame, "LT+S", code)
        distance, _, elevation = spiceypy.reclat(line)
        return float(elevation + edge * np.arcsin(RADIUS_KM[body] / distance))

    return margin


@pytest.mark.parametrize(("fraction", "edge"), [(0.0, 1.0), (0.5, 0.0), (1.0, -1.0)])
@pytest.mark.parametrize(("body", "kind"), [("sun", SunVisible), ("earth", EarthVisible)])
@pytest.mark.parametrize("site", PLACES)
def test_first_contact_half_and_whole_disc_over_the_bare_sphere(
    site: str, body: str, kind: type, fraction: float, edge: float
) -> None:
    spec = kind(min_fraction=fraction)
    found = find_windows(spec, PLACES[site], START, END, terrain="none", mast=0)
    first, last = spiceypy.str2et(START), spiceypy.str2et(END)
    wanted = spice.crossings(limb_margin(body, site, edge), first, last, HOUR)
    assert len(wanted) >= 2
    assert len(found) == len(wanted)
    assert np.abs(spice.edges(found) - wanted).max() < 1e-3
