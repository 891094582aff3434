"""Execute a plan against what goes wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.engine import Engine
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.luck import whole_seed
from ilrs_science.planning.execution.night import sun_steps
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.entry import Entry
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Spread", "execute", "jobs_of", "require_known"]

#: Strange activities that a message names.
NAMED = 3


class Spread(Entry):
    """How far activities differ from what was planned; logarithms of the factors are normal with mean 0."""

    duration: float = Field(default=0.0, ge=0, le=2)
    """Standard deviation of the logarithm of the duration. [1]"""
    power: float = Field(default=0.0, ge=0, le=2)
    """Standard deviation of the logarithm of the power. [1]"""


def execute(
    problem: Problem,
    plan: Plan,
    disruptions: Iterable[Disruption] = (),
    *,
    executive: Executive | None = None,
    spread: Spread | None = None,
    seed: int = 0,
    until_s: int | None = None,
    sun_elevation: Sequence[tuple[int, float]] | xr.DataArray | None = None,
) -> Execution:
    """What comes of a plan.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is to be done.
    disruptions : iterable of Disruption
        What goes wrong.
    executive : Executive, optional
        Rules on board; the default ones otherwise.
    spread : Spread, optional
        How far durations and powers differ from the plan; not at all by default.
    seed : int
        Of these differences; each activity has its own, whatever else is in the plan.
    until_s : int, optional
        Stop there; at the horizon by default. [s]
    sun_elevation : sequence of (int, float), or DataArray, optional
        For rules that ask for the Sun: (time [s], elevation from then on [deg]), or ``env["sun_elevation"]``.

    Returns
    -------
    Execution
        With nothing that goes wrong, the plan itself.

    Raises
    ------
    UnknownNameError
        If a disruption hits what the problem does not have.
    RequestError
        If the plan names an activity that the problem lacks, a disruption makes no sense, `seed` is no whole number
        from 0 on, `until_s` is outside the problem, or the rules ask for the Sun and `sun_elevation` is not given.
    CoverageError
        If `sun_elevation` begins after the epoch of the problem.
    """
    end = problem.horizon_s if until_s is None else until_s
    if not 0 <= end <= problem.horizon_s:
        raise RequestError(
            f"until_s must be from 0 to the end of the problem, {problem.horizon_s} s, not {until_s}"
        )
    jobs = jobs_of(problem, plan, spread or Spread(), seed)
    world = World(problem, disruptions, sun_steps(problem, sun_elevation))
    return Engine(world, jobs, executive or Executive()).run(end)


def jobs_of(problem: Problem, plan: Plan, spread: Spread, seed: int) -> list[Job]:
    """Activities of a plan, each with the duration and power that it has this time.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is to be done.
    spread : Spread
        How far durations and powers differ from the plan.
    seed : int
        Of these differences.

    Returns
    -------
    list of Job
        Waiting.

    Raises
    ------
    RequestError
        If the plan names an activity that the problem lacks, or `seed` is no whole number from 0 on.
    """
    require_known(problem, plan)
    root, jobs = whole_seed(seed), []
    for placed in plan.placements:
        activity = problem.by_id[placed.id]
        longer, stronger = _factors(spread, root, placed.id)
        jobs.append(Job(activity, placed.start_s, round(activity.duration_s * longer), stronger))
    return jobs


def require_known(problem: Problem, plan: Plan) -> None:
    """Refuse a plan of another problem.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is to be done.

    Raises
    ------
    RequestError
        If it names an activity that the problem lacks.
    """
    strange = [placed.id for placed in plan.placements if placed.id not in problem.by_id]
    if strange:
        what = f"{len(strange)} activities" if len(strange) > 1 else "an activity"
        such = ", ".join(map(repr, strange[:NAMED]))
        raise RequestError(f"the plan names {what} that the problem lacks, such as {such}; is it of another?")


def _factors(spread: Spread, seed: int, name: str) -> tuple[float, float]:
    draw = np.random.default_rng([seed, zlib.crc32(name.encode())])
    duration, power = draw.normal(size=2)
    return float(np.exp(spread.duration * duration)), float(np.exp(spread.power * power))
