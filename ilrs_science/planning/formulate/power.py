"""Power of a station: what its arrays give, what it needs itself, its battery and its bus.

The problem knows no losses of a battery, so they are put where they never flatter: what a surplus over the base load
stores and gives back later is worth the efficiency of the round trip, even where an activity could use it at once.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.catalogue.station import Station
from ilrs_science.environment.heat.box import box_temperature

__all__ = ["battery_of", "bus_of", "load_of", "supply_of"]

Floats = NDArray[np.float64]
Steps = list[tuple[int, float]]


def supply_of(env: xr.Dataset) -> Floats:
    """Power of the arrays over the step that follows each epoch, at the last epoch that at it.

    Parameters
    ----------
    env : Dataset
        With `array_power` [W].

    Returns
    -------
    (time,) ndarray
        Mean over each step. [W]
    """
    array = np.asarray(env["array_power"].values, float)
    return np.append((array[1:] + array[:-1]) / 2, array[-1])


def load_of(station: Station, env: xr.Dataset, supply: Floats) -> Floats:
    """Power that the station needs itself: by day or night, and for the heaters of its boxes.

    Parameters
    ----------
    station : Station
        Its record.
    env : Dataset
        If it has boxes, what `box_temperature` needs: Sun and temperature of the ground.
    supply : (time,) ndarray
        As `supply_of` gives it. [W]

    Returns
    -------
    (time,) ndarray
        Over the step that follows each epoch. [W]

    Raises
    ------
    RequestError
        If there are boxes and the environment lacks a variable.
    """
    base = np.where(supply > 0, station.base_load.day, station.base_load.night)
    heaters = [box_temperature(box, env)["heater_power"].values for box in station.boxes]
    return np.asarray(base + sum(heaters, np.zeros(len(base))), float)


def battery_of(
    station: Station, name: str, times: list[int], supply: Floats, load: Floats, final_charge: float
) -> dict[str, Any]:
    """The battery as what it can still deliver to the bus.

    Parameters
    ----------
    station : Station
        Its record.
    name : str
        Id of the battery.
    times : list of int
        Of the environment. [s]
    supply, load : (time,) ndarray
        As `supply_of` and `load_of` give them. [W]
    final_charge : float
        State of charge that must be left. [1]

    Returns
    -------
    dict
        Fields of a `Battery`.
    """
    battery = station.battery
    surplus = supply + station.constant_power - load
    trip = battery.charge_efficiency * battery.discharge_efficiency
    generation = load + np.where(surplus > 0, trip * surplus, surplus)
    low, full = (battery.discharge_efficiency * charge for charge in (battery.floor, battery.capacity))
    return {
        "kind": "battery",
        "id": name,
        "capacity_Wh": full,
        "initial_Wh": max(low, full * battery.initial_charge),
        "minimum_Wh": low,
        "final_Wh": full * final_charge,
        "generation": _steps(times, generation),
        "load": _steps(times, load),
    }


def bus_of(limit: float, name: str, times: list[int], load: Floats, sending: float) -> dict[str, Any]:
    """What the bus can deliver beyond the station and its radio.

    Parameters
    ----------
    limit : float
        Most that it delivers. [W]
    name : str
        Id of the resource.
    times : list of int
        Of the environment. [s]
    load : (time,) ndarray
        As `load_of` gives it. [W]
    sending : float
        Power of the radio, kept free always. [W]

    Returns
    -------
    dict
        Fields of a `Renewable`, in whole watts.
    """
    profile = [(time, max(0, math.floor(limit - watt - sending))) for time, watt in _steps(times, load)]
    return {"kind": "renewable", "id": name, "capacity": profile[0][1], "profile": profile[1:]}


def _steps(times: list[int], watts: Floats) -> Steps:
    """Steps where the power changes, to 1 mW; those before the epoch are one at it."""
    found: Steps = []
    for time, watt in zip(times, np.round(watts, 3).tolist(), strict=True):
        if time <= 0:
            found = [(0, watt)]
        elif watt != found[-1][1]:
            found.append((time, watt))
    return found
