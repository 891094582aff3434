"""What differs between two plans of one problem."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["changes", "counted"]


def changes(problem: Problem, before: Plan, after: Plan) -> pd.DataFrame:
    """What one plan drops, adds and moves against another.

    Parameters
    ----------
    problem : Problem
        What both are plans of.
    before, after : Plan
        The two plans.

    Returns
    -------
    pandas.DataFrame
        Index ``id``, in the order dropped, added, moved and then of the start. Columns ``change``, ``start_before``,
        ``start_after`` (UTC, NaT where it is not done), ``shift_h`` [h] (NaN where it is not done) and ``value``, what
        the plan gains by the change [1].
    """
    rows = []
    for name in dict.fromkeys([*before.starts, *after.starts]):
        old, new = before.starts.get(name), after.starts.get(name)
        if old == new:
            continue
        change = "dropped" if new is None else "added" if old is None else "moved"
        entry = problem.by_id[name]
        lost, won = (0 if at is None else entry.worth_at(at) for at in (old, new))
        rows.append(
            {
                "id": name,
                "change": change,
                "start_before": np.datetime64("NaT", "us") if old is None else problem.time(old),
                "start_after": np.datetime64("NaT", "us") if new is None else problem.time(new),
                "shift_h": np.nan if old is None or new is None else (new - old) / 3600,
                "value": (won - lost) / 1000,
            }
        )
    order = {"dropped": 0, "added": 1, "moved": 2}
    rows.sort(key=lambda row: (order[str(row["change"])], str(row["start_before"]), str(row["start_after"])))
    columns = ["id", "change", "start_before", "start_after", "shift_h", "value"]
    table = pd.DataFrame(rows, columns=columns).set_index("id")
    return table.astype({"start_before": "datetime64[us]", "start_after": "datetime64[us]", "shift_h": float,
                         "value": float})  # fmt: skip


def counted(moves: pd.DataFrame) -> str:
    """How many go, come and move, in words.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `changes` gives it.

    Returns
    -------
    str
        ``"2 dropped and 1 moved"``; empty if nothing changes.
    """
    counts = moves["change"].value_counts()
    return listed([f"{counts[one]} {one}" for one in ("dropped", "added", "moved") if one in counts])
