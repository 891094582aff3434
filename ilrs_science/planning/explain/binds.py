"""Which resource would pay most if there were more of it: each is increased and the plan is searched anew.

Nothing is guessed from prices of a relaxed problem. A gain that was found is a plan; that there is no more to gain is a
bound. Where both meet, the gain is exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.judge.certificate import objective_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Battery, Link, Renewable, Resource, Storage
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Binding", "Gain", "increases", "what_binds"]


@dataclass(frozen=True)
class Gain:
    """What more of one resource would pay."""

    resource: str
    """Id of the resource."""
    change: str
    """What was increased, and by how much."""
    gain: float | None
    """Value [1] or time [s] that the best plan found gains over the present one; None where nothing was searched."""
    sure: float
    """Part of it that no plan without the increase can have, proved. [as gain]"""
    most: float | None
    """No plan gains more, proved; None where nothing is known. [as gain]"""
    answer: Answer = field(repr=False)
    """The best plan found with the increase."""

    @property
    def proved(self) -> bool:
        """Whether the gain is exact."""
        return self.gain is not None and self.gain == self.most


@dataclass(frozen=True)
class Binding:
    """What more of each resource would pay, the most first."""

    gains: tuple[Gain, ...]
    """By gain found, then by what could be gained at the most."""

    @property
    def summary(self) -> str:
        """The answer in a sentence."""
        paying = [f"{one.resource} {one.change} pays {one.gain:g}" for one in self.gains if one.gain]
        if paying:
            return listed(paying)
        if all(one.most == 0 for one in self.gains):
            return "more of any one resource pays nothing (proved)"
        return "no increase is known to pay"

    def __repr__(self) -> str:
        return f"<Binding {self.summary}>"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False))

    def to_frame(self) -> pd.DataFrame:
        """Table of the gains.

        Returns
        -------
        pandas.DataFrame
            Columns ``resource``, ``change``, ``gain`` (found), ``sure`` (no plan without the increase has it), ``most``
            (upper bound) [1 or s], ``proved``, ``time_s`` [s].
        """
        columns = ["resource", "change", "gain", "sure", "most", "proved", "time_s"]
        rows = [
            (one.resource, one.change, one.gain, one.sure, one.most, one.proved, one.answer.time_s)
            for one in self.gains
        ]
        return pd.DataFrame(rows, columns=columns).astype({"gain": float, "sure": float, "most": float})


def increases(problem: Problem, more: float = 0.1) -> Iterator[tuple[str, str, Problem]]:
    """Each resource increased, one at a time.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    more : float
        Share by which each is increased; renewable resources by one at the least, and only where there are any. [1]

    Yields
    ------
    (str, str, Problem)
        Id of the resource, what was increased in words, and the problem.
    """
    for resource in problem.resources:
        for change, increased in _increased(resource, more):
            others = tuple(increased if one.id == resource.id else one for one in problem.resources)
            yield resource.id, change, problem.replace(resources=others)


def _increased(resource: Resource, more: float) -> Iterator[tuple[str, Resource]]:
    times = 1 + more
    match resource:
        case Renewable():
            steps = [(0, resource.capacity), *resource.profile]
            grown = [
                (time, amount + math.ceil(round(more * amount, 9)) if amount else 0) for time, amount in steps
            ]
            most = max(range(len(steps)), key=lambda index: steps[index][1])
            change = f"from {steps[most][1]} to {grown[most][1]}"
            yield change, resource.model_copy(update={"capacity": grown[0][1], "profile": tuple(grown[1:])})
        case Battery():
            large = round(times * resource.capacity_Wh, 3)
            yield f"capacity +{more:.0%}", resource.model_copy(update={"capacity_Wh": large})
            strong = tuple((time, round(times * watt, 3)) for time, watt in resource.generation)
            if any(watt > 0 for _, watt in strong):
                yield f"generation +{more:.0%}", resource.model_copy(update={"generation": strong})
        case Storage():
            large = round(times * resource.capacity_Mbit, 6)
            yield f"capacity +{more:.0%}", resource.model_copy(update={"capacity_Mbit": large})
        case Link():
            fast = tuple((start, end, round(times * rate, 6)) for start, end, rate in resource.passes)
            if fast:
                yield f"rate +{more:.0%}", resource.model_copy(update={"passes": fast})


def what_binds(
    problem: Problem,
    plan: Plan,
    budget: Budget,
    *,
    bound: float | None = None,
    more: float = 0.1,
    resources: Iterable[str] | None = None,
    progress: Callable[[Gain], None] | None = None,
) -> Binding:
    """Which resource would pay most if there were more of it.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        The present plan.
    budget : Budget
        Time for all searches, shared evenly; what one leaves goes to the next.
    bound : float, optional
        No plan of the problem is better than this.
    more : float
        Share by which each resource is increased; renewable resources by one at the least. [1]
    resources : iterable of str, optional
        Ids of the resources to look at; all by default.
    progress : callable, optional
        Called with each gain as soon as it is known.

    Returns
    -------
    Binding
        The most rewarding first.

    Raises
    ------
    UnknownNameError
        If there is no such resource.
    RequestError
        If there is no plan to begin with, or the increase is not above zero.
    """
    if not plan.placements:
        raise RequestError("there is no plan of which to say what binds it")
    if not 0 < more < 100:
        raise RequestError(f"the increase of {more:g} must be above 0 and below 100; 0.1 is a tenth more")
    asked = _asked(problem, resources)
    questions = [one for one in increases(problem, more) if one[0] in asked]
    gains = []
    for number, (name, change, increased) in enumerate(questions):
        share = budget.left / (len(questions) - number)
        answer = budget.ask(increased, most_s=share, first=plan)
        gains.append(_gain(problem, plan, bound, name, change, answer))
        if progress is not None:
            progress(gains[-1])
    gains.sort(key=lambda one: (-(one.gain or 0), -math.inf if one.most is None else -one.most))
    return Binding(tuple(gains))


def _asked(problem: Problem, resources: Iterable[str] | None) -> set[str]:
    known = [resource.id for resource in problem.resources]
    if resources is None:
        return set(known)
    names = [resources] if isinstance(resources, str) else list(resources)
    for name in names:
        if name not in known:
            raise UnknownNameError("resource", name, known)
    return set(names)


def _gain(problem: Problem, plan: Plan, bound: float | None, name: str, change: str, answer: Answer) -> Gain:
    sign = 1 if problem.objective == "value" else -1
    now = objective_of(problem, plan)
    gain = None if answer.value is None else max(0.0, round(sign * (answer.value - now), 3))
    most = None if answer.bound is None else max(0.0, round(sign * (answer.bound - now), 3))
    known = answer.value is not None and bound is not None
    sure = max(0.0, round(sign * ((answer.value or 0) - (bound or 0)), 3)) if known else 0.0
    return Gain(name, change, gain, sure, most, answer)
