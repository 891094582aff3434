"""Placing and removing one activity, and looking for a start at which it fits, in compiled code."""

from __future__ import annotations

import numpy as np

from ilrs_science.planning.packing.facts import Facts
from ilrs_science.planning.packing.holding import clash, hold
from ilrs_science.planning.packing.levels import draw, holds
from ilrs_science.planning.packing.state import State
from ilrs_science.sky.compiled import compiled, compiled_part

__all__ = ["alive", "fit", "limits", "place", "ready", "remove"]

#: Starts tried within one span at the most, where only a buffer stands in the way. (assumed)
TRIES = 48


@compiled
def place(known: Facts, state: State, activity: int, start: int) -> None:
    """Let an activity start; nothing is asked."""
    _change(known, state, activity, start, 1)
    state.start[activity] = start


@compiled
def remove(known: Facts, state: State, activity: int) -> None:
    """Take an activity out again."""
    _change(known, state, activity, state.start[activity], -1)
    state.start[activity] = -1


@compiled_part
def _change(known: Facts, state: State, activity: int, start: int, sign: int) -> None:
    for span in range(known.span_at[activity], known.span_at[activity + 1]):
        if known.span_first[span] <= start <= known.span_last[span]:
            state.sums[0] += sign * known.span_worth[span]
            break
    begin = start - known.lead[activity]
    end = begin + known.held[activity]
    if end > begin:
        for entry in range(known.hold_at[activity], known.hold_at[activity + 1]):
            row, amount = known.hold_of[entry], sign * known.hold_amount[entry]
            state.pieces[row] = hold(state.times[row], state.free[row], state.pieces[row], begin, end, amount)
    for phase in range(known.use_at[activity], known.use_at[activity + 1]):
        row = known.use_of[phase]
        state.events[row] = draw(
            state.moments[row],
            state.rate[row],
            state.level[row],
            state.spare[row],
            state.events[row],
            start + known.use_begin[phase],
            start + known.use_end[phase],
            sign * known.use_rate[phase],
            known.size[row],
            known.final[row],
        )


@compiled_part
def alive(known: Facts, state: State) -> bool:
    """Whether every buffer holds."""
    for row in range(len(known.size)):
        last = state.events[row] - 1
        if state.level[row, last] < known.final[row] or state.level[row, : last + 1].min() < 0:
            return False
    return True


@compiled_part
def ready(known: Facts, state: State, activity: int) -> bool:
    """Whether all that must come before or with it is placed, and nothing else of its choice."""
    for entry in range(known.rival_at[activity], known.rival_at[activity + 1]):
        if state.start[known.rival_of[entry]] >= 0:
            return False
    for entry in range(known.must_at[activity], known.must_at[activity + 1]):
        group, found = known.must_of[entry], False
        for member in range(known.group_at[group], known.group_at[group + 1]):
            found |= state.start[known.group_of[member]] >= 0
        if not found:
            return False
    return True


@compiled_part
def limits(known: Facts, state: State, activity: int) -> tuple[int, int]:
    """Earliest and latest start that placed predecessors and followers leave. [s]"""
    earliest, latest = 0, known.horizon
    for entry in range(known.before_at[activity], known.before_at[activity + 1]):
        first = known.before_of[entry]
        if state.start[first] >= 0:
            ended = int(state.start[first] + known.duration[first])
            earliest = max(earliest, int(ended + known.before_least[entry]))
            latest = min(latest, int(ended + known.before_most[entry]))
    for entry in range(known.after_at[activity], known.after_at[activity + 1]):
        follower = known.after_of[entry]
        if state.start[follower] >= 0:
            ended = int(state.start[follower] - known.duration[activity])
            latest = min(latest, int(ended - known.after_least[entry]))
            earliest = max(earliest, int(ended - known.after_most[entry]))
    return earliest, latest


@compiled_part
def fit(known: Facts, state: State, activity: int, low: int, high: int, forward: bool) -> int:  # noqa: FBT001
    """The first start found from low up, or from high down, at which an activity fits; -1 if there is none. [s]"""
    at = low if forward else high
    stride = max(1, (high - low) // TRIES)
    while low <= at <= high:
        other = _hindered(known, state, activity, at, forward)
        if other == at:
            row = _drained(known, state, activity, at)
            if row < 0:
                return at
            other = _next_event(state, row, at, stride if forward else -stride)
        at = other
    return -1


@compiled_part
def _hindered(known: Facts, state: State, activity: int, at: int, forward: bool) -> int:  # noqa: FBT001
    """The start itself if exclusions and demands allow it, else the next start to try."""
    lead, held = known.lead[activity], known.held[activity]
    begin, end = at - lead, at - lead + held
    for entry in range(known.apart_at[activity], known.apart_at[activity + 1]):
        other = known.apart_of[entry]
        if state.start[other] >= 0:
            opens = state.start[other] - known.lead[other]
            closes = opens + known.held[other]
            if max(begin, opens) < min(end, closes):
                return int(closes + lead) if forward else int(opens - held + lead)
    for entry in range(known.hold_at[activity], known.hold_at[activity + 1] if held else 0):
        row, amount = known.hold_of[entry], known.hold_amount[entry]
        when = clash(state.times[row], state.free[row], state.pieces[row], begin, end, amount, forward)
        if when >= 0:
            return int(when + lead) if forward else int(when - held + lead)
    return at


@compiled_part
def _drained(known: Facts, state: State, activity: int, at: int) -> int:
    """The first buffer that cannot give what the activity draws; -1 if all can."""
    first, last = known.use_at[activity], known.use_at[activity + 1]
    while first < last:
        row, after = known.use_of[first], first
        while after < last and known.use_of[after] == row:
            after += 1
        if not holds(
            state.moments[row],
            state.rate[row],
            state.level[row],
            state.spare[row],
            state.events[row],
            known.size[row],
            at,
            known.use_begin[first:after],
            known.use_end[first:after],
            known.use_rate[first:after],
        ):
            return int(row)
        first = after
    return -1


@compiled_part
def _next_event(state: State, row: int, at: int, stride: int) -> int:
    """First event of a buffer at least a stride away, or twice the stride if there is none sooner."""
    moments = state.moments[row, : state.events[row]]
    if stride > 0:
        index = np.searchsorted(moments, at + stride, side="left")
        return int(min(at + 2 * stride, moments[index])) if index < len(moments) else at + 2 * stride
    index = np.searchsorted(moments, at + stride, side="right") - 1
    return int(max(at + 2 * stride, moments[index])) if index >= 0 else at + 2 * stride
