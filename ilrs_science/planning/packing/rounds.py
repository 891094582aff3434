"""Rounds of ruin and recreate: some activities are taken out, others put in, and what is not worth it is undone.

Schrimpf and others 2000, doi:10.1006/jcph.1999.6413; what is taken out lies close together in time, as in Christiaens
and Vanden Berghe 2020, doi:10.1287/trsc.2019.0914. The same seed gives the same rounds.
"""

from __future__ import annotations

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.planning.packing.facts import Facts
from ilrs_science.planning.packing.placing import alive, fit, limits, place, ready, remove
from ilrs_science.planning.packing.state import State
from ilrs_science.sky.compiled import compiled, compiled_part

__all__ = ["fill", "load", "rounds"]

HOUR = 3600
#: How long after the span of a round what was left out before is tried as well: charge lasts. (assumed) [s]
AFTER = 12 * HOUR
#: Most activities that a round takes out by itself. (measured: 6 to 20 do equally well)
LARGEST = 12


@compiled
def load(known: Facts, state: State, start: Ints) -> None:
    """Place the given starts, -1 for none; nothing is asked."""
    for activity in range(len(start)):
        if state.start[activity] >= 0:
            remove(known, state, activity)
    for activity in range(len(start)):
        if start[activity] >= 0:
            place(known, state, activity, start[activity])


@compiled
def fill(known: Facts, state: State, order: Ints, many: int) -> int:
    """Place the first so many of an order, each as early as it fits; how many were placed."""
    placed = 0
    for index in range(many):
        if state.start[order[index]] < 0:
            placed += _insert(known, state, order[index], 0, 0, known.horizon)
    return placed


@compiled
def rounds(known: Facts, state: State, best: Ints, value: int, many: int, heat: float) -> int:
    """Make many rounds from the plan of the state; the best starts are kept in `best`, and their worth is given.

    A round that loses less than a random amount, `heat` in the mean, is kept as well.
    """
    size = len(known.duration)
    gone, old, order = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    for _ in range(many):
        now = state.sums[0]
        target, begin, end = _aim(known, state)
        out = _ruin(known, state, target, begin, end, gone, old)
        length = _candidates(known, state, target, begin, end, order)
        for index in range(length):
            activity, way = order[index], _draw(state, 4)
            low, high = begin - int(known.held[activity]) - HOUR, end + AFTER
            if activity == target or _draw(state, 8) == 0 or (gone[:out] == activity).any():
                low, high = 0, known.horizon
            if activity == target or _draw(state, 50) > 0:
                _insert(known, state, activity, way, low, high)
        luck = heat * -np.log((1 + _draw(state, 1000000)) / 1000000)
        if state.sums[0] >= now - luck and alive(known, state):
            if state.sums[0] > value:
                value = state.sums[0]
                best[:] = state.start
            continue
        for index in range(length):
            if state.start[order[index]] >= 0:
                remove(known, state, order[index])
        for index in range(out):
            place(known, state, gone[index], old[index])
    return value


@compiled_part
def _draw(state: State, below: int) -> int:
    """A random number from 0 to below - 1 (Marsaglia 2003, xorshift, doi:10.18637/jss.v008.i14)."""
    bits = np.uint64(state.sums[1])
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    state.sums[1] = np.int64(bits)
    return int(np.int64((bits >> np.uint64(11)) % np.uint64(max(1, below))))


@compiled_part
def _insert(known: Facts, state: State, activity: int, way: int, opens: int, closes: int) -> bool:
    """Place an activity between two times early (0), late (1), or early or late from a random span on (2, 3)."""
    if not ready(known, state, activity):
        return False
    earliest, latest = limits(known, state, activity)
    begin, end = known.span_at[activity], known.span_at[activity + 1]
    many = end - begin
    shift = _draw(state, many) if way >= 2 else 0
    if way > 0 and _peaks(known, begin, end) and _draw(state, 4) > 0:
        way, shift = 0, 0
    for turn in range(many):
        step = (turn + shift) % many
        span = end - 1 - step if way == 1 else begin + step
        low = max(earliest, opens, known.span_first[span])
        high = min(latest, closes, known.span_last[span])
        if low <= high:
            at = fit(known, state, activity, low, high, way % 2 == 0)
            if at >= 0:
                place(known, state, activity, at)
                return True
    return False


@compiled_part
def _peaks(known: Facts, begin: int, end: int) -> bool:
    """Whether one start is worth more than all others, such as one that should stay; it is tried first, mostly."""
    lone = end - begin > 1 and known.span_first[begin] == known.span_last[begin]
    return bool(lone and known.span_worth[begin] > known.span_worth[begin + 1])


@compiled_part
def _aim(known: Facts, state: State) -> tuple[int, int, int]:
    """What to make room for (-1: nothing), and between which times."""
    size, target = len(known.duration), -1
    if _draw(state, 4) > 0:
        first = _draw(state, size)
        for step in range(size):
            pick = (first + step) % size
            if state.start[pick] < 0 and known.span_at[pick] < known.span_at[pick + 1]:
                target = pick
                break
    if target < 0:
        middle, wide = _draw(state, known.horizon), HOUR + _draw(state, 24 * HOUR)
        return target, middle - wide, middle + wide
    span = known.span_at[target] + _draw(state, known.span_at[target + 1] - known.span_at[target])
    at = int(known.span_first[span]) + _draw(state, known.span_last[span] - known.span_first[span] + 1)
    wide = _draw(state, 18 * HOUR)
    return target, at - wide, at + int(known.duration[target]) + wide // 3


@compiled_part
def _ruin(known: Facts, state: State, target: int, begin: int, end: int, gone: Ints, old: Ints) -> int:
    """Take out some of what runs between two times, and shares something with the target if there is one."""
    near, found, many = np.empty(len(known.duration), np.int64), 0, 0
    for activity in range(len(known.duration)):
        start = state.start[activity]
        runs = start >= 0 and start < end and start + known.duration[activity] > begin
        if runs and (target < 0 or _shares(known, target, activity)):
            near[found] = activity
            found += 1
    for turn in range(min(1 + _draw(state, LARGEST), found)):
        pick = turn + _draw(state, found - turn)
        near[turn], near[pick] = near[pick], near[turn]
        if state.start[near[turn]] >= 0:
            many = _take_out(known, state, near[turn], gone, old, many)
    return many


@compiled_part
def _take_out(known: Facts, state: State, activity: int, gone: Ints, old: Ints, many: int) -> int:
    """Remove an activity and all that cannot stay without it; noted in `gone`, with their starts in `old`."""
    look = many
    gone[many], old[many] = activity, state.start[activity]
    remove(known, state, activity)
    many += 1
    while look < many:
        for entry in range(known.rely_at[gone[look]], known.rely_at[gone[look] + 1]):
            other = known.rely_of[entry]
            if state.start[other] >= 0:
                gone[many], old[many] = other, state.start[other]
                remove(known, state, other)
                many += 1
        look += 1
    return many


@compiled_part
def _shares(known: Facts, one: int, other: int) -> bool:
    """Whether two activities hold the same resource, draw on the same buffer, or never run together."""
    for entry in range(known.hold_at[one], known.hold_at[one + 1]):
        for second in range(known.hold_at[other], known.hold_at[other + 1]):
            if known.hold_of[entry] == known.hold_of[second]:
                return True
    for entry in range(known.use_at[one], known.use_at[one + 1]):
        for second in range(known.use_at[other], known.use_at[other + 1]):
            if known.use_of[entry] == known.use_of[second]:
                return True
    apart = known.apart_of[known.apart_at[one] : known.apart_at[one + 1]]
    if (apart == other).any():
        return True
    rivals = known.rival_of[known.rival_at[one] : known.rival_at[one + 1]]
    return bool((rivals == other).any())


@compiled_part
def _candidates(known: Facts, state: State, target: int, begin: int, end: int, order: Ints) -> int:
    """What is left out and may run between two times, in a random order of merit, the target first."""
    rule, many = _draw(state, 4), 0
    keys = np.empty(len(order), np.float64)
    for activity in range(len(known.duration)):
        first, last = known.span_at[activity], known.span_at[activity + 1]
        if state.start[activity] >= 0:
            continue
        near = activity == target
        for span in range(first, last):
            near |= known.span_first[span] < end and known.span_last[span] + known.duration[activity] >= begin
        if near and first < last:
            keys[many] = -_merit(known, activity, rule) * (0.4 + _draw(state, 1000) / 1000)
            if activity == target:
                keys[many] = -np.inf
            order[many] = activity
            many += 1
    ranked = np.argsort(keys[:many])
    order[:many] = order[:many][ranked]
    return many


@compiled_part
def _merit(known: Facts, activity: int, rule: int) -> float:
    """Worth (0), worth for its time (1), time (2), or the same for all (3)."""
    worth, length = float(known.span_worth[known.span_at[activity]]), float(known.held[activity] + 600)
    if rule == 0:
        return worth
    if rule == 1:
        return worth / length
    return length if rule == 2 else 1.0
