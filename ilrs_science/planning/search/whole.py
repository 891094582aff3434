"""What makes a set of starts whole: predecessors, needs, duties and the shares of the partners."""

from __future__ import annotations

from collections.abc import Mapping

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["led", "score", "whole"]


def score(problem: Problem, starts: Mapping[str, int]) -> int:
    """What a plan is worth: value in thousandths, or minus the makespan; more is better."""
    if problem.objective == "value":
        return sum(problem.by_id[name].worth_at(start) for name, start in starts.items())
    return -max((start + problem.by_id[name].duration_s for name, start in starts.items()), default=0)


def whole(problem: Problem, starts: Mapping[str, int]) -> dict[str, int] | None:
    """The starts without those that cannot stay because of what is missing.

    Parameters
    ----------
    problem : Problem
        The rules.
    starts : mapping of str to int
        Start of each activity that is placed. [s]

    Returns
    -------
    dict of str to int, or None
        Starts that keep predecessors, needs and shares [s]; None if something required is missing.
    """
    return _fair(problem, _closed(problem, starts))


def led(problem: Problem, activity: Activity, starts: Mapping[str, int]) -> bool:
    """Whether every predecessor of an activity is placed."""
    return all(
        any(name in starts for name in problem.members[before.after]) for before in activity.precedences
    )


def _closed(problem: Problem, starts: Mapping[str, int]) -> dict[str, int] | None:
    """The starts without activities whose predecessor or need is missing; None if something required is missing."""
    kept = dict(starts)
    lost = [""]
    while lost:
        lost = [name for name in kept if not _kept(problem, problem.by_id[name], kept)]
        for name in lost:
            del kept[name]
    return kept if all(any(name in kept for name in names) for names in _duties(problem)) else None


def _kept(problem: Problem, activity: Activity, starts: Mapping[str, int]) -> bool:
    needed = all(any(name in starts for name in problem.members[need]) for need in activity.needs)
    return needed and led(problem, activity, starts)


def _duties(problem: Problem) -> list[tuple[str, ...]]:
    """Of each of these groups one must be done."""
    alone = [(activity.id,) for activity in problem.activities if activity.required]
    return alone + [names for names in problem.choices.values() if not problem.by_id[names[0]].optional]


def _fair(problem: Problem, starts: dict[str, int] | None) -> dict[str, int] | None:
    """The starts without what keeps a partner below its share; the least valuable goes first."""
    while starts is not None:
        total = score(problem, starts)
        worth = {name: problem.by_id[name].worth_at(start) for name, start in starts.items()}
        short = {
            partner
            for partner, share in problem.shares.items()
            if 1000 * sum(worth[name] for name in starts if problem.by_id[name].partner == partner)
            < round(1000 * share) * total
        }
        if not short:
            return starts
        rest = [name for name in starts if worth[name] and problem.by_id[name].partner not in short]
        rest = [name for name in rest if not problem.by_id[name].required]
        if not rest:
            return None
        last = min(rest, key=lambda name: (worth[name], name))
        starts = _closed(problem, {name: start for name, start in starts.items() if name != last})
    return None
