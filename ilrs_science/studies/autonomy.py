"""How long a station goes on without contact, and what silence costs: planned anew on board, or from the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ilrs_science.catalogue.risk import Risk
from ilrs_science.errors import RequestError, require_kind
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Mode, Operator
from ilrs_science.planning.result import PlanResult
from ilrs_science.studies.endurance import Cause, endurance
from ilrs_science.studies.ensemble.ensemble import ensemble
from ilrs_science.units import number_in

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Autonomy", "Cause", "autonomy"]

DAY = 86400
MODES: tuple[Mode, ...] = ("on_board", "ground")
#: Longest silence of the curve where nothing is said. (assumed) [d]
LONGEST = 7
#: What has run out, in words.
WORDS: Mapping[Cause, str] = {
    "energy": "a battery is at its minimum",
    "storage": "a storage is full",
    "plan": "the plan ends",
}


@dataclass(frozen=True)
class Autonomy:
    """How long a station goes on without contact, and what silence costs."""

    epoch: str
    """UTC instant at which the silence begins."""
    limits: Mapping[Cause, float | None]
    """From then until each thing has run out; None if it has not by the end of the problem. [d]"""
    silence: tuple[float, ...]
    """Lengths of the silence that were tried; the first is 0. [d]"""
    value: Mapping[Mode, tuple[float, ...]]
    """Value of what is done for each length, by who makes new plans; a mean over the seeds. [1]"""

    @property
    def first(self) -> Cause:
        """What runs out first."""
        known = {cause: days for cause, days in self.limits.items() if days is not None}
        return min(known, key=lambda cause: known[cause])

    @property
    def days(self) -> float:
        """How long the station goes on without contact. [d]"""
        return self.limits[self.first] or 0.0

    @property
    def lost_per_day(self) -> dict[Mode, float]:
        """Value lost for each day of the longest silence, by who makes new plans. [1/d]"""
        return {mode: (curve[0] - curve[-1]) / self.silence[-1] for mode, curve in self.value.items()}

    def table(self) -> pd.DataFrame:
        """Table of what silence costs.

        Returns
        -------
        pandas.DataFrame
            Index ``silence`` [d]; for each mode columns ``value_MODE``, ``lost_MODE``, what is lost against no silence,
            and ``lost_per_day_MODE`` [1/d], NaN for no silence.
        """
        import pandas as pd

        columns = {}
        for mode, curve in self.value.items():
            lost = [curve[0] - value for value in curve]
            columns[f"value_{mode}"] = list(curve)
            columns[f"lost_{mode}"] = lost
            rates = [
                one / days if days else float("nan") for one, days in zip(lost, self.silence, strict=True)
            ]
            columns[f"lost_per_day_{mode}"] = rates
        return pd.DataFrame(columns, index=pd.Index(self.silence, name="silence"))

    def __repr__(self) -> str:
        costs = ", ".join(f"{mode} {lost:.3g}" for mode, lost in self.lost_per_day.items())
        others = ", ".join(
            f"{cause} {'holds' if days is None else f'{days:.1f} d'}"
            for cause, days in self.limits.items()
            if cause != self.first
        )
        until = f"{self.days:.1f} d until {WORDS[self.first]}"
        return f"<Autonomy {until} ({others}); value lost per day of silence: {costs}>"


def autonomy(
    subject: PlanResult | Problem,
    plan: Plan | None = None,
    *,
    from_s: int = 0,
    silence: Sequence[float | str] | None = None,
    wrong: Sequence[Disruption | Risk] = (),
    seeds: int | Sequence[int] = 1,
    seed: int = 0,
    modes: Sequence[Mode] = MODES,
    operator: Operator | None = None,
    executive: Executive | None = None,
    spread: Spread | None = None,
    cluster: Any = None,
    workers: int | None = 0,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Autonomy:
    """How long a plan carries a station without contact, and what silence costs.

    Parameters
    ----------
    subject : PlanResult or Problem
        A plan with its problem; or the problem alone.
    plan : Plan, optional
        The plan, where a problem is given.
    from_s : int
        When the silence begins, after the epoch of the problem. [s]
    silence : sequence of float or str, optional
        Lengths of silence for the curve, such as ``"36 h"`` or a number [d]; by default each whole day up to 7 or to
        the end of the problem.
    wrong : sequence of Disruption and Risk
        What goes wrong beside the silence; risks are drawn for each seed.
    seeds, seed : int or sequence of int, int
        As `ilrs_science.studies.ensemble.ensemble.ensemble` takes them; the curve is the mean over them.
    modes : sequence of str
        Who makes new plans: ``"on_board"``, ``"ground"`` and ``"keep_going"`` for nobody.
    operator : Operator, optional
        How new plans are made: watch, turnaround, time limit.
    executive : Executive, optional
        Rules on board.
    spread : Spread, optional
        How far durations and powers differ from the plan.
    cluster, workers : str or distributed.Client, int, optional
        As `ilrs_science.studies.ensemble.ensemble.ensemble` takes them; this process alone by default.
    progress : callable, optional
        Called as ``progress(done, total)``.
    cancel : callable, optional
        Asked all the time; true ends it.

    Returns
    -------
    Autonomy

    Raises
    ------
    RequestError
        If there is no plan or it is one of another problem, a length of silence cannot be used, the silence begins
        outside the problem, or it was cancelled.

    Notes
    -----
    Silence is an outage of all links and of all contact of downlinks that are planned.

    The limits are those of a silence without end in which nobody makes a new plan, with the disruptions of `wrong` (not
    its risks) and no spread. What has run out when is told by
    `ilrs_science.studies.endurance.endurance`.

    The curve is that of `ilrs_science.planning.replan.operate.operate` to the end of the problem, for each length of
    silence and each mode: the ground neither hears of what goes wrong nor sends a new plan before contact is back; a
    station that plans on board knows how long the silence will last.
    """
    problem, first = _planned(subject, plan)
    if not 0 <= from_s < problem.horizon_s:
        raise RequestError(f"the silence must begin within the problem, from 0 to {problem.horizon_s - 1} s")
    left = (problem.horizon_s - from_s) / DAY
    lengths = _lengths(silence, left)
    scenarios = {f"{days:g}": [*wrong, *_outage(from_s, days)] for days in lengths}
    found = ensemble(
        problem,
        factors={"mode": list(modes)},
        scenarios=scenarios,
        seeds=seeds,
        seed=seed,
        plan=first,
        operator=operator,
        executive=executive,
        spread=spread,
        cluster=cluster,
        workers=workers,
        progress=progress,
        cancel=cancel,
    )
    if reasons := [text for text in found.failure.values.flat if text]:
        raise RequestError(f"what silence costs is not known: {reasons[0]}")
    means = found.done_value.mean("seed")
    fixed = [one for one in wrong if isinstance(one, Disruption)]
    return Autonomy(
        epoch=f"{problem.time(from_s)}Z",
        limits=endurance(problem, first, from_s=from_s, wrong=fixed, executive=executive),
        silence=lengths,
        value={mode: tuple(float(value) for value in means.sel(mode=mode).values) for mode in modes},
    )


def _planned(subject: PlanResult | Problem, plan: Plan | None) -> tuple[Problem, Plan]:
    require_kind(subject, (PlanResult, Problem), "the subject of autonomy", "a PlanResult or a Problem")
    if isinstance(subject, PlanResult):
        return subject.problem, plan or subject.plan
    if plan is None:
        raise RequestError("autonomy of a problem needs a plan; give one, or the result of solve")
    return subject, plan


def _lengths(silence: Sequence[float | str] | None, left: float) -> tuple[float, ...]:
    """Lengths of silence, 0 first. [d]"""
    if silence is None:
        silence = list(range(1, min(LONGEST, int(left)) + 1)) or [left]
    if isinstance(silence, str) or not isinstance(silence, Iterable):
        raise RequestError(f"silence {silence!r:.60} is no list of lengths, such as [1, 2] or ['36 h']")
    lengths = sorted({0.0, *(number_in(one, "d", "silence") for one in silence)})
    if lengths[0] < 0 or len(lengths) < 2 or lengths[-1] > left:
        raise RequestError(f"lengths of silence must be above 0 and end within the problem, in {left:g} d")
    return tuple(lengths)


def _outage(from_s: int, days: float) -> list[Disruption]:
    if not days:
        return []
    return [Disruption(kind="outage", start_s=from_s, end_s=from_s + round(days * DAY), name="silence")]
