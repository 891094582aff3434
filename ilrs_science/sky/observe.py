"""Observation: azimuth, elevation and range of anything in the sky of a place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from ilrs_science.catalogue.constraint import Aim, Direction
from ilrs_science.catalogue.constraint.aim import aim_label
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.epochs import Epochs, parse_epochs
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import describe
from ilrs_science.sky.apparent import Correction, apparent
from ilrs_science.sky.ephemeris import sky_when
from ilrs_science.sky.targets import Somewhere, resolver, standpoint

__all__ = ["observe"]

_SECOND = np.timedelta64(1, "s")


def observe(
    place: Somewhere,
    times: Epochs,
    bodies: Sequence[Aim] | str = ("sun", "earth"),
    *,
    correction: Correction = "apparent",
    catalogue: Catalogue | None = None,
) -> xr.Dataset:
    """Apparent azimuth, elevation and range of bodies, stars, orbiters, sites and ground stations from a place.

    Parameters
    ----------
    place : Site, Orbit, GroundStation, SurfacePlace, Trajectory or str
        Where the observer is; an orbit's elements hold at the first epoch unless the record states another.
    times : (time,) array_like of datetime64
        UTC.
    bodies : sequence of str or Direction
        Names: ``"sun"``, ``"earth"``, a planet, a target, orbit, site or ground station of the catalogue.
    correction : {"apparent", "light_time", "geometric"}
        With light time and aberration, with light time alone, or without either.
    catalogue : Catalogue, optional
        Where names are looked up; the shipped one by default.

    Returns
    -------
    xarray.Dataset
        Dimensions (time, body): ``azimuth`` from north through east [deg], ``elevation`` of the body's centre above
        the plane normal to the place's radius vector, at a ground station above the geodetic horizon without refraction
        [deg], ``range`` with light time, infinite for a star without parallax. [km]

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    UnknownNameError
        If a name is not known.

    Notes
    -----
    Light time and stellar aberration as SPICE ``LT+S``, ephemeris DE421 with its own lunar orientation. Agreement with
    SPICE is better than 1e-5 arcsec (tests/oracles). Terrain is left aside; an orbiter sees the limb of the Moon below
    its horizontal plane.
    """
    epochs = np.atleast_1d(parse_epochs(times))
    if epochs.ndim != 1:
        raise RequestError(f"times have {epochs.ndim} dimensions; give one epoch or a list of them")
    bodies = (bodies,) if isinstance(bodies, str) else tuple(bodies)
    names = [aim_label(body) if isinstance(body, Direction) else body for body in bodies]
    seen = (
        _seen(place, epochs, bodies, correction, catalogue) if epochs.size else np.empty((4, 0, len(names)))
    )
    north, east, up, distance = seen
    azimuth = np.degrees(np.arctan2(east, north)) % 360.0
    data = {
        "azimuth": np.where(azimuth < 360.0, azimuth, 0.0),  # -1e-17 % 360 rounds to 360
        "elevation": np.degrees(np.arctan2(up, np.hypot(north, east))),
        "range": distance,
    }
    coords = {"time": epochs, "body": names}
    return describe(xr.Dataset({name: (("time", "body"), array) for name, array in data.items()}, coords))


def _seen(
    place: Somewhere,
    epochs: Epochs,
    bodies: Sequence[Aim],
    correction: Correction,
    catalogue: Catalogue | None,
) -> np.ndarray:
    """(4, time, body) components of the direction to north, east and up, and distance. [1 and km]"""
    span = (epochs.min(), epochs.max() + _SECOND)
    sky = sky_when(epochs)
    here, resolve = standpoint(place, span, catalogue), resolver(span, catalogue)
    observer, axes = here.observer(sky), here.axes_at(sky)
    columns = []
    for body in bodies:
        aim = resolve(body)
        if aim == here:
            raise RequestError(f"{body} is the place itself; look at something else")
        direction, distance = apparent(sky, aim, observer, correction)
        columns.append([*np.moveaxis(np.einsum("...ij,...j->...i", axes, direction), -1, 0), distance])
    return np.moveaxis(np.array(columns).reshape(len(bodies), 4, epochs.size), 0, -1)
