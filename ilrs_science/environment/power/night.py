"""Which nights a station survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain, station_of
from ilrs_science.environment.power.battery import battery_charge, hours_after_first
from ilrs_science.environment.power.plant import Load, load_power, plant_power
from ilrs_science.environment.power.supply import site_sky
from ilrs_science.epochs import Epochs, grid
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

__all__ = ["NightSurvival", "night_survival", "nights", "with_edges"]

Floats = npt.NDArray[np.float64]

COLUMNS = {
    "start": "datetime64[us]",
    "end": "datetime64[us]",
    **dict.fromkeys(("duration_h", "energy_Wh", "lowest_charge_Wh", "unmet_Wh", "margin_Wh"), "float64"),
    "survives": "bool",
}
"""Of the table of dark periods, with their types."""

UNITS = {
    "start": "UTC",
    "end": "UTC",
    "duration_h": "h",
    **dict.fromkeys(("energy_Wh", "lowest_charge_Wh", "unmet_Wh", "margin_Wh"), "Wh"),
    "survives": "",
}
"""Of the columns, none for yes or no; in ``attrs`` of the table."""

EDGE = np.timedelta64(1, "s")
"""How well the edges of dark periods are found."""

TOLERANCE_WH = 1e-6
"""Lack of energy that is rounding. [Wh]"""


@dataclass(frozen=True, repr=False)
class NightSurvival:
    """The dark periods of a station and what they leave in its battery."""

    table: pd.DataFrame
    """A row for each dark period: ``start`` and ``end`` [UTC] (first and last dark epoch), ``duration_h``
    [h], ``energy_Wh`` that the load draws beyond the sources while it is dark [Wh], ``lowest_charge_Wh`` of the night
    with the dim light around it [Wh], ``unmet_Wh`` [Wh], ``margin_Wh`` (charge left above the floor; negative: what
    more it would take) [Wh], ``survives``. ``attrs["units"]`` tells the units too."""
    series: xr.Dataset
    """Power and charge at every epoch, see `plant_power` and `battery_charge`; and ``load_power``. [W]"""

    @property
    def survives(self) -> bool:
        """Whether the load never lacks power, by night or in dim light."""
        return not bool((self.series["unmet_power"] > TOLERANCE_WH).any())

    def __repr__(self) -> str:
        if not len(self.table):
            rest = "" if self.survives else ", but dim light leaves the load without power"
            return f"<NightSurvival: no dark period{rest}>"
        lost, total = int((~self.table["survives"]).sum()), len(self.table)
        worst = self.table.iloc[int(np.argmin(self.table["margin_Wh"]))]
        count = "1 dark period" if total == 1 else f"{total} dark periods"
        word = "none lost" if not lost else f"{lost} lost"
        return (
            f"<NightSurvival: {count}, {word}; least margin {worst['margin_Wh'] / 1e3:.3g} kWh in that of "
            f"{worst['start']:%Y-%m-%d} ({worst['duration_h']:.3g} h)>"
        )

    __str__ = __repr__


def night_survival(
    station: Station | str,
    start: object,
    end: object,
    *,
    load: Load | None = None,
    temperature: npt.ArrayLike | None = None,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    step: str = "1 h",
    site: Site | SurfacePlace | None = None,
) -> NightSurvival:
    """Tell which dark periods of a span a station's battery carries it through.

    Parameters
    ----------
    station : Station or str
        Record, or its id: with its battery, which begins at its ``initial_charge``.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
    load : str, float, BaseLoad or array_like, optional
        What is drawn; the station's base load by default. [W]
    temperature : (time,) array_like, optional
        Of the battery, at the epochs of the grid; needed if its record limits the temperature. [K]
    mast : str or float, optional
        Height of the array above the ground; by default the station's. [m]
    terrain : "auto", "none", file, files or TerrainStack
        As `environment` takes it.
    step : str
        Between epochs, with a unit; the edges of dark periods are added to them, but for those shorter than it.
    site : Site or SurfacePlace, optional
        Where the station stands, if its site is not in the shipped catalogue.

    Returns
    -------
    NightSurvival
        The table of dark periods, and the series that made it.

    Raises
    ------
    UnknownNameError, RequestError
        If it is no station, or one that flies, or a load or temperature is impossible.

    Examples
    --------
    >>> from ilrs_science.catalogue.library import load_catalogue
    >>> station = load_catalogue().stations["connecting_ridge_station"]
    >>> night_survival(station, "2031-03-01", "2031-09-01", step="2 h").survives
    True
    """
    station = station_of(station)
    sky = site_sky(station, mast=mast, terrain=terrain, site=site)
    coarse = grid(start, end, step)
    times = with_edges(lambda epochs: plant_power(station, sky(epochs))["array_power"].values <= 0.0, coarse)
    seen = sky(times)
    power = plant_power(station, seen)
    asked = station.base_load if load is None else load
    drawn = load_power(_spread(asked, coarse, times), power["array_power"].values)
    kelvin = _spread(temperature, coarse, times)
    charge = battery_charge(
        station.battery, power["power_available"].values, drawn, times, temperature=kelvin
    )
    series = xr.merge([power, charge], compat="override").assign(load_power=("time", drawn))
    series["load_power"].attrs = {"long_name": "Power that the load asks for", "units": "W"}
    series.attrs = dict(seen.attrs)
    return NightSurvival(nights(series, station.battery), series)


def with_edges(dark: Callable[[Epochs], npt.NDArray[np.bool_]], times: Epochs) -> Epochs:
    """Add the first and last dark moment of each dark period to a series of epochs.

    Parameters
    ----------
    dark : callable
        Epochs to whether it is dark.
    times : (time,) ndarray of datetime64[us]
        UTC, ascending.

    Returns
    -------
    ndarray of datetime64[us]
        Ascending; the edges are within `EDGE` of the true ones. Darkness between two lit epochs is not seen.
    """
    found = dark(times)
    (at,) = np.nonzero(found[1:] != found[:-1])
    night = np.where(found[at], times[at], times[at + 1])
    day = np.where(found[at], times[at + 1], times[at])
    while at.size and np.abs(day - night).max() > EDGE:
        middle = night + (day - night) // 2
        hidden = dark(middle)
        night, day = np.where(hidden, middle, night), np.where(hidden, day, middle)
    return np.unique(np.concatenate([times, night]))


def _spread(series: Any, coarse: Epochs, times: Epochs) -> Any:
    """A series on the given epochs drawn out to more of them; anything else as it is."""
    if not isinstance(series, np.ndarray | xr.DataArray | list | tuple) or np.ndim(series) == 0:
        return series
    values = np.asarray(series, float)
    if values.shape != coarse.shape:
        raise RequestError(
            f"a series of {values.size} values does not fit {coarse.size} epochs; give one an epoch"
        )
    first = coarse[0]
    return np.interp((times - first).astype(float), (coarse - first).astype(float), values)


def nights(series: xr.Dataset, battery: Battery) -> pd.DataFrame:
    """Tell the dark periods of a series.

    Parameters
    ----------
    series : Dataset
        ``array_power``, ``power_available``, ``load_power``, ``battery_charge`` and ``unmet_power`` by ``time``.
    battery : Battery
        That of the series.

    Returns
    -------
    DataFrame
        As `NightSurvival.table` says. What a dark period costs is counted from the fullest moment before it to the
        fullest after it, so the dim light around it belongs to it.
    """
    times, hours = series["time"].values, hours_after_first(series["time"].values)
    first, last = _runs(series["array_power"].values <= 0.0)
    charge = series["battery_charge"].values
    lacking = series["unmet_power"].values[:-1] * np.diff(hours)
    lack = series["load_power"].values - series["power_available"].values
    wanted = _positive(lack, hours)
    between = [a + int(np.argmax(charge[a : b + 1])) for a, b in zip(last[:-1], first[1:], strict=True)]
    cuts = [0, *between, times.size - 1]
    # Where the supply rises through the load, the charge is lowest between two epochs.
    turn = np.where((lack[:-1] > 0.0) & (lack[1:] < 0.0), wanted / battery.discharge_efficiency, 0.0)
    dips = np.minimum(np.maximum(charge[:-1] - turn, battery.floor), charge[1:])
    rows: list[dict[str, Any]] = []
    for a, b, low, high in zip(first, last, cuts, cuts[1:], strict=False):
        unmet = float(lacking[low:high].sum())
        lost = unmet > TOLERANCE_WH
        lowest = battery.floor if lost else float(dips[low:high].min())
        rows.append(
            {
                "start": times[a],
                "end": times[b],
                "duration_h": float(hours[b] - hours[a]),
                "energy_Wh": float(wanted[a:b].sum()),
                "lowest_charge_Wh": lowest,
                "unmet_Wh": unmet if lost else 0.0,
                "margin_Wh": -unmet / battery.discharge_efficiency if lost else lowest - battery.floor,
                "survives": not lost,
            }
        )
    table = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in COLUMNS.items()}
    )
    table.attrs["units"] = dict(UNITS)
    return table


def _positive(power: Floats, hours: Floats) -> Floats:
    """Energy above zero of a power that runs straight from epoch to epoch, by step. [Wh]"""
    a, b = np.maximum(power[:-1], 0.0), np.maximum(power[1:], 0.0)
    length = np.abs(power[1:] - power[:-1])
    part = np.divide(np.abs(a - b), length, out=np.ones_like(a), where=length > 0.0)
    return np.asarray(0.5 * (a + b) * part * np.diff(hours), float)


def _runs(dark: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First and last dark sample of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(np.int8)))
    return edges[::2], edges[1::2] - 1
