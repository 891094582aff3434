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
        worth = {name: problem.by_id[name].worth_at(start) for name, start in starts.items()}
        excess = _excess(problem, worth)
        if not excess:
            return starts
        rest = [name for name in starts if worth[name] and problem.by_id[name].partner not in excess]
        rest = [name for name in rest if not problem.by_id[name].required]
        if not rest:
            return None
        gone: set[str] = set()
        kept = _carrying(problem, [name for name in starts if problem.by_id[name].partner in excess], starts)
        for name in sorted(rest, key=lambda name: (name in kept, worth[name], name)):
            gone.add(name)  # half of what must go, since others go with it
            if 2 * sum(worth[one] for one in gone) >= max(excess.values()):
                break
        starts = _closed(problem, {name: start for name, start in starts.items() if name not in gone})
    return None


def _carrying(problem: Problem, names: list[str], starts: Mapping[str, int]) -> set[str]:
    """Ids of what is placed without which some activities could not stay, directly or by another."""
    found: set[str] = set()
    while names:
        activity = problem.by_id[names.pop()]
        for name in (*(before.after for before in activity.precedences), *activity.needs):
            more = [one for one in problem.members[name] if one in starts and one not in found]
            found.update(more)
            names += more
    return found


def _excess(problem: Problem, worth: Mapping[str, int]) -> dict[str, float]:
    """Value that the plan has beyond what a partner's own allows, for partners below their shares. [0.001]"""
    total = sum(worth.values())
    found = {}
    for partner, share in problem.shares.items():
        own = sum(value for name, value in worth.items() if problem.by_id[name].partner == partner)
        if 1000 * own < round(1000 * share) * total:
            found[partner] = total - own / max(1e-9, share)
    return found
