"""What came of a plan: what ran and when, why the rest did not, and how full batteries and storages were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from ilrs_science import epochs
from ilrs_science.planning.execution.ledger import DataBalance, EnergyBalance
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["Execution", "Run"]

#: Of the table.
COLUMNS = (
    "id", "name", "planned", "start", "end", "late_h", "outcome", "value", "planned_value", "reason",
)  # fmt: skip
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
    sleep: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Spans in which the station of each battery slept, for want of charge or through a night. [s]"""
    lost: dict[str, int] = field(default_factory=dict)
    """When a battery was empty and its station was lost, by battery. [s]"""
    energy: dict[str, EnergyBalance] = field(default_factory=dict)
    """What came in and went out of each battery."""
    data: dict[str, DataBalance] = field(default_factory=dict)
    """What came in and went out of each storage."""

    @property
    def asleep(self) -> tuple[tuple[int, int], ...]:
        """Spans in which any station slept, those that overlap joined. [s]"""
        found: list[tuple[int, int]] = []
        for start, end in sorted(span for spans in self.sleep.values() for span in spans):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        return tuple(found)

    @property
    def lost_s(self) -> int | None:
        """When the first station was lost; None if none was. [s]"""
        return min(self.lost.values(), default=None)

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

    @property
    def planned_value(self) -> float:
        """Value of the plan, had everything run when it was to. [1]"""
        by_id = self.problem.by_id
        return sum(by_id[run.id].worth_at(run.planned_s) for run in self.runs) / 1000

    @property
    def failed(self) -> tuple[Run, ...]:
        """What was stopped or skipped, in order of the planned start."""
        return tuple(run for run in self.runs if run.outcome in ("aborted", "skipped"))

    def __repr__(self) -> str:
        counts = Counter(run.outcome for run in self.runs)
        late = sum(run.start_s is not None and run.start_s > run.planned_s for run in self.runs)
        parts = [f"{counts[outcome]} {outcome}" for outcome in get_args(Outcome) if counts[outcome]]
        if late:
            parts.append(f"{late} late")
        slept = sum(end - start for start, end in self.asleep) / 3600
        ends = [f"slept {slept:.3g} h"] if slept else []
        if self.lost_s is not None:
            ends.append(f"station lost at {epochs.format_epoch(self.problem.time(self.lost_s), 's')}")
        value = f"value {self.value:g} of {self.planned_value:g}"
        return f"<Execution {', '.join(parts) or 'of nothing'}: {'; '.join([value, *ends])}>"

    __str__ = __repr__

    def to_frame(self) -> pd.DataFrame:
        """Table of what came of each activity.

        Returns
        -------
        pandas.DataFrame
            Columns ``id``, ``name``, ``planned``, ``start``, ``end`` (UTC), ``late_h`` [h], ``outcome``, ``value``
            that was gained, ``planned_value`` [1], ``reason``; in order of the planned start.
        """
        import pandas as pd

        return pd.DataFrame([self._row(run) for run in self.runs], columns=list(COLUMNS))

    def _row(self, run: Run) -> dict[str, object]:
        activity, time = self.problem.by_id[run.id], self.problem.time
        done = run.outcome == "done" and run.start_s is not None
        cells = (
            run.id,
            activity.name or run.id,
            time(run.planned_s),
            None if run.start_s is None else time(run.start_s),
            None if run.end_s is None else time(run.end_s),
            None if run.start_s is None else (run.start_s - run.planned_s) / 3600,
            run.outcome,
            activity.worth_at(run.start_s or 0) / 1000 if done else 0.0,
            activity.worth_at(run.planned_s) / 1000,
            run.reason,
        )
        return dict(zip(COLUMNS, cells, strict=True))

    def to_xarray(self) -> xr.Dataset:
        """Histories and sums as a CF dataset; between events are straight lines, or a battery is full or empty.

        Returns
        -------
        xarray.Dataset
            ``battery_charge(time, battery)`` [W h], ``storage_level(time, storage)`` [Mbit],
            ``station_asleep(time, battery)``; sums: ``generated_energy``, ``used_energy``, ``spilled_energy``,
            ``unmet_energy(battery)`` [W h], ``made_volume``, ``delivered_volume(storage)`` [Mbit].
        """
        from ilrs_science.planning.execution.dataset import dataset_of

        histories = (self.times, self.charge_mJ, self.volume_bit, self.sleep)
        ds = dataset_of(self.problem.time(0), *histories, self.energy, self.data)
        return ds.assign_attrs(
            {
                "Conventions": "CF-1.11",
                "title": f"Execution of {self.problem.name or 'a plan'}",
                "value": self.value,
                "planned_value": self.planned_value,
                "problem_digest": self.problem.digest,
            }
        )

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
