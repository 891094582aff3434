"""How the states of the NRHO and of the distant retrograde orbit in data/catalogue/orbits were made.

``python -m tests.oracles.orbit_design`` prints them. A periodic orbit of the circular restricted three-body problem is
corrected by Newton's method, laid along the true Earth-Moon line for many revolutions, and made continuous under the
full forces by multiple shooting (minimum-norm Newton steps on all states at fixed epochs).
"""

from __future__ import annotations

import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import lil_array
from scipy.sparse.linalg import lsqr

from ilrs_science.epochs import to_tdb
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.kernels import ephemeris_series
from ilrs_science.sky.propagate import propagate_state

#: Mass ratio of DE421 (Folkner et al. 2009, table 8).
MU = 4902.800076 / (4902.800076 + 398600.436233)
GM = 4902.800076 + 398600.436233
#: Synodic month. [d] (Meeus 1998, chapter 49)
SYNODIC = 29.530588861
#: Mean distance of the Moon that gives the sidereal month of 27.321661 d. [km]
DISTANCE = (GM * (27.321661 * 86400 / (2 * np.pi)) ** 2) ** (1 / 3)
UNIT = np.sqrt(DISTANCE**3 / GM)


def slope(_t, s):
    """Motion in the rotating frame of the circular problem, units of distance and of UNIT."""
    x, y, z, u, v, w = s
    d3, r3 = ((x + MU) ** 2 + y * y + z * z) ** 1.5, ((x - 1 + MU) ** 2 + y * y + z * z) ** 1.5
    ax = 2 * v + x - (1 - MU) * (x + MU) / d3 - MU * (x - 1 + MU) / r3
    ay = -2 * u + y - (1 - MU) * y / d3 - MU * y / r3
    return [u, v, w, ax, ay, -(1 - MU) * z / d3 - MU * z / r3]


def flow(state, duration, **more):
    """Solution over a time."""
    return solve_ivp(slope, (0, duration), state, method="DOP853", rtol=1e-12, atol=1e-13, **more)


def half_period(free, x, z, period):
    """What must vanish half a period after a perpendicular crossing: y, x' and z' (Howell 1984)."""
    if z is None:  # planar: free is y' and the period
        end = flow([x, 0, 0, 0, free[0], 0], free[1] / 2).y[:, -1]
        return np.array([end[1], end[3]])
    end = flow([free[0], 0, free[1], 0, free[2], 0], period / 2).y[:, -1]
    return np.array([end[1], end[3], end[5]])


def newton(function, free, steps=20):
    """Root by Newton's method with differences."""
    for _ in range(steps):
        value = function(free)
        matrix = np.column_stack(
            [(function(free + 1e-7 * e) - function(free - 1e-7 * e)) / 2e-7 for e in np.eye(len(free))]
        )
        free = free - np.linalg.solve(matrix, value)
        if np.abs(value).max() < 1e-11:
            break
    return free


def nrho():
    """State at apolune and period of the southern L2 NRHO in 9:2 resonance with the synodic month."""
    period = 2 / 9 * SYNODIC * 86400 / UNIT
    free = newton(lambda f: half_period(f, None, 0.0, period), np.array([1.0220, -0.1821, -0.1033]))
    return np.array([free[0], 0, free[1], 0, free[2], 0]), period


def retrograde(radius=70000.0):
    """State on the side of the Earth and period of the distant retrograde orbit of a radius. [km]"""
    x = 1 - MU - radius / DISTANCE
    free = newton(lambda f: half_period(f, x, None, None), np.array([0.45, 13.0 * 86400 / UNIT]))
    return np.array([x, 0, 0, 0, free[0], 0]), free[1]


def to_icrf(states, epochs):
    """States of the circular problem laid along the true Earth-Moon line, Moon-centred ICRF. [km, km/s]"""
    out = []
    for state, epoch in zip(states, epochs, strict=True):
        frames = [line(epoch + step) for step in (-10.0, 0.0, 10.0)]
        place = state[:3] - [1 - MU, 0, 0]
        before, here, after = (scale * axes @ place for scale, axes in frames)
        scale, axes = frames[1]
        speed = scale * axes @ state[3:] * np.sqrt(GM / scale**3)
        out.append(np.concatenate([here, (after - before) / 20.0 + speed]))
    return np.array(out)


def line(epoch):
    """Distance from Earth to Moon and the axes x along it, z along the orbital momentum. [km]"""
    series = ephemeris_series()
    at = np.array([epoch])
    r, v = (series[3, 301].at(at, k)[0] - series[3, 399].at(at, k)[0] for k in (0, 1))
    z = np.cross(r, v)
    x, z = r / np.linalg.norm(r), z / np.linalg.norm(z)
    return np.linalg.norm(r), np.column_stack([x, np.cross(z, x), z])


def end_of(state, begin, end, model):
    """State at the end of a piece."""
    path = propagate_state(state, begin, (begin, end), model=model)
    return path.states(np.array([end]))[0]


def shoot(states, epochs, model, rounds=8):
    """States that join to one motion, nearest to those given."""
    states = states.copy()
    scale = np.array([1.0, 1.0, 1.0, 1e-5, 1e-5, 1e-5])
    for _ in range(rounds):
        pieces = len(states) - 1
        gaps, matrix = np.zeros(6 * pieces), lil_array((6 * pieces, 6 * len(states)))
        for i in range(pieces):
            ends = [end_of(states[i], epochs[i], epochs[i + 1], model)]
            for k in range(6):
                moved = states[i].copy()
                moved[k] += scale[k] * 0.1
                ends.append(end_of(moved, epochs[i], epochs[i + 1], model))
            gaps[6 * i : 6 * i + 6] = (ends[0] - states[i + 1]) / scale
            jacobian = np.column_stack([(e - ends[0]) / scale / 0.1 for e in ends[1:]])
            matrix[6 * i : 6 * i + 6, 6 * i : 6 * i + 6] = jacobian
            matrix[6 * i : 6 * i + 6, 6 * i + 6 : 6 * i + 12] = -np.eye(6)
        step = lsqr(matrix.tocsr(), -gaps, atol=1e-14, btol=1e-14, iter_lim=20000)[0]
        states += step.reshape(-1, 6) * scale
        print("  greatest gap", np.abs(gaps.reshape(-1, 6)).max(axis=0) * scale, flush=True)
        if np.abs(gaps).max() < 1e-5:
            break
    return states


def design(state, period, epoch, revolutions, phases):
    """Refined states over many revolutions from one of the circular problem."""
    times = np.concatenate([np.array(phases) * period + k * period for k in range(revolutions)])
    times = np.append(times, revolutions * period)
    cycle = flow(state, period, dense_output=True).sol
    begin = float(to_tdb(np.datetime64(epoch)))
    epochs = begin + times * UNIT
    guess = to_icrf([cycle(t % period) for t in times], epochs)
    return shoot(guess, epochs, ForceModel()), epochs


if __name__ == "__main__":
    import sys

    for name, (state, period), revolutions, phases in (
        ("nrho_9_2", nrho(), 26, (0.0, 0.3, 0.7)),
        ("distant_retrograde", retrograde(), 14, (0.0, 0.25, 0.5, 0.75)),
    ):
        if len(sys.argv) > 1 and name not in sys.argv:
            continue
        print(name, "circular problem:", state, "period", period * UNIT / 86400, "d")
        states, epochs = design(state, period, "2026-01-01", revolutions, phases)
        print(
            name,
            "position",
            [float(f"{x:.15g}") for x in states[0, :3]],
            "velocity",
            [float(f"{x:.15g}") for x in states[0, 3:]],
        )
