"""Sun and Earth in the sky of a place: where they stand, the skyline below them, and how much of them shows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.light.eclipse import covered_fraction, separation
from ilrs_science.environment.light.illumination import angular_radius, skyline_at, visible_fraction
from ilrs_science.epochs import Epochs
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

__all__ = ["light"]

BODIES = ("sun", "earth")
"""Bodies whose place in the sky is part of the environment."""


def light(place: SurfacePlace, times: Epochs, skyline: xr.Dataset) -> xr.Dataset:
    """Give where Sun and Earth stand and how much of each shows.

    Parameters
    ----------
    place : SurfacePlace
        On the ground.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.
    skyline : Dataset
        ``horizon_elevation(azimuth)``, as `horizon` gives it. [deg]

    Returns
    -------
    Dataset
        Of each body ``_azimuth``, ``_elevation`` [deg], ``_range`` [km], ``_horizon_elevation`` [deg] and
        ``_visible_fraction`` (above the skyline) [1]; and ``sun_covered_fraction``, the part of the Sun's disc behind
        the Earth, 0 but for a few hours a year. [1]
    """
    seen = observe(place, times, BODIES)
    data: dict[str, npt.NDArray[np.float64]] = {}
    for body in BODIES:
        azimuth, elevation, distance = (
            seen[name].sel(body=body).values for name in ("azimuth", "elevation", "range")
        )
        radius = angular_radius(body, distance)
        data |= {
            f"{body}_azimuth": azimuth,
            f"{body}_elevation": elevation,
            f"{body}_range": distance,
            f"{body}_radius": radius,
            f"{body}_horizon_elevation": skyline_at(skyline, azimuth),
            f"{body}_visible_fraction": visible_fraction(azimuth, elevation, radius, skyline),
        }
    apart = separation(
        data["sun_azimuth"], data["sun_elevation"], data["earth_azimuth"], data["earth_elevation"]
    )
    data["sun_covered_fraction"] = covered_fraction(apart, data.pop("sun_radius"), data.pop("earth_radius"))
    return xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times})
