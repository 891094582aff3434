"""What is left of the activities of a problem at a moment, counted from that moment.

What is done is gone; what runs is locked with the time that it still takes; what can no longer be done is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Rest"]


@dataclass(frozen=True)
class Rest:
    """A moment of a problem, and what is settled by then; all times are after the epoch of the whole problem."""

    problem: Problem
    """The whole."""
    now: int
    """The moment. [s]"""
    settled: Mapping[str, int]
    """Starts of what is done or runs. [s]"""
    done: Collection[str]
    """Ids of those that have ended."""
    until: int
    """What is left must end by then, its cool-down too. [s]"""
    earliest: int = 0
    """Nothing new starts before. [s]"""
    pinned: Mapping[str, int] = field(default_factory=dict)
    """Starts that must not move, though they may be dropped. [s]"""

    def activities(self) -> tuple[Activity, ...]:
        """What is left, each activity with the windows in which it still can be done."""
        going = [
            entry
            for name, start in self.settled.items()
            if (entry := self._going(self.problem.by_id[name], start))
        ]
        spans = self._possible()
        stay = {*spans, *(entry.id for entry in going)}
        running = {entry.id: entry for entry in going}
        return tuple(
            self._clean(running.get(activity.id) or self._open(activity, spans[activity.id]), stay)
            for activity in self.problem.activities
            if activity.id in stay
        )

    def _possible(self) -> dict[str, list[tuple[int, int]]]:
        """Windows of what still can be done: none of its choice is settled, and what it follows and needs can be."""
        chosen = {activity.choice for activity in map(self.problem.by_id.__getitem__, self.settled)} - {""}
        found = {
            activity.id: spans
            for activity in self.problem.activities
            if activity.id not in self.settled
            and activity.choice not in chosen
            and (spans := list(self._spans(activity)))
        }
        while lost := [name for name in found if not self._accompanied(self.problem.by_id[name], found)]:
            for name in lost:
                del found[name]
        return found

    def _accompanied(self, activity: Activity, found: Mapping[str, object]) -> bool:
        """Whether what it follows and what it needs is settled or can still be done."""
        names = [*(before.after for before in activity.precedences), *activity.needs]
        return all(
            any(member in self.settled or member in found for member in self.problem.members[name])
            for name in names
        )

    def _spans(self, activity: Activity) -> Iterator[tuple[int, int]]:
        """Windows that hold it from now on, after what has ended, at its start where that is pinned. [s]"""
        earliest, latest = max(self.earliest, self.now + activity.warm_up_s), self.until
        if activity.id in self.pinned:
            earliest = latest = max(self.pinned[activity.id], self.now + activity.warm_up_s)
        if activity.locked_start is not None and activity.locked_start >= self.now:
            earliest, latest = max(earliest, activity.locked_start), min(latest, activity.locked_start)
        for before in activity.precedences:
            for name in self.problem.members[before.after]:
                if name in self.settled:
                    ended = self.settled[name] + self.problem.by_id[name].duration_s
                    earliest = max(earliest, ended + before.min_lag_s)
                    if before.max_lag_s is not None:
                        latest = min(latest, ended + before.max_lag_s)
        length, close = activity.duration_s, self.until - activity.cool_down_s
        for opens, closes in activity.spans(self.problem.horizon_s):
            begin, end = max(opens, earliest), min(closes, latest + length, close)
            if end - begin >= length:
                yield begin - self.now, end - self.now

    def _going(self, activity: Activity, start: int) -> Activity | None:
        """What still runs or cools down: locked, for the time that it still takes."""
        end = start + activity.duration_s
        done = activity.id in self.done
        cool = max(0, end + activity.cool_down_s - self.now) if done else activity.cool_down_s
        if done and not cool:
            return None
        return activity.model_copy(
            update={
                "windows": None,
                "forbidden": (),
                "duration_s": 0 if done else max(1, end - max(start, self.now)),
                "warm_up_s": max(0, start - self.now),
                "cool_down_s": cool,
                "locked_start": max(0, start - self.now),
                "value": 0.0 if done else activity.worth_at(start) / 1000,
                "value_curve": (),
                "latency_s": None,
                "choice": "",
                "precedences": (),
                "needs": (),
            }
        )

    def _open(self, activity: Activity, spans: list[tuple[int, int]]) -> Activity:
        """What is still to be done, in the spans that are left."""
        lock = activity.locked_start
        return activity.model_copy(
            update={
                "windows": tuple(spans),
                "forbidden": tuple(
                    (max(0, opens - self.now), closes - self.now)
                    for opens, closes in activity.forbidden
                    if closes > self.now
                ),
                "locked_start": None if lock is None or lock < self.now else lock - self.now,
                "value_curve": _shifted(activity.value_curve, self.now),
            }
        )

    def _clean(self, activity: Activity, stay: Collection[str]) -> Activity:
        """The activity without references to what is settled or left out."""
        members = self.problem.members

        def met(name: str) -> bool:
            return any(member in self.settled for member in members[name])

        changes: dict[str, Any] = {
            "precedences": tuple(one for one in activity.precedences if not met(one.after)),
            "needs": tuple(name for name in activity.needs if not met(name)),
            "exclusions": tuple(
                dict.fromkeys(
                    member for name in activity.exclusions for member in members[name] if member in stay
                )
            ),
        }
        return activity.model_copy(update=changes)


def _shifted(curve: tuple[tuple[int, float], ...], now: int) -> tuple[tuple[int, float], ...]:
    """A value curve counted from a moment. [s]"""
    past = [level for time, level in curve if time <= now]
    later = [(time - now, level) for time, level in curve if time > now]
    return tuple([(0, past[-1]), *later] if past else later)
