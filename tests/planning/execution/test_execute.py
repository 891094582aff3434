"""With nothing that goes wrong a plan runs as planned; what goes wrong does what its record says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread, execute
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    link,
    problem,
    renewable,
    rich_problems,
    small_problems,
    storage,
)

HOUR = 3600


def outcomes(ran: Execution) -> dict[str, str]:
    return {run.id: run.outcome for run in ran.runs}


def starts(ran: Execution) -> dict[str, int | None]:
    return {run.id: run.start_s for run in ran.runs}


@given(small_problems() | rich_problems())
@settings(max_examples=150)
def test_with_nothing_wrong_it_runs_as_planned_and_as_simulated(asked: Problem) -> None:
    plan = greedy(asked)
    if plan is None:
        return
    ran, seen = execute(asked, plan), simulate(asked, plan)
    assert [(run.id, run.start_s, run.end_s, run.outcome) for run in ran.runs] == [
        (placed.id, placed.start_s, placed.end_s, "done") for placed in plan.placements
    ]
    for levels, exact in ((ran.charge_mJ, seen.charge_mJ), (ran.volume_bit, seen.volume_bit)):
        for name, series in levels.items():
            known = dict(zip(ran.times, series, strict=True))
            assert {time: known[time] for time in seen.times if time in known} == {
                time: level for time, level in zip(seen.times, exact[name], strict=True) if time in known
            }
            assert known[asked.horizon_s] == exact[name][-1]
    assert ran.asleep == ()
    assert ran.done == plan


@st.composite
def troubles(draw: st.DrawFn, asked: Problem) -> list[Disruption]:
    """A few things that go wrong."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(
            st.sampled_from(["instrument_fault", "array_loss", "dust", "outage", "safe_mode", "extra_load"])
        )
        start = draw(st.integers(0, 6)) * TICK
        found.append(
            Disruption(
                kind=kind,
                start_s=start,
                end_s=draw(
                    st.none() | st.integers(0, 4).map(lambda ticks, start=start: start + ticks * TICK)
                ),
                resources=("robot",) if kind == "instrument_fault" else (),
                share=draw(st.sampled_from([0.3, 1.0])),
                power_W=3.0,
            )
        )
    return found


@given(small_problems() | rich_problems(), st.data())
@settings(max_examples=150)
def test_whatever_goes_wrong_what_is_done_keeps_the_rules(asked: Problem, data: st.DataObject) -> None:
    plan = greedy(asked)
    if plan is None:
        return
    wrong = data.draw(troubles(asked))
    ran = execute(asked, plan, wrong)
    assert len(ran.runs) == len(plan)
    assert all(run.outcome in ("done", "aborted", "skipped") for run in ran.runs)
    done = {run.id: run for run in ran.runs if run.outcome == "done"}
    for name, run in done.items():
        entry = asked.by_id[name]
        assert run.start_s is not None
        assert run.end_s == run.start_s + entry.duration_s
        assert any(first <= run.start_s <= last for first, last in entry.starts(asked.horizon_s))
        assert run.start_s >= run.planned_s
    for name, run in done.items():  # exclusions and resources among what is done
        others = {one: other for one, other in done.items() if one in asked.by_id[name].exclusions}
        for other in others.values():
            assert run.end_s <= other.start_s or other.end_s <= run.start_s
    rules = {"resource", "exclusion", "precedence", "window", "choice"}
    found = check(asked, ran.done) if not any(run.outcome == "running" for run in ran.runs) else []
    assert not rules & {str(one.rule) for one in found}
    for name, series in ran.charge_mJ.items():
        full = next(one.capacity_Wh for one in asked.batteries if one.id == name) * 3_600_000
        assert 0 <= min(series) <= max(series) <= full
    assert ran.value <= sum(entry.worth for entry in asked.activities) / 1000


def test_a_fault_stops_what_runs_and_what_waits_comes_later() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}), activity("b", 2, demands={"robot": 1}),
        resources=(renewable(),),
    )  # fmt: skip
    plan = Plan.of(asked, {"a": 0, "b": 3 * TICK})
    fault = Disruption(kind="instrument_fault", start_s=TICK, end_s=5 * TICK, resources=("robot",))
    ran = execute(asked, plan, [fault])
    assert outcomes(ran) == {"a": "aborted", "b": "done"}
    assert starts(ran) == {"a": 0, "b": 5 * TICK}
    assert [run.reason for run in ran.runs] == ["robot is not there", "robot is not there"]
    hurried = execute(asked, plan, [fault], executive=Executive(patience_s=TICK))
    assert outcomes(hurried) == {"a": "aborted", "b": "skipped"}
    assert hurried.runs[1].reason.startswith("late by more than 0.166667 h: robot is not there")


def test_a_follower_of_what_was_not_done_is_skipped() -> None:
    asked = problem(activity("a", 2, demands={"robot": 1}), activity("b", precedences=["a"]),
                    activity("c", needs=["b"]), resources=(renewable(),))  # fmt: skip
    plan = Plan.of(asked, {"a": 0, "b": 3 * TICK, "c": 6 * TICK})
    ran = execute(asked, plan, [Disruption(kind="instrument_fault", start_s=0, resources=("robot",))],
                  executive=Executive(patience_s=2 * TICK))  # fmt: skip
    assert outcomes(ran) == {"a": "skipped", "b": "skipped", "c": "skipped"}
    assert ran.runs[1].reason == "a was not done"
    assert ran.runs[2].reason == "it needs b, which is not done"


def test_without_power_the_least_valuable_is_stopped_then_the_station_sleeps_and_wakes() -> None:
    # 12 W of arrays, 6 W for the station, 6 W each for a and b; the arrays are gone for ticks 2 to 6.
    asked = problem(
        activity("a", 8, value=5, energy_W=3), activity("b", 8, value=1, energy_W=3),
        resources=(battery(6, 3, minimum_Wh=1, generation=[(0, 12.0)], load=[(0, 6.0)]),),
        horizon_s=20 * TICK,
    )  # fmt: skip
    plan = Plan.of(asked, {"a": 0, "b": 0})
    loss = Disruption(kind="array_loss", start_s=2 * TICK, end_s=6 * TICK)
    ran = execute(asked, plan, [loss], executive=Executive(wake_charge=0.4, sleep_load=0.5))
    # 3 Wh at tick 2; 12 W draw 2 Wh, to the minimum, in one tick; then b is stopped, at once a too, then 3 W of sleep.
    assert outcomes(ran) == {"a": "aborted", "b": "aborted"}
    assert {run.end_s for run in ran.runs} == {3 * TICK}
    # Asleep from tick 3; 0.5 Wh a tick until tick 5 is 0 Wh, so the station is lost then.
    assert ran.asleep[0][0] == 3 * TICK
    assert ran.lost_s == 5 * TICK
    milder = loss.model_copy(update={"end_s": 4 * TICK})
    ran = execute(asked, plan, [milder], executive=Executive(wake_charge=0.4, sleep_load=0.5))
    # 0.5 Wh at tick 4; 9 W for 2.5 Wh to the 3 Wh of 40 % take 1000 s.
    assert ran.asleep == ((3 * TICK, 4 * TICK + 1000),)
    assert ran.lost_s is None


def test_without_contact_the_storage_fills_and_the_least_valuable_stops() -> None:
    asked = problem(
        activity("a", 2, value=5, data_Mbit_s=1), activity("b", 1, value=1, data_Mbit_s=1),
        resources=(storage(1500), link((2, 4, 1.0))),
    )  # fmt: skip
    plan = Plan.of(asked, {"a": 0, "b": 3 * TICK})
    assert outcomes(execute(asked, plan)) == {"a": "done", "b": "done"}
    silent = execute(asked, plan, [Disruption(kind="outage", start_s=0)])
    assert outcomes(silent) == {"a": "done", "b": "aborted"}
    assert silent.runs[1].end_s == 3 * TICK + 300
    assert silent.runs[1].reason == "storage is full"
    assert silent.history()["stored_data"].max() == 1500


def test_dust_grows_evenly_to_its_share() -> None:
    asked = problem(resources=(battery(10, 5, generation=[(0, 6.0)]),))
    dusty = Disruption(kind="dust", start_s=0, end_s=12 * TICK, share=0.5)
    ran = execute(asked, Plan.of(asked, {}), [dusty])
    # A quarter of 12 Wh is lost on the way, and 5 + 9 is more than the battery holds.
    assert ran.history()["battery_charge"].max() == 10
    less = problem(resources=(battery(100, 5, generation=[(0, 6.0)]),))
    ran = execute(less, Plan.of(less, {}), [dusty])
    assert ran.history()["battery_charge"].iloc[-1] == pytest.approx(5 + 12 * 0.75)


def test_safe_mode_stops_everything() -> None:
    asked = problem(activity("a", 3), activity("b", 1))
    plan = Plan.of(asked, {"a": 0, "b": 2 * TICK})
    ran = execute(
        asked, plan, [Disruption(kind="safe_mode", start_s=TICK, end_s=4 * TICK, name="safe mode of the bus")]
    )
    assert outcomes(ran) == {"a": "aborted", "b": "done"}
    assert starts(ran)["b"] == 4 * TICK
    assert ran.runs[1].reason == "safe mode of the bus"


def test_activities_may_take_longer_and_draw_more_each_in_its_own_way() -> None:
    asked = problem(activity("a", 2, energy_W=6), activity("b", 2, energy_W=6), resources=(battery(50, 50),))
    plan = Plan.of(asked, {"a": 0, "b": 4 * TICK})
    spread = Spread(duration=0.2, power=0.2)
    one, two, other = (execute(asked, plan, spread=spread, seed=seed) for seed in (1, 1, 2))
    assert one == two
    assert one != other
    lengths = [(run.end_s or 0) - (run.start_s or 0) for run in one.runs]
    assert lengths[0] != lengths[1]
    alone = execute(asked, Plan.of(asked, {"b": 4 * TICK}), spread=spread, seed=1)
    assert (alone.runs[0].end_s or 0) - (alone.runs[0].start_s or 0) == lengths[1]


def test_it_can_stop_on_the_way() -> None:
    asked = problem(activity("a", 2), activity("b", 2), activity("c", 2))
    plan = Plan.of(asked, {"a": 0, "b": TICK, "c": 5 * TICK})
    ran = execute(asked, plan, until_s=2 * TICK + 1)
    assert outcomes(ran) == {"a": "done", "b": "running", "c": "waiting"}
    assert (ran.until_s, ran.value) == (2 * TICK + 1, 1.0)
    assert "1 done" in repr(ran)
    assert ran.to_frame()["outcome"].to_list() == ["done", "running", "waiting"]


def test_what_makes_no_sense_is_refused() -> None:
    asked = problem(resources=(renewable(), battery()))
    with pytest.raises(UnknownNameError, match="robt"):
        execute(
            asked, Plan.of(asked, {}), [Disruption(kind="instrument_fault", start_s=0, resources=("robt",))]
        )
    with pytest.raises(RequestError, match="must say which resources"):
        execute(asked, Plan.of(asked, {}), [Disruption(kind="thermal_trip", start_s=0)])
    for until in (-1, asked.horizon_s + 1):
        with pytest.raises(RequestError, match="until_s must be from 0"):
            execute(asked, Plan.of(asked, {}), until_s=until)
    for seed in (-1, 1.5, "x", None):
        with pytest.raises(RequestError, match="seed must be"):
            execute(asked, Plan.of(asked, {}), seed=seed)  # type: ignore[arg-type]


def test_a_plan_of_another_problem_is_refused() -> None:
    other = problem(activity("a"), activity("b"))
    plan, asked = Plan.of(other, {"a": 0, "b": TICK}), problem(activity("b"))
    with pytest.raises(RequestError, match="an activity that the problem lacks, such as 'a'"):
        execute(asked, plan)
    with pytest.raises(RequestError, match="2 activities that the problem lacks, such as 'a', 'b'"):
        execute(problem(activity("c")), plan)
