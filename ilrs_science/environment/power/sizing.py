"""How large a battery a place asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain, place_on_ground
from ilrs_science.environment.power.battery import battery_needed, hours_after_first
from ilrs_science.environment.power.plant import Load, load_power
from ilrs_science.environment.power.supply import Arrays, scaled, site_light, supply, watts
from ilrs_science.errors import RequestError, require_kind
from ilrs_science.nomenclature import describe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import number_in

__all__ = ["Losses", "battery_curve", "battery_for"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Losses:
    """What a battery loses, as far as its size depends on it."""

    charge_efficiency: float = 1.0
    """Stored over fed in. [1]"""
    discharge_efficiency: float = 1.0
    """Delivered over drawn. [1]"""
    depth_of_discharge: float = 1.0
    """Largest part of the capacity that may be drawn. [1]"""

    @classmethod
    def of(cls, place: object, **given: str | float | None) -> Losses:
        """Those that are given; else those of a station's battery; else none.

        Parameters
        ----------
        place : object
            A station counts.
        **given : str, float or None
            By name of the field.

        Returns
        -------
        Losses
        """
        base = place.battery if isinstance(place, Station) else cls()
        return cls(
            **{
                name: getattr(base, name) if one is None else number_in(one, "1", name)
                for name, one in given.items()
            }
        )


def battery_for(
    load: Load,
    place: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    *,
    array: Arrays | str | float | None = None,
    charge_efficiency: float | None = None,
    discharge_efficiency: float | None = None,
    depth_of_discharge: float | None = None,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    step: str = "1 h",
    site: Site | SurfacePlace | None = None,
) -> float:
    """Give the smallest battery that carries a load at a place through a span.

    Parameters
    ----------
    load : str, float, BaseLoad or array_like
        What is drawn: a power with unit or in watts, a day and a night power, or one value an epoch. [W]
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site or station. A station brings its arrays, sources, bus limit, mast and the
        losses of its battery.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
    array : SolarArray, several, str or float, optional
        Instead of the station's, needed elsewhere; a power is that of an array that always faces the Sun. [W]
    charge_efficiency, discharge_efficiency, depth_of_discharge : float, optional
        Those of the station's battery by default, else 1. [1]
    mast : str or float, optional
        Height of the array above the ground; by default the station's, else 2 m. [m]
    terrain : "auto", "none", file, files or TerrainStack
        As `environment` takes it.
    step : str
        Between epochs, with a unit.
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.

    Returns
    -------
    float
        Capacity of a battery that begins full. ``inf``, without a warning, if over the span the supply, after losses,
        is less than the load: then the battery would only run down, and a longer span need a larger one; ask
        ``math.isinf``, and give a larger array or a smaller load. [Wh]

    Raises
    ------
    RequestError
        If no array is given for a place that is not a station, or a number is impossible.

    Notes
    -----
    Exact for powers that run straight from epoch to epoch, see `battery_needed`. Earth eclipses and the Sun's distance
    count. Rates, temperature limits, self-discharge and fade do not: follow the battery with `battery_charge` for them.

    At Connecting Ridge (89.4395 S, 222.8066 E, mast 2 m), 1 kW for 20 years in hours and without losses, an earlier
    study of this project found 515, 212, 191 and 169 kWh with arrays of 1.2, 1.5, 2 and 3 kW. On the shipped 1600 m
    grid this function gives 576, 236, 193 and 170; with the Sun held at 1 AU 526, 218, 192 and 169, which is that study
    within 3 %. With a 10 m tile over that grid a 2 m mast stands in longer shadows: 833, 507, 297 and 291;
    with one of 10 m 284, 135, 109 and 90. Grid and mast count more than step, years or efficiencies.

    Examples
    --------
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> pole = SurfacePlace(-89.45, 222.69)
    >>> need = battery_for("1 kW", pole, "2026-01-01", "2027-01-01", array="2 kW", mast="10 m")
    >>> round(need / 1000)
    120
    """
    place = place_on_ground(place)
    seen = site_light(place, start, end, mast=mast, terrain=terrain, step=step, site=site)
    power, sunny = supply(place, array, seen)
    losses = Losses.of(
        place,
        charge_efficiency=charge_efficiency,
        discharge_efficiency=discharge_efficiency,
        depth_of_discharge=depth_of_discharge,
    )
    return _sized(power, load_power(load, sunny), seen, losses)


def battery_curve(
    load: Load | list[str | float],
    place: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    *,
    array_power: Iterable[str | float],
    array: SolarArray | None = None,
    charge_efficiency: float | None = None,
    discharge_efficiency: float | None = None,
    depth_of_discharge: float | None = None,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    step: str = "1 h",
    site: Site | SurfacePlace | None = None,
) -> xr.Dataset:
    """Give the battery that a place asks for, by the power of the array and, if there are several, by the load.

    Parameters
    ----------
    load : str, float, BaseLoad, array_like, or a list of powers
        As `battery_for` takes it; a list of powers is a dimension of the answer. [W]
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site or station. A station brings its sources, bus limit, mast, and
        the losses of its battery.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
    array_power : iterable of str or float
        Powers of the array face on to the Sun at 1 AU. [W]
    array : SolarArray, optional
        How it faces the Sun and ages, whatever its size; by default the station's first, else always face on.
    charge_efficiency, discharge_efficiency, depth_of_discharge : float, optional
        Those of the station's battery by default, else 1. [1]
    mast : str or float, optional
        Height of the array above the ground; by default the station's, else 2 m. [m]
    terrain : "auto", "none", file, files or TerrainStack
        As `environment` takes it.
    step : str
        Between epochs, with a unit.
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.

    Returns
    -------
    Dataset
        ``battery_capacity(array_power[, load])``; not a number where the supply, after losses, does not suffice.
        Attributes name grids, mast, span, step and losses. [Wh]

    Raises
    ------
    RequestError
        If there is no power of an array, or a number is impossible.
    """
    place = place_on_ground(place)
    powers = _powers(array_power)
    seen = site_light(place, start, end, mast=mast, terrain=terrain, step=step, site=site)
    losses = Losses.of(
        place,
        charge_efficiency=charge_efficiency,
        discharge_efficiency=discharge_efficiency,
        depth_of_discharge=depth_of_discharge,
    )
    require_kind(array, (SolarArray, type(None)), "array", "a SolarArray, or leave it out")
    kind = array or (place.array if isinstance(place, Station) else None)
    several = isinstance(load, list | tuple)
    loads: list[Load] = [watts(one) for one in load] if isinstance(load, list | tuple) else [load]
    if not loads:
        raise RequestError("load names no power; give one, such as '1 kW', or several")
    need = np.full((len(powers), len(loads)), np.nan)
    for i, power in enumerate(powers):
        comes, sunny = supply(place, scaled(kind, power), seen)
        for j, drawn in enumerate(loads):
            size = _sized(comes, load_power(drawn, sunny), seen, losses)
            need[i, j] = size if math.isfinite(size) else np.nan
    found = xr.Dataset(
        {"battery_capacity": (("array_power", "load"), need)},
        {"array_power": powers, "load": ("load", loads if several else [np.nan], {"units": "W"})},
        {**seen.attrs, **asdict(losses)},
    )
    found = describe(found if several else found.isel(load=0, drop=True))
    found["battery_capacity"].attrs["comment"] = "begins full; missing where supply after losses < load"
    return found


def _powers(given: Iterable[str | float]) -> list[float]:
    """Powers of arrays, at least one. [W]"""
    if isinstance(given, str) or not isinstance(given, Iterable):
        given = [given]
    powers = [number_in(one, "W", "array_power") for one in given]
    if not powers:
        raise RequestError("array_power names no power; give some, such as ['1 kW', '2 kW']")
    return powers


def _sized(supply: Floats, load: Floats, seen: xr.Dataset, losses: Losses) -> float:
    """Capacity, infinite where the supply does not suffice. [Wh]"""
    times = seen["time"].values
    need = battery_needed(
        supply,
        load,
        times,
        charge_efficiency=losses.charge_efficiency,
        discharge_efficiency=losses.discharge_efficiency,
        depth_of_discharge=losses.depth_of_discharge,
    )
    balance = supply - load
    kept = np.where(balance > 0.0, balance * losses.charge_efficiency, balance / losses.discharge_efficiency)
    return need if np.trapezoid(kept, hours_after_first(times)) >= 0.0 else math.inf
