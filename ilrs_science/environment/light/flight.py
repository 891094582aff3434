"""Flight: what it is like on an orbiter: the ground below, Sun and Earth, and how much of them shows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.light.eclipse import covered_fraction
from ilrs_science.environment.light.illumination import angular_radius
from ilrs_science.environment.light.limb import limb_fraction, over_limb
from ilrs_science.epochs import Epochs
from ilrs_science.sky.apparent import Observer, apparent
from ilrs_science.sky.ephemeris import SkyState, sky_when
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["flight"]

Floats = npt.NDArray[np.float64]


def flight(orbiter: Trajectory, times: Epochs) -> xr.Dataset:
    """Give where an orbiter is, where Sun and Earth stand and how much of each shows.

    Parameters
    ----------
    orbiter : Trajectory
        It covers the epochs.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.

    Returns
    -------
    Dataset
        ``sub_latitude``, ``sub_longitude`` of the ground below [deg], ``altitude`` above the 1737.4 km sphere [km],
        ``solar_beta`` [deg]; of Sun and Earth ``_azimuth``, ``_elevation`` above the plane normal to the radius vector
        [deg], ``_range`` [km] and ``_visible_fraction`` beyond the limb of the Moon [1]; ``sun_covered_fraction``, the
        part of the Sun's disc behind the Earth [1].

    Notes
    -----
    A ray is blocked by the limb or not in the frame of the Moon, as in `ilrs_science.find_windows`. The Moon is a
    sphere without mountains; seen from 100 km, a mountain of 4 km at the limb moves a contact by some seconds.
    """
    sky = sky_when(times)
    here = orbiter.observer(sky)
    near = np.linalg.norm(here.position, axis=-1)
    up = here.position / near[:, None]
    data = {
        "sub_latitude": np.degrees(np.arcsin(np.clip(up[:, 2], -1.0, 1.0))),
        "sub_longitude": np.degrees(np.arctan2(up[:, 1], up[:, 0])) % 360.0,
        "altitude": near - MOON_RADIUS,
    }
    seen = observe(orbiter, times)
    lines = {body: _from_the_moon(sky, here, body) for body in ("sun", "earth")}
    for body, (line, distance) in lines.items():
        for name in ("azimuth", "elevation", "range"):
            data[f"{body}_{name}"] = seen[name].sel(body=body).values
        gap, cover = over_limb(line, here.position)
        data[f"{body}_visible_fraction"] = limb_fraction(
            gap, np.radians(angular_radius(body, distance)), cover
        )
    (sun, far), (earth, close) = lines["sun"], lines["earth"]
    apart = 2.0 * np.degrees(np.arcsin(np.minimum(np.linalg.norm(sun - earth, axis=-1) / 2.0, 1.0)))
    data["sun_covered_fraction"] = covered_fraction(
        apart, angular_radius("sun", far), angular_radius("earth", close)
    )
    normal = np.cross(here.position, here.velocity)
    normal /= np.linalg.norm(normal, axis=-1)[:, None]
    data["solar_beta"] = np.degrees(np.arcsin(np.clip(np.einsum("ij,ij->i", sun, normal), -1.0, 1.0)))
    return xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times})


def _from_the_moon(sky: SkyState, here: Observer, body: str) -> tuple[Floats, Floats]:
    """Direction and distance [km] for an observer at the place who moves with the Moon's centre."""
    return apparent(sky, body, Observer(here.position, np.zeros(3)), "apparent")
