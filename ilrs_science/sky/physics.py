"""Physics: the tables and constants that the compiled dynamics read; units are km and s."""

from __future__ import annotations

from typing import NamedTuple

from ilrs_science.sky.chebyshev import Floats

__all__ = ["COMPONENTS", "LANES", "Field", "Forces", "Physics", "Surroundings", "Work"]

#: Components of a record of the surroundings: Earth, Sun and the Euler angles of the Moon, three each.
COMPONENTS = 9
#: Orders are summed in groups of so many, which fills the vector registers; tables are padded with zeros.
LANES = 16


class Field(NamedTuple):
    """Coefficients of the harmonic field in the form that the recurrences read, rows of degree, columns of order."""

    gm: float
    radius: float
    diagonal: Floats
    """(degree + 1,) sectoral functions."""
    alpha: Floats
    """(degree + 1, width) factor of the degree below."""
    beta: Floats
    """(degree + 1, width) factor of two degrees below."""
    cosine: Floats
    """(degree + 1, width) C."""
    sine: Floats
    """(degree + 1, width) S."""
    slope: Floats
    """(degree + 1, width) factor of the derivative by the sine of latitude."""


class Surroundings(NamedTuple):
    """Earth, Sun and orientation over a span as Chebyshev records of equal length."""

    begin: float
    """Begin of the first record after the zero of time. [s]"""
    step: float
    """Length of a record. [s]"""
    records: Floats
    """(records, count, 9) coefficients, lowest degree first. [km and rad]"""


class Forces(NamedTuple):
    """Constants of the other forces."""

    gm_earth: float
    gm_sun: float
    light_pressure: float
    """Acceleration by sunlight at unit distance times the square of it. [km3/s2]"""
    moon_radius: float
    sun_radius: float


class Work(NamedTuple):
    """Room for the recurrences, so that no step allocates."""

    row: Floats
    """(width,) functions of the degree at hand."""
    below: Floats
    """(width,) functions of the degree below."""
    lowest: Floats
    """(width,) functions of two degrees below."""
    longitudes: Floats
    """(4, width) cosines and sines of multiples of the longitude, and their slopes."""
    around: Floats
    """(9,) surroundings at an epoch."""
    turn: Floats
    """(3, 3) rotation from ICRF to the principal axes."""
    fixed: Floats
    """(2, 3) position and acceleration in the principal axes."""


class Physics(NamedTuple):
    """All that acts on an orbiter."""

    field: Field
    table: Surroundings
    forces: Forces
    work: Work
