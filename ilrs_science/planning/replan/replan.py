"""A new plan on the way, with a price on every start that moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import require_known
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.judge.certificate import Status
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.remaining import remaining
from ilrs_science.planning.replan.stability import steady
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.solve import solve

__all__ = ["Replan", "replan"]

#: Share of the value of the old plan that all its starts together are worth, where nothing else is said. (assumed)
STEADINESS = 0.01


@dataclass(frozen=True)
class Replan:
    """A new plan on the way."""

    plan: Plan
    """All of it, from what is done to the end; starts after the epoch of the whole problem."""
    status: Status
    """OPTIMAL: no plan is worth more, starts that stay included; FEASIBLE: a plan; else there is none."""
    now_s: int
    """When it was made. [s]"""
    value: float | None
    """Value of what is done, runs and is planned. [1]"""
    bound: float | None
    """No plan from here on has more value together with its starts that stay, proved. [1]"""
    asked: int
    """Starts of the old plan that lay ahead. [1]"""
    kept: int
    """Those of them that stay to the second. [1]"""
    price: float
    """What a start that stays was worth. [1]"""
    runtime: float
    """Wall-clock time that planning took. [s]"""

    @property
    def stability(self) -> float:
        """Share of the starts ahead that stay. [1]"""
        return self.kept / self.asked if self.asked else 1.0

    def __repr__(self) -> str:
        value = "no plan" if self.value is None else f"value {self.value:g}"
        return f"<Replan {self.status}: {value}, {self.kept} of {self.asked} starts stay>"


def replan(
    problem: Problem,
    plan: Plan,
    execution: Execution,
    *,
    disruptions: Iterable[Disruption] = (),
    frozen_until_s: int = 0,
    price: float | None = None,
    time_limit: str = "5 s",
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Replan:
    """Best plan from where an execution has stopped.

    Parameters
    ----------
    problem : Problem
        The whole problem.
    plan : Plan
        The plan until now.
    execution : Execution
        How far it went.
    disruptions : iterable of Disruption
        What is known to be wrong.
    frozen_until_s : int
        Until then activities may be dropped but neither moved nor added. [s]
    price : float, optional
        Value of each start that stays; by default all of them together are worth a hundredth of the old plan. [1]
    time_limit : str
        For the search; little on board.
    seed : int
        Of the search.
    workers : int, optional
        Threads; as many as there are processors by default, eight at the most.
    deterministic : bool
        Give the same plan every time; the time limit then counts the solver's own deterministic seconds.
    progress : callable, optional
        Called with each better plan or bound.
    cancel : callable, optional
        Asked all the time; true ends the search.

    Returns
    -------
    Replan
        The plan holds all that is done and runs; it is empty of other things where none was found. What is done counts
        toward the shares of partners; where they can no longer be kept, they are given up.

    Raises
    ------
    RequestError
        If plan or execution are of another problem, the execution has reached the horizon, or the makespan is sought.
    """
    if problem.objective != "value":
        raise RequestError("replanning seeks value; a makespan problem has none")
    require_known(problem, plan)
    if execution.problem.digest != problem.digest:
        raise RequestError("the execution is of another problem")
    if execution.until_s >= problem.horizon_s:
        raise RequestError("the execution has reached the end of the problem; nothing remains to be planned")
    rest = remaining(problem, plan, execution, disruptions=disruptions, frozen_until_s=frozen_until_s)
    ahead = _ahead(plan, execution)
    old = {name: start - rest.now_s for name, start in ahead.items()}
    worth = sum(problem.by_id[name].worth_at(start) for name, start in ahead.items()) / 1000
    bonus = price if price is not None else STEADINESS * worth / max(1, len(ahead))
    bonus = round(bonus, 3)
    asked = steady(rest.problem, old, bonus)
    locked = {one.id: one.locked_start for one in asked.activities if one.locked_start is not None}
    search = partial(
        solve,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
        first=Plan.of(asked, {name: start for name, start in (old | locked).items() if name in asked.by_id}),
        progress=progress,
        cancel=cancel,
    )
    result = search(asked)
    if result.status == "INFEASIBLE" and asked.shares:
        result = search(asked.replace(shares={}))
    whole = rest.whole(problem, result.plan.starts)
    kept = sum(whole.starts.get(name) == start for name, start in ahead.items())
    found = result.objective is not None
    done = sum(problem.by_id[name].worth_at(start) for name, start in rest.settled.items()) / 1000
    settled = [one for one in asked.activities if one.id in rest.settled or one.id not in problem.by_id]
    going = sum(one.worth for one in settled) / 1000
    return Replan(
        plan=whole,
        status=result.status,
        now_s=rest.now_s,
        value=sum(problem.by_id[name].worth_at(start) for name, start in whole.starts.items()) / 1000
        if found
        else None,
        bound=None if result.bound is None else round(result.bound + done - going, 3),
        asked=len(ahead),
        kept=kept,
        price=bonus,
        runtime=result.runtime,
    )


def _ahead(plan: Plan, execution: Execution) -> dict[str, int]:
    """Starts of the old plan that lie ahead. [s]"""
    state = {run.id: run.outcome for run in execution.runs}
    return {
        name: start
        for name, start in plan.starts.items()
        if start >= execution.until_s and state.get(name, "waiting") == "waiting"
    }
