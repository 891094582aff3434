"""Temperature of a box on the ground, and the heater power that keeps it within its limits."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.box import ThermalBox
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM, STEFAN_BOLTZMANN
from ilrs_science.environment.heat.regolith import Regolith
from ilrs_science.environment.heat.sunlight import SOLAR_CONSTANT, Facet, mean_cosine
from ilrs_science.environment.light.illumination import angular_radius
from ilrs_science.errors import RequestError, UnknownNameError, require_kind
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.compiled import compiled
from ilrs_science.units import number_in

__all__ = ["Hold", "box_nights", "box_temperature"]

Hold: TypeAlias = Literal["survive", "operate", "nothing"]
"""Which lower limit the heater holds."""

STEP_S = 20.0
"""Longest step of the solver [s]. Against a solver of high order a box of 1 kg with a radiator of 0.1 m2 is off by
0.15 K at the most, and one of 20 kg by 0.015 K (tests/environment/heat/test_box.py)."""

NEEDED = ("sun_azimuth", "sun_elevation", "sun_range", "sun_visible_fraction", "surface_temperature")

OWN = ("box_temperature", "heater_power", "sun_visible_fraction", "time")

NIGHT_UNITS = {
    "start": "UTC",
    "end": "UTC",
    "duration_h": "h",
    "energy_Wh": "Wh",
    "mean_power_W": "W",
    "peak_power_W": "W",
    "coldest_K": "K",
}
"""Unit of each column of the nights."""

Floats = npt.NDArray[np.float64]


def box_temperature(
    box: ThermalBox,
    environment: xr.Dataset,
    *,
    hold: Hold = "survive",
    initial: str | float | None = None,
    regolith: Regolith | None = None,
) -> xr.Dataset:
    """Give the temperature of a box through a span, and the heater power that its lower limit takes.

    Parameters
    ----------
    box : ThermalBox
        Its record.
    environment : Dataset
        As `environment` gives it: ``sun_azimuth``, ``_elevation``, ``_range``, ``_visible_fraction``,
        ``surface_temperature`` by ``time``, and ``sun_covered_fraction`` if eclipses shall count.
    hold : "survive", "operate" or "nothing"
        The heater keeps the box at ``survive_min`` or ``operate_min`` at the least, or is off.
    initial : str or float, optional
        Temperature at the first epoch, with unit or in kelvin; by default the one at which it would stay. A heater
        without limit begins at what it holds, at the least. [K]
    regolith : Regolith, optional
        What reflects sunlight onto the radiator; by default the average of the highlands.

    Returns
    -------
    Dataset
        ``box_temperature(time)`` at each epoch [K]; ``heater_power(time)``, the mean over the step that follows, at the
        last epoch that of the step before [W]; ``sun_visible_fraction`` as it was given. Attributes: what is held,
        the energy of the heater, and by how much the upper limits are exceeded.

    Raises
    ------
    RequestError
        If the environment lacks a variable, or the limit that shall be held is not in the record.

    Notes
    -----
    ``C dT/dt = P + H + A (a S + e v_g s T_g**4 - e (v_s + v_g) s T**4) + G (T_g - T)`` with sunlight S from the Sun and
    from level ground in view, view factors v of sky and ground, conductance G, dissipation P and heater H. Environment
    runs straight from epoch to epoch; steps of 20 s are backward differences, stable for any. In each the heater
    gives nothing if the box stays above its limit without, or else exactly what ends the step on the limit, or all it
    has: so it never chatters, and what enters is what is stored and lost, to rounding.

    The ground that the radiator sees has the temperature of the open ground: the shadow of the box is left out.

    Examples
    --------
    >>> from ilrs_science.catalogue.box import ThermalBox
    >>> from ilrs_science.environment.assemble import environment
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> box = ThermalBox(
    ...     mass="10 kg", radiator_area="0.05 m**2", emissivity=0.85, absorptivity=0.2, dissipation="10 W",
    ...     night_dissipation="0 W", conductance="20 mW/K", limits={"survive_min": "233 K"},
    ... )
    >>> env = environment(SurfacePlace(-45.44, 177.6), "2026-01-01", "2026-03-01", terrain="none")
    >>> nights = box_nights(box_temperature(box, env))
    >>> [round(float(nights[name].max()), -1) for name in ("duration_h", "mean_power_W")]
    [350.0, 10.0]
    """
    require_kind(box, ThermalBox, "box", "a ThermalBox")
    missing = [name for name in NEEDED if name not in getattr(environment, "variables", ())]
    if missing:
        raise RequestError(f"the environment lacks {', '.join(missing)}; take that of ilrs.environment")
    limit, most = _limit(box, hold), np.inf if box.heater_power is None else box.heater_power
    regolith = Regolith() if regolith is None else regolith
    require_kind(regolith, Regolith, "regolith", "a Regolith, or leave it out")
    dark = environment["sun_visible_fraction"].values <= 0.0
    inside = np.where(
        dark & (box.night_dissipation is not None), box.night_dissipation or 0.0, box.dissipation
    )
    sky, ground = _views(box)
    soil = environment["surface_temperature"].values.astype(float)
    glow = STEFAN_BOLTZMANN * box.emissivity * box.radiator_area
    gain = inside + box.radiator_area * box.absorptivity * _sunlight(box, environment, ground, regolith)
    gain = gain + glow * ground * soil**4 + box.conductance * soil
    loss = np.array([glow * (sky + ground), box.conductance, box.capacity])
    seconds = (environment["time"].values - environment["time"].values[0]) / np.timedelta64(1, "s")
    warm, heater = np.empty(len(gain)), np.zeros(len(gain))
    start = _rest(gain[0], loss, limit, most) if initial is None else number_in(initial, "K", "initial")
    start = max(start, limit) if np.isinf(most) else start
    _march(np.asarray(seconds, float), gain, loss, limit, most, start, warm, heater)
    found = xr.Dataset(
        {"box_temperature": ("time", warm), "heater_power": ("time", heater)}, {"time": environment["time"]}
    )
    found["sun_visible_fraction"] = environment["sun_visible_fraction"]
    found.attrs = _attributes(box, hold, found, seconds)
    return check(describe(found))


def box_nights(found: xr.Dataset) -> pd.DataFrame:
    """Tell what each night costs the heater.

    Parameters
    ----------
    found : Dataset
        As `box_temperature` gives it.

    Returns
    -------
    DataFrame
        A row for each stretch without Sun: ``start`` and ``end`` [UTC] (first dark epoch and first lit one, or the
        last of the span), ``duration_h`` [h], ``energy_Wh`` of the heater [Wh], ``mean_power_W``, ``peak_power_W`` [W]
        and ``coldest_K`` [K]; ``attrs`` tell the ``units`` of the columns.

    Raises
    ------
    RequestError
        If it is not the series of a box.
    """
    missing = [name for name in OWN if name not in getattr(found, "variables", ())]
    if missing:
        raise RequestError(f"no {', '.join(missing)}; give what ilrs.box_temperature gives")
    times, power = found["time"].values, found["heater_power"].values
    hours = (times - times[0]) / np.timedelta64(3600, "s")
    spent = np.append(0.0, np.cumsum(power[:-1] * np.diff(hours)))
    dark = np.concatenate([[False], found["sun_visible_fraction"].values <= 0.0, [False]])
    first, after = (np.flatnonzero(edge) for edge in (dark[1:] & ~dark[:-1], dark[:-1] & ~dark[1:]))
    after = np.minimum(after, len(times) - 1)
    whole = after > first
    first, after = first[whole], after[whole]
    lasts, energy = hours[after] - hours[first], spent[after] - spent[first]
    coldest = [found["box_temperature"].values[a : b + 1].min() for a, b in zip(first, after, strict=True)]
    peak = [power[a:b].max() for a, b in zip(first, after, strict=True)]
    columns = {"start": times[first], "end": times[after], "duration_h": lasts, "energy_Wh": energy}
    table = pd.DataFrame(
        columns | {"mean_power_W": energy / lasts, "peak_power_W": peak, "coldest_K": coldest}
    )
    table.attrs["units"] = dict(NIGHT_UNITS)
    return table


def _limit(box: ThermalBox, hold: Hold) -> float:
    """Temperature that the heater holds; 0 if it is off. [K]"""
    if hold not in get_args(Hold):
        raise UnknownNameError("limit to hold", str(hold), get_args(Hold))
    if hold == "nothing":
        return 0.0
    limit = box.limits.survive_min if hold == "survive" else box.limits.operate_min
    if limit is None:
        raise RequestError(f"the box has no {hold}_min to hold; add it to its limits, or hold 'nothing'")
    return limit


def _views(box: ThermalBox) -> tuple[float, float]:
    """View factors of sky and ground; above a plain unless the record says otherwise. [1]"""
    sky, ground = box.sky_view, box.ground_view
    if sky is None and ground is None:
        sky = 0.5 * (1.0 + float(np.cos(np.radians(box.radiator_tilt))))
    if sky is None:
        sky = 1.0 - (ground or 0.0)
    return sky, 1.0 - sky if ground is None else ground


def _sunlight(box: ThermalBox, environment: xr.Dataset, ground: float, regolith: Regolith) -> Floats:
    """(time,) On the radiator, direct and from level ground. [W/m2]"""
    azimuth, elevation = environment["sun_azimuth"].values, environment["sun_elevation"].values
    distance = environment["sun_range"].values
    visible = environment["sun_visible_fraction"].values
    if "sun_covered_fraction" in environment:
        visible = visible * (1.0 - environment["sun_covered_fraction"].values)
    beam = SOLAR_CONSTANT * (ASTRONOMICAL_UNIT_KM / distance) ** 2 * visible
    radius = angular_radius("sun", distance)
    plate = Facet(box.radiator_tilt, box.radiator_azimuth)
    direct = beam * mean_cosine(plate.above(azimuth, elevation), radius)
    level = mean_cosine(elevation, radius)
    bright = regolith.reflected(np.degrees(np.arccos(np.clip(level, 0.0, 1.0))))
    return np.asarray(direct + ground * bright * beam * level)


def _rest(gain: float, loss: Floats, limit: float, most: float) -> float:
    """Temperature at which the box would stay. [K]"""
    warm = float(_root(loss[0], loss[1], gain, 300.0))
    if warm >= limit:
        return warm
    return min(float(_root(loss[0], loss[1], gain + min(most, 1e9), 300.0)), limit)


def _attributes(box: ThermalBox, hold: Hold, found: xr.Dataset, seconds: Floats) -> dict[str, object]:
    warm, power = found["box_temperature"].values, found["heater_power"].values
    energy = float(np.sum(power[:-1] * np.diff(seconds)) / 3600.0)
    attrs: dict[str, object] = {
        "Conventions": "CF-1.11",
        "title": "Temperature of a box on the Moon",
        "model": "one temperature: radiator, conductance to the ground, dissipation, heater",
        "heater_holds": hold,
        "heater_energy_Wh": energy,
    }
    for name in ("operate_max", "survive_max"):
        limit = getattr(box.limits, name)
        if limit is not None:
            attrs[f"above_{name}_K"] = max(float(warm.max()) - limit, 0.0)
    return attrs


@compiled
def _march(
    seconds: Floats,
    gain: Floats,
    loss: Floats,
    limit: float,
    most: float,
    start: float,
    warm: Floats,
    heater: Floats,
) -> None:
    """Fill `warm` at the epochs and `heater` with its mean over the steps between them."""
    glow, conductance, capacity = loss[0], loss[1], loss[2]
    t = warm[0] = start
    for n in range(seconds.size - 1):
        length = seconds[n + 1] - seconds[n]
        pieces = max(int(np.ceil(length / STEP_S)), 1)
        stiffness = capacity * pieces / length
        total = 0.0
        for piece in range(pieces):
            part = (piece + 1.0) / pieces
            right = stiffness * t + gain[n] + part * (gain[n + 1] - gain[n])
            new = _root(glow, stiffness + conductance, right, max(t, 1.0))
            if new < limit:
                wanted = glow * limit**4 + (stiffness + conductance) * limit - right
                new, power = limit, wanted
                if wanted > most:
                    new, power = _root(glow, stiffness + conductance, right + most, max(t, 1.0)), most
                total += power
            t = new
        warm[n + 1], heater[n] = t, total / pieces
    if seconds.size > 1:
        heater[-1] = heater[-2]


@compiled
def _root(glow: float, slope: float, right: float, guess: float) -> float:
    """Root of ``glow T**4 + slope T = right``, which is convex: Newton's method falls to it from above. [K]"""
    t = guess
    for _ in range(100):
        move = (right - slope * t - glow * t**4) / (slope + 4.0 * glow * t**3)
        t += move
        if abs(move) < 1e-10 * (1.0 + abs(t)):
            break
    return t
