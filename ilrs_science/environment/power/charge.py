"""Compiled steps of a battery: one pass over a series, exact for a balance that is straight from sample to sample."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ilrs_science.sky.compiled import compiled

__all__ = ["carry", "deepest_deficit"]

Floats = npt.NDArray[np.float64]

_CUTS = 9
"""Most cuts of a step: its ends, a change of sign, two rates, four temperatures."""


@compiled
def deepest_deficit(hours: Floats, balance: Floats, stored: float, delivered: float) -> tuple[float, int]:
    """Give the most that ever lacks to a full battery.

    Parameters
    ----------
    hours : (n,) ndarray
        Ascending. [h]
    balance : (n,) ndarray
        Supply less load, a straight line between samples. [W]
    stored, delivered : float
        Efficiencies of charge and discharge. [1]

    Returns
    -------
    tuple of float and int
        Deficit [Wh], and the index of the step in which it is reached.
    """
    deficit = deepest = 0.0
    where = 0
    for i in range(hours.size - 1):
        length, first, last = hours[i + 1] - hours[i], balance[i], balance[i + 1]
        cut = first / (first - last) if first * last < 0.0 else 1.0
        middle = 0.0 if cut < 1.0 else last
        for half in range(2):
            part = cut if half == 0 else 1.0 - cut
            mean = 0.5 * (first + middle) if half == 0 else 0.5 * (middle + last)
            if part > 0.0:
                flow = mean * stored if mean > 0.0 else mean / delivered
                deficit = max(0.0, deficit - flow * part * length)
                if deficit > deepest:
                    deepest, where = deficit, i
    return deepest, where


@compiled
def _cut(cuts: Floats, count: int, first: float, last: float, level: float) -> int:
    """Add where a straight line from first to last crosses a level, in order. Returns how many cuts there are."""
    if not (first - level) * (last - level) < 0.0:
        return count
    at = (level - first) / (last - first)
    place = count
    while place > 0 and cuts[place - 1] > at:
        cuts[place] = cuts[place - 1]
        place -= 1
    cuts[place] = at
    return count + 1


@compiled
def carry(
    hours: Floats,
    balance: Floats,
    temperature: Floats,
    capacity: Floats,
    start: float,
    floor: float,
    efficiency: tuple[float, float],
    rates: tuple[float, float],
    limits: tuple[float, float, float, float],
    leak: float,
    fade: float,
) -> tuple[Floats, Floats, Floats]:
    """Carry a charge through a series.

    Parameters
    ----------
    hours : (n,) ndarray
        Ascending. [h]
    balance, temperature : (n,) ndarray
        Supply less load [W], and the battery's temperature [K]: straight lines between samples.
    capacity : (n,) ndarray
        Capacity that the years have left. [Wh]
    start, floor : float
        Charge at the first sample, and charge below which nothing is drawn. [Wh]
    efficiency : tuple of float
        Stored over fed in, delivered over drawn. [1]
    rates : tuple of float
        Most that is stored and drawn. [W]
    limits : tuple of float
        Coldest and hottest for charging, coldest and hottest for discharging. [K]
    leak : float
        Self-discharge. [1/h]
    fade : float
        Part of the capacity lost for each whole capacity drawn. [1]

    Returns
    -------
    tuple of ndarray
        Charge at each sample [Wh]; unmet and surplus power, means over the step after it. [W]
    """
    count = hours.size
    charge, unmet, surplus = np.zeros(count), np.zeros(count), np.zeros(count)
    cuts = np.zeros(_CUTS)
    now, left = start, 1.0
    for i in range(count - 1):
        full = capacity[i] * left
        now = min(now, full)
        charge[i] = now
        length, slope, warming = (
            hours[i + 1] - hours[i], balance[i + 1] - balance[i], temperature[i + 1] - temperature[i]
        )  # fmt: skip
        now *= np.exp(-leak * length)
        used = 1
        cuts[0] = 0.0
        for level in (0.0, rates[0] / efficiency[0], -rates[1] * efficiency[1]):
            used = _cut(cuts, used, balance[i], balance[i + 1], level)
        for level in limits:
            used = _cut(cuts, used, temperature[i], temperature[i + 1], level)
        for j in range(used):
            end = cuts[j + 1] if j + 1 < used else 1.0
            middle, part = 0.5 * (cuts[j] + end), (end - cuts[j]) * length
            mean, kelvin = balance[i] + slope * middle, temperature[i] + warming * middle
            before = now
            if mean > 0.0:
                able = limits[0] <= kelvin <= limits[1]
                flow = min(mean * efficiency[0], rates[0]) if able else 0.0
                now = max(before, min(full, before + flow * part))
                surplus[i] += mean * part - (now - before) / efficiency[0]
            else:
                able = limits[2] <= kelvin <= limits[3]
                flow = min(-mean / efficiency[1], rates[1]) if able else 0.0
                now = min(before, max(floor, before - flow * part))
                unmet[i] += -mean * part - (before - now) * efficiency[1]
                left *= (1.0 - fade) ** ((before - now) / capacity[0])
        # rounding may leave a hair below zero
        unmet[i] = max(0.0, unmet[i] / length)
        surplus[i] = max(0.0, surplus[i] / length)
    charge[count - 1] = min(now, capacity[count - 1] * left)
    return charge, unmet, surplus
