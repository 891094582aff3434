"""Frames: from ICRF axes to the Moon's mean-Earth axes (MOON_ME), in which maps and sites are given."""

from __future__ import annotations

import numpy as np

from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.compiled import compiled

__all__ = [
    "PA_FROM_ME",
    "euler_rotation",
    "euler_spin",
    "horizontal_axes",
    "moon_me_rotation",
    "moon_spin",
    "selenographic",
    "turned",
]


def _turn(axis: int, angle: float) -> Floats:
    """Matrix that turns the axes of a frame about one of them. [rad]"""
    cosine, sine = np.cos(angle), np.sin(angle)
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cosine
    matrix[first, second], matrix[second, first] = sine, -sine
    return matrix


_ARCSEC = np.pi / 648000.0
_UNTURNED = np.eye(3)

#: Mean-Earth axes to principal axes for DE421: 67.92, 78.56 and 0.30 arcsec about z, y, x
#: (NAIF frame kernel moon_080317.tf, TKFRAME_31007).
PA_FROM_ME = _turn(2, 67.92 * _ARCSEC) @ _turn(1, 78.56 * _ARCSEC) @ _turn(0, 0.30 * _ARCSEC)


def moon_me_rotation(angles: Floats) -> Floats:
    """Rotation from ICRF to MOON_ME.

    Parameters
    ----------
    angles : (..., 3) ndarray
        Euler angles phi, delta, w of the principal axes. [rad]

    Returns
    -------
    (..., 3, 3) ndarray
        ``r_me = matrix @ r_icrf``.

    Notes
    -----
    PA = R3(w) R1(delta) R3(phi) ICRF, and ME = PA_FROM_ME^T PA.
    """
    return euler_rotation(angles, PA_FROM_ME)


def euler_rotation(angles: Floats, axes: Floats = _UNTURNED) -> Floats:
    """Rotation R3(w) R1(delta) R3(phi), and from there to other axes that are fixed to them.

    Parameters
    ----------
    angles : (..., 3) ndarray
        phi, delta, w. [rad]
    axes : (3, 3) ndarray
        Columns: the other axes.

    Returns
    -------
    (..., 3, 3) ndarray
    """
    out = np.empty((*angles.shape[:-1], 3, 3))
    _rotations(np.ascontiguousarray(angles).reshape(-1, 3), axes, out.reshape(-1, 3, 3))
    return out


@compiled
def _rotations(angles: Floats, axes: Floats, out: Floats) -> None:
    pa = np.empty((3, 3))
    for i in range(len(angles)):
        sp, sd, sw = np.sin(angles[i, 0]), np.sin(angles[i, 1]), np.sin(angles[i, 2])
        cp, cd, cw = np.cos(angles[i, 0]), np.cos(angles[i, 1]), np.cos(angles[i, 2])
        pa[0, 0], pa[0, 1], pa[0, 2] = cw * cp - sw * cd * sp, cw * sp + sw * cd * cp, sw * sd
        pa[1, 0], pa[1, 1], pa[1, 2] = -sw * cp - cw * cd * sp, -sw * sp + cw * cd * cp, cw * sd
        pa[2, 0], pa[2, 1], pa[2, 2] = sd * sp, -sd * cp, cd
        for j in range(3):
            for k in range(3):
                out[i, j, k] = axes[0, j] * pa[0, k] + axes[1, j] * pa[1, k] + axes[2, j] * pa[2, k]


def turned(rotation: Floats, vectors: Floats) -> Floats:
    """Vectors along the axes that a rotation leads to.

    Parameters
    ----------
    rotation : (..., 3, 3) ndarray
        One at each epoch.
    vectors : (..., 3) ndarray
        One at each epoch, or one for all.

    Returns
    -------
    (..., 3) ndarray
    """
    out = np.empty(rotation.shape[:-1])
    one = vectors.ndim == 1
    flat = np.ascontiguousarray(vectors if not one else vectors[None]).reshape(-1, 3)
    _turn_all(rotation.reshape(-1, 3, 3), flat, out.reshape(-1, 3))
    return out


@compiled
def _turn_all(rotation: Floats, vectors: Floats, out: Floats) -> None:
    step = 0 if len(vectors) == 1 else 1
    for i in range(len(out)):
        x, y, z = vectors[i * step, 0], vectors[i * step, 1], vectors[i * step, 2]
        for j in range(3):
            out[i, j] = rotation[i, j, 0] * x + rotation[i, j, 1] * y + rotation[i, j, 2] * z


def moon_spin(angles: Floats, rates: Floats) -> Floats:
    """Angular velocity of the Moon in MOON_ME axes.

    Parameters
    ----------
    angles, rates : (..., 3) ndarray
        Euler angles [rad] and their time derivatives. [rad/s]

    Returns
    -------
    (..., 3) ndarray
        [rad/s]
    """
    return euler_spin(angles, rates, PA_FROM_ME)


def euler_spin(angles: Floats, rates: Floats, axes: Floats = _UNTURNED) -> Floats:
    """Angular velocity of what `euler_rotation` leads to, along its axes.

    Parameters
    ----------
    angles, rates : (..., 3) ndarray
        phi, delta, w [rad] and their time derivatives. [rad/s]
    axes : (3, 3) ndarray
        Columns: the other axes.

    Returns
    -------
    (..., 3) ndarray
        [rad/s]
    """
    out = np.empty(angles.shape)
    flat = [np.ascontiguousarray(array).reshape(-1, 3) for array in (angles, rates)]
    _spins(flat[0], flat[1], axes, out.reshape(-1, 3))
    return out


@compiled
def _spins(angles: Floats, rates: Floats, axes: Floats, out: Floats) -> None:
    for i in range(len(angles)):
        sd, sw, cd, cw = (
            np.sin(angles[i, 1]),
            np.sin(angles[i, 2]),
            np.cos(angles[i, 1]),
            np.cos(angles[i, 2]),
        )
        phi, delta, w = rates[i, 0], rates[i, 1], rates[i, 2]
        x, y, z = phi * sd * sw + delta * cw, phi * sd * cw - delta * sw, phi * cd + w
        for k in range(3):
            out[i, k] = x * axes[0, k] + y * axes[1, k] + z * axes[2, k]


def selenographic(latitude: float, longitude: float, radius: float) -> Floats:
    """Position in MOON_ME of a point given by its spherical coordinates.

    Parameters
    ----------
    latitude, longitude : float
        Planetocentric, east positive. [deg]
    radius : float
        Distance from the Moon's centre. [km]

    Returns
    -------
    (3,) ndarray
        [km]
    """
    lat, lon = np.radians((latitude, longitude))
    return radius * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def horizontal_axes(latitude: float, longitude: float) -> Floats:
    """Local axes at a point of the sphere.

    Parameters
    ----------
    latitude, longitude : float
        Planetocentric, east positive. [deg]

    Returns
    -------
    (3, 3) ndarray
        Rows north, east, up in MOON_ME axes. At a pole, north follows the meridian of the longitude.
    """
    lat, lon = np.radians((latitude, longitude))
    north = [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)]
    east = [-np.sin(lon), np.cos(lon), 0.0]
    up = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    return np.array([north, east, up])
