"""Dynamics: what pulls an orbiter, and the step by step integration of its motion; compiled.

All of it stands in one file because compiled code on disk is renewed when its own file changes, not when a callee does.
Units are km and s. Vectors are along ICRF axes about the Moon's centre unless their name says ``fixed``.
"""

from __future__ import annotations

import numpy as np

from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.compiled import compiled, compiled_sum
from ilrs_science.sky.dop853 import ERROR_3, ERROR_5, NODES, STAGES, WEIGHTS
from ilrs_science.sky.physics import COMPONENTS, LANES, Field, Forces, Physics, Surroundings, Work

__all__ = ["advance", "field_acceleration"]

#: Longest step in the penumbra, in which light fades faster than the error estimate sees. [rad about the Moon]
_PENUMBRA = 0.0093 / 6.0

#: Step that is taken whatever its error. [s]
_SHORTEST = 1e-6


@compiled
def field_acceleration(fixed: Floats, field: Field, work: Work, out: Floats) -> None:
    """Acceleration by the harmonic field, central term included, in Moon-fixed axes; no singularity at the poles."""
    x, y, z = fixed
    r = np.sqrt(x * x + y * y + z * z)
    s, t, u = x / r, y / r, z / r
    ratio, size = field.radius / r, field.diagonal.size
    longitudes, lowest, below, row = work.longitudes, work.lowest, work.below, work.row
    real, imaginary = 1.0, 0.0
    longitudes[2, 0] = longitudes[3, 0] = 0.0
    for m in range(size):
        longitudes[0, m], longitudes[1, m] = real, imaginary
        longitudes[2, m + 1], longitudes[3, m + 1] = (m + 1) * real, (m + 1) * imaginary
        real, imaginary = real * s - imaginary * t, real * t + imaginary * s
    first, second, power = u * ratio, ratio * ratio, 1.0
    ds = dt = du = dr = 0.0
    for n in range(size):
        width = (n // LANES + 1) * LANES
        _next_degree(n, width, first, second, field.alpha, field.beta, below, lowest, row)
        row[n] = field.diagonal[n] * power
        power *= ratio
        parts = _sum_of_orders(n, width, row, field.cosine, field.sine, field.slope, longitudes)
        lowest, below, row = below, row, lowest
        dr -= (n + 1) * parts[0]
        ds, dt, du = ds + parts[1], dt + parts[2], du + parts[3]
    scale = field.gm / (r * r)
    radial = dr - (ds * s + dt * t + du * u)
    out[0], out[1], out[2] = scale * (ds + radial * s), scale * (dt + radial * t), scale * (du + radial * u)


@compiled
def _next_degree(
    n: int, width: int, first: float, second: float, alpha: Floats, beta: Floats,
    below: Floats, lowest: Floats, row: Floats,
) -> None:  # fmt: skip
    """Functions of a degree from the two degrees below; tables are indexed, for to cut out a row costs more."""
    for m in range(width):
        row[m] = alpha[n, m] * first * below[m] - beta[n, m] * second * lowest[m]


@compiled_sum
def _sum_of_orders(
    n: int, width: int, row: Floats, cosine: Floats, sine: Floats, slope: Floats, longitudes: Floats
) -> tuple[float, float, float, float]:
    """One degree of the potential and of its derivatives by the three direction cosines."""
    value = ds = dt = du = 0.0
    for m in range(width):
        c, s = cosine[n, m], sine[n, m]
        around = c * longitudes[0, m] + s * longitudes[1, m]
        value += row[m] * around
        ds += row[m] * (c * longitudes[2, m] + s * longitudes[3, m])
        dt += row[m] * (s * longitudes[2, m] - c * longitudes[3, m])
        du += row[m + 1] * slope[n, m] * around
    return value, ds, dt, du


@compiled
def _surroundings(time: float, table: Surroundings, around: Floats) -> None:
    """Earth, Sun and Euler angles at an epoch, by Clenshaw's recurrence on all components at once."""
    place = (time - table.begin) / table.step
    index = min(max(int(place), 0), table.records.shape[0] - 1)
    x = 2.0 * (place - index) - 1.0
    record = table.records[index]
    for c in range(COMPONENTS):
        high = higher = 0.0
        for k in range(record.shape[0] - 1, 0, -1):
            high, higher = record[k, c] + 2.0 * x * high - higher, high
        around[c] = record[0, c] + x * high - higher


@compiled
def _orientation(angles: Floats, turn: Floats) -> None:
    """Rotation from ICRF to the principal axes, R3(w) R1(delta) R3(phi)."""
    sp, sd, sw = np.sin(angles[0]), np.sin(angles[1]), np.sin(angles[2])
    cp, cd, cw = np.cos(angles[0]), np.cos(angles[1]), np.cos(angles[2])
    turn[0, 0], turn[0, 1], turn[0, 2] = cw * cp - sw * cd * sp, cw * sp + sw * cd * cp, sw * sd
    turn[1, 0], turn[1, 1], turn[1, 2] = -sw * cp - cw * cd * sp, -sw * sp + cw * cd * cp, cw * sd
    turn[2, 0], turn[2, 1], turn[2, 2] = sd * sp, -sd * cp, cd


@compiled
def _third_body(r: Floats, body: Floats, gm: float, out: Floats) -> None:
    """Attraction of a body less that on the Moon's centre, without loss of digits (Battin 1999, eq. 8.62)."""
    distance2 = body[0] * body[0] + body[1] * body[1] + body[2] * body[2]
    q = (
        r[0] * (r[0] - 2.0 * body[0]) + r[1] * (r[1] - 2.0 * body[1]) + r[2] * (r[2] - 2.0 * body[2])
    ) / distance2
    power = (1.0 + q) * np.sqrt(1.0 + q)
    f = q * (3.0 + q * (3.0 + q)) / (1.0 + power)
    scale = gm / (distance2 * np.sqrt(distance2) * power)
    for k in range(3):
        out[k] -= scale * (r[k] + f * body[k])


@compiled
def _discs(r: Floats, sun: Floats, forces: Forces) -> tuple[float, float, float]:
    """Angular radii of Sun and Moon and the angle between their centres, seen from the orbiter. [rad]"""
    lx, ly, lz = sun[0] - r[0], sun[1] - r[1], sun[2] - r[2]
    distance = np.sqrt(lx * lx + ly * ly + lz * lz)
    height = np.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    cx, cy, cz = r[1] * lz - r[2] * ly, r[2] * lx - r[0] * lz, r[0] * ly - r[1] * lx
    across = np.sqrt(cx * cx + cy * cy + cz * cz)
    angle = np.arctan2(across, -(r[0] * lx + r[1] * ly + r[2] * lz))
    return np.arcsin(forces.sun_radius / distance), np.arcsin(min(1.0, forces.moon_radius / height)), angle


@compiled
def _sunlight(sun: float, moon: float, angle: float) -> float:
    """Uncovered part of the Sun's disc (Montenbruck and Gill 2000, 3.4.2)."""
    if angle >= sun + moon:
        return 1.0
    if angle <= moon - sun:
        return 0.0
    if angle <= sun - moon:
        return 1.0 - (moon / sun) ** 2
    x = (angle * angle + sun * sun - moon * moon) / (2.0 * angle)
    y = np.sqrt(max(0.0, sun * sun - x * x))
    area = sun * sun * np.arccos(x / sun) + moon * moon * np.arccos((angle - x) / moon) - angle * y
    return float(1.0 - area / (np.pi * sun * sun))


@compiled
def _acceleration(time: float, r: Floats, physics: Physics, out: Floats) -> None:
    """All forces at an epoch. [km/s2]"""
    forces, work = physics.forces, physics.work
    around, turn, fixed = work.around, work.turn, work.fixed
    _surroundings(time, physics.table, around)
    _orientation(around[6:], turn)
    for i in range(3):
        fixed[0, i] = turn[i, 0] * r[0] + turn[i, 1] * r[1] + turn[i, 2] * r[2]
    field_acceleration(fixed[0], physics.field, work, fixed[1])
    for i in range(3):
        out[i] = turn[0, i] * fixed[1, 0] + turn[1, i] * fixed[1, 1] + turn[2, i] * fixed[1, 2]
    earth, sun = around[:3], around[3:6]
    if forces.gm_earth > 0.0:
        _third_body(r, earth, forces.gm_earth, out)
    if forces.gm_sun > 0.0:
        _third_body(r, sun, forces.gm_sun, out)
    if forces.light_pressure > 0.0:
        a, b, c = _discs(r, sun, forces)
        x, y, z = r[0] - sun[0], r[1] - sun[1], r[2] - sun[2]
        d2 = x * x + y * y + z * z
        push = forces.light_pressure * _sunlight(a, b, c) / (d2 * np.sqrt(d2))
        out[0] += push * x
        out[1] += push * y
        out[2] += push * z


@compiled
def _contacts(time: float, r: Floats, physics: Physics) -> tuple[float, float]:
    """Signed angles to the outer and to the inner contact of the two discs: below zero inside penumbra and umbra."""
    around = physics.work.around
    _surroundings(time, physics.table, around)
    a, b, c = _discs(r, around[3:6], physics.forces)
    return c - (b + a), c - (b - a)


@compiled
def _between(s: float, h: float, old: Floats, new: Floats, out: Floats) -> None:
    """Position inside a step from position, velocity and acceleration at its ends (quintic Hermite)."""
    a, b, c = s, s * s, s * s * s
    d, e = b * b, c * b
    for k in range(3):
        p0, v0, a0 = old[k], old[3 + k] * h, old[6 + k] * h * h
        p1, v1, a1 = new[k], new[3 + k] * h, new[6 + k] * h * h
        c3 = 10.0 * (p1 - p0) - 6.0 * v0 - 4.0 * v1 - 1.5 * a0 + 0.5 * a1
        c4 = -15.0 * (p1 - p0) + 8.0 * v0 + 7.0 * v1 + 1.5 * a0 - a1
        c5 = 6.0 * (p1 - p0) - 3.0 * (v0 + v1) + 0.5 * (a1 - a0)
        out[k] = p0 + a * v0 + 0.5 * b * a0 + c3 * c + c4 * d + c5 * e


@compiled
def _contact_inside(
    which: int,
    time: float,
    h: float,
    old: Floats,
    new: Floats,
    physics: Physics,
) -> float:
    """Part of a step at which a contact happens, by bisection."""
    r = np.empty(3)
    before = _contacts(time, old[:3], physics)[which]
    low, high = 0.0, 1.0
    after = _contacts(time + h, new[:3], physics)[which]
    for _ in range(60):
        middle = 0.5 * (low + high)
        _between(middle, h, old, new, r)
        value = _contacts(time + middle * h, r, physics)[which]
        if (value < 0.0) == (after < 0.0):
            high = middle
        else:
            low = middle
        if (high - low) * abs(h) < 1e-8:
            break
    return high if before != after else 1.0


@compiled
def _trial(
    time: float, h: float, slopes: Floats, old: Floats, new: Floats, physics: Physics, tolerance: float,
) -> float:  # fmt: skip
    """One step of order 8; leaves the new state and acceleration in ``new`` and gives the error over the tolerance."""
    state = np.empty(6)
    slopes[0, :3], slopes[0, 3:] = old[3:6], old[6:9]
    for stage in range(1, 12):
        for k in range(6):
            total = 0.0
            for j in range(stage):
                total += STAGES[stage, j] * slopes[j, k]
            state[k] = old[k] + h * total
        slopes[stage, :3] = state[3:]
        _acceleration(time + NODES[stage] * h, state[:3], physics, slopes[stage, 3:])
    for k in range(6):
        total = 0.0
        for j in range(12):
            total += WEIGHTS[j] * slopes[j, k]
        new[k] = old[k] + h * total
    five = three = 0.0
    sizes = (old[0] ** 2 + old[1] ** 2 + old[2] ** 2, old[3] ** 2 + old[4] ** 2 + old[5] ** 2)
    for k in range(6):
        high = low = 0.0
        for j in range(12):
            high += ERROR_5[j] * slopes[j, k]
            low += ERROR_3[j] * slopes[j, k]
        size = sizes[0] if k < 3 else sizes[1]
        five += high * high / size
        three += low * low / size
    if five == 0.0 and three == 0.0:
        return 0.0
    return float(abs(h) * five / np.sqrt(6.0 * (five + 0.01 * three)) / tolerance)


@compiled
def _quickness(old: Floats) -> float:
    """Time in which the orbiter turns by a radian about the Moon. [s]"""
    return float(
        np.sqrt((old[0] ** 2 + old[1] ** 2 + old[2] ** 2) / (old[3] ** 2 + old[4] ** 2 + old[5] ** 2))
    )


@compiled
def advance(
    start: Floats, end: float, first_step: float, tolerance: float, lit: Floats, physics: Physics, out: Floats,
) -> tuple[int, float]:  # fmt: skip
    """Integrate until the end, until the room is full, or until the orbiter is inside the Moon.

    Parameters
    ----------
    start : (10,) ndarray
        Time [s], position [km], velocity [km/s] and room for the acceleration.
    end : float
        Time to reach. [s]
    first_step : float
        Size of the first step, with the sign of the direction. [s]
    tolerance : float
        Relative local error of position and of velocity.
    lit : (2,) ndarray
        Side of the outer and inner contact, +1 or -1, or 0 to look; changed in place.
    physics : Physics
        What acts, and room.
    out : (rooms, 10) ndarray
        Filled with time, position, velocity and acceleration at each step, the start first.

    Returns
    -------
    count : int
        Rows filled; below zero if the last row is inside the Moon.
    step : float
        Size to go on with. [s]
    """
    slopes, old, new = np.empty((12, 6)), np.empty(9), np.empty(9)
    time, h = start[0], first_step
    old[:6] = start[1:7]
    _acceleration(time, old[:3], physics, old[6:])
    out[0, 0], out[0, 1:] = time, old
    shadow = physics.forces.light_pressure > 0.0
    if shadow and lit[0] == 0.0:
        outer, inner = _contacts(time, old[:3], physics)
        lit[0], lit[1] = (1.0 if outer >= 0.0 else -1.0), (1.0 if inner >= 0.0 else -1.0)
    count = 1
    while count < out.shape[0] and time != end:
        step = h
        if shadow and lit[0] * lit[1] < 0.0:
            step = np.copysign(min(abs(step), _PENUMBRA * _quickness(old)), step)
        if abs(step) >= abs(end - time):
            step = end - time
        error = _trial(time, step, slopes, old, new, physics, tolerance)
        if error > 1.0 and abs(step) > _SHORTEST:
            h = step * max(0.2, 0.9 * error ** (-0.125))
            continue
        landed = -1
        _acceleration(time + step, new[:3], physics, new[6:])
        if shadow:
            landed, step = _land(time, step, slopes, old, new, physics, lit)
        time = end if step == end - time else time + step
        if landed < 0:
            h = step * min(5.0, 0.9 * max(error, 1e-10) ** (-0.125)) if step == h else h
        old[:] = new
        out[count, 0], out[count, 1:] = time, old
        count += 1
        if old[0] ** 2 + old[1] ** 2 + old[2] ** 2 < physics.forces.moon_radius**2:
            return -count, h
    return count, h


@compiled
def _land(
    time: float, h: float, slopes: Floats, old: Floats, new: Floats, physics: Physics, lit: Floats,
) -> tuple[int, float]:  # fmt: skip
    """Shorten a step that crosses the edge of the Moon's shadow so that it ends there: the force has a kink at it."""
    outer, inner = _contacts(time + h, new[:3], physics)
    part, landed = 1.0, -1
    for which in range(2):
        value = outer if which == 0 else inner
        if value * lit[which] < 0.0:
            found = _contact_inside(which, time, h, old, new, physics)
            if found <= part:
                part, landed = found, which
    if landed < 0:
        return landed, h
    lit[landed] = -lit[landed]
    if part * abs(h) < 1e-4:
        # the contact is where the step began: the state there is on the wrong side by rounding alone
        return -1, h
    _trial(time, part * h, slopes, old, new, physics, 1.0)
    _acceleration(time + part * h, new[:3], physics, new[6:])
    return landed, part * h
