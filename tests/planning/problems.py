"""Small problems, a brute-force planner and random problems for the tests of planning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

#: Unit of time of the small problems; 6 W for one tick is 1 Wh. [s]
TICK = 600


def problem(
    *activities: dict[str, Any], resources: tuple[dict[str, Any], ...] = (), **fields: Any
) -> Problem:
    """A problem of a few activities, over 12 ticks unless said otherwise."""
    given = {"epoch": "2031-01-01T00:00:00Z", "horizon_s": 12 * TICK} | fields
    return Problem(activities=list(activities), resources=list(resources), **given)


def activity(name: str, ticks: int = 1, **fields: Any) -> dict[str, Any]:
    """An activity of some ticks."""
    return {"id": name, "duration_s": ticks * TICK, **fields}


def renewable(name: str = "robot", capacity: int = 1, **fields: Any) -> dict[str, Any]:
    """Something to hold."""
    return {"kind": "renewable", "id": name, "capacity": capacity, **fields}


def battery(capacity: float = 10.0, initial: float = 5.0, **fields: Any) -> dict[str, Any]:
    """A battery."""
    return {"kind": "battery", "id": "battery", "capacity_Wh": capacity, "initial_Wh": initial, **fields}


def storage(capacity: float = 600.0, initial: float = 0.0) -> dict[str, Any]:
    """A data store; 1 Mbit/s for one tick is 600 Mbit."""
    return {"kind": "storage", "id": "storage", "capacity_Mbit": capacity, "initial_Mbit": initial}


def link(*passes: tuple[float, float, float], power: float = 0.0) -> dict[str, Any]:
    """A link with passes of (start, end) in ticks and a rate in Mbit/s."""
    spans = [(int(start * TICK), int(end * TICK), rate) for start, end, rate in passes]
    return {"kind": "link", "id": "link", "passes": spans, "power_W": power}


def every_plan(asked: Problem, step: int = TICK) -> Iterator[Plan]:
    """All plans that keep every rule and whose starts are multiples of a step. [s]"""
    choices = [
        [*([] if entry.required else [None]), *range(0, asked.horizon_s - entry.duration_s + 1, step)]
        for entry in asked.activities
    ]
    for starts in product(*choices):
        placed = {
            entry.id: start
            for entry, start in zip(asked.activities, starts, strict=True)
            if start is not None
        }
        plan = Plan.of(asked, placed)
        if not check(asked, plan):
            yield plan


def known_whole(asked: Problem) -> bool:
    """Whether compiled code knows every rule of a problem of value: all but shares and latency."""
    late = any(entry.latency_s is not None for entry in asked.activities)
    return asked.objective == "value" and not asked.shares and not late


def brute_force(asked: Problem, step: int = TICK) -> float | None:
    """Best objective over all plans whose starts are multiples of a step [s]; None if there is no plan."""
    best: float | None = None
    for plan in every_plan(asked, step):
        placed = plan.starts
        value = sum(asked.by_id[name].worth_at(start) for name, start in placed.items()) / 1000
        if asked.objective == "makespan":
            value = -max((entry.end_s for entry in plan.placements), default=0)
        best = value if best is None else max(best, value)
    return best


def _windows(ticks: int) -> st.SearchStrategy[Any]:
    span = st.tuples(st.integers(0, 6 - ticks), st.integers(0, 3)).map(
        lambda pair: (pair[0] * TICK, min(6, pair[0] + ticks + pair[1]) * TICK)
    )
    return st.none() | st.lists(span, min_size=1, max_size=2)


@st.composite
def small_problems(draw: st.DrawFn, *, stores: bool = True) -> Problem:
    """Problems of one to four activities over six ticks with a robot, and a battery and a storage where asked for."""
    activities = []
    for number in range(draw(st.integers(1, 4))):
        ticks = draw(st.integers(1, 3))
        entry = activity(
            f"a{number}",
            ticks,
            windows=draw(_windows(ticks)),
            value=draw(st.integers(0, 9)),
            demands=draw(st.sampled_from([{}, {"robot": 1}, {"robot": 2}])),
        )
        if stores:
            entry["energy_W"] = 6 * draw(st.integers(0, 4))
            entry["data_Mbit_s"] = draw(st.sampled_from([0, 0.5, 1.0]))
        if number and draw(st.booleans()):
            entry["precedences"] = [
                {"after": f"a{number - 1}", "min_lag_s": draw(st.sampled_from([0, TICK]))}
            ]
        elif number and draw(st.booleans()):
            entry["exclusions"] = ["a0"]
        activities.append(entry)
    resources = [renewable(capacity=2, profile=draw(st.sampled_from([[], [(3 * TICK, 1)]])))]
    if stores:
        watts = draw(st.lists(st.sampled_from([0, 6, 12, 24]), min_size=6, max_size=6))
        resources += [
            battery(
                draw(st.integers(4, 8)),
                4,
                minimum_Wh=1,
                generation=[(k * TICK, w) for k, w in enumerate(watts)],
            ),
            storage(900, draw(st.sampled_from([0, 300]))),
            link(
                (2, 3, 1.0), (4, 5, draw(st.sampled_from([0.25, 2.0]))), power=draw(st.sampled_from([0, 6]))
            ),
        ]
    return problem(*activities, resources=tuple(resources), horizon_s=6 * TICK)


@st.composite
def rich_problems(draw: st.DrawFn) -> Problem:
    """Problems of one to four activities over six ticks with everything that :func:`small_problems` leaves out."""
    entries = [_rich(draw, number) for number in range(draw(st.integers(1, 4)))]
    for number, entry in enumerate(entries):
        others = [
            other["id"] for other in entries[:number] if other.get("choice", 1) != entry.get("choice", 2)
        ]
        if others and draw(st.booleans()):
            entry[draw(st.sampled_from(["needs", "exclusions"]))] = [draw(st.sampled_from(others))]
        chosen = [
            name for name in ("one", "two") if name in {other.get("choice") for other in entries[:number]}
        ]
        if chosen and entry.get("choice") not in chosen and draw(st.booleans()):
            entry["precedences"] = [{"after": chosen[0], "max_lag_s": draw(st.sampled_from([None, TICK]))}]
    watts = draw(st.lists(st.sampled_from([0, 6, 12]), min_size=3, max_size=3))
    stores = [
        part | {"id": f"{part['kind']}_{place}"}
        for place in ("base", "orbiter")
        for part in (
            battery(
                draw(st.integers(4, 8)),
                4,
                minimum_Wh=1,
                final_Wh=draw(st.sampled_from([0, 3])),
                generation=[(2 * k * TICK, w) for k, w in enumerate(watts)],
            ),
            storage(900, draw(st.sampled_from([0, 300]))),
        )
    ]
    passes = link(
        (1, 2, 1.0), (4, 5, draw(st.sampled_from([0.25, 2.0]))), power=draw(st.sampled_from([0, 6]))
    )
    home = passes | {"battery": "battery_base", "storage": "storage_base"}
    partners = {entry.get("partner") for entry in entries} - {None}
    shares = {name: draw(st.sampled_from([0, 0.3, 0.5])) for name in sorted(partners)}
    return problem(
        *entries, resources=(renewable(capacity=2), *stores, home), horizon_s=6 * TICK, shares=shares
    )


def _rich(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """One activity with some of the rarer fields."""
    place = draw(st.sampled_from(["base", "orbiter"]))
    entry = activity(
        f"a{number}",
        draw(st.integers(1, 2)),
        value=draw(st.integers(0, 9)),
        demands=draw(st.sampled_from([{}, {"robot": 1}, {"robot": 2}])),
        energy_W=6 * draw(st.integers(0, 2)),
        battery=f"battery_{place}",
        storage=f"storage_{place}",
    )
    if draw(st.booleans()):
        entry |= {"data_Mbit_s": draw(st.sampled_from([0.5, 1.0])), "urgency": draw(st.integers(0, 1))}
        entry["latency_s"] = draw(st.none() | st.integers(0, 3).map(lambda ticks: ticks * TICK))
    elif draw(st.booleans()):
        entry |= {"drain_Mbit_s": 1.0, "value": 0}
    if draw(st.booleans()):
        entry |= {"warm_up_s": TICK // 2, "warm_up_W": draw(st.sampled_from([0.0, 6.0]))}
    if draw(st.booleans()):
        entry |= {"cool_down_s": TICK, "cool_down_W": 3.0}
    if draw(st.booleans()):
        entry["value_curve"] = [(2 * TICK, 0.5), (4 * TICK, draw(st.sampled_from([0.0, 0.8])))]
    if draw(st.booleans()):
        entry["forbidden"] = [(TICK, draw(st.sampled_from([2, 3])) * TICK)]
    if draw(st.booleans()):
        entry["choice"] = draw(st.sampled_from(["one", "two"]))
    if draw(st.booleans()):
        entry["partner"] = draw(st.sampled_from(["cnsa", "esa"]))
    return entry


def in_seconds(asked: Problem) -> Problem:
    """The same problem with ticks of two seconds, and with power and data rates that much higher."""
    faster = TICK // 2

    def squeezed(fields: dict[str, Any]) -> dict[str, Any]:
        return {name: _squeezed(name, value, faster) for name, value in fields.items()}

    fields = asked.model_dump()
    parts = {name: [squeezed(part) for part in fields[name]] for name in ("activities", "resources")}
    return Problem(**{**fields, **parts, "horizon_s": asked.horizon_s // faster})


def _squeezed(name: str, value: Any, faster: int) -> Any:
    if value is None:
        return None
    if name in ("windows", "forbidden"):
        return [(start // faster, end // faster) for start, end in value]
    if name in ("value_curve", "profile"):
        return [(time // faster, level) for time, level in value]
    if name in ("generation", "load"):
        return [(time // faster, watt * faster) for time, watt in value]
    if name == "passes":
        return [(start // faster, end // faster, rate * faster) for start, end, rate in value]
    if name == "precedences":
        return [{part: _squeezed(part, its, faster) for part, its in entry.items()} for entry in value]
    if name.endswith(("Mbit_s", "_W")):
        return value * faster
    if name.endswith("_s") or name == "locked_start":
        return value // faster
    return value
