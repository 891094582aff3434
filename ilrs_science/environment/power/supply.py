"""Sunlight and power that come in at a place over a span."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import (
    MAST,
    Terrain,
    place_on_ground,
    site_of,
    standing_place,
    terrain_at,
)
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.sky import light
from ilrs_science.environment.power.plant import lit_power, plant_power
from ilrs_science.epochs import Epochs, format_epoch, grid, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import format_quantity, number_in

__all__ = ["Arrays", "scaled", "site_light", "site_sky", "supply", "watts"]

Arrays = SolarArray | Iterable[SolarArray]
Floats = npt.NDArray[np.float64]


def site_light(
    place: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    *,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    step: str = "1 h",
    site: Site | SurfacePlace | None = None,
) -> xr.Dataset:
    """Give Sun and Earth in the sky of a place over a span, as its arrays see them.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site or station.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
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
        As `light` gives it; attributes name grids, mast, span and step.
    """
    seen = site_sky(place, mast=mast, terrain=terrain, site=site)(grid(start, end, step))
    first, last = (format_epoch(epoch, "s") for epoch in parse_span(start, end))
    return seen.assign_attrs({"start": first, "end": last, "step": step})


def site_sky(
    place: Station | Site | SurfacePlace | str,
    *,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    site: Site | SurfacePlace | None = None,
) -> Callable[[Epochs], xr.Dataset]:
    """Give Sun and Earth in the sky of a place as a function of epochs.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site or station.
    mast : str or float, optional
        Height of the array above the ground; by default the station's, else 2 m. [m]
    terrain : "auto", "none", file, files or TerrainStack
        As `environment` takes it.
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.

    Returns
    -------
    callable
        Epochs in any order to what `light` gives of them, with the attributes of the horizon.
    """
    place = place_on_ground(place)
    ground = site_of(place if site is None else site)
    grids = terrain_at(ground, terrain)
    height = (place.mast if isinstance(place, Station) else MAST) if mast is None else mast
    skyline, standing = horizon(ground, grids, mast=height), standing_place(ground, grids)

    def seen(epochs: Epochs) -> xr.Dataset:
        return light(standing, epochs, skyline).assign_attrs(skyline.attrs)

    return seen


def watts(power: str | float) -> float:
    """Give a power in watts.

    Parameters
    ----------
    power : str or float
        With unit, or in watts. [W]

    Returns
    -------
    float
        [W]

    Raises
    ------
    UnitError
        If it is neither.
    """
    return number_in(power, "W", "power")


def scaled(kind: SolarArray | None, power: float) -> SolarArray:
    """Give an array of another power that faces the Sun, and ages, as one does.

    Parameters
    ----------
    kind : SolarArray or None
        The model; None always faces the Sun.
    power : float
        Face on to the Sun at 1 AU. [W]

    Returns
    -------
    SolarArray

    Raises
    ------
    RequestError
        If the power is not above zero.
    """
    if not 0.0 < power < np.inf:
        raise RequestError(f"an array of {power:g} W is none; give a finite power above zero")
    if kind is None:
        return SolarArray(nominal_power=format_quantity(power, "W"))
    return kind.replace(nominal_power=format_quantity(power, "W"), area=None, efficiency=None)


def _arrays(array: Arrays | str | float) -> tuple[SolarArray, ...]:
    """Arrays that a caller means; a power is that of one that always faces the Sun."""
    if isinstance(array, SolarArray):
        return (array,)
    if isinstance(array, str | float | int) or not isinstance(array, Iterable):
        return (scaled(None, number_in(array, "W", "array")),)
    several = tuple(array)
    if not several or not all(isinstance(one, SolarArray) for one in several):
        raise RequestError(f"array {array!r:.60} is none; give a power such as '1.5 kW', or SolarArrays")
    return several


def supply(
    place: Station | Site | SurfacePlace, array: Arrays | str | float | None, seen: xr.Dataset
) -> tuple[Floats, Floats]:
    """Give the power that comes in at a place.

    Parameters
    ----------
    place : Station, Site or SurfacePlace
        A station brings its arrays, sources and bus limit.
    array : SolarArray, several, str, float or None
        Instead of the station's; a power is that of an array that always faces the Sun. [W]
    seen : Dataset
        As `site_light` gives it.

    Returns
    -------
    tuple of ndarray
        Of everything together, and of the arrays alone. [W]

    Raises
    ------
    RequestError
        If there is neither a station nor an array.
    """
    arrays = None if array is None else _arrays(array)
    if isinstance(place, Station):
        plant = place
        if arrays is not None:
            plant = place.model_copy(update={"array": None, "more_arrays": arrays})
        power = plant_power(plant, seen)
        return power["power_available"].values, power["array_power"].values
    if arrays is None:
        raise RequestError(
            "which array? Give array='1.5 kW', a SolarArray, or a Station in place of the site"
        )
    alone = lit_power(arrays, seen)
    return alone, alone
