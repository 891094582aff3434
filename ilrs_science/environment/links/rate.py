"""Data rate of the direct link to the Earth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.radio import Link

__all__ = ["link_rate"]


def link_rate(
    link: Link, *, elevation: npt.ArrayLike, horizon_elevation: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Give the data rate that geometry allows.

    Parameters
    ----------
    link : Link
        Record of the station.
    elevation : array_like
        Of the Earth's centre. [deg]
    horizon_elevation : array_like
        Of the skyline below it. [deg]

    Returns
    -------
    ndarray
        The record's rate while the Earth's centre stands above both the antenna's mask and the skyline, else
        zero. [Mbit/s]

    Notes
    -----
    Whether an antenna on the Earth is granted is for the planner: it is no property of the place.
    """
    mask = np.maximum(np.asarray(horizon_elevation, float), link.elevation_mask)
    return np.where(np.asarray(elevation, float) > mask, link.rate, 0.0)
