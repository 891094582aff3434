"""What can be wrong with a planning problem beyond the form of its fields."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from ilrs_science.errors import closest
from ilrs_science.planning.problem.parts import Activity, Battery, Link, Part, Renewable, Storage

__all__ = ["find_faults"]

#: Largest numbers that keep every sum of a plan within 64 bits.
LIMITS = {"horizon_s": 320_000_000, "power": 1e6, "rate": 1e4, "amount": 10**9, "value": 1e9}


def find_faults(
    horizon_s: int, objective: str, activities: Sequence[Activity], resources: Sequence[Part]
) -> list[str]:
    """Every fault of the parts of a problem.

    Parameters
    ----------
    horizon_s : int
        End of the problem. [s]
    objective : str
        ``"value"`` or ``"makespan"``.
    activities : sequence of Activity
        What may be done.
    resources : sequence of Renewable, Battery, Storage, Link
        What is shared.

    Returns
    -------
    list of str
        One line a fault; empty for a sound problem.
    """
    faults = (
        []
        if 0 < horizon_s <= LIMITS["horizon_s"]
        else [f"horizon_s is {horizon_s}; it must be 1 to 320000000 s"]
    )
    faults += [f"two parts share the id {name!r}" for name in _twice([*activities, *resources])]
    for resource in resources:
        faults += [f"{_kind(resource)} {_id(resource)!r}: {text}" for text in _resource_faults(resource)]
    for kind in (Battery, Storage):
        if sum(isinstance(resource, kind) for resource in resources) > 1:
            faults.append(f"more than one {kind.__name__.lower()}; a problem has one at the most")
    amounts = {resource.id: resource for resource in resources if isinstance(resource, Renewable)}
    kinds = {type(resource) for resource in resources}
    names = [activity.id for activity in activities]
    for activity in activities:
        found = [
            *_time_faults(activity, horizon_s),
            *_use_faults(activity, amounts, kinds),
            *_order_faults(activity, names),
        ]
        if objective == "makespan" and not activity.required:
            found.append("is optional; a makespan problem does everything")
        faults += [f"activity {activity.id!r}: {text}" for text in found]
    return faults + _cycle_faults(activities)


def _id(part: Part) -> str:
    return str(getattr(part, "id", ""))


def _kind(part: Part) -> str:
    return type(part).__name__.lower()


def _twice(parts: Sequence[Part]) -> list[str]:
    return [name for name, count in Counter(map(_id, parts)).items() if count > 1]


def _time_faults(activity: Activity, horizon_s: int) -> Iterator[str]:
    length = activity.duration_s
    if length < 0:
        yield f"duration_s is {length}; it must be 0 or more"
        return
    if (
        length > horizon_s and activity.windows != ()
    ):  # without any window it is left out, whatever its length
        yield f"duration_s is {length}, longer than the horizon of {horizon_s} s"
        return
    windows = activity.windows
    reversed_ = [(start, end) for start, end in windows or () if start > end]
    yield from (f"window [{start}, {end}] is reversed" for start, end in reversed_)
    for start, end in windows or ():
        if start <= end and (start < 0 or end > horizon_s):
            yield f"window [{start}, {end}] leaves the horizon [0, {horizon_s}]"
    longest = max((end - start for start, end in activity.spans(horizon_s)), default=0)
    if windows and longest < length and not reversed_:
        yield f"no window holds its {length} s (the longest has {longest} s)"
    elif windows == () and activity.required:
        yield "must be done but has no window"
    elif activity.locked_start is not None and not activity.starts(horizon_s):
        yield f"locked_start {activity.locked_start} is outside its windows"


def _use_faults(activity: Activity, amounts: dict[str, Renewable], kinds: set[type[Part]]) -> Iterator[str]:
    for name, amount in activity.demands.items():
        if name not in amounts:
            near = closest(name, amounts)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            yield f"unknown resource {name!r}{hint} (renewable: {', '.join(sorted(amounts)) or 'none'})"
        elif not 0 <= amount <= LIMITS["amount"]:
            yield f"demand of {name!r} is {amount}; it must be 0 to 10^9"
    if not 0 <= activity.value <= LIMITS["value"]:
        yield f"value is {activity.value:g}; it must be 0 to 10^9"
    if not 0 <= activity.energy_W <= LIMITS["power"]:
        yield f"energy_W is {activity.energy_W:g}; it must be 0 to 10^6 W"
    elif activity.energy_W and Battery not in kinds:
        yield "draws power but the problem has no battery"
    if not 0 <= activity.data_Mbit_s <= LIMITS["rate"]:
        yield f"data_Mbit_s is {activity.data_Mbit_s:g}; it must be 0 to 10^4 Mbit/s"
    elif activity.data_Mbit_s and Storage not in kinds:
        yield "makes data but the problem has no storage"


def _order_faults(activity: Activity, names: Sequence[str]) -> Iterator[str]:
    known = set(names)
    for name in [*(before.after for before in activity.precedences), *activity.exclusions]:
        if name == activity.id:
            yield "names itself as predecessor or exclusion"
        elif name not in known:
            near = closest(name, names)
            yield f"unknown activity {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
    for before in activity.precedences:
        if before.max_lag_s is not None and before.max_lag_s < before.min_lag_s:
            yield f"max_lag_s after {before.after!r} is shorter than min_lag_s"


def _cycle_faults(activities: Sequence[Activity]) -> list[str]:
    graph = {
        activity.id: {before.after for before in activity.precedences} - {activity.id}
        for activity in activities
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"precedences go in a circle: {' after '.join(error.args[1])}"]
    return []


def _resource_faults(resource: Part) -> Iterator[str]:
    match resource:
        case Renewable():
            if not 0 <= resource.capacity <= LIMITS["amount"]:
                yield f"capacity is {resource.capacity}; it must be 0 to 10^9"
            yield from _step_faults("profile", resource.profile, LIMITS["amount"])
        case Battery():
            if not 0 <= resource.minimum_Wh <= resource.initial_Wh <= resource.capacity_Wh:
                yield "needs 0 <= minimum_Wh <= initial_Wh <= capacity_Wh"
            yield from _step_faults("generation", resource.generation, LIMITS["power"])
            yield from _step_faults("load", resource.load, LIMITS["power"])
        case Storage():
            if not 0 <= resource.initial_Mbit <= resource.capacity_Mbit:
                yield "needs 0 <= initial_Mbit <= capacity_Mbit"
        case Link():
            if not 0 <= resource.power_W <= LIMITS["power"]:
                yield f"power_W is {resource.power_W:g}; it must be 0 to 10^6 W"
            for start, end, rate in resource.passes:
                if start > end:
                    yield f"pass [{start}, {end}] is reversed"
                if not 0 <= rate <= LIMITS["rate"]:
                    yield f"rate of pass [{start}, {end}] is {rate:g}; it must be 0 to 10^4 Mbit/s"


def _step_faults(name: str, steps: Sequence[tuple[int, float]], most: float) -> Iterator[str]:
    times = [time for time, _ in steps]
    if any(later <= earlier for earlier, later in itertools.pairwise(times)):
        yield f"times of {name} must increase"
    if any(not 0 <= level <= most for _, level in steps):
        yield f"{name} must lie between 0 and {most:g}"
