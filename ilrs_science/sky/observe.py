"""Observation: azimuth, elevation and range of bodies seen from a place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import Epochs, parse_epochs, to_tdb
from ilrs_science.nomenclature import describe
from ilrs_science.sky.apparent import Correction, apparent
from ilrs_science.sky.ephemeris import sky_at
from ilrs_science.sky.place import SurfacePlace, place_of

__all__ = ["observe"]


def observe(
    site: Site | SurfacePlace | str,
    times: Epochs,
    bodies: Sequence[str] = ("sun", "earth"),
    *,
    correction: Correction = "apparent",
) -> xr.Dataset:
    """Apparent azimuth, elevation and range of bodies from a place.

    Parameters
    ----------
    site : Site or SurfacePlace
        Where the observer is.
    times : (time,) array_like of datetime64
        UTC.
    bodies : sequence of str
        Names out of `ilrs_science.sky.bodies.BODIES`: ``"sun"``, ``"earth"``, the planets.
    correction : {"apparent", "light_time", "geometric"}
        With light time and aberration, with light time alone, or without either.

    Returns
    -------
    xarray.Dataset
        Dimensions (time, body): ``azimuth`` from north through east [deg], ``elevation`` of the body's centre above
        the plane normal to the 1737.4 km sphere [deg], ``range`` with light time [km].

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    UnknownNameError
        If a body is not known.

    Notes
    -----
    Light time and stellar aberration as SPICE ``LT+S``, ephemeris DE421 with its own lunar orientation. Agreement with
    SPICE is better than 1e-3 arcsec (tests/oracles).
    """
    place, epochs = place_of(site), np.atleast_1d(parse_epochs(times))
    sky = sky_at(to_tdb(epochs))
    observer = place.observer(sky)
    columns = [apparent(sky, body, observer, correction) for body in bodies]
    north, east, up = np.moveaxis(
        np.stack([direction @ place.axes.T for direction, _ in columns], axis=1), -1, 0
    )
    azimuth = np.degrees(np.arctan2(east, north)) % 360.0
    data = {
        "azimuth": np.where(azimuth < 360.0, azimuth, 0.0),  # -1e-17 % 360 rounds to 360
        "elevation": np.degrees(np.arctan2(up, np.hypot(north, east))),
        "range": np.stack([distance for _, distance in columns], axis=1),
    }
    coords = {"time": epochs, "body": list(bodies)}
    return describe(xr.Dataset({name: (("time", "body"), array) for name, array in data.items()}, coords))
