"""Nights through which a station sleeps by plan, and the Sun by which it wakes."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.night import nights_of, sun_steps
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.replan.operate import Operator, operate
from tests.planning.problems import TICK, activity, battery, problem

HORIZON = 12 * TICK
#: Arrays give power but for ticks 4 to 7; the Sun is below -1 deg in ticks 5 and 6.
GENERATION = [(0, 12.0), (4 * TICK, 0.0), (8 * TICK, 12.0)]
SUN = [(0, 2.0), (3 * TICK, 0.5), (5 * TICK, -1.5), (7 * TICK, -0.5), (9 * TICK, 1.0)]
ASKED = problem(
    activity("early", 2), activity("evening", 3, windows=[[2 * TICK, HORIZON]]),
    resources=(battery(10, 5, generation=GENERATION, load=[(0, 6.0)]),),
)  # fmt: skip
PLAN = Plan.of(ASKED, {"early": 0, "evening": 2 * TICK})


def test_nights_are_told_by_the_arrays_or_by_the_sun() -> None:
    sun = sun_steps(ASKED, SUN)
    assert nights_of(ASKED, sun, Executive()) == {"battery": []}
    assert nights_of(ASKED, None, Executive(hibernate="dark")) == {"battery": [(4 * TICK, 8 * TICK)]}
    by_sun = Executive(hibernate="sun", sleep_sun_deg=-1)
    assert nights_of(ASKED, sun, by_sun) == {"battery": [(5 * TICK, 7 * TICK)]}
    assert nights_of(ASKED, sun, Executive(hibernate="sun")) == {"battery": [(5 * TICK, 9 * TICK)]}
    assert nights_of(problem(), None, Executive(hibernate="dark")) == {}
    for same in ([], [(0, 6.0)]):
        unfed = problem(resources=(battery(generation=same),))
        assert nights_of(unfed, None, Executive(hibernate="dark")) == {"battery": []}
    raised = [
        (time, watt + 6.0) for time, watt in GENERATION
    ]  # a source that does not know the Sun, beside the arrays
    fed = problem(resources=(battery(generation=raised),))
    assert nights_of(fed, None, Executive(hibernate="dark")) == {"battery": [(4 * TICK, 8 * TICK)]}


def test_each_station_sleeps_through_its_own_nights_and_for_want_of_its_own_charge() -> None:
    base, orbiter = ({**battery(10, 5, **more), "id": name} for name, more in (
        ("base", {"generation": GENERATION}), ("orbiter", {"generation": [(0, 6.0)], "load": [(0, 3.0)]}),
    ))  # fmt: skip
    two = problem(
        activity("dig", 6, battery="base"),
        activity("listen", 6, battery="orbiter"),
        resources=(base, orbiter),
    )
    plan = Plan.of(two, {"dig": 0, "listen": 0})
    ran = execute(two, plan, executive=Executive(hibernate="dark", patience_s=2 * TICK))
    assert {run.id: run.outcome for run in ran.runs} == {"dig": "skipped", "listen": "done"}
    assert ran.sleep == {"base": ((4 * TICK, 8 * TICK),), "orbiter": ()}
    dry = Disruption(kind="extra_load", start_s=0, end_s=4 * TICK, power_W=100, resources=("orbiter",))
    ran = execute(two, plan, [dry])
    assert {run.id: run.outcome for run in ran.runs} == {"dig": "done", "listen": "aborted"}
    assert (set(ran.lost), ran.sleep["base"]) == ({"orbiter"}, ())
    assert ran.asleep == ran.sleep["orbiter"]
    assert ran.lost_s == ran.lost["orbiter"]
    assert 0 <= ran.lost["orbiter"] - ran.sleep["orbiter"][0][0] <= 1  # 5 Wh at 97 W: 185.6 s


def test_by_default_the_plan_runs_through_the_night() -> None:
    ran = execute(ASKED, PLAN, sun_elevation=SUN)
    assert (ran.done, ran.asleep) == (PLAN, ())


def test_what_would_run_into_the_night_waits_for_the_morning() -> None:
    ran = execute(ASKED, PLAN, executive=Executive(hibernate="dark"))
    assert ran.asleep == ((4 * TICK, 8 * TICK),)
    assert [run.start_s for run in ran.runs] == [0, 8 * TICK]
    assert ran.runs[1].reason == "it would run into the night"
    # 5 Wh, 2 ticks of 6 W more until the night, 4 ticks of 40 % of 6 W, then day: 9 - 1.6 Wh at tick 8.
    known = dict(zip(ran.times, ran.charge_mJ["battery"], strict=True))
    assert (known[4 * TICK], known[8 * TICK]) == (9 * 3_600_000, round(7.4 * 3_600_000))


def test_what_takes_longer_than_planned_is_stopped_when_the_night_begins() -> None:
    late = Disruption(kind="safe_mode", start_s=0, end_s=2 * TICK)
    rules = Executive(hibernate="sun", sleep_sun_deg=-1, patience_s=HORIZON)
    ran = execute(ASKED, PLAN, [late], executive=rules, sun_elevation=SUN)
    # both begin at tick 2; the three ticks of the second end when the Sun sets for it
    assert [(run.start_s, run.outcome) for run in ran.runs] == [(2 * TICK, "done"), (2 * TICK, "done")]
    assert ran.asleep == ((5 * TICK, 7 * TICK),)


def test_a_station_wakes_when_the_sun_is_high_enough_and_not_before_its_least_sleep() -> None:
    by_sun = Executive(hibernate="sun", sleep_sun_deg=-1, wake_sun_deg=0.8)
    assert execute(ASKED, PLAN, executive=by_sun, sun_elevation=SUN).asleep == ((5 * TICK, 9 * TICK),)
    never = by_sun.model_copy(update={"wake_sun_deg": 3.0})
    assert execute(ASKED, PLAN, executive=never, sun_elevation=SUN).asleep == ((5 * TICK, HORIZON),)
    # Without arrays 5 Wh last until tick 5; the arrays are back then, and 20 % is there at once after 2 ticks.
    loss = Disruption(kind="array_loss", start_s=0, end_s=5 * TICK)
    dry = ASKED.replace(resources=[battery(10, 5, generation=[(0, 18.0)], load=[(0, 6.0)])])
    rules = {"wake_charge": 0.2, "sleep_load": 1.0}
    quick = execute(dry, Plan.of(dry, {}), [loss], executive=Executive(**rules))
    assert quick.asleep == ()
    longer = loss.model_copy(update={"end_s": 6 * TICK})
    charged = battery(10, 5, minimum_Wh=1, generation=[(0, 18.0)], load=[(0, 6.0)])
    dry = dry.replace(resources=[charged])
    quick = execute(dry, Plan.of(dry, {}), [longer], executive=Executive(wake_charge=0.2, sleep_load=0.0))
    # at tick 4 the minimum is met; nothing is drawn asleep; from tick 6 on 3 Wh a tick: 1.8 Wh more take 360 s
    assert quick.asleep == ((4 * TICK, 6 * TICK + 360),)
    slow = Executive(wake_charge=0.2, sleep_load=0.0, least_sleep_s=4 * TICK)
    assert execute(dry, Plan.of(dry, {}), [longer], executive=slow).asleep == ((4 * TICK, 8 * TICK),)


def test_a_plan_in_operation_sleeps_by_the_same_rules() -> None:
    rules = Executive(hibernate="sun", sleep_sun_deg=-1, wake_sun_deg=0.8)
    went = operate(ASKED, PLAN, executive=rules, operator=Operator(mode="keep_going"), sun_elevation=SUN)
    ran = execute(ASKED, PLAN, executive=rules, sun_elevation=SUN)
    assert (went.execution.runs, went.execution.asleep) == (ran.runs, ran.asleep)
    assert went.execution.energy == ran.energy


def test_the_elevation_of_an_environment_counts_from_the_epoch() -> None:
    time = np.datetime64("2030-12-31T23:50", "ns") + np.arange(4) * np.timedelta64(TICK, "s")
    env = xr.DataArray([1.0, 2.0, 3.0, 4.0], {"time": time}, "time")
    steps = sun_steps(ASKED, env)
    assert steps is not None
    assert [steps.at(tick * TICK) for tick in (0, 1, 2, 9)] == [2000, 3000, 4000, 4000]


@pytest.mark.parametrize("given", [[], [(60, 1.0)], [(0, float("nan"))]])
def test_an_elevation_with_gaps_is_refused(given: list[tuple[int, float]]) -> None:
    with pytest.raises(CoverageError, match="sun_elevation must begin at the epoch"):
        execute(ASKED, PLAN, sun_elevation=given)


@pytest.mark.parametrize("rules", [Executive(hibernate="sun"), Executive(wake_sun_deg=1)])
def test_rules_that_ask_for_the_sun_need_it(rules: Executive) -> None:
    with pytest.raises(RequestError, match="give sun_elevation"):
        execute(ASKED, PLAN, executive=rules)
