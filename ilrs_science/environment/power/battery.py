"""Charge of a battery between a supply and a load, exact for powers that run straight from sample to sample."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.battery import Battery, TemperatureRange
from ilrs_science.environment.power.ageing import years_after
from ilrs_science.environment.power.charge import carry, deepest_deficit
from ilrs_science.epochs import Epochs
from ilrs_science.errors import RequestError, require_kind
from ilrs_science.nomenclature import describe
from ilrs_science.units import number_in, numbers_in

__all__ = ["battery_charge", "battery_needed", "hours_after_first"]

Floats = npt.NDArray[np.float64]

MONTH_H = 30.0 * 24.0
"""Of the record's self-discharge. [h]"""


def battery_charge(
    battery: Battery,
    supply: npt.ArrayLike,
    load: npt.ArrayLike,
    times: Epochs,
    *,
    temperature: npt.ArrayLike | None = None,
    initial_charge: str | float | None = None,
) -> xr.Dataset:
    """Follow the charge of a battery through a series of supply and load.

    Parameters
    ----------
    battery : Battery
        Record of the station.
    supply, load : (time,) array_like
        Power that comes in and that is asked for. [W]
    times : (time,) ndarray of datetime64[us]
        UTC, ascending; steps may differ.
    temperature : (time,) array_like, optional
        Of the battery; needed where its record limits the temperature. [K]
    initial_charge : str or float, optional
        State of charge at the first epoch, over the capacity, such as 0.8 or ``"80 %"``; that of the record by
        default. [1]

    Returns
    -------
    Dataset
        ``battery_charge`` [Wh] and ``state_of_charge`` (over the capacity when new) at each epoch; ``unmet_power``,
        what the load lacked, and ``surplus_power``, what found no place, as means over the step that follows, zero at
        the last epoch. [W]

    Raises
    ------
    RequestError
        If the series do not fit each other, or the temperature is needed and not given.

    Notes
    -----
    Between epochs powers and temperature are straight lines. Each step is cut where the balance changes sign, a rate
    reaches its limit or a temperature is crossed; over each piece the charge is a parabola, bounded by the full battery
    and by its floor. So the result is exact, whatever the step, but for self-discharge and fade, which take their part
    once a step.

    Losses: of what flows in, ``charge_efficiency`` is stored; of what is drawn, ``discharge_efficiency`` is delivered.
    Rates limit what is stored and drawn in an hour, as parts of the capacity when new. Nothing is drawn below the
    floor.
    """
    require_kind(battery, Battery, "battery", "a Battery, such as that of a station")
    power_in, power_out = (
        np.ascontiguousarray(numbers_in(series, "W", what))
        for series, what in ((supply, "supply"), (load, "load"))
    )
    hours = hours_after_first(times)
    if not power_in.shape == power_out.shape == hours.shape:
        raise RequestError(
            f"supply, load and times differ: {power_in.size}, {power_out.size} and {hours.size} values"
        )
    start = (
        battery.initial_charge if initial_charge is None else number_in(initial_charge, "1", "initial_charge")
    )
    charge, unmet, surplus = carry(
        hours,
        power_in - power_out,
        _temperature(battery, temperature, hours),
        _capacity(battery, times),
        min(max(start, 1.0 - battery.depth_of_discharge), 1.0) * battery.capacity,
        battery.floor,
        (battery.charge_efficiency, battery.discharge_efficiency),
        _rates(battery),
        (*_limits(battery.charge_temperature), *_limits(battery.discharge_temperature)),
        -np.log1p(-battery.self_discharge) / MONTH_H,
        battery.cycle_fade,
    )
    found = {
        "battery_charge": charge,
        "state_of_charge": charge / battery.capacity,
        "unmet_power": unmet,
        "surplus_power": surplus,
    }
    dataset = describe(
        xr.Dataset({name: ("time", values) for name, values in found.items()}, {"time": times})
    )
    for name in ("unmet_power", "surplus_power"):
        dataset[name].attrs["comment"] = "mean over the step that follows"
    return dataset


def battery_needed(
    supply: npt.ArrayLike,
    load: npt.ArrayLike,
    times: Epochs,
    *,
    charge_efficiency: float = 1.0,
    discharge_efficiency: float = 1.0,
    depth_of_discharge: float = 1.0,
) -> float:
    """Give the smallest battery that carries a load through a series, if it begins full.

    Parameters
    ----------
    supply, load : (time,) array_like
        Power that comes in and that is asked for. [W]
    times : (time,) ndarray of datetime64[us]
        UTC, ascending; steps may differ.
    charge_efficiency : float
        Stored over fed in. [1]
    discharge_efficiency : float
        Delivered over drawn. [1]
    depth_of_discharge : float
        Largest part of the capacity that may be drawn. [1]

    Returns
    -------
    float
        Capacity; finite even where the load draws more than comes in, since the series is. [Wh]

    Raises
    ------
    RequestError
        If the series do not fit each other, or an efficiency is not above 0 and at most 1.

    Notes
    -----
    One pass of ``d = max(0, d + drawn - stored)``, the energy that is lacking to a full battery, gives the answer: its
    largest value over the depth of discharge. While that much fits, no battery differs from a larger one in what it
    lacks, so nothing has to be sought. Powers are straight lines between epochs; the balance is cut where it changes
    sign.
    """
    for name, value in (
        ("charge_efficiency", charge_efficiency),
        ("discharge_efficiency", discharge_efficiency),
        ("depth_of_discharge", depth_of_discharge),
    ):
        if not 0.0 < value <= 1.0:
            raise RequestError(f"{name} of {value:g} must be above 0 and at most 1")
    hours = hours_after_first(times)
    balance = np.asarray(supply, float) - np.asarray(load, float)
    if balance.shape != hours.shape:
        raise RequestError(f"supply and load of {balance.size} values do not fit {hours.size} epochs")
    deficit, _ = deepest_deficit(hours, balance, charge_efficiency, discharge_efficiency)
    return float(deficit) / depth_of_discharge


def hours_after_first(times: Epochs) -> Floats:
    """Give epochs as hours after the first of them.

    Parameters
    ----------
    times : (time,) ndarray of datetime64[us]
        UTC, ascending.

    Returns
    -------
    (time,) ndarray
        [h]

    Raises
    ------
    RequestError
        If there are fewer than two epochs, or they do not ascend.
    """
    given = np.asarray(times)
    if given.size < 2 or not np.all(given[1:] > given[:-1]):
        raise RequestError("a battery is followed through two epochs or more, each after the one before")
    return np.asarray((given - given[0]) / np.timedelta64(1, "h"), float)


def _temperature(battery: Battery, temperature: npt.ArrayLike | None, hours: Floats) -> Floats:
    limited = battery.charge_temperature is not None or battery.discharge_temperature is not None
    if temperature is None:
        if limited:
            raise RequestError(
                "the battery has temperature limits; give its temperature, or a record without limits"
            )
        return np.zeros_like(hours)
    kelvin = np.ascontiguousarray(_fitting(numbers_in(temperature, "K", "temperature"), hours))
    if not np.all(kelvin >= 0.0):
        raise RequestError("temperatures are in kelvin, zero or more")
    return kelvin


def _fitting(values: Floats, hours: Floats) -> Floats:
    if values.ndim and values.shape != hours.shape:
        raise RequestError(
            f"{values.size} temperatures do not fit {hours.size} epochs; give one, or one an epoch"
        )
    return np.broadcast_to(values, hours.shape)


def _limits(band: TemperatureRange | None) -> tuple[float, float]:
    if band is None:
        return -np.inf, np.inf
    return (-np.inf if band.min is None else band.min, np.inf if band.max is None else band.max)


def _rates(battery: Battery) -> tuple[float, float]:
    """Most that is stored and drawn. [W]"""
    rates = (battery.charge_rate, battery.discharge_rate)
    into, out = (np.inf if rate is None else rate * battery.capacity for rate in rates)
    return into, out


def _capacity(battery: Battery, times: Epochs) -> Floats:
    """Capacity that the years have left. [Wh]"""
    if battery.since is None:
        return np.full(np.shape(times), battery.capacity)
    left: Floats = battery.capacity * (1.0 - battery.yearly_fade) ** years_after(battery.since, times)
    return left
