"""What a plan does with each experiment and why sessions are left out, as rows for a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ilrs_science.figures.campaign import possible_windows
from ilrs_science.figures.gantt import experiment_of, session_of
from ilrs_science.results.label import sessions_of

if TYPE_CHECKING:
    import pandas as pd

    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.result import PlanResult

__all__ = ["LeftOut", "Row", "experiment_rows", "left_out_rows"]


@dataclass(frozen=True)
class LeftOut:
    """One session that is left out."""

    id: str
    """Id of the session."""
    name: str
    """Name of its experiment."""
    value: float
    """What it would bring. [points]"""
    reason: str
    """Why it is left out, as far as the plan itself shows."""
    answer: str = ""
    """Which family of rules is to blame and what it would cost to have it, once that was asked."""


@dataclass(frozen=True)
class Row:
    """One experiment of the campaign and what the plan does with it."""

    id: str
    """Its id."""
    name: str
    """Name of the experiment."""
    category: str
    """Its category in words."""
    planned: int
    """Sessions in the plan."""
    wanted: int
    """Sessions that the campaign asks for."""
    value: float
    """What the planned sessions are worth. [points]"""
    possible_h: float
    """Hours in which it is possible. [h]"""
    reason: str
    """Why its first missing session is left out; empty if none is."""


def left_out_rows(campaign: Campaign, reasons: pd.DataFrame) -> list[LeftOut]:
    """Rows of the sessions that are left out; those that only lack another session come last.

    Parameters
    ----------
    campaign : Campaign
        Whose experiments have names.
    reasons : pandas.DataFrame
        As `ilrs_science.PlanResult.left_out` gives it.

    Returns
    -------
    list of LeftOut
    """
    known = campaign.catalogue.experiments
    missing = {str(name) for name in reasons["id"]}
    told = sessions_of((entry.id for entry in campaign.problem.activities if entry.id not in missing), known)
    rows = []
    for row in reasons.to_dict("records"):
        session, experiment = session_of(str(row["id"])), experiment_of(str(row["id"]), known)
        if (
            experiment in known and session not in told
        ):  # another way of a session that is done is not left out
            told.add(session)
            rows.append(
                LeftOut(str(row["id"]), known[experiment].name, float(row["value"]), str(row["reason"]))
            )
    return sorted(rows, key=lambda row: row.reason.startswith("needs "))


def experiment_rows(campaign: Campaign, result: PlanResult, missing: list[LeftOut]) -> list[Row]:
    """Rows of the experiments.

    Parameters
    ----------
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.
    missing : list of LeftOut
        What it leaves out.

    Returns
    -------
    list of Row
        In the order of the campaign.
    """
    known, problem = campaign.catalogue.experiments, campaign.problem
    planned, wanted = (
        Counter(experiment_of(name, known) for name in sessions_of(names, known))
        for names in (result.plan.starts, problem.by_id)
    )
    possible = possible_windows(campaign)
    worth: defaultdict[str, float] = defaultdict(float)
    for name, start in result.plan.starts.items():
        worth[experiment_of(name, known)] += problem.by_id[name].worth_at(start) / 1000
    reasons = {experiment_of(row.id, known): row.reason for row in reversed(missing)}
    return [
        Row(
            id=one.id,
            name=one.label,
            category=one.category.label,
            planned=planned[one.id],
            wanted=wanted[one.id],
            value=round(worth[one.id], 3),
            possible_h=possible[one.id].hours,
            reason=reasons.get(one.id, ""),
        )
        for one in campaign.experiments
    ]
