"""A plan in operation: executed, and made anew when something has gone wrong, on board or on the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.engine import Engine
from ilrs_science.planning.execution.execute import Spread, jobs_of
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.night import sun_steps
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.entry import Entry
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.replan import Replan, replan

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Mode", "Operation", "Operator", "operate"]

Mode = Literal["keep_going", "on_board", "ground"]


class Operator(Entry):
    """Who makes new plans, and how quickly."""

    mode: Mode = "on_board"
    """Nobody, the station itself, or people on the ground, who need contact to learn of it and to send a new plan."""
    watch_s: int = Field(default=3600, ge=60)
    """How often somebody looks whether something has gone wrong. (assumed) [s]"""
    turnaround_s: int = Field(default=86400, ge=0)
    """From the contact that tells the ground to a new plan ready to be sent. (assumed) [s]"""
    time_limit: str = "5 s"
    """For each search; little on board."""
    price: float | None = None
    """Value of each start that stays; see :func:`ilrs_science.planning.replan.replan.replan`. [1]"""
    deterministic: bool = False
    """Whether each search gives the same plan every time, however busy the machine is; see
    :func:`ilrs_science.planning.solve.solve`."""
    workers: int | None = Field(default=None, ge=1)
    """Threads of each search; as many as there are processors where absent, eight at the most."""

    @property
    def search(self) -> dict[str, Any]:
        """What each search is told."""
        return self.model_dump(include={"price", "time_limit", "deterministic", "workers"})


@dataclass(frozen=True)
class Operation:
    """What came of a plan in operation."""

    execution: Execution
    """What ran, from the epoch to the horizon."""
    replans: tuple[Replan, ...]
    """The new plans, in order."""
    planned: float
    """Value of the first plan. [1]"""

    @property
    def value(self) -> float:
        """Value of what was done. [1]"""
        return self.execution.value

    def __repr__(self) -> str:
        plans = f"{len(self.replans)} new plan{'' if len(self.replans) == 1 else 's'}"
        return f"<Operation value {self.value:g} of {self.planned:g}, {plans}>"


def operate(
    problem: Problem,
    plan: Plan,
    disruptions: Iterable[Disruption] = (),
    *,
    operator: Operator | None = None,
    executive: Executive | None = None,
    spread: Spread | None = None,
    seed: int = 0,
    sun_elevation: Sequence[tuple[int, float]] | xr.DataArray | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Operation:
    """Execute a plan to the horizon, with a new plan whenever something was stopped or given up, or is about to be.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        The first plan.
    disruptions : iterable of Disruption
        What goes wrong; it is not known before it begins.
    operator : Operator, optional
        Who makes new plans; the station itself by default.
    executive : Executive, optional
        Rules on board.
    spread : Spread, optional
        How far durations and powers differ from the plan.
    seed : int
        Of these differences and of the searches.
    sun_elevation : sequence of (int, float), or DataArray, optional
        For rules that ask for the Sun, as :func:`ilrs_science.planning.execution.execute.execute` takes it.
    progress : callable, optional
        Called as ``progress(moment, horizon)`` at each watch. [s]
    cancel : callable, optional
        Asked at each watch and in each search; when it returns true the operation ends where it stands.

    Returns
    -------
    Operation
        With the same seed the same every time, if searches are deterministic or prove that nothing is better.
    """
    wrong, who = tuple(disruptions), operator or Operator()
    sun = sun_steps(problem, sun_elevation)
    world, differences = World(problem, wrong, sun), spread or Spread()
    engine = Engine(world, jobs_of(problem, plan, differences, seed), executive or Executive())
    replans: list[Replan] = []
    placed = [one for one in plan.placements if one.id in problem.by_id]
    planned = sum(problem.by_id[one.id].worth_at(one.start_s) for one in placed) / 1000
    seen = answered = 0
    moment = 0
    while moment < problem.horizon_s:
        moment = min(problem.horizon_s, moment + who.watch_s)
        ran = engine.run(moment)
        if cancel is not None and cancel():
            return Operation(ran, tuple(replans), planned)
        if progress is not None:
            progress(moment, problem.horizon_s)
        troubles = _troubles(ran, wrong)
        if who.mode == "keep_going" or troubles == seen or moment >= problem.horizon_s:
            continue
        known, effective = _times(who, world, moment)
        if effective is None or effective >= problem.horizon_s:
            continue  # nobody can be told in time; asked again at the next watch
        seen = _troubles(engine.run(known), wrong)
        told = [one for one in wrong if one.start_s <= known]
        expected = World(problem, told, sun)
        if _failed(engine.forecast(expected, problem.horizon_s)) <= answered:
            continue  # the plan holds as far as is known
        ahead = engine.forecast(expected, effective)
        new = replan(problem, plan, ahead, disruptions=told, seed=seed, cancel=cancel, **who.search)
        moment = effective
        answered = _failed(engine.run(effective))
        if new.value is None:
            continue
        plan = new.plan
        engine.adopt(jobs_of(problem, plan, differences, seed))
        replans.append(new)
    return Operation(engine.run(problem.horizon_s), tuple(replans), planned)


def _troubles(ran: Execution, wrong: tuple[Disruption, ...]) -> int:
    """How much has gone wrong, or been mended, until now."""
    edges = [edge for one in wrong for edge in one.span(ran.problem.horizon_s)]
    return _failed(ran) + sum(edge <= ran.until_s for edge in edges)


def _failed(ran: Execution) -> int:
    """How many runs were stopped or given up."""
    return sum(run.outcome in ("aborted", "skipped") for run in ran.runs)


def _times(who: Operator, world: World, moment: int) -> tuple[int, int | None]:
    """When the state is known to who makes the plan, and when the plan takes effect; None if never. [s]"""
    if who.mode == "on_board":
        return moment, moment
    known = _contact(world, moment)
    ready = None if known is None else _contact(world, known + who.turnaround_s)
    return (moment, None) if known is None else (known, ready)


def _contact(world: World, moment: int) -> int | None:
    """Earliest time from a moment on with contact. [s]"""
    return min((max(start, moment) for start, end in _contacts(world) if end > moment), default=None)


def _contacts(world: World) -> Iterator[tuple[int, int]]:
    """Spans with contact: passes of links, and windows of downlinks that are planned."""
    for link in world.problem.links:
        for start, end, _ in link.passes:
            yield from world.heard(link.id, start, end)
    for activity in world.problem.activities:
        if activity.drain_Mbit_s:
            for start, end in activity.spans(world.problem.horizon_s):
                if not world.silent(activity.demands, start):
                    yield start, end
