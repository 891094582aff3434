"""Conduction of heat in the ground under a changing light: an implicit solver, compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat.regolith import Column
from ilrs_science.environment.threads import share_out
from ilrs_science.errors import RequestError
from ilrs_science.sky.compiled import compiled

__all__ = ["Cycle", "conduct", "settle"]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

COLDEST = 2.0
"""Iterates are kept above this [K]: the heat flow alone keeps any ground above 20 K, and the specific heat of the
polynomial is negative below 1.3 K."""

TOLERANCE = 0.1
"""A step is done when Newton's last correction is below this [K]; as its error falls with the square, what is left is
some ten microkelvin."""

MOST_CORRECTIONS = 25

SETTLED = 0.05
"""Spin-up ends when no node changes by more than this over a cycle, and the mean flux through every layer is the heat
flow, to this much of its temperature. [K]"""

MOST_CYCLES = 40


@dataclass(frozen=True, eq=False)
class Cycle:
    """Ground in step with a light that comes again and again."""

    state: Floats
    """(site, node) Temperature at the end of the cycle, which is its beginning. [K]"""
    cycles: int
    """How many were run. [1]"""
    change: float
    """Largest that was left, of `SETTLED`. [K]"""


def conduct(
    ground: Column,
    state: Floats,
    flux: Floats,
    *,
    step: float,
    emissivity: npt.ArrayLike,
    depth: npt.ArrayLike = (0.0,),
    every: int = 1,
) -> tuple[Floats, Floats, Floats]:
    """Follow the temperature of the ground under given light.

    Parameters
    ----------
    ground : Column
        The layers, the same for all sites.
    state : (site, node) ndarray
        Temperature at the first epoch. [K]
    flux : (site, time) ndarray
        Absorbed at the surface, at evenly spaced epochs. [W/m2]
    step : float
        Between epochs. [s]
    emissivity : (site,) array_like
        In the infrared; one number for all. [1]
    depth : (depth,) array_like
        Where the temperature is wanted. [m]
    every : int
        Of the epochs, each so many is kept. [1]

    Returns
    -------
    temperature : (site, kept, depth) ndarray
        At epochs 0, `every`, twice that, ... [K]
    state : (site, node) ndarray
        At the last epoch. [K]
    mean : (site, node) ndarray
        Of the potential (see `Column`) over all epochs but the first. [K]

    Notes
    -----
    Finite volumes; second-order backward differences in time, which damp a sudden sunrise instead of ringing. Enthalpy
    and flux are linearised about an extrapolation of the last two epochs and corrected by Newton's method; the column
    is eliminated upward and the balance of the surface, with its T**4, solved by a Newton iteration of its own. What
    enters at the edges is what is stored: over a cycle the sums agree to the tolerance.
    """
    sites, times = flux.shape
    place = np.clip(np.asarray(depth, float), 0.0, ground.depth[-1])
    node = np.clip(np.searchsorted(ground.depth, place, side="right") - 1, 0, len(ground.depth) - 2)
    weight = (place - ground.depth[node]) / (ground.depth[node + 1] - ground.depth[node])
    glow = np.ascontiguousarray(np.broadcast_to(STEFAN_BOLTZMANN * np.asarray(emissivity, float), sites))
    kept = np.empty((sites, (times - 1) // every + 1, len(node)))
    after, mean = np.array(state, float), np.zeros_like(state, float)
    light = np.ascontiguousarray(flux, float)

    def work(first: int, last: int) -> None:
        _march(ground, light, glow, step, every, node, weight, first, last, after, mean, kept)

    share_out(work, sites)
    return kept, after, mean


def settle(
    ground: Column, flux: Floats, *, step: float, emissivity: npt.ArrayLike, start: Floats | None = None
) -> Cycle:
    """Find the state of ground that has seen a cycle of light for ever.

    Parameters
    ----------
    ground : Column
        The layers, the same for all sites.
    flux : (site, time) ndarray
        Absorbed at the surface over one cycle; the last epoch is the first of the next. [W/m2]
    step : float
        Between epochs. [s]
    emissivity : (site,) array_like
        In the infrared; one number for all. [1]
    start : (site, node) ndarray, optional
        State to begin with, such as that of a similar cycle. [K]

    Returns
    -------
    Cycle

    Raises
    ------
    RequestError
        If 40 cycles are not enough.

    Notes
    -----
    In a cycle that repeats, the mean flux through each layer is the heat flow; so the mean potential at depth is that
    of the surface plus a rise that is known beforehand. After each cycle the profile is moved by what the mean lacks,
    which saves the years that heat takes to sink in.
    """
    state = _at_rest(ground, flux, emissivity) if start is None else start
    change = np.inf
    for cycle in range(1, MOST_CYCLES + 1):
        never = flux.shape[1]
        _, after, mean = conduct(ground, state, flux, step=step, emissivity=emissivity, every=never)
        lack = mean[:, :1] + ground.rise - mean
        steepness = 1.0 + 4.0 * ground.radiative * after**3
        change = float(max(np.abs(after - state).max(), np.abs(lack / steepness).max()))
        if change < SETTLED:
            return Cycle(after, cycle, change)
        state = ground.temperature(np.maximum(ground.potential(after) + lack, COLDEST))
    raise RequestError(
        f"the ground changes by {change:.2g} K a cycle after {MOST_CYCLES} cycles; give properties nearer to regolith"
    )


def _at_rest(ground: Column, flux: Floats, emissivity: npt.ArrayLike) -> Floats:
    """(site, node) Temperature under the mean of the flux. [K]"""
    glow = STEFAN_BOLTZMANN * np.broadcast_to(np.asarray(emissivity, float), len(flux))
    surface = np.maximum((flux[:, 1:].mean(axis=1) + ground.heat_flow) / glow, COLDEST**4) ** 0.25
    return ground.temperature(ground.potential(surface)[:, None] + ground.rise)


@compiled
def _march(
    ground: Column,
    flux: Floats,
    glow: Floats,
    step: float,
    every: int,
    node: Indices,
    weight: Floats,
    first: int,
    last: int,
    state: Floats,
    mean: Floats,
    kept: Floats,
) -> None:
    """Carry the sites first <= i < last from the first epoch to the last."""
    nodes, times = ground.mass.size, flux.shape[1]
    now, before = np.empty(nodes), np.empty(nodes)
    heat, guess = np.empty((3, nodes)), np.empty(nodes)
    work = np.empty((4, nodes))
    for site in range(first, last):
        for i in range(nodes):
            now[i] = before[i] = state[site, i]
            heat[0, i] = heat[1, i] = ground.mass[i] * _enthalpy(now[i], ground.capacity)
        _keep(now, node, weight, kept[site, 0])
        for n in range(1, times):
            # backward Euler once, then (1.5 h(n) - 2 h(n-1) + 0.5 h(n-2)) / step
            lead = 1.0 if n == 1 else 1.5
            for i in range(nodes):
                guess[i] = max(2.0 * now[i] - before[i], COLDEST)
                heat[2, i] = ((2.0 * lead - 1.0) * heat[0, i] - (lead - 1.0) * heat[1, i]) / lead
            for _ in range(MOST_CORRECTIONS):
                change = _correct(ground, flux[site, n], glow[site], step / lead, heat[2], guess, work)
                if change < TOLERANCE:
                    break
            for i in range(nodes):
                before[i], now[i] = now[i], guess[i]
                heat[1, i] = heat[0, i]
                heat[0, i] = ground.mass[i] * _enthalpy(now[i], ground.capacity)
                mean[site, i] += now[i] + ground.radiative * now[i] ** 4
            if n % every == 0:
                _keep(now, node, weight, kept[site, n // every])
        for i in range(nodes):
            state[site, i] = now[i]
            mean[site, i] /= times - 1


@compiled
def _correct(
    ground: Column, flux: float, glow: float, step: float, known: Floats, guess: Floats, work: Floats
) -> float:
    """Better the guess of ``mass h(T) / step - known / step = what flows in`` once; give the largest change. [K]"""
    nodes = guess.size
    diagonal, right, softness, driving = work[0], work[1], work[2], work[3]
    for i in range(nodes):
        t, mass = guess[i], ground.mass[i]
        cube = t * t * t
        softness[i] = 1.0 / (1.0 + 4.0 * ground.radiative * cube)
        driving[i] = t + ground.radiative * cube * t
        diagonal[i] = mass * _specific_heat(t, ground.capacity) / step * softness[i]
        right[i] = (known[i] - mass * _enthalpy(t, ground.capacity)) / step
    right[0] += flux
    right[nodes - 1] += ground.heat_flow
    for i in range(nodes - 1):
        upward = ground.conductance[i] * (driving[i + 1] - driving[i])
        right[i] += upward
        right[i + 1] -= upward
        diagonal[i] += ground.conductance[i]
        diagonal[i + 1] += ground.conductance[i]
    for i in range(nodes - 1, 0, -1):
        diagonal[i] = 1.0 / diagonal[i]
        share = ground.conductance[i - 1] * diagonal[i]
        right[i - 1] += share * right[i]
        diagonal[i - 1] -= share * ground.conductance[i - 1]
    largest, change = 0.0, _surface(guess[0], right[0], diagonal[0] / softness[0], glow) - guess[0]
    driven = change / softness[0]
    for i in range(nodes):
        if i > 0:
            driven = diagonal[i] * (right[i] + ground.conductance[i - 1] * driven)
            change = driven * softness[i]
        largest = max(largest, abs(change))
        guess[i] = max(guess[i] + change, COLDEST)
    return largest


@compiled
def _surface(guess: float, right: float, slope: float, glow: float) -> float:
    """Root of ``slope (T - guess) + glow T**4 = right``. [K]"""
    t = guess
    for _ in range(MOST_CORRECTIONS):
        cube = t * t * t
        move = (right - slope * (t - guess) - glow * cube * t) / (slope + 4.0 * glow * cube)
        t = max(t + move, COLDEST)
        if abs(move) < 1e-3:
            break
    return t


@compiled
def _specific_heat(t: float, c: Floats) -> float:
    """Of a temperature. [J/kg/K]"""
    heat: float = c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * c[4])))
    return heat


@compiled
def _enthalpy(t: float, c: Floats) -> float:
    """Integral of the specific heat from 0 K. [J/kg]"""
    heat: float = t * (c[0] + t * (c[1] / 2.0 + t * (c[2] / 3.0 + t * (c[3] / 4.0 + t * (c[4] / 5.0)))))
    return heat


@compiled
def _keep(temperature: Floats, node: Indices, weight: Floats, out: Floats) -> None:
    """Temperature at depths between the nodes, by straight lines."""
    for k in range(node.size):
        upper, lower = temperature[node[k]], temperature[node[k] + 1]
        out[k] = upper + weight[k] * (lower - upper)
