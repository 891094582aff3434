"""More of a resource pays what planning anew with it pays, with bounds."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.binds import Gain, increases
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, small_problems, storage

ROBOT = {"demands": {"robot": 1}}


def rivals() -> Problem:
    """Two for one robot, with a storage that is large enough."""
    return problem(
        activity("a", 12, value=5, data_Mbit_s=0.01, **ROBOT), activity("b", 12, value=4, **ROBOT),
        resources=(renewable(), storage(600)),
    )  # fmt: skip


def test_the_robot_pays_and_the_storage_does_not_with_proof() -> None:
    found = solve(rivals(), time_limit="5 s").what_binds()
    robot, store = found.gains
    assert (robot.resource, robot.change, robot.gain, robot.sure, robot.most) == (
        "robot",
        "from 1 to 2",
        4,
        4,
        4,
    )
    assert (store.resource, store.gain, store.most, store.proved) == ("storage", 0, 0, True)
    assert repr(found) == "<Binding robot from 1 to 2 pays 4>"
    assert list(found.to_frame()["proved"]) == [True, True]
    assert "from 1 to 2" in found._repr_html_()


def test_that_nothing_pays_is_said_with_proof() -> None:
    found = solve(problem(activity("a", **ROBOT), resources=(renewable(),)), time_limit="5 s").what_binds()
    assert found.summary == "more of any one resource pays nothing (proved)"


def test_one_may_ask_for_some_resources_and_hear_of_each_at_once() -> None:
    told: list[Gain] = []
    found = solve(rivals(), time_limit="5 s").what_binds(resources=["storage"], progress=told.append)
    assert told == list(found.gains)
    assert [one.resource for one in told] == ["storage"]


def test_a_shorter_makespan_is_a_gain_in_seconds() -> None:
    asked = problem(
        activity("a", 2, **ROBOT), activity("b", 2, **ROBOT), resources=(renewable(),), objective="makespan"
    )
    (gain,) = solve(asked, time_limit="5 s").what_binds().gains
    assert (gain.gain, gain.sure, gain.most) == (2 * TICK, 2 * TICK, 2 * TICK)


def test_each_resource_is_increased_by_what_it_says() -> None:
    asked = problem(resources=(
        renewable(capacity=0, profile=[(TICK, 25)]), battery(10, generation=[(0, 4)]), storage(600), link((0, 1, 2.0)),
    ))  # fmt: skip
    changes = [(name, change) for name, change, _ in increases(asked, 0.5)]
    assert changes == [
        ("robot", "from 25 to 38"), ("battery", "capacity +50%"), ("battery", "generation +50%"),
        ("storage", "capacity +50%"), ("link", "rate +50%"),
    ]  # fmt: skip
    robot, cell, sun, store, way = (increased for _, _, increased in increases(asked, 0.5))
    assert (robot.renewables[0].capacity, robot.renewables[0].profile) == (0, ((TICK, 38),))
    assert cell.resources[1].capacity_Wh == 15
    assert sun.resources[1].generation == ((0, 6.0),)
    assert store.resources[2].capacity_Mbit == 900
    assert way.links[0].passes == ((0, TICK, 3.0),)


def test_wrong_requests_are_refused() -> None:
    result = solve(rivals(), time_limit="5 s")
    with pytest.raises(UnknownNameError, match="did you mean robot"):
        result.what_binds(resources=["robots"])
    with pytest.raises(RequestError, match="above 0"):
        result.what_binds(more=0)
    empty = solve(problem(activity("a", windows=[])), time_limit="2 s")
    with pytest.raises(RequestError, match="no plan"):
        empty.what_binds()


@settings(max_examples=15, deadline=None)
@given(small_problems(), st.data())
def test_a_gain_is_what_solving_the_larger_problem_gains(asked: Problem, data: st.DataObject) -> None:
    result = solve(asked, time_limit="5 s")
    assume(result.status == "OPTIMAL" and result.plan.placements)
    assert result.objective is not None
    larger = {(name, change): increased for name, change, increased in increases(asked)}
    for gain in result.what_binds().gains:
        again = solve(larger[gain.resource, gain.change], time_limit="5 s")
        assert again.objective is not None
        assert gain.proved
        assert gain.gain == pytest.approx(again.objective - result.objective)
