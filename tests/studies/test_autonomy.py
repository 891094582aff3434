"""How long a station goes on without contact, counted by hand; and silence that costs more on the ground."""

from __future__ import annotations

import math

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.planning.solve import solve
from ilrs_science.studies.autonomy import Autonomy, autonomy
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

WHO = Operator(watch_s=TICK, turnaround_s=2 * TICK, time_limit="1 s")
DAY = 86400


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILRS_CACHE", "off")


def talker(**fields: object) -> tuple[Problem, Plan]:
    """Five activities of a tick each that make 600 Mbit, a storage of 1500 Mbit, a pass of a tick after each."""
    names = "abcde"
    asked = problem(
        *(activity(name, 1, value=1, energy_W=6, data_Mbit_s=1.0) for name in names),
        resources=(
            storage(fields.pop("room", 1500)),
            battery(20, fields.pop("charge", 15), minimum_Wh=2),
            link(*((2 * turn + 1, 2 * turn + 2, 1.0) for turn in range(6))),
        ),
        horizon_s=12 * TICK,
    )
    return asked, Plan.of(asked, {name: 2 * turn * TICK for turn, name in enumerate(names)})


def limits(found: Autonomy) -> dict[str, float | None]:
    """Limits in ticks."""
    return {
        cause: None if days is None else round(days * DAY / TICK, 2) for cause, days in found.limits.items()
    }


def curve(problem: Problem, plan: Plan, **options: object) -> Autonomy:
    """Autonomy with a short silence and no new plans, unless asked for."""
    given = {"silence": [2 * TICK / DAY], "modes": ["keep_going"], "operator": WHO} | options
    return autonomy(problem, plan, **given)


def test_what_runs_out_is_told_with_its_time() -> None:
    found = curve(*talker())
    # a and b make 1200 Mbit; c is stopped when there are 300 more, half a tick after tick 4.
    assert limits(found) == {"energy": None, "storage": 4.5, "plan": 9.0}
    assert found.first == "storage"
    assert found.days == pytest.approx(4.5 * TICK / DAY)
    # The pass of tick 1 has taken what a made: b and c make 1200 Mbit, d is stopped half a tick after tick 6.
    late = curve(*talker(), from_s=3 * TICK)
    assert limits(late) == {"energy": None, "storage": 3.5, "plan": 6.0}
    assert late.epoch.startswith("2031-01-01T00:30:00")


def test_a_battery_that_is_low_is_told() -> None:
    # 1 Wh an activity: 5 Wh reach the minimum of 2 Wh when c has ended; d cannot begin.
    found = curve(*talker(charge=5, room=9000))
    assert limits(found)["energy"] == 6.0
    extra = Disruption(kind="extra_load", start_s=0, power_W=60)
    # 66 W take 11 of 13 Wh in the first tick, 60 W the rest in 2 min.
    assert limits(curve(*talker(), wrong=[extra]))["energy"] == 1.2


def test_without_silence_the_plan_ends_at_the_last() -> None:
    asked = problem(*(activity(name, 1, value=1) for name in "abcde"), resources=(link((1, 2, 1.0)),))
    found = curve(asked, Plan.of(asked, {name: 2 * turn * TICK for turn, name in enumerate("abcde")}))
    assert limits(found) == {"energy": None, "storage": None, "plan": 9.0}
    assert found.value["keep_going"] == (5.0, 5.0)
    assert repr(found) == (
        "<Autonomy 0.1 d until the plan ends (energy holds, storage holds); "
        "value lost per day of silence: keep_going 0>"
    )


def test_silence_costs_more_where_the_ground_makes_the_plans() -> None:
    asked = problem(
        activity("a", 3, value=1, demands={"robot": 1}),
        activity("b", 3, value=5, demands={"robot": 1}, windows=[(0, 9 * TICK)]),
        resources=(renewable(), link((1, 2, 1.0), (4, 5, 1.0), (8, 9, 1.0))),
        horizon_s=160 * TICK,
    )
    plan = Plan.of(asked, {"a": 0, "b": 3 * TICK})
    fault = Disruption(kind="instrument_fault", start_s=TICK, end_s=5 * TICK, resources=("robot",))
    found = autonomy(asked, plan, silence=[1, 0.5], wrong=[fault], operator=WHO)
    # a is stopped; on board it is planned anew at once, from the ground only if a pass is heard.
    assert found.silence == (0.0, 0.5, 1.0)
    assert found.value == {"on_board": (6.0, 6.0, 6.0), "ground": (6.0, 5.0, 5.0)}
    assert found.lost_per_day == {"on_board": 0.0, "ground": 1.0}
    table = found.table()
    assert list(table.columns) == [
        f"{word}_{mode}" for mode in ("on_board", "ground") for word in ("value", "lost", "lost_per_day")
    ]
    assert table.lost_ground.tolist() == [0.0, 1.0, 1.0]
    assert table.lost_per_day_ground.tolist()[1:] == [2.0, 1.0]
    assert math.isnan(table.lost_per_day_ground[0])


def test_the_result_of_solve_is_enough() -> None:
    asked, _ = talker()
    result = solve(asked, time_limit="5 s", workers=1)
    found = autonomy(result, silence=[0.05], operator=WHO, modes=["keep_going"])
    assert found.limits["plan"] == max(placed.end_s for placed in result.plan.placements) / DAY


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"from_s": 12 * TICK}, "must begin within the problem"),
        ({"from_s": -1}, "must begin within the problem"),
        ({"silence": [3]}, "end within the problem"),
        ({"silence": [0]}, "above 0"),
        ({"silence": [-1]}, "above 0"),
        ({"silence": [float("nan")]}, "silence: nan is not a number"),
        ({"silence": ["5 kg"]}, "silence: 'kg' is not a unit here"),
        ({"silence": "1 d"}, "is no list of lengths"),
        ({"cancel": lambda: True}, "not known"),
    ],
)
def test_a_silence_that_makes_no_sense_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        curve(*talker(), **options)


def test_a_plan_is_needed() -> None:
    asked, _ = talker()
    with pytest.raises(RequestError, match="needs a plan"):
        autonomy(asked)
    with pytest.raises(RequestError, match="give a PlanResult or a Problem"):
        autonomy("polar_winter")
