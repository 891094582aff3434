"""Small inputs for figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from ilrs_science.intervals import Windows

START = np.datetime64("2031-02-24T00:00:00", "us")
SPAN = (START, START + np.timedelta64(4, "D"))


def hours(*values: float) -> np.ndarray:
    """Instants so many hours after the start."""
    return START + (np.array(values) * 3.6e9).astype("timedelta64[us]")


def observation(step_h: float = 1.0) -> xr.Dataset:
    """Sun once around at -1 deg, Earth rising from -2 to 6 deg in the south-east."""
    count = int(96 / step_h)
    share = np.linspace(0, 1, count, endpoint=False)
    azimuth = np.stack([(360 * share) % 360, np.full(count, 140.0)], axis=1)
    elevation = np.stack([np.full(count, -1.0), -2 + 8 * share], axis=1)
    coords = {"time": hours(*(96 * share)), "body": ["sun", "earth"]}
    return xr.Dataset(
        {"azimuth": (("time", "body"), azimuth), "elevation": (("time", "body"), elevation)}, coords
    )


def horizon() -> xr.Dataset:
    """Flat at -2 deg, but 3 deg in the north-west."""
    azimuth = np.arange(0.0, 360.0, 1.0)
    height = np.where((azimuth > 270) & (azimuth < 330), 3.0, -2.0)
    return xr.Dataset({"horizon_elevation": ("azimuth", height)}, {"azimuth": azimuth})


def env() -> xr.Dataset:
    """Four days with a night from hour 24 to hour 48, hourly; link in the last day."""
    time = np.arange(96)
    light = np.where((time >= 24) & (time < 48), 0.0, 1.0)
    link = np.where(time >= 72, 0.5, 0.0)
    return xr.Dataset(
        {"sun_visible_fraction": ("time", light), "link_rate": ("time", link)}, {"time": hours(*time)}
    )


def windows() -> dict[str, Windows]:
    """One experiment with two windows, one without any."""
    return {"drill": Windows(hours(0, 50), hours(20, 90), SPAN), "listen": Windows(span=SPAN)}


def plan() -> pd.DataFrame:
    """Two sessions of one experiment."""
    return pd.DataFrame({"start": hours(2, 55), "end": hours(6, 59)}, index=["drill.1", "drill.2"])


def levels() -> pd.DataFrame:
    """Battery and storage."""
    return pd.DataFrame(
        {"battery_charge": [100.0, 60.0, 90.0], "stored_data": [0.0, 5.0, 5.0]},
        index=pd.DatetimeIndex(hours(0, 48, 95)),
    )
