"""Limb: the part of a disc that shows beyond the edge of the Moon, seen from an orbiter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.light.eclipse import covered_fraction
from ilrs_science.sky.place import MOON_RADIUS

__all__ = ["limb_angle", "limb_fraction", "over_limb"]

Floats = npt.NDArray[np.float64]

_HALVINGS = 44


def over_limb(direction: Floats, position: Floats) -> tuple[Floats, Floats]:
    """Give how far a direction is beyond the limb of the Moon.

    Parameters
    ----------
    direction : (..., 3) ndarray
        Unit vectors from the observer, in the frame in which the Moon is at rest. [1]
    position : (..., 3) ndarray
        Of the observer from the Moon's centre. [km]

    Returns
    -------
    gap : ndarray
        Angle beyond the limb, negative where the limb hides it. [rad]
    cover : ndarray
        Apparent radius of the Moon. [rad]
    """
    near = np.linalg.norm(position, axis=-1)
    cover = np.arcsin(np.minimum(MOON_RADIUS / near, 1.0))
    down = -np.einsum("...i,...i->...", direction, position) / near
    return np.arccos(np.clip(down, -1.0, 1.0)) - cover, cover


def limb_fraction(gap: npt.ArrayLike, radius: npt.ArrayLike, cover: npt.ArrayLike) -> Floats:
    """Give the part of a disc that shows beyond the limb of the Moon.

    Parameters
    ----------
    gap : array_like
        Angle of the disc's centre beyond the limb, negative where the limb hides it. [rad]
    radius : array_like
        Apparent radius of the disc. [rad]
    cover : array_like
        Apparent radius of the Moon. [rad]

    Returns
    -------
    ndarray
        0 (hidden) to 1 (whole). [1]

    Notes
    -----
    Seen from 100 km the Moon is 142 deg wide: its limb is a small circle of the sky, which near the disc is curved as a
    flat circle whose radius is the tangent of its own.
    """
    flat = np.tan(np.asarray(cover, float))
    return np.asarray(1.0 - covered_fraction(flat + gap, radius, flat))


def limb_angle(fraction: float, radius: npt.ArrayLike, cover: npt.ArrayLike) -> Floats:
    """Give how far beyond the limb a disc's centre is when a given part of it shows, by halving.

    Parameters
    ----------
    fraction : float
        Part of the disc's area; 0 is the first contact, 1 the last. [1]
    radius : array_like
        Apparent radius of the disc. [rad]
    cover : array_like
        Apparent radius of the Moon, larger than the disc. [rad]

    Returns
    -------
    ndarray
        From minus to plus the radius. [rad]
    """
    edge = np.asarray(radius, float)
    if fraction in (0.0, 1.0):
        return (2.0 * fraction - 1.0) * edge
    low, high = -edge, +edge
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        less = limb_fraction(middle, edge, cover) < fraction
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    return np.asarray((low + high) / 2.0)
