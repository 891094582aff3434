"""Propagation: the motion of an orbiter under the Moon's field, Earth, Sun and sunlight."""

from __future__ import annotations

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.dynamics import advance
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.fit import fit_trajectory
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.sky.steps import Steps
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["TOLERANCE", "propagate_state"]

#: Relative local error that keeps an orbit of 100 km to a centimetre over a month.
TOLERANCE = 6e-15
#: Farther from the Moon nothing is called its orbiter, and a long way out lie the Earth and its singular pull. [km]
_FAREST = 250_000.0
#: Steps integrated between two looks at the clock and the span.
_ROOM = 4096


def propagate_state(
    state: Floats,
    epoch: float,
    span: tuple[float, float],
    *,
    name: str = "an orbiter",
    model: ForceModel | None = None,
    tolerance: float = TOLERANCE,
) -> Trajectory:
    """Motion of an orbiter from one state.

    Parameters
    ----------
    state : (6,) ndarray
        Position [km] and velocity [km/s] in ICRF axes about the Moon's centre.
    epoch : float
        When. [s past J2000 TDB]
    span : tuple of float
        First and last epoch wanted. [s past J2000 TDB]
    name : str
        What flies, for messages.
    model : ForceModel, optional
        What acts.
    tolerance : float
        Relative local error of the integration. [1]

    Returns
    -------
    Trajectory

    Raises
    ------
    RequestError
        If the orbiter hits the Moon, and when.
    CoverageError
        If the kernels do not cover the span.

    Notes
    -----
    Runge-Kutta of order 8(5,3) with steps that end at the edges of the Moon's shadow. Not modelled: the solid tide of
    the Moon, planets, relativity, light from the Moon, manoeuvres.
    """
    model = model or ForceModel()
    low, high = min(span[0], epoch), max(span[1], epoch)
    require_coverage(low, high)
    parts = [
        _integrate(np.asarray(state, np.float64), epoch, limit, name, model, tolerance)
        for limit in (low, high)
        if limit != epoch
    ]
    steps = Steps.joined(parts)
    return fit_trajectory(name, steps.position, epoch, (span[0] - epoch, span[1] - epoch))


def _integrate(
    state: Floats, epoch: float, limit: float, name: str, model: ForceModel, tolerance: float
) -> Steps:
    """All steps from the epoch to a limit before or after it."""
    physics = model.physics(epoch, *sorted((epoch, limit)))
    room, lit = np.empty((_ROOM, 10)), np.zeros(2)
    current, end = np.concatenate([[0.0], state, np.zeros(3)]), limit - epoch
    step, rows = np.copysign(10.0, end), []
    while current[0] != end:
        count, step = advance(current, end, step, tolerance, lit, physics, room)
        rows.append(room[: abs(count)].copy())
        current = rows[-1][-1].copy()
        if count < 0 or not np.isfinite(current).all():
            raise RequestError(_impact(name, Steps.joined([Steps(np.concatenate(rows))]), epoch))
        if np.linalg.norm(current[1:4]) > _FAREST:
            raise RequestError(_escape(name, epoch, rows[-1]))
    return Steps(np.concatenate([rows[0][:1], *(part[1:] for part in rows)]))


def _escape(name: str, epoch: float, table: Floats) -> str:
    far = np.linalg.norm(table[:, 1:4], axis=1) > _FAREST
    when = float(table[int(np.argmax(far)), 0])
    return (
        f"the orbit of {name} leaves the Moon: on {_day(epoch + when)} it is {_FAREST:g} km away, "
        f"{abs(when) / 86400:.0f} days from its epoch; ask for a span nearer to the epoch"
    )


def _day(tdb: float) -> str:
    return format_epoch(from_tdb(np.array([tdb]))[0], "s")[:10]


def _impact(name: str, steps: Steps, epoch: float) -> str:
    when = steps.crossing(MOON_RADIUS)
    date = format_epoch(from_tdb(np.array([epoch + when]))[0], "s")
    side = "after" if when > 0 else "before"
    return (
        f"the orbit of {name} hits the Moon at {date}, {abs(when) / 86400:.2f} days {side} its epoch; "
        "ask for a shorter span or a higher orbit"
    )
