"""What can be wrong with a planning problem beyond the form of its fields."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from ilrs_science.errors import closest
from ilrs_science.planning.problem.parts import Activity, Battery, Link, Part, Renewable, Storage

__all__ = ["find_faults", "find_share_faults"]

Stores = dict[type[Part], list[str]]

#: Largest numbers that keep every sum of a plan within 64 bits.
LIMITS = {
    "horizon_s": 320_000_000,
    "power": 1e6,
    "rate": 1e4,
    "amount": 10**9,
    "value": 1e9,
    "store": 1e9,
    "time": 10**9,
}


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
    amounts = {resource.id: resource for resource in resources if isinstance(resource, Renewable)}
    kinds: tuple[type[Part], ...] = (Battery, Storage)
    stores: Stores = {kind: [_id(part) for part in resources if isinstance(part, kind)] for kind in kinds}
    for link in resources:
        if isinstance(link, Link):
            faults += [f"link {link.id!r}: {text}" for text in _end_faults(link, stores)]
    choices = {activity.choice for activity in activities if activity.choice}
    names = [*(activity.id for activity in activities), *choices]
    for activity in activities:
        found = [
            *_time_faults(activity, horizon_s),
            *_use_faults(activity, amounts),
            *_store_faults(activity, stores),
            *_order_faults(activity, names),
        ]
        if objective == "makespan" and activity.optional and activity.locked_start is None:
            found.append("is optional; a makespan problem does everything")
        faults += [f"activity {activity.id!r}: {text}" for text in found]
    return [*faults, *_choice_faults(activities, choices), *_cycle_faults(activities)]


def find_share_faults(shares: Mapping[str, float], objective: str, partners: set[str]) -> list[str]:
    """Every fault of the shares of the partners.

    Parameters
    ----------
    shares : mapping of str to float
        Least share of the value by partner. [1]
    objective : str
        ``"value"`` or ``"makespan"``.
    partners : set of str
        Partners of the activities.

    Returns
    -------
    list of str
        One line a fault.
    """
    faults = (
        ["shares are of the value; a makespan problem has none"] if shares and objective != "value" else []
    )
    for partner, share in shares.items():
        if partner not in partners:
            faults.append(f"shares: no activity of partner {partner!r}{_nearest(partner, partners)}")
        if not 0 <= share <= 1:
            faults.append(f"shares: {share:g} of {partner!r}; it must be 0 to 1")
    if round(sum(shares.values()), 9) > 1:
        faults.append(f"shares: they add up to {sum(shares.values()):g}, more than 1")
    return faults


def _nearest(name: str, known: Iterable[str]) -> str:
    near = closest(name, known)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _id(part: Part) -> str:
    return str(getattr(part, "id", ""))


def _kind(part: Part) -> str:
    return type(part).__name__.lower()


def _twice(parts: Sequence[Part]) -> list[str]:
    return [name for name, count in Counter(map(_id, parts)).items() if count > 1]


def _time_faults(activity: Activity, horizon_s: int) -> Iterator[str]:
    lengths, spans = list(_length_faults(activity, horizon_s)), list(_span_faults(activity, horizon_s))
    yield from (*lengths, *spans)
    if not lengths and not any(start > end for start, end in activity.windows or ()):
        yield from _start_faults(activity, horizon_s)


def _length_faults(activity: Activity, horizon_s: int) -> Iterator[str]:
    length = activity.duration_s
    if length < 0:
        yield f"duration_s is {length}; it must be 0 or more"
    elif length > horizon_s > 0 and activity.windows != ():
        # without any window it is left out, whatever its length
        yield f"duration_s is {length}, longer than the horizon of {horizon_s} s"
    for name in ("warm_up_s", "cool_down_s"):
        if not 0 <= (time := getattr(activity, name)) <= LIMITS["horizon_s"]:
            yield f"{name} is {time}; it must be 0 to 320000000 s"


def _span_faults(activity: Activity, horizon_s: int) -> Iterator[str]:
    for start, end in activity.forbidden:
        if start >= end:
            yield f"forbidden span [{start}, {end}] is empty or reversed"
    for start, end in activity.windows or ():
        if start > end:
            yield f"window [{start}, {end}] is reversed"
        elif horizon_s > 0 and (start < 0 or end > horizon_s):
            yield f"window [{start}, {end}] leaves the horizon [0, {horizon_s}]"


def _start_faults(activity: Activity, horizon_s: int) -> Iterator[str]:
    length, windows = activity.duration_s, activity.windows
    longest = max((end - start for start, end in activity.spans(horizon_s)), default=0)
    if windows and longest < length:
        yield f"no window holds its {length} s (the longest has {longest} s)"
    elif windows == () and activity.required:
        yield "must be done but has no window"
    elif activity.locked_start is not None and not activity.starts(horizon_s):
        yield f"locked_start {activity.locked_start} is {_outside(activity, horizon_s)}"
    elif windows != () and activity.required and not activity.starts(horizon_s):
        yield "must be done but forbidden spans, warm-up and cool-down leave it no start"


def _outside(activity: Activity, horizon_s: int) -> str:
    """What a locked start is outside of."""
    at, length = activity.locked_start or 0, activity.duration_s
    if any(at < closes and at + max(1, length) > opens for opens, closes in activity.forbidden):
        return "in a span that is forbidden to it"
    inside = any(opens <= at and at + length <= closes for opens, closes in activity.spans(horizon_s))
    if inside and (at < activity.warm_up_s or at + length + activity.cool_down_s > horizon_s):
        return "so near the end of the horizon that warm-up or cool-down leave it"
    if activity.windows is None:
        return f"outside the horizon [0, {horizon_s}]: it would run from {at} to {at + length} s"
    return "outside its windows"


def _use_faults(activity: Activity, amounts: dict[str, Renewable]) -> Iterator[str]:
    for name, amount in activity.demands.items():
        if name not in amounts:
            there = ", ".join(sorted(amounts)) or "none"
            yield f"unknown resource {name!r}{_nearest(name, amounts)} (renewable: {there})"
        elif not 0 <= amount <= LIMITS["amount"]:
            yield f"demand of {name!r} is {amount}; it must be 0 to 10^9"
    if not 0 <= activity.value <= LIMITS["value"]:
        yield f"value is {activity.value:g}; it must be 0 to 10^9"
    yield from _step_faults("value_curve", activity.value_curve, 1)


def _store_faults(activity: Activity, stores: Stores) -> Iterator[str]:
    powers = {name: getattr(activity, name) for name in ("energy_W", "warm_up_W", "cool_down_W")}
    for name, watt in powers.items():
        if not 0 <= watt <= LIMITS["power"]:
            yield f"{name} is {watt:g}; it must be 0 to 10^6 W"
    if any(powers.values()) and not stores[Battery]:
        yield "draws power but the problem has no battery"
    rates = {name: getattr(activity, name) for name in ("data_Mbit_s", "drain_Mbit_s")}
    for name, rate in rates.items():
        if not 0 <= rate <= LIMITS["rate"]:
            yield f"{name} is {rate:g}; it must be 0 to 10^4 Mbit/s"
    if any(rates.values()) and not stores[Storage]:
        yield f"{'makes' if activity.data_Mbit_s else 'drains'} data but the problem has no storage"
    if activity.latency_s is not None and activity.latency_s < 0:
        yield f"latency_s is {activity.latency_s}; it must be 0 or more"
    uses: dict[type[Part], bool] = {Battery: any(powers.values()), Storage: any(rates.values())}
    yield from _end_faults(activity, stores, uses)


def _end_faults(
    part: Activity | Link, stores: Stores, uses: dict[type[Part], bool] | None = None
) -> Iterator[str]:
    """Batteries and storages that a part names wrongly, or does not name though there are several."""
    used: dict[type[Part], bool] = uses or {Battery: bool(getattr(part, "power_W", 0)), Storage: True}
    for kind, named in ((Battery, part.battery), (Storage, part.storage)):
        word, known = kind.__name__.lower(), stores[kind]
        if named is not None and named not in known:
            yield f"unknown {word} {named!r}{_nearest(named, known)}"
        elif named is None and used[kind] and len(known) > 1:
            yield f"must say which {word}: {', '.join(known)}"


def _order_faults(activity: Activity, names: Sequence[str]) -> Iterator[str]:
    known = set(names)
    before = [entry.after for entry in activity.precedences]
    for name in [*before, *activity.needs, *activity.exclusions]:
        if name in (activity.id, activity.choice):
            yield "names itself, or the choice it belongs to, as predecessor, need or exclusion"
        elif name not in known:
            yield f"unknown activity {name!r}{_nearest(name, names)}"
    for entry in activity.precedences:
        if entry.max_lag_s is not None and entry.max_lag_s < entry.min_lag_s:
            yield f"max_lag_s after {entry.after!r} is shorter than min_lag_s"
        for name, lag in (("min_lag_s", entry.min_lag_s), ("max_lag_s", entry.max_lag_s)):
            if lag is not None and abs(lag) > LIMITS["horizon_s"]:
                yield f"{name} after {entry.after!r} is {lag}; it must be -320000000 to 320000000 s"


def _choice_faults(activities: Sequence[Activity], choices: set[str]) -> Iterator[str]:
    for name in sorted(choices & {activity.id for activity in activities}):
        yield f"{name!r} is both an activity and a choice"
    for name in sorted(choices):
        optional = {activity.optional for activity in activities if activity.choice == name}
        if len(optional) > 1:
            yield f"choice {name!r}: either all of its activities are optional or none is"


def _cycle_faults(activities: Sequence[Activity]) -> list[str]:
    members: dict[str, list[str]] = {}
    for activity in activities:
        members.setdefault(activity.choice, []).append(activity.id)
    graph = {
        activity.id: {
            name for before in activity.precedences for name in members.get(before.after, [before.after])
        }
        - {activity.id}
        for activity in activities
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"precedences go in a circle: {' after '.join(error.args[1])} (refused whatever the lags)"]
    return []


def _resource_faults(resource: Part) -> Iterator[str]:
    match resource:
        case Renewable():
            if not 0 <= resource.capacity <= LIMITS["amount"]:
                yield f"capacity is {resource.capacity}; it must be 0 to 10^9"
            yield from _step_faults("profile", resource.profile, LIMITS["amount"])
        case Battery():
            yield from _battery_faults(resource)
        case Storage():
            if not 0 <= resource.initial_Mbit <= resource.capacity_Mbit:
                yield "needs 0 <= initial_Mbit <= capacity_Mbit"
            if resource.capacity_Mbit > LIMITS["store"]:
                yield f"capacity_Mbit is {resource.capacity_Mbit:g}; it must be 0 to 10^9 Mbit"
        case Link():
            yield from _link_faults(resource)


def _link_faults(link: Link) -> Iterator[str]:
    if not 0 <= link.power_W <= LIMITS["power"]:
        yield f"power_W is {link.power_W:g}; it must be 0 to 10^6 W"
    for start, end, rate in link.passes:
        if start > end:
            yield f"pass [{start}, {end}] is reversed"
        elif max(-start, end) > LIMITS["time"]:
            yield f"pass [{start}, {end}] must lie between -10^9 and 10^9 s"
        if not 0 <= rate <= LIMITS["rate"]:
            yield f"rate of pass [{start}, {end}] is {rate:g}; it must be 0 to 10^4 Mbit/s"


def _battery_faults(battery: Battery) -> Iterator[str]:
    if not 0 <= battery.minimum_Wh <= battery.initial_Wh <= battery.capacity_Wh:
        yield "needs 0 <= minimum_Wh <= initial_Wh <= capacity_Wh"
    if battery.capacity_Wh > LIMITS["store"]:
        yield f"capacity_Wh is {battery.capacity_Wh:g}; it must be 0 to 10^9 Wh"
    if not 0 <= battery.final_Wh <= battery.capacity_Wh:
        yield "needs 0 <= final_Wh <= capacity_Wh"
    yield from _step_faults("generation", battery.generation, LIMITS["power"])
    yield from _step_faults("load", battery.load, LIMITS["power"])


def _step_faults(name: str, steps: Sequence[tuple[int, float]], most: float) -> Iterator[str]:
    times = [time for time, _ in steps]
    if any(later <= earlier for earlier, later in itertools.pairwise(times)):
        yield f"times of {name} must increase"
    if any(abs(time) > LIMITS["time"] for time in times):
        yield f"times of {name} must lie between -10^9 and 10^9 s"
    if any(not 0 <= level <= most for _, level in steps):
        yield f"{name} must lie between 0 and {most:g}"
