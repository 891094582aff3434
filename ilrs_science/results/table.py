"""Plan table: what is done and what is left out, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ilrs_science.figures.gantt import experiment_of

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.result import PlanResult

__all__ = ["plan_table", "summary_table"]


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
        In order of start. Columns ``experiment`` (name), ``start``, ``end`` (UTC), ``hours`` [h], ``power`` [W],
        ``data`` [Mbit], ``value`` [points].
    """
    names = {one.id: one.name for one in campaign.experiments}
    rows = []
    for placed in result.plan.placements:
        activity = campaign.problem.by_id[placed.id]
        rows.append(
            {
                "experiment": names.get(experiment_of(placed.id), placed.id),
                "start": campaign.problem.time(placed.start_s),
                "end": campaign.problem.time(placed.end_s),
                "hours": activity.duration_s / 3600,
                "power": activity.energy_W,
                "data": activity.data_Mbit_s * activity.duration_s,
                "value": activity.worth_at(placed.start_s) / 1000,
            }
        )
    columns = ["experiment", "start", "end", "hours", "power", "data", "value"]
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
        In the order of the campaign. Columns ``experiment`` (name), ``wanted``, ``done`` (sessions), ``window_h`` in
        which it is possible [h], ``value`` gained [points].
    """
    done = [experiment_of(placed.id) for placed in result.plan.placements]
    worth = {experiment_of(one.id): one.value for one in campaign.problem.activities}
    rows = [
        {
            "experiment": one.name,
            "wanted": one.repeats,
            "done": done.count(one.id),
            "window_h": campaign.windows[one.id].hours,
            "value": done.count(one.id) * worth.get(one.id, 0.0),
        }
        for one in campaign.experiments
    ]
    return pd.DataFrame(rows)
