"""Sky that tests make: a Sun that circles near the horizon of a pole."""

from __future__ import annotations

import numpy as np
import xarray as xr


def round_the_pole(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Azimuth, elevation and radius of a Sun that goes round while it rises and sinks by 1.5 deg. [deg]"""
    turn = np.arange(count) / count
    azimuth = (turn * 360.0 * 37.3) % 360.0
    return azimuth, 1.5 * np.sin(2.0 * np.pi * 3.1 * turn), np.full(count, 0.267)


def skyline_dataset(skyline: np.ndarray) -> xr.Dataset:
    """As `horizon` gives it."""
    azimuth = np.arange(skyline.size) * 360.0 / skyline.size
    return xr.Dataset({"horizon_elevation": ("azimuth", skyline)}, {"azimuth": azimuth})
