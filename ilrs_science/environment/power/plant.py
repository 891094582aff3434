"""The power plant of a station in the light of its place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.catalogue.station import BaseLoad, Station
from ilrs_science.environment.ground import station_of
from ilrs_science.environment.power.ageing import source_power
from ilrs_science.environment.power.array import array_power
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import describe
from ilrs_science.units import number_in

__all__ = ["Load", "lit_power", "load_power", "plant_power"]

Load = str | float | BaseLoad | npt.NDArray[np.float64] | xr.DataArray
"""What is drawn: a power with unit or in watts, day and night, or one value an epoch."""

NO_LOAD = "a load is a power of zero or more, such as '1 kW'"

NEEDED = (
    "time",
    "sun_azimuth",
    "sun_elevation",
    "sun_range",
    "sun_visible_fraction",
    "sun_covered_fraction",
)
"""Variables of the light that arrays see."""

Floats = npt.NDArray[np.float64]


def plant_power(station: Station | str, light: xr.Dataset) -> xr.Dataset:
    """Give the power that a station's arrays and sources deliver.

    Parameters
    ----------
    station : Station or str
        Record, or its id: its ``arrays``, ``sources`` and ``power_limit``.
    light : Dataset
        Of its place, as `light` gives it; epochs in any order.

    Returns
    -------
    Dataset
        ``array_power``, ``source_power`` and ``power_available``, the two together but no more than the bus delivers;
        the battery is not in it. [W]

    Notes
    -----
    Every epoch is by itself: the Sun's place and distance, the part of its disc above the skyline and not behind the
    Earth, and the age of arrays and fuel.

    Examples
    --------
    >>> from ilrs_science.catalogue.library import load_catalogue
    >>> station = load_catalogue().stations["connecting_ridge_station"]
    >>> sky = {"sun_azimuth": 0.0, "sun_elevation": 0.0, "sun_range": 149597870.7, "sun_visible_fraction": 1.0,
    ...        "sun_covered_fraction": 0.5}
    >>> light = xr.Dataset({name: ("time", [value]) for name, value in sky.items()},
    ...                    {"time": np.array(["2031-01-01"], "datetime64[us]")})
    >>> plant_power(station, light).power_available.values.round(1).tolist()
    [199.7]
    """
    station = station_of(station)
    times = _lit(light)["time"].values
    arrays = lit_power(station.arrays, light)
    sources = source_power(station.sources, times)
    limit = np.inf if station.power_limit is None else station.power_limit
    power = {
        "array_power": arrays,
        "source_power": sources,
        "power_available": np.minimum(arrays + sources, limit),
    }
    return describe(xr.Dataset({name: ("time", values) for name, values in power.items()}, {"time": times}))


def _lit(light: xr.Dataset) -> xr.Dataset:
    """The same Dataset, if it tells what arrays see."""
    missing = [name for name in NEEDED if name not in getattr(light, "variables", ())]
    if missing:
        raise RequestError(
            f"light without {', '.join(missing)}; give what ilrs.environment gives of the place"
        )
    return light


def lit_power(arrays: SolarArray | Iterable[SolarArray], light: xr.Dataset) -> Floats:
    """Give the power of solar arrays in the light of a place.

    Parameters
    ----------
    arrays : SolarArray or several
        Records.
    light : Dataset
        Of the place, as `light` gives it; epochs in any order.

    Returns
    -------
    (time,) ndarray
        All together, see `array_power`. [W]
    """
    return array_power(
        arrays,
        visible=light["sun_visible_fraction"],
        covered=light["sun_covered_fraction"],
        azimuth=light["sun_azimuth"],
        elevation=light["sun_elevation"],
        distance=light["sun_range"],
        times=light["time"].values,
    )


def load_power(load: Load, array: Floats) -> Floats:
    """Give the power that is drawn at each epoch.

    Parameters
    ----------
    load : str, float, BaseLoad or array_like
        A power with unit or in watts, a day and a night power, or one value an epoch. [W]
    array : (time,) ndarray
        Power of the arrays: day is where it is not zero. [W]

    Returns
    -------
    (time,) ndarray
        [W]

    Raises
    ------
    RequestError
        If a load is negative or no number, or there is not one an epoch.
    """
    if isinstance(load, BaseLoad):
        return np.where(array > 0.0, load.day, load.night)
    try:
        drawn = np.asarray(number_in(load, "W", "load") if isinstance(load, str) else load, float)
    except (TypeError, ValueError) as error:
        raise RequestError(f"load: {error}" if isinstance(load, str) else NO_LOAD) from error
    if not np.all(np.isfinite(drawn)) or np.any(drawn < 0.0):
        raise RequestError(NO_LOAD)
    if drawn.ndim and drawn.shape != array.shape:
        raise RequestError(
            f"a load of {drawn.size} values does not fit {array.size} epochs; give one an epoch"
        )
    return np.broadcast_to(drawn, array.shape).copy()
