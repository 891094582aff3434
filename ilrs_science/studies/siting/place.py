"""What a station has at a place: light, power, heat and contact, and the battery that its own load asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.power.battery import battery_needed
from ilrs_science.environment.power.plant import load_power
from ilrs_science.environment.statistics import longest_run
from ilrs_science.studies.siting.transport import launch_mass_ratio

__all__ = ["equipped", "place_measures"]

#: Energy of a kilogram of battery. (assumed: lithium-ion cells with their housing) [Wh/kg]
BATTERY_WH_KG = 130.0
#: Mass of a station without battery, robots and instruments. (assumed: a lander of the Chang'e kind after landing) [kg]
STATION_KG = 1000.0
#: Battery beyond what the load of the station alone asks for. (assumed) [1]
MARGIN = 1.15


def equipped(station: Station, env: xr.Dataset) -> Station:
    """The station with a battery that carries its own load through the span.

    Parameters
    ----------
    station : Station
        With the battery of its record, which stays where it suffices.
    env : Dataset
        What its place is like.

    Returns
    -------
    Station
        Perhaps with a larger battery.
    """
    need = _need(station, env) * MARGIN
    if need <= station.battery.capacity or not math.isfinite(need):
        return station
    return station.model_copy(update={"battery": station.battery.model_copy(update={"capacity": need})})


def place_measures(
    station: Station, env: xr.Dataset, catalogue: Catalogue, instruments: Iterable[Instrument]
) -> Mapping[str, float]:
    """What a station has at its place over a span.

    Parameters
    ----------
    station : Station
        With the battery it gets there.
    env : Dataset
        Of :func:`ilrs_science.environment.stations.station_environment`.
    catalogue : Catalogue
        Where the place is looked up.
    instruments : iterable of Instrument
        What is used there; those without a known mass count nothing.

    Returns
    -------
    mapping of str to float
        ``sunlight`` [1], ``darkness`` (longest) [h], ``earth`` (visible) [1], ``power`` (mean that is available) [W],
        ``battery`` that its own load asks for [Wh], ``coldest`` and ``hottest`` ground [K], NaN in orbit, ``contact``
        [h], ``volume`` that its link could carry [Mbit], ``mass`` that arrives and ``launch_mass`` sent toward the Moon
        for it [kg].
    """
    times = env["time"].values
    step_h = float((times[1] - times[0]) / np.timedelta64(1, "s")) / 3600
    sun = env["sun_visible_fraction"].values
    rate = _rate(env)
    mass = STATION_KG + station.battery.capacity / BATTERY_WH_KG
    mass += sum(one.mass or 0.0 for one in station.robots) + sum(one.mass or 0.0 for one in instruments)
    ground = env["surface_temperature"].values if "surface_temperature" in env else np.array([np.nan])
    return {
        "sunlight": float(sun.mean()),
        "darkness": longest_run(sun <= 0) * step_h,
        "earth": float((env["earth_visible_fraction"].values > 0).mean()),
        "power": float(env["power_available"].mean()),
        "battery": _need(station, env),
        "coldest": float(ground.min()),
        "hottest": float(ground.max()),
        "contact": float((rate > 0).sum()) * step_h,
        "volume": float(rate.sum()) * step_h * 3600,
        "mass": mass,
        "launch_mass": mass * launch_mass_ratio(catalogue.place_of(station)),
    }


def _rate(env: xr.Dataset) -> npt.NDArray[np.float64]:
    """Rate of the link home, to the best partner where there are several. [Mbit/s]"""
    rate: npt.NDArray[np.float64] = (
        env["partner_rate"].max("partner") if "partner_rate" in env else env["link_rate"]
    ).values
    return rate


def _need(station: Station, env: xr.Dataset) -> float:
    """Battery for the load of the station itself and its link. [Wh]"""
    losses = station.battery
    load = load_power(station.base_load, env["array_power"].values)
    return battery_needed(
        env["power_available"].values,
        load + station.link.power * (_rate(env) > 0),
        env["time"].values,
        charge_efficiency=losses.charge_efficiency,
        discharge_efficiency=losses.discharge_efficiency,
        depth_of_discharge=losses.depth_of_discharge,
    )
