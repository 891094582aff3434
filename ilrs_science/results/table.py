"""Plan table: what is done and what is left out, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from ilrs_science.figures.campaign import possible_windows
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.planning.explain.reasons import left_out_reasons
from ilrs_science.results.label import label_of, sessions_of

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.result import PlanResult

__all__ = ["left_out_table", "plan_table", "summary_table"]


def plan_table(campaign: Campaign, result: PlanResult) -> pd.DataFrame:
    """Each session that is done.

    Parameters
    ----------
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.

    Returns
    -------
    pandas.DataFrame
        In order of start. Columns ``id``, ``experiment`` (as `label_of` names it), ``start``, ``end`` (UTC),
        ``hours`` [h], ``power`` [W], ``data`` [Mbit], ``value`` [points].
    """
    rows = []
    for placed in result.plan.placements:
        activity = campaign.problem.by_id[placed.id]
        rows.append(
            {
                "id": placed.id,
                "experiment": label_of(campaign, placed.id),
                "start": campaign.problem.time(placed.start_s),
                "end": campaign.problem.time(placed.end_s),
                "hours": activity.duration_s / 3600,
                "power": activity.energy_W,
                "data": activity.data_Mbit_s * activity.duration_s,
                "value": activity.worth_at(placed.start_s) / 1000,
            }
        )
    columns = ["id", "experiment", "start", "end", "hours", "power", "data", "value"]
    return pd.DataFrame(rows, columns=columns)


def summary_table(campaign: Campaign, result: PlanResult) -> pd.DataFrame:
    """Each experiment: how many of its sessions are done, and what they bring.

    Parameters
    ----------
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.

    Returns
    -------
    pandas.DataFrame
        In the order of the campaign. Columns ``id``, ``experiment`` (name), ``wanted``, ``done`` (sessions),
        ``window_h`` in which it is possible [h], ``value`` gained [points], ``reason`` why the first session that is
        left out is so; empty where none is.
    """
    known = {one.id for one in campaign.experiments}
    done = Counter(experiment_of(name, known) for name in sessions_of(result.plan.starts, known))
    worth: defaultdict[str, int] = defaultdict(int)
    for name, start in result.plan.starts.items():
        worth[experiment_of(name, known)] += campaign.problem.by_id[name].worth_at(start)
    possible = possible_windows(campaign)
    reasons: dict[str, str] = {}
    for row in left_out_table(campaign, result).to_dict("records"):
        reasons.setdefault(experiment_of(row["id"], known), row["reason"])
    rows = [
        {
            "id": one.id,
            "experiment": one.label,
            "wanted": one.repeats,
            "done": done[one.id],
            "window_h": possible[one.id].hours,
            "value": worth[one.id] / 1000,
            "reason": reasons.get(one.id, ""),
        }
        for one in campaign.experiments
    ]
    return pd.DataFrame(rows)


def left_out_table(campaign: Campaign, result: PlanResult) -> pd.DataFrame:
    """Each session that is left out, and why; one that is done in another way is not, nor is a downlink.

    Parameters
    ----------
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.

    Returns
    -------
    pandas.DataFrame
        In the order of the problem. Columns ``id``, ``experiment`` (as `label_of` names it),
        ``value`` that it would bring [points] and
        ``reason`` as far as the plan itself shows, see `ilrs_science.planning.explain.reasons.left_out_reasons`.
    """
    known = {one.id for one in campaign.experiments}
    parts, done = campaign.problem.by_id, result.plan.starts
    taken = {parts[name].choice for name in done if name in parts} - {""}
    table = left_out_reasons(campaign.problem, result.plan)
    kept = [bool(sessions_of([name], known)) and parts[name].choice not in taken for name in table["id"]]
    table = table[kept].reset_index(drop=True)
    table.insert(1, "experiment", [label_of(campaign, name) for name in table["id"]])
    return table
