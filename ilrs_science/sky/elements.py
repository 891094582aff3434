"""Elements: the state of an orbiter from its Keplerian elements or from the state that its record gives."""

from __future__ import annotations

import numpy as np

from ilrs_science.catalogue.orbit import Orbit, OrbitFrame
from ilrs_science.epochs import to_tdb
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.frames import moon_me_rotation
from ilrs_science.sky.gravity import lunar_gravity
from ilrs_science.sky.kernels import ephemeris_series, orientation_series
from ilrs_science.sky.place import MOON_RADIUS

__all__ = ["epoch_of", "initial_state", "state_of_elements"]


def epoch_of(orbit: Orbit, start: float) -> float:
    """Epoch at which an orbit's elements hold.

    Parameters
    ----------
    orbit : Orbit
        Record.
    start : float
        Epoch that takes its place if the record states none. [s past J2000 TDB]

    Returns
    -------
    float
        [s past J2000 TDB]
    """
    return start if orbit.epoch is None else float(to_tdb(orbit.epoch))


def initial_state(orbit: Orbit, epoch: float) -> Floats:
    """State of an orbiter at its epoch.

    Parameters
    ----------
    orbit : Orbit
        Record; angles that it does not state are zero.
    epoch : float
        [s past J2000 TDB]

    Returns
    -------
    (6,) ndarray
        Position [km] and velocity [km/s], ICRF axes about the Moon's centre.
    """
    if orbit.state is not None:
        return np.array([*orbit.state.position, *orbit.state.velocity])
    perilune, apolune = MOON_RADIUS + orbit.perilune_height, MOON_RADIUS + orbit.apolune_height
    state = state_of_elements(
        (perilune + apolune) / 2.0,
        (apolune - perilune) / (apolune + perilune),
        np.radians(
            [
                orbit.inclination,
                orbit.ascending_node or 0.0,
                orbit.argument_of_perilune or 0.0,
                orbit.true_anomaly or 0.0,
            ]
        ),
    )
    axes = _axes(orbit.frame, np.array([epoch]))
    return np.concatenate([state[:3] @ axes, state[3:] @ axes])


def _axes(frame: OrbitFrame, epoch: Floats) -> Floats:
    """Rows x, y, z of a frame in ICRF."""
    if frame is OrbitFrame.ICRF:
        return np.eye(3)
    if frame is OrbitFrame.MOON_ME:
        return np.asarray(moon_me_rotation(orientation_series().at(epoch))[0])
    series = ephemeris_series()
    earth, motion = ((series[3, 399].at(epoch, k) - series[3, 301].at(epoch, k))[0] for k in (0, 1))
    pole = np.cross(earth, motion)
    x, z = earth / np.linalg.norm(earth), pole / np.linalg.norm(pole)
    return np.stack([x, np.cross(z, x), z])


def state_of_elements(semi_major_axis: float, eccentricity: float, angles: Floats) -> Floats:
    """State on a Keplerian ellipse about the Moon.

    Parameters
    ----------
    semi_major_axis : float
        [km]
    eccentricity : float
        [1]
    angles : (4,) array_like
        Inclination, longitude of the ascending node, argument of perilune, true anomaly. [rad]

    Returns
    -------
    (6,) ndarray
        Position [km] and velocity [km/s], along the axes of the elements.

    References
    ----------
    Vallado (2013), "Fundamentals of Astrodynamics and Applications", 4th edition, algorithm 10.
    """
    inclination, node, argument, anomaly = angles
    parameter = semi_major_axis * (1.0 - eccentricity**2)
    radius = parameter / (1.0 + eccentricity * np.cos(anomaly))
    speed = np.sqrt(lunar_gravity(0).gm / parameter)
    (ci, cn, ca), (si, sn, sa) = (f([inclination, node, argument]) for f in (np.cos, np.sin))
    to_perilune = np.array([cn * ca - sn * sa * ci, sn * ca + cn * sa * ci, sa * si])
    forward = np.array([-cn * sa - sn * ca * ci, -sn * sa + cn * ca * ci, ca * si])
    position = radius * (np.cos(anomaly) * to_perilune + np.sin(anomaly) * forward)
    velocity = speed * (-np.sin(anomaly) * to_perilune + (eccentricity + np.cos(anomaly)) * forward)
    return np.concatenate([position, velocity])
