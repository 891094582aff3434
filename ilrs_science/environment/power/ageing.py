"""How power plants age: dust and radiation on arrays, decay of radioisotope fuel, wear of converters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.plant import ArrayAgeing
from ilrs_science.catalogue.source import PowerSource
from ilrs_science.epochs import Epochs

__all__ = ["array_ageing", "source_heat", "source_power", "years_after"]

YEAR_S = 365.25 * 86400.0
"""Julian year, that of the records. [s]"""

Floats = npt.NDArray[np.float64]


def years_after(since: np.datetime64, times: Epochs) -> Floats:
    """Give the time since an epoch.

    Parameters
    ----------
    since : datetime64
        UTC; leap seconds do not count.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.

    Returns
    -------
    (time,) ndarray
        Julian years, zero before the epoch.
    """
    seconds = (np.asarray(times) - since) / np.timedelta64(1, "s")
    years: Floats = np.maximum(np.asarray(seconds, float), 0.0) / YEAR_S
    return years


def array_ageing(ageing: ArrayAgeing | None, times: Epochs) -> Floats:
    """Give what dust and radiation have left of an array's power.

    Parameters
    ----------
    ageing : ArrayAgeing or None
        Of the record; None is an array that stays as it is.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.

    Returns
    -------
    (time,) ndarray
        Power over that of the record. [1]

    Notes
    -----
    ``((1 - radiation) * (1 - dust))**years * (1 - landing)**landings``, landings since the beginning of the count.
    """
    if ageing is None:
        return np.ones(np.shape(times))
    years = years_after(ageing.since, times)
    events = np.sort(np.array([one for one in ageing.landings if one > ageing.since], "datetime64[us]"))
    landed = np.searchsorted(events, np.asarray(times), side="right")
    left: Floats = ((1.0 - ageing.radiation) * (1.0 - ageing.dust)) ** years * (
        1.0 - ageing.landing
    ) ** landed
    return left


def source_power(sources: Iterable[PowerSource], times: Epochs) -> Floats:
    """Give the electric power of sources that need no Sun.

    Parameters
    ----------
    sources : iterable of PowerSource
        Of the station.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.

    Returns
    -------
    (time,) ndarray
        All together. [W]

    Notes
    -----
    ``power * throttle * 2**(-years / half_life) * (1 - degradation)**years``, nothing after the unit's life.
    """
    total = np.zeros(np.shape(times))
    for source in sources:
        wear = 1.0 if source.since is None else (1.0 - source.degradation) ** years_after(source.since, times)
        total = total + source.power * source.throttle * wear * _fuel(source, times)
    return total


def source_heat(sources: Iterable[PowerSource], times: Epochs) -> Floats:
    """Give the heat of sources, such as heater units.

    Parameters
    ----------
    sources : iterable of PowerSource
        Of the station.
    times : (time,) ndarray of datetime64[us]
        UTC, in any order.

    Returns
    -------
    (time,) ndarray
        All together; it follows throttle, fuel and life as the power does. [W]
    """
    total = np.zeros(np.shape(times))
    for source in sources:
        total = total + source.heat * source.throttle * _fuel(source, times)
    return total


def _fuel(source: PowerSource, times: Epochs) -> Floats:
    """What decay and end of life have left. [1]"""
    left = np.ones(np.shape(times))
    if source.since is None:
        return left
    years = years_after(source.since, times)
    if source.half_life is not None:
        left = left * 2.0 ** (-years * YEAR_S / source.half_life)
    if source.life is not None:
        left = np.where(years * YEAR_S < source.life, left, 0.0)
    return left
