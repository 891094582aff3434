"""What is told of one member: value, new plans, starts that stayed, data, what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.replan.operate import Operation

__all__ = ["NAMES", "figures_of"]

DAY = 86400

#: Names of the figures, in the order of a Dataset; units are those of the nomenclature.
NAMES = (
    "planned_value",
    "done_value",
    "done_count",
    "aborted_count",
    "skipped_count",
    "replan_count",
    "starts_kept",
    "used_energy",
    "delivered_volume",
    "least_charge",
    "lost_time",
    "station_lost",
)


def figures_of(plan: Plan, done: Operation, disruptions: Iterable[Disruption]) -> dict[str, Any]:
    """Figures of a plan in operation.

    Parameters
    ----------
    plan : Plan
        The first plan.
    done : Operation
        What came of it.
    disruptions : iterable of Disruption
        What went wrong.

    Returns
    -------
    dict
        One number for each of `NAMES`: value planned and done [1]; activities done, runs that were stopped, runs that
        were given up, new plans [1]; starts ahead that stayed in new plans, as a share of all of them, 1 without new
        plans [1]; energy that was used [W h]; data sent home [Mbit]; least charge of a battery above its minimum [W h],
        NaN without a battery; time asleep, in safe mode or lost [d]; whether the station was lost [1].
    """
    execution = done.execution
    by_id = execution.problem.by_id
    counts = Counter(run.outcome for run in execution.runs)
    asked, kept = (sum(getattr(new, name) for new in done.replans) for name in ("asked", "kept"))
    planned = sum(by_id[name].worth_at(start) for name, start in plan.starts.items()) / 1000
    return {
        "planned_value": planned,
        "done_value": done.value,
        "done_count": counts["done"],
        "aborted_count": counts["aborted"],
        "skipped_count": counts["skipped"],
        "replan_count": len(done.replans),
        "starts_kept": kept / asked if asked else 1.0,
        "used_energy": sum(one.used_mJ for one in execution.energy.values()) / WATT_HOUR,
        "delivered_volume": sum(one.sent_bit for one in execution.data.values()) / MEGABIT,
        "least_charge": _least_charge(execution),
        "lost_time": _lost(execution, disruptions) / DAY,
        "station_lost": int(execution.lost_s is not None),
    }


def _least_charge(execution: Execution) -> float:
    """Least charge above the minimum of a battery. [W h]"""
    spare = [
        min(execution.charge_mJ[one.id]) - round(one.minimum_Wh * WATT_HOUR)
        for one in execution.problem.batteries
    ]
    return min(spare) / WATT_HOUR if spare else float("nan")


def _lost(execution: Execution, disruptions: Iterable[Disruption]) -> int:
    """Time in which the station slept, stood still in safe mode, or was lost. [s]"""
    end = execution.until_s
    spans = [*execution.asleep, *(one.span(end) for one in disruptions if one.kind == "safe_mode")]
    if execution.lost_s is not None:
        spans.append((execution.lost_s, end))
    total, reached = 0, 0
    for start, finish in sorted(spans):
        total += max(0, finish - max(start, reached))
        reached = max(reached, finish)
    return total
