"""Orbiters, sites and ground stations that SPICE and we both know, for the oracle tests of orbits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.ground import ground_place
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace, place_of
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice

#: Spans by name; a total eclipse of the Moon is on 2026-03-03, a partial one on 2026-08-28.
SPANS = {
    "low": ("2026-03-01", "2026-03-05"),
    "relay": ("2026-01-01", "2026-01-16"),
    "halo": ("2026-02-01", "2026-04-01"),
    "far": ("2026-01-01", "2027-01-01"),
}
#: Orbits of the catalogue over spans. Elements hold at the start of a span, so that each pair is a body of its own.
FLIGHTS = (
    ("llo_100", "low"),
    ("queqiao2", "low"),
    ("dro", "low"),
    ("queqiao2", "relay"),
    ("dro", "relay"),
    ("nrho_9_2", "halo"),
    ("dro", "halo"),
    ("dro", "far"),
)
#: Sites; the catalogue of the tests has them under these names. Those that are seen from orbit stand above the sphere.
SITES = {
    "ridge": SurfacePlace(-89.45, 222.69, 1900.0),
    "near": SurfacePlace(0.6875, 23.4333, 900.0),
    "far_side": SurfacePlace(-45.4446, 177.5991, -5935.0),
}
STATIONS = ("jiamusi", "neuquen")


def code(name: str, span: str = "low") -> str:
    """SPICE's name of a site, a station, an orbiter over a span, or a body."""
    if name in SITES:
        return str(spice.FIRST_SITE + list(SITES).index(name))
    if name in STATIONS:
        return str(spice.FIRST_STATION + STATIONS.index(name))
    if (name, span) in FLIGHTS:
        return str(spice.FIRST_ORBITER - FLIGHTS.index((name, span)))
    return {"jupiter": "JUPITER BARYCENTER", "mars": "MARS BARYCENTER"}.get(name, name.upper())


@cache
def flight(orbit: str, span: str) -> Trajectory:
    """Motion of an orbit of the catalogue over a span."""
    return trajectory_of(load_catalogue().orbits[orbit], *SPANS[span])


@cache
def catalogue(folder: Path) -> Catalogue:
    """The shipped catalogue with the sites of these tests."""
    (folder / "sites").mkdir(exist_ok=True)
    lines = "id: {}\nlatitude: {} deg\nlongitude: {} deg\nheight: {} m\nbasis: {{default: estimate}}\n"
    for name, site in SITES.items():
        text = lines.format(name, site.latitude, site.longitude, site.height)
        (folder / "sites" / f"{name}.yaml").write_text(text, "utf-8")
    return load_catalogue(folder)


@contextmanager
def world(folder: Path) -> Iterator[Catalogue]:
    """Everything in SPICE under the names of `code`, and the catalogue that has the same."""
    known = catalogue(folder)
    with spice.kernels(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILRS_CACHE", str(folder / "cache"))
        year = seconds("far")
        with (
            spice.spheres(),
            spice.sites((place_of(known.sites[name]) for name in SITES), folder, year),
            spice.stations((ground_place(name) for name in STATIONS), folder, year),
            spice.orbiters((flight(*one) for one in FLIGHTS), folder),
        ):
            yield known


def seconds(span: str) -> tuple[float, float]:
    """Start and end, by SPICE. [s past J2000 TDB]"""
    first, last = spice.et(np.array(SPANS[span], "datetime64[us]"))
    return float(first), float(last)


def confine(span: str) -> spiceypy.Cell_Double:
    """A span as a SPICE window."""
    return spice.cell([seconds(span)])


def place(name: str, span: str) -> Trajectory | SurfacePlace:
    """A site, or an orbiter over a span."""
    return SITES[name] if name in SITES else flight(name, span)


def worst(
    constraint: Constraint,
    here: str,
    span: str,
    expected: spiceypy.Cell_Double | np.ndarray,
    *,
    known: Catalogue,
    correction: Correction = "apparent",
) -> float:
    """Largest difference of an edge from what SPICE found, which is something; infinite if a window is missing. [s]"""
    wanted = expected if isinstance(expected, np.ndarray) else spice.pairs(expected)
    assert wanted.size
    windows = find_windows(
        constraint, place(here, span), *SPANS[span], catalogue=known, correction=correction
    )
    found = spice.edges(windows)
    return float(np.abs(found - wanted).max()) if found.shape == wanted.shape else np.inf
