"""What came of a plan: what ran and when, why the rest did not, and how full batteries and storages were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Execution", "Run"]

Outcome = Literal["done", "aborted", "skipped", "waiting", "running"]


@dataclass(frozen=True)
class Run:
    """What came of one activity of the plan."""

    id: str
    """Id of the activity."""
    planned_s: int
    """Start that was planned. [s]"""
    start_s: int | None
    """Start; None if it never began. [s]"""
    end_s: int | None
    """End, or when it was stopped; None if it never began or still runs. [s]"""
    outcome: Outcome
    """What came of it; ``waiting`` and ``running`` only where the execution was stopped before the horizon."""
    reason: str = ""
    """Why it was late, stopped or skipped."""


@dataclass(frozen=True)
class Execution:
    """What came of a plan."""

    problem: Problem
    """What was planned."""
    runs: tuple[Run, ...]
    """In order of the planned start."""
    until_s: int
    """How far it was executed. [s]"""
    times: tuple[int, ...]
    """Events, from 0 on. [s]"""
    charge_mJ: dict[str, tuple[int, ...]]
    """Charge of each battery at each event. [mJ]"""
    volume_bit: dict[str, tuple[int, ...]]
    """Data in each storage at each event. [bit]"""
    asleep: tuple[tuple[int, int], ...] = ()
    """Spans in which the station slept for want of charge. [s]"""
    lost_s: int | None = None
    """When a battery was empty and the station was lost. [s]"""

    @property
    def value(self) -> float:
        """Value of what was done. [1]"""
        by_id = self.problem.by_id
        done = [run for run in self.runs if run.outcome == "done" and run.start_s is not None]
        return sum(by_id[run.id].worth_at(run.start_s or 0) for run in done) / 1000

    @property
    def done(self) -> Plan:
        """What was done or still runs, at the starts that it had."""
        kept = ("done", "running")
        starts = {run.id: run.start_s for run in self.runs if run.outcome in kept and run.start_s is not None}
        return Plan.of(self.problem, starts)

    def __repr__(self) -> str:
        counts = Counter(run.outcome for run in self.runs)
        parts = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common())
        late = sum(run.start_s is not None and run.start_s > run.planned_s for run in self.runs)
        lost = "" if self.lost_s is None else f"; station lost at {self.problem.time(self.lost_s)}Z"
        return f"<Execution {parts or 'of nothing'}, {late} late, value {self.value:g}{lost}>"

    def to_frame(self) -> pd.DataFrame:
        """Table of what came of each activity.

        Returns
        -------
        pandas.DataFrame
            Columns ``id``, ``planned``, ``start``, ``end`` (UTC), ``late_h`` [h], ``outcome``, ``reason``.
        """
        import pandas as pd

        rows = [
            {
                "id": run.id,
                "planned": self.problem.time(run.planned_s),
                "start": None if run.start_s is None else self.problem.time(run.start_s),
                "end": None if run.end_s is None else self.problem.time(run.end_s),
                "late_h": None if run.start_s is None else (run.start_s - run.planned_s) / 3600,
                "outcome": run.outcome,
                "reason": run.reason,
            }
            for run in self.runs
        ]
        return pd.DataFrame(rows, columns=["id", "planned", "start", "end", "late_h", "outcome", "reason"])

    def history(self) -> pd.DataFrame:
        """Charge and stored data over time.

        Returns
        -------
        pandas.DataFrame
            Index ``time`` (UTC), columns as :meth:`ilrs_science.planning.judge.simulate.Simulation.to_frame`.
        """
        import pandas as pd

        start = self.problem.time(0)
        index = pd.DatetimeIndex(start + np.array(self.times).astype("timedelta64[s]"), name="time")
        columns = {}
        for word, unit, levels in (
            ("battery_charge", WATT_HOUR, self.charge_mJ),
            ("stored_data", MEGABIT, self.volume_bit),
        ):
            for name, series in levels.items():
                columns[word if len(levels) == 1 else f"{word}:{name}"] = np.array(series) / unit
        return pd.DataFrame(columns, index=index)
