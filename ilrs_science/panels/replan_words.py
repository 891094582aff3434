"""Operations, faults and ensembles in tables and sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from ilrs_science.figures.operating import MODE_WORDS
from ilrs_science.panels import controls
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.problem.parts import WATT_HOUR

if TYPE_CHECKING:
    import xarray as xr

    from ilrs_science.planning.problem.problem import Problem
    from ilrs_science.planning.replan.operate import Operation

__all__ = ["faults_table", "lives_table", "members_table", "moment_sentence", "reasons_table"]

_MOST = 8
"""Rows of a table of reasons or faults. [1]"""


def _when(problem: Problem, second: float) -> str:
    return str(problem.time(round(second)).astype("datetime64[m]")).replace("T", " ")


def faults_table(model: Any) -> str:
    """What is wrong, when, and what it hits.

    Parameters
    ----------
    model : ReplanModel
        Whose faults are told.

    Returns
    -------
    str
        HTML.
    """
    problem, faults = model.problem, model.faults
    if not faults:
        return controls.hint("Nothing goes wrong.")
    rows = [
        (
            one.label,
            _when(problem, one.start_s),
            "for good" if one.end_s is None else f"{(one.end_s - one.start_s) / 3600:.1f}",
            ", ".join(one.resources) or "all",
            _how_badly(one),
        )
        for one in faults[:_MOST]
    ]
    drawn = "" if model.drawn is None else f", drawn with seed {model.drawn}"
    first = f" (first {_MOST} of {len(faults)})" if len(faults) > _MOST else ""
    columns = ("Disruption", "From [UTC]", "Lasts [h]", "Hits", "How badly")
    return controls.table(f"What goes wrong{drawn}{first}", columns, rows, numbers=columns[1:3])


def _how_badly(one: Disruption) -> str:
    if one.kind in ("array_loss", "dust"):
        return f"{100 * one.share:.3g} % of the power"
    return f"{one.power_W:.3g} W more" if one.kind == "extra_load" else ""


def lives_table(model: Any) -> str:
    """What came of each way to go on, as a table.

    Parameters
    ----------
    model : ReplanModel
        What was executed.

    Returns
    -------
    str
        HTML.
    """
    planned = model.result.objective
    numbers = (
        "Value [points]", "Of the plan [%]", "Done", "Late", "Stopped", "Skipped", "New plans", "Starts kept [%]",
        "Least charge [Wh]", "Asleep [h]",
    )  # fmt: skip
    rows = [(MODE_WORDS[mode], *_numbers(life, planned, model.problem)) for mode, life in model.lives.items()]
    return controls.table("Three ways to go on", ("Way", *numbers), rows, numbers=numbers)


def _numbers(life: Operation, planned: float, problem: Problem) -> tuple[str, ...]:
    ran = life.execution
    counts = Counter(run.outcome for run in ran.runs)
    late = sum(run.outcome == "done" and (run.start_s or 0) > run.planned_s for run in ran.runs)
    asked, kept = (sum(getattr(new, name) for new in life.replans) for name in ("asked", "kept"))
    spare = [
        (min(ran.charge_mJ[one.id]) - round(one.minimum_Wh * WATT_HOUR)) / WATT_HOUR
        for one in problem.batteries
    ]
    slept = sum(end - start for start, end in ran.asleep) / 3600
    return (
        f"{life.value:g}",
        f"{100 * life.value / planned:.0f}" if planned else "–",
        str(counts["done"]),
        str(late),
        str(counts["aborted"]),
        str(counts["skipped"]),
        str(len(life.replans)),
        f"{100 * kept / asked:.0f}" if asked else "–",
        f"{min(spare):.0f}" if spare else "–",
        f"{slept:.1f}",
    )


def reasons_table(life: Operation) -> str:
    """What was stopped or skipped, and why.

    Parameters
    ----------
    life : Operation
        What came of a plan.

    Returns
    -------
    str
        HTML.
    """
    ran, failed = life.execution, life.execution.failed
    if not failed:
        return controls.hint("Nothing was stopped or skipped.")
    again = {run.id for run in ran.runs if run.outcome == "done"}
    words = {"aborted": "stopped", "skipped": "skipped"}
    rows = [
        (
            run.id,
            _when(ran.problem, run.planned_s),
            words[run.outcome],
            run.reason,
            "yes" if run.id in again else "no",
        )
        for run in failed[:_MOST]
    ]
    rest = f" (first {_MOST} of {len(failed)})" if len(failed) > _MOST else ""
    columns = ("Session", "Planned [UTC]", "Outcome", "Reason", "Done another time")
    return controls.table(f"Stopped or skipped{rest}", columns, rows, numbers=columns[1:2])


def moment_sentence(life: Operation, second: int) -> str:
    """How an execution stands at a moment.

    Parameters
    ----------
    life : Operation
        What came of a plan.
    second : int
        After the epoch. [s]

    Returns
    -------
    str
        A sentence.
    """
    ran, by_id = life.execution, life.execution.problem.by_id
    done = [run for run in ran.runs if run.outcome == "done" and (run.end_s or 0) <= second]
    value = sum(by_id[run.id].worth_at(run.start_s or 0) for run in done) / 1000
    running = [
        run.id
        for run in ran.runs
        if run.start_s is not None and run.start_s <= second < (run.end_s or second + 1)
    ]
    failed = sum((run.planned_s if run.start_s is None else run.end_s or 0) <= second for run in ran.failed)
    plans = sum(new.now_s <= second for new in life.replans)
    running_words = f"running {', '.join(running)}" if running else "nothing runs"
    return (
        f"{_when(ran.problem, second)} UTC: {len(done)} done, value {value:g}; {running_words}; "
        f"{failed} stopped or skipped; {plans} new plan{'' if plans == 1 else 's'}."
    )


def members_table(members: xr.Dataset) -> str:
    """Quantiles of the science return of an ensemble, by who makes new plans.

    Parameters
    ----------
    members : xarray.Dataset
        As `ilrs_science.ensemble` gives it.

    Returns
    -------
    str
        HTML.
    """
    numbers = (
        "Members", "Mean [points]", "10 % [points]", "Median [points]", "90 % [points]", "New plans, mean",
        "Starts kept [%]", "Lost [d]",
    )  # fmt: skip
    rows = []
    for mode in members["mode"].values:
        part = members.sel(mode=mode)
        values = part["done_value"].values
        values = values[np.isfinite(values)]
        if not len(values):
            continue
        quantiles = np.quantile(values, [0.1, 0.5, 0.9])
        rows.append(
            (
                MODE_WORDS[str(mode)],
                str(len(values)),
                f"{values.mean():.4g}",
                *(f"{one:.4g}" for one in quantiles),
                f"{float(part['replan_count'].mean()):.1f}",
                f"{100 * float(part['starts_kept'].mean()):.0f}",
                f"{float(part['lost_time'].mean()):.2g}",
            )
        )
    return controls.table("Science return", ("Way", *numbers), rows, numbers=numbers)
