"""Gravity: the field of the Moon as spherical harmonics, cut where the orbit no longer feels it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ilrs_science.errors import DataFileError, RequestError
from ilrs_science.paths import verified_path
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.dynamics import field_acceleration
from ilrs_science.sky.physics import LANES, Field, Work

__all__ = ["DEFAULT_DEGREE", "GRAVITY", "GravityField", "lunar_gravity", "work_for"]

#: GRGM900C of the GRAIL mission to degree and order 100 (Lemoine et al. 2014, doi:10.1002/2014GL060027).
GRAVITY = "gravity/grgm900c_100.cof"
#: Degree that holds an orbit of 100 km to a few metres over a month; at 50 km ask for 100.
DEFAULT_DEGREE = 50


@dataclass(frozen=True, eq=False)
class GravityField:
    """A harmonic field: fully normalised (4 pi) coefficients in the principal axes of the Moon, MOON_PA of DE421."""

    gm: float
    """Gravity parameter. [km3/s2]"""
    radius: float
    """Radius to which the coefficients refer. [km]"""
    cosine: Floats
    """(degree + 1, degree + 1) C by degree and order, C[0, 0] = 1."""
    sine: Floats
    """(degree + 1, degree + 1) S by degree and order."""

    @property
    def degree(self) -> int:
        """Highest degree and order."""
        return len(self.cosine) - 1

    def cut(self, degree: int) -> GravityField:
        """The same field to a lower degree.

        Parameters
        ----------
        degree : int
            Highest degree and order to keep; 0 is a point mass.

        Returns
        -------
        GravityField

        Raises
        ------
        RequestError
            If the field does not go so far.
        """
        if not 0 <= degree <= self.degree:
            raise RequestError(f"gravity degree {degree} is not between 0 and {self.degree}")
        keep = slice(0, degree + 1)
        return GravityField(self.gm, self.radius, self.cosine[keep, keep], self.sine[keep, keep])

    def compiled(self) -> Field:
        """The coefficients as the compiled recurrences read them.

        Returns
        -------
        Field

        Notes
        -----
        With u the sine of latitude and A(n, m) the normalised Legendre function over cos(latitude)**m,
        A(n, m) = alpha u A(n-1, m) - beta A(n-2, m) and dA(n, m)/du = kappa A(n, m+1): free of singularities and, run
        up the degrees, stable (Pines 1973; Lundberg and Schutz 1988).

        References
        ----------
        Pines (1973), AIAA Journal 11, 1508, doi:10.2514/3.50619.
        Lundberg and Schutz (1988), J. Guidance 11, 31, doi:10.2514/3.20266.
        """
        size = self.degree + 1
        n, m = (axis.astype(float) for axis in np.indices((size, _width(self.degree))))
        inside, inner = m < n, m < n - 1
        with np.errstate(divide="ignore", invalid="ignore"):
            alpha = np.where(inside, np.sqrt((2 * n - 1) * (2 * n + 1) / ((n - m) * (n + m))), 0.0)
            beta = np.sqrt((2 * n + 1) * (n + m - 1) * (n - m - 1) / ((n - m) * (n + m) * (2 * n - 3)))
            kappa = np.where(inside, np.sqrt((n - m) * (n + m + 1) * np.where(m == 0, 0.5, 1.0)), 0.0)
        k = np.arange(1, size)
        factors = np.sqrt((2.0 * k + 1.0) / (2.0 * k) * np.where(k == 1, 2.0, 1.0))
        padding = ((0, 0), (0, n.shape[1] - size))
        cosine, sine = (np.pad(np.tril(table), padding) for table in (self.cosine, self.sine))
        return Field(
            gm=self.gm,
            radius=self.radius,
            diagonal=np.concatenate([[1.0], np.cumprod(factors)]),
            alpha=alpha,
            beta=np.where(inner, beta, 0.0),
            cosine=cosine,
            sine=sine,
            slope=kappa,
        )

    def acceleration(self, positions: Floats) -> Floats:
        """Acceleration at places fixed to the Moon, the central term included.

        Parameters
        ----------
        positions : (..., 3) ndarray
            In the principal axes. [km]

        Returns
        -------
        (..., 3) ndarray
            Along the principal axes. [km/s2]
        """
        field, work = self.compiled(), work_for(self.degree)
        points = np.ascontiguousarray(positions, np.float64).reshape(-1, 3)
        out = np.empty_like(points)
        for point, row in zip(points, out, strict=True):
            field_acceleration(point, field, work, row)
        return out.reshape(np.shape(positions))

    def __repr__(self) -> str:
        return f"<GravityField {self.degree}x{self.degree}: GM {self.gm:.6f} km3/s2 at {self.radius:g} km>"


def work_for(degree: int) -> Work:
    """Room for the compiled recurrences.

    Parameters
    ----------
    degree : int
        Of the field.

    Returns
    -------
    Work
    """
    width = _width(degree)
    return Work(
        row=np.zeros(width),
        below=np.zeros(width),
        lowest=np.zeros(width),
        longitudes=np.zeros((4, width)),
        around=np.zeros(9),
        turn=np.zeros((3, 3)),
        fixed=np.zeros((2, 3)),
    )


def _width(degree: int) -> int:
    """Columns of the tables: the orders and their right neighbours, in whole groups and one more."""
    return (degree // LANES + 1) * LANES + 1


@cache
def lunar_gravity(degree: int = DEFAULT_DEGREE) -> GravityField:
    """The shipped field of the Moon.

    Parameters
    ----------
    degree : int
        Highest degree and order, at the most 100.

    Returns
    -------
    GravityField

    Raises
    ------
    DataFileError
        If the file is missing or altered.
    RequestError
        If the file does not go so far.
    """
    return _shipped().cut(degree)


@cache
def _shipped() -> GravityField:
    """Everything in the file; a POTFIELD line, then RECOEF lines of fixed columns (GEODYN and GMAT format)."""
    path = verified_path(GRAVITY)
    lines = path.read_text("ascii").splitlines()
    head = next((line for line in lines if line.startswith("POTFIELD")), None)
    rows = [line for line in lines if line.startswith("RECOEF")]
    if head is None or not rows:
        raise DataFileError(f"data file {path} holds no gravity coefficients")
    degree = int(head[8:11])
    gm, radius = (float(word) for word in head[17:].split()[:2])
    cosine, sine = np.zeros((2, degree + 1, degree + 1))
    cosine[0, 0] = 1.0
    for row in rows:
        n, m = int(row[6:11]), int(row[11:14])
        cosine[n, m], sine[n, m] = float(row[17:38]), float(row[38:59])
    return GravityField(gm / 1e9, radius / 1e3, cosine, sine)
