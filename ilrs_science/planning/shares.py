"""Who gets what of a plan: the value of each partner, and what an even hand costs.

Fairness is the least, over the partners, of the share of the value that a partner has to the share that it is due: 1
where everybody has exactly what is due, 0 where somebody has nothing. The front of value against fairness is found by
asking for more and more fairness, each time for the plan of most value; every point has its proved bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.budget import IMPOSSIBLE, Budget
from ilrs_science.planning.judge.certificate import Status
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:  # tables take a second to import
    import pandas as pd

__all__ = ["FrontPoint", "ShareTradeoff", "fairness", "partner_values", "share_tradeoff"]

#: How fair a plan is asked to be, one search each. (assumed)
FAIRNESS = (0.0, 0.25, 0.5, 0.75, 0.9)
#: No search is begun with less. (assumed) [s]
LEAST_S = 0.2


def partner_values(problem: Problem, plan: Plan) -> dict[str, float]:
    """Value that each partner has of a plan.

    Parameters
    ----------
    problem : Problem
        Where partners and values are looked up.
    plan : Plan
        What is done.

    Returns
    -------
    dict of str to float
        [1], by partner in the order of the problem; activities of nobody are under the empty name.
    """
    found = dict.fromkeys((activity.partner for activity in problem.activities), 0)
    for name, start in plan.starts.items():
        activity = problem.by_id[name]
        found[activity.partner] += activity.worth_at(start)
    return {partner: worth / 1000 for partner, worth in found.items()}


def fairness(problem: Problem, plan: Plan, due: Mapping[str, float]) -> float:
    """Least, over the partners, of the share of the value to the share that is due.

    Parameters
    ----------
    problem : Problem
        Where partners and values are looked up.
    plan : Plan
        What is done.
    due : mapping of str to float
        Share of the value that each partner is due. [1]

    Returns
    -------
    float
        0 to 1; 1 for a plan without value, in which nobody has less than others.
    """
    values = partner_values(problem, plan)
    total = sum(values.values())
    if not total:
        return 1.0
    return min(
        1.0, 1.0, *(values.get(partner, 0.0) / (total * share) for partner, share in due.items() if share)
    )


@dataclass(frozen=True)
class FrontPoint:
    """One plan of the front."""

    asked: float
    """Fairness that was asked for. [1]"""
    plan: Plan | None
    """The best plan that is so fair; None where none was found."""
    value: float | None
    """Its value. [1]"""
    bound: float | None
    """No plan that is so fair has more value, proved; None where there is no such plan. [1]"""
    fairness: float | None
    """Fairness that the plan has. [1]"""
    status: Status = "UNKNOWN"
    """OPTIMAL: proved best; FEASIBLE: a plan; INFEASIBLE: proved that no plan is so fair; UNKNOWN: none found."""

    @property
    def proved(self) -> bool:
        """Whether the point is final: no plan that is so fair is better, or there is none."""
        return self.status == "INFEASIBLE" or (self.value is not None and self.value == self.bound)


@dataclass(frozen=True)
class ShareTradeoff:
    """Value against fairness."""

    problem: Problem
    """What was planned."""
    due: Mapping[str, float]
    """Share of the value that each partner is due. [1]"""
    points: tuple[FrontPoint, ...]
    """In order of the fairness that was asked for."""

    def __repr__(self) -> str:
        parts = ", ".join(
            f"{point.asked:.2g}: {_none(point) if point.value is None else f'{point.value:g}'}"
            for point in self.points
        )
        proved = sum(point.proved for point in self.points)
        return f"<ShareTradeoff fairness: value {parts}; {proved} of {len(self.points)} proved>"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False))

    def to_frame(self) -> pd.DataFrame:
        """Table of the front.

        Returns
        -------
        pandas.DataFrame
            One row a point. Columns ``asked``, ``fairness`` [1], ``status``, ``value``, ``bound`` [1], ``proved``,
            ``cost`` (value that is given up for the fairness) [1], then the share of the value of each partner that is
            due one [1].
        """
        import pandas as pd

        first = self.points[0].value if self.points else None
        rows = []
        for point in self.points:
            row: dict[str, object] = {
                "asked": point.asked,
                "fairness": point.fairness,
                "status": point.status,
                "value": point.value,
                "bound": point.bound,
                "proved": point.proved,
                "cost": None if point.value is None or first is None else first - point.value,
            }
            values = partner_values(self.problem, point.plan) if point.plan else {}
            total = sum(values.values())
            row |= {who: values.get(who, 0.0) / total if total else None for who in self.due}
            rows.append(row)
        columns = ["asked", "fairness", "status", "value", "bound", "proved", "cost", *self.due]
        return pd.DataFrame(rows, columns=columns)


def share_tradeoff(
    problem: Problem,
    *,
    due: Mapping[str, float] | None = None,
    asked: Sequence[float] = FAIRNESS,
    time_limit: str = "60 s",
    seed: int = 0,
    progress: Callable[[FrontPoint], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> ShareTradeoff:
    """Front of value against fairness between the partners.

    Fairness is the least, over the partners, of share that a partner has of the plan's value to share that it is due: 1
    where everybody has what is due, 0 where somebody has nothing.

    Parameters
    ----------
    problem : Problem
        What to plan; its own least shares hold as well.
    due : mapping of str to float, optional
        Share of the value that each partner is due, 1 together at the most [1]; the same for all by default.
    asked : sequence of float
        Fairness of each point, 0 to 1. [1]
    time_limit : str
        For all searches together.
    seed : int
        Of the searches.
    progress : callable, optional
        Called with each point as soon as it is known, and again after a second search.
    cancel : callable, optional
        Asked all the time; true ends the searches.

    Returns
    -------
    ShareTradeoff
        One point for each fairness; a plan that is fairer than asked serves the points before it too.

    Raises
    ------
    RequestError
        If the problem has no partners or no value, or a fairness or share is out of range.
    UnknownNameError
        If a partner has no activity.
    """
    shares = _due(problem, due)
    wanted = sorted(set(asked))
    if not wanted or not all(0 <= one <= 1 for one in wanted):
        raise RequestError("asked: give one fairness at least, each from 0 to 1")
    budget = Budget(time_limit, seed=seed, cancel=cancel)
    found: dict[float, FrontPoint] = {}

    def ask(level: float, most_s: float, first: Plan | None, bound: float | None) -> Plan | None:
        fairer = _fairer(problem, shares, level)
        answer = IMPOSSIBLE
        if fairer is not None:
            answer = budget.ask(fairer, most_s=most_s, first=first, bound=bound)
        had = None if answer.plan is None else fairness(problem, answer.plan, shares)
        found[level] = FrontPoint(level, answer.plan, answer.value, answer.bound, had, answer.status)
        if progress is not None:
            progress(found[level])
        return answer.plan

    first: Plan | None = None
    for number, level in enumerate(reversed(wanted)):  # a fairer plan begins the search for a less fair one
        first = ask(level, budget.left / (len(wanted) - number), first, None) or first
    front = _bounded([found[level] for level in wanted])
    unproved = [point for point in reversed(front) if not point.proved]
    for number, point in enumerate(unproved):  # the time that proved points have left
        if budget.left > LEAST_S:
            ask(point.asked, budget.left / (len(unproved) - number), point.plan or first, point.bound)
    known = {point.asked: point for point in front}
    return ShareTradeoff(
        problem, shares, tuple(_bounded([_better(known[level], found[level]) for level in wanted]))
    )


def _due(problem: Problem, due: Mapping[str, float] | None) -> dict[str, float]:
    partners = list(dict.fromkeys(activity.partner for activity in problem.activities if activity.partner))
    if problem.objective != "value" or not partners:
        raise RequestError("shares need a problem that seeks value and whose activities name their partners")
    if due is None:
        return {partner: 1 / len(partners) for partner in partners}
    for partner, share in due.items():
        if partner not in partners:
            raise UnknownNameError("partner", partner, partners)
        if not 0 <= share <= 1:
            raise RequestError(f"due: {share:g} of {partner!r}; it must be 0 to 1")
    if sum(due.values()) > 1 + 1e-9:
        raise RequestError(f"due: the shares add up to {sum(due.values()):g}, more than 1")
    return dict(due)


def _fairer(problem: Problem, due: Mapping[str, float], level: float) -> Problem | None:
    """The problem with shares in thousandths, rounded down; None if with its own they add up to more than all."""
    least = {partner: int(1000 * share * level) / 1000 for partner, share in due.items()}
    own = problem.shares
    shares = own | {name: max(share, own.get(name, 0.0)) for name, share in least.items()}
    return None if round(sum(shares.values()), 9) > 1 else problem.replace(shares=shares)


def _better(old: FrontPoint, new: FrontPoint) -> FrontPoint:
    """What two searches for one point have found."""
    if new.status == "INFEASIBLE" or old.value is None or (new.value is not None and new.value >= old.value):
        return new
    return replace(old, bound=new.bound if new.bound is not None else old.bound)


def _bounded(points: Sequence[FrontPoint]) -> list[FrontPoint]:
    """Fairer plans are no better than the bound of less fair ones, and there are none where those are impossible."""
    bounded: list[FrontPoint] = []
    ceiling: float | None = None
    impossible = False
    for point in points:
        impossible = impossible or point.status == "INFEASIBLE"
        if impossible:
            bounded.append(replace(point, bound=None, status="INFEASIBLE"))
            continue
        if point.bound is not None:
            ceiling = point.bound if ceiling is None else min(ceiling, point.bound)
        best = point.value is not None and point.value == ceiling
        bounded.append(replace(point, bound=ceiling, status="OPTIMAL" if best else point.status))
    return bounded


def _none(point: FrontPoint) -> str:
    """Why a point has no plan, in a word or two."""
    return "impossible" if point.status == "INFEASIBLE" else "none found"
