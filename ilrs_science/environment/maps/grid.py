"""Coordinates of a map: the pixels of its grid in the manner of CF."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.projection import latitude_longitude
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import Dem

__all__ = ["grid_dataset", "pixel_area"]


def grid_dataset(dem: Dem, area: Tile) -> xr.Dataset:
    """Give a Dataset without variables for an area.

    Parameters
    ----------
    dem : Dem
        The grid.
    area : Tile
        Which of its pixels.

    Returns
    -------
    Dataset
        Coordinates ``y``, ``x`` of the grid's own projection, relative to its origin [m or deg], ``latitude`` and
        ``longitude`` of each pixel [deg], and ``crs`` with the attributes of the projection.
    """
    rows, columns = area.row + np.arange(area.rows), area.column + np.arange(area.columns)
    latitude, longitude = latitude_longitude(dem, columns[None, :], rows[:, None])
    degrees = dem.projection.kind == GEOGRAPHIC
    names = ("latitude", "longitude") if degrees else ("projection_y_coordinate", "projection_x_coordinate")
    units = ("degrees_north", "degrees_east") if degrees else ("m", "m")
    return xr.Dataset(
        coords={
            "y": ("y", dem.y0 + dem.dy * rows, {"standard_name": names[0], "units": units[0], "axis": "Y"}),
            "x": (
                "x",
                dem.x0 + dem.dx * columns,
                {"standard_name": names[1], "units": units[1], "axis": "X"},
            ),
            "latitude": (
                ("y", "x"),
                latitude,
                {"long_name": "Selenographic latitude", "units": "degrees_north"},
            ),
            "longitude": (
                ("y", "x"),
                longitude,
                {"long_name": "Selenographic longitude", "units": "degrees_east"},
            ),
            "crs": ((), np.int32(0), _mapping(dem)),
        }
    )


def pixel_area(dem: Dem, latitude: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give the area of pixels on the 1737.4 km sphere.

    Parameters
    ----------
    dem : Dem
        The grid.
    latitude : array_like
        Of their centres. [deg]

    Returns
    -------
    ndarray
        [km2]
    """
    phi = np.radians(np.asarray(latitude, float))
    if dem.projection.kind == GEOGRAPHIC:
        east = math.radians(abs(dem.dx)) * np.cos(phi)
        found = MOON_RADIUS_M**2 * east * math.radians(abs(dem.dy))
    else:
        scale = dem.projection.scale / MOON_RADIUS_M / (1.0 + dem.projection.kind * np.sin(phi))
        found = abs(dem.dx * dem.dy) / scale**2
    return np.asarray(found / 1e6)


def _mapping(dem: Dem) -> dict[str, str | float]:
    sphere: dict[str, str | float] = {"earth_radius": MOON_RADIUS_M, "reference_frame": "MOON_ME"}
    if dem.projection.kind == GEOGRAPHIC:
        return {"grid_mapping_name": "latitude_longitude", **sphere}
    return {
        "grid_mapping_name": "polar_stereographic",
        "latitude_of_projection_origin": 90.0 * dem.projection.kind,
        "straight_vertical_longitude_from_pole": dem.projection.meridian,
        "scale_factor_at_projection_origin": dem.projection.scale / (2.0 * MOON_RADIUS_M),
        "false_easting": 0.0,
        "false_northing": 0.0,
        **sphere,
    }
