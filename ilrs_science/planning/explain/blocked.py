"""What blocks each start of an activity while the rest of the plan stays where it is. No solver is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from ilrs_science.planning.explain.names import listed, moment
from ilrs_science.planning.explain.obstacle import Obstacle
from ilrs_science.planning.explain.obstacles import obstacles
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.judge.never import no_start
from ilrs_science.planning.model.margins import Spans
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Blocked", "Share", "blocked", "blocked_in"]


class Share(NamedTuple):
    """What one rule or resource blocks."""

    rule: Rule
    """The rule."""
    resource: str
    """Id of the resource, if it is one."""
    share: float
    """Share of the allowed starts that it blocks. [1]"""
    alone: float
    """Share that nothing else blocks. [1]"""
    by: tuple[str, ...]
    """Ids of the activities in the way, the foremost first."""

    @property
    def what(self) -> str:
        """The resource, or the rule where it is none or another than how much there is at a time."""
        if self.rule in (Rule.FINAL_CHARGE, Rule.LATENCY):
            return f"{str(self.rule).replace('_', ' ')} of {self.resource}"
        return self.resource or f"the {self.rule} rule"

    def told(self) -> str:
        """The share with those in the way, in words."""
        return f"{self.share:.0%}" + (f" ({listed(self.by, 2)})" if self.by else "")


@dataclass(frozen=True)
class Blocked:
    """Every allowed start of an activity: free, or blocked by what."""

    activity: str
    """Id of the activity."""
    allowed: tuple[tuple[int, int], ...]
    """First and last start of each span that windows, horizon and lock allow. [s]"""
    free: tuple[tuple[int, int], ...]
    """First and last start of each span that nothing blocks. [s]"""
    obstacles: tuple[Obstacle, ...]
    """What blocks, in order of the first start; they may overlap."""
    tally: tuple[Share, ...] = field(repr=False)
    """What each rule and resource blocks, the most first."""
    problem: Problem = field(compare=False, repr=False)
    """Where the activity is from."""

    @property
    def summary(self) -> str:
        """All of it in one sentence."""
        return f"{self.activity}: {self.told()}"

    def told(self, *, done: bool = False) -> str:
        """The same without the name, of something that is left out or done."""
        if not self.allowed:
            why = no_start(self.problem.by_id[self.activity], self.problem.horizon_s)
            return f"no start is possible: {why}"
        if self.free:
            first = moment(self.problem, self.free[0][0])
            share = _count(self.free) / _count(self.allowed)
            could = "could also start" if done else "could start"
            return f"{could} at {first}; {share:.1%} of its starts are free"
        parts = ", ".join(f"{one.what} blocks {one.told()}" for one in self.tally[:3])
        return f"no start is free: {parts}"

    @property
    def shares(self) -> pd.DataFrame:
        """Table of what each rule and resource blocks: ``rule``, ``resource``, ``share``, ``alone`` [1], ``by``."""
        return pd.DataFrame(self.tally, columns=list(Share._fields))

    def __repr__(self) -> str:
        return f"<Blocked {self.summary}>"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False))

    def to_frame(self) -> pd.DataFrame:
        """Table of what blocks which starts.

        Returns
        -------
        pandas.DataFrame
            In order of start. Columns ``first``, ``last`` (UTC, both blocked), ``hours`` from one to the other [h],
            ``rule``, ``resource``, ``by`` (ids of those in the way), ``reason``.
        """
        rows = [
            {
                "first": self.problem.time(one.first_s),
                "last": self.problem.time(one.last_s),
                "hours": (one.last_s - one.first_s) / 3600,
                "rule": str(one.rule),
                "resource": one.resource or "",
                "by": ", ".join(one.by),
                "reason": one.reason,
            }
            for one in self.obstacles
        ]
        return pd.DataFrame(rows, columns=["first", "last", "hours", "rule", "resource", "by", "reason"])


def blocked(problem: Problem, plan: Plan, name: str) -> Blocked:
    """What blocks each start of an activity while the others stay where they are.

    An activity that is done is looked at as if it were taken out.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done.
    name : str
        Id of the activity.

    Returns
    -------
    Blocked
        Spans of starts that are free, and what blocks the others.
    """
    return blocked_in(Scene(problem, plan), name)


def blocked_in(scene: Scene, name: str) -> Blocked:
    """What blocks each start of an activity in a scene, see :func:`blocked`."""
    scene = scene.without(name)
    activity = scene.problem.by_id[name]
    allowed = activity.starts(scene.problem.horizon_s)
    found = obstacles(scene, activity)
    free, tally = _tally(allowed, found)
    return Blocked(name, tuple(allowed), tuple(free), tuple(found), tally, scene.problem)


def _tally(allowed: Spans, found: list[Obstacle]) -> tuple[Spans, tuple[Share, ...]]:
    """Free spans, and what each rule and resource blocks, by itself and together with others."""
    keys = list(dict.fromkeys((one.rule, one.resource or "") for one in found))
    spans = allowed + [(one.first_s, one.last_s) for one in found]
    edges = np.unique(np.array([(first, last + 1) for first, last in spans], dtype=np.int64))
    possible = np.zeros(max(0, len(edges) - 1), dtype=bool)
    for first, last in allowed:
        possible[edges.searchsorted(first) : edges.searchsorted(last + 1)] = True
    met = np.zeros((len(keys), len(possible)), dtype=bool)
    by: dict[tuple[Rule, str], Counter[str]] = {key: Counter() for key in keys}
    for one in found:
        key = (one.rule, one.resource or "")
        met[keys.index(key), edges.searchsorted(one.first_s) : edges.searchsorted(one.last_s + 1)] = True
        for rank, other in enumerate(one.by):
            by[key][other] += (one.last_s - one.first_s + 1) // (rank + 1)
    width, count = np.diff(edges), met.sum(axis=0)
    total = max(1, int(width[possible].sum()))
    shares = (met @ width / total).tolist()
    alone = (met[:, count == 1] @ width[count == 1] / total).tolist()
    rows = [
        Share(*key, share, only, tuple(name for name, _ in by[key].most_common()))
        for key, share, only in zip(keys, shares, alone, strict=True)
    ]
    return _spans(edges, possible & (count == 0)), tuple(
        sorted(rows, key=lambda row: (-row.share, -row.alone))
    )


def _spans(edges: np.ndarray, free: np.ndarray) -> Spans:
    marks = np.diff(np.concatenate([[False], free, [False]]).astype(np.int8))
    begins, ends = edges[np.flatnonzero(marks == 1)], edges[np.flatnonzero(marks == -1)]
    return [(int(begin), int(end) - 1) for begin, end in zip(begins, ends, strict=True)]


def _count(spans: tuple[tuple[int, int], ...]) -> int:
    return sum(last - first + 1 for first, last in spans)
