"""Frames: from ICRF axes to the Moon's mean-Earth axes (MOON_ME), in which maps and sites are given."""

from __future__ import annotations

import numpy as np

from ilrs_science.sky.chebyshev import Floats

__all__ = ["PA_FROM_ME", "horizontal_axes", "moon_me_rotation", "moon_spin", "selenographic"]


def _turn(axis: int, angle: float) -> Floats:
    """Matrix that turns the axes of a frame about one of them. [rad]"""
    cosine, sine = np.cos(angle), np.sin(angle)
    first, second = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cosine
    matrix[first, second], matrix[second, first] = sine, -sine
    return matrix


_ARCSEC = np.pi / 648000.0

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
    (sp, sd, sw), (cp, cd, cw) = (np.moveaxis(f(angles), -1, 0) for f in (np.sin, np.cos))
    rows = [
        [cw * cp - sw * cd * sp, cw * sp + sw * cd * cp, sw * sd],
        [-sw * cp - cw * cd * sp, -sw * sp + cw * cd * cp, cw * sd],
        [sd * sp, -sd * cp, cd],
    ]
    pa = np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
    return np.asarray(PA_FROM_ME.T @ pa)


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
    _, sd, sw = np.moveaxis(np.sin(angles), -1, 0)
    _, cd, cw = np.moveaxis(np.cos(angles), -1, 0)
    phi, delta, w = np.moveaxis(rates, -1, 0)
    pa = np.stack([phi * sd * sw + delta * cw, phi * sd * cw - delta * sw, phi * cd + w], axis=-1)
    return np.asarray(pa @ PA_FROM_ME)


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
