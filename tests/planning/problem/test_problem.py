"""A problem is read, written and refused as documented."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given

from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.problem import Problem, ProblemError
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, small_problems, storage


@given(small_problems())
def test_json_reads_back_to_an_equal_problem(asked: Problem) -> None:
    assert Problem.from_json(asked.to_json()) == asked
    assert Problem.from_json(asked.to_json()).digest == asked.digest


def test_the_published_form_is_read() -> None:
    text = """{"epoch": "2031-01-01", "horizon_s": 7200, "objective": "value",
      "activities": [{"id": "a", "duration_s": 600, "windows": [[0, 3600]], "value": 2.5, "demands": {"camera": 1},
        "energy_W": 3.4, "data_Mbit_s": 0.0014, "optional": true, "precedences": [], "exclusions": ["b"],
        "locked_start": null}, {"id": "b", "duration_s": 60, "precedences": ["a"]}],
      "resources": [{"kind": "renewable", "id": "camera", "capacity": 1},
        {"kind": "battery", "id": "battery", "capacity_Wh": 100, "initial_Wh": 50},
        {"kind": "storage", "id": "memory", "capacity_Mbit": 1000},
        {"kind": "link", "id": "relay", "passes": [[0, 600, 2]]}]}"""
    asked = Problem.from_json(text)
    assert asked.epoch == "2031-01-01T00:00:00Z"
    assert (asked.by_id["a"].power_mW, asked.by_id["a"].rate_bit_s, asked.by_id["a"].worth) == (
        3400,
        1400,
        2500,
    )
    assert asked.by_id["b"].precedences[0].after == "a"
    assert asked.time(90) == np.datetime64("2031-01-01T00:01:30", "us")


def test_a_file_is_read(tmp_path) -> None:
    asked = problem(activity("a"))
    (tmp_path / "problem.json").write_text(asked.to_json(), encoding="utf-8")
    assert Problem.from_json(tmp_path / "problem.json") == asked
    assert Problem.from_json(str(tmp_path / "problem.json")) == asked


def test_a_bare_rcpsp_is_a_problem_whose_activities_are_mandatory() -> None:
    asked = Problem.from_json(
        '{"horizon_s": 20, "objective": "makespan", "activities": [{"id": "a", "duration_s": 3, "demands": {"r": 2}},'
        '{"id": "b", "duration_s": 4, "demands": {"r": 1}, "precedences": ["a"]}],'
        '"resources": [{"kind": "renewable", "id": "r", "capacity": 2}]}'
    )
    assert all(entry.required for entry in asked.activities)


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        problem(
            activity("a", demands={"robto": 1}),
            activity("b", -1),
            activity("c", 3, windows=[(0, TICK), (TICK + 1, 2 * TICK)]),
            activity("d", windows=[(2 * TICK, TICK)]),
            resources=(renewable(),),
        )
    assert [fault.split(":")[0] for fault in caught.value.faults] == [f"activity {name!r}" for name in "abcd"]
    message = str(caught.value)
    assert "unknown resource 'robto'; did you mean robot?" in message
    assert "duration_s is -600; it must be 0 or more" in message
    assert "no window holds its 1800 s (the longest has 600 s)" in message
    assert "window [1200, 600] is reversed" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"horizon_s": 0}, "horizon_s is 0"),
        ({"horizon_s": 1.5}, "horizon_s: "),
        ({"epoch": "yesterday"}, "epoch: "),
        ({"epoch": "2031-01-01T00:00:00.5Z"}, "whole second"),
        ({"objective": "fun"}, "objective: "),
        ({"colour": "red"}, "colour: no such field"),
    ],
)
def test_a_bad_field_is_named(fields: dict[str, object], says: str) -> None:
    with pytest.raises(ProblemError, match=says):
        problem(activity("a"), **fields)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"windows": [(0, 13 * TICK)]}, "leaves the horizon"),
        ({"windows": [(-1, 9 * TICK)]}, "leaves the horizon"),
        ({"windows": [], "optional": False}, "must be done but has no window"),
        ({"windows": [(0, 2 * TICK)], "locked_start": 2 * TICK}, "locked_start 1200 is outside its windows"),
        ({"energy_W": 1}, "draws power but the problem has no battery"),
        ({"data_Mbit_s": 1}, "makes data but the problem has no storage"),
        ({"energy_W": -1}, "energy_W is -1"),
        ({"value": -1}, "value is -1"),
        ({"value": float("nan")}, "value: input should be a finite number"),
        ({"demands": {"robot": -1}}, "demand of 'robot' is -1"),
        ({"precedences": ["nobody"]}, "unknown activity 'nobody'"),
        ({"precedences": ["a"]}, "names itself"),
        ({"precedences": [{"after": "b", "min_lag_s": 5, "max_lag_s": 4}]}, "shorter than min_lag_s"),
        ({"duration_s": 13 * TICK}, "longer than the horizon"),
        ({"id": "b"}, "two parts share the id 'b'"),
        ({"id": ""}, "activities\\[0\\]: id: "),
    ],
)
def test_a_bad_activity_is_refused(entry: dict[str, object], says: str) -> None:
    with pytest.raises(ProblemError, match=says):
        problem({**activity("a"), **entry}, activity("b"), resources=(renewable(),))


@pytest.mark.parametrize(
    ("resources", "says"),
    [
        ((battery(10, 11),), "needs 0 <= minimum_Wh <= initial_Wh <= capacity_Wh"),
        ((battery(final_Wh=11),), "needs 0 <= final_Wh <= capacity_Wh"),
        ((battery(generation=[(5, 1.0), (5, 2.0)]),), "times of generation must increase"),
        ((battery(load=[(5, -1.0)]),), "load must lie between 0"),
        ((storage(5, 6),), "needs 0 <= initial_Mbit <= capacity_Mbit"),
        ((link((2, 1, 1.0)),), "pass .* is reversed"),
        ((link((1, 2, -1.0)),), "rate of pass"),
        ((link(power=-1),), "power_W is -1"),
        ((renewable(capacity=-1),), "capacity is -1"),
        ((renewable(profile=[(5, 1), (4, 1)]),), "times of profile must increase"),
        ((renewable(), renewable()), "two parts share the id 'robot'"),
    ],
)
def test_a_bad_resource_is_refused(resources: tuple[dict[str, object], ...], says: str) -> None:
    with pytest.raises(ProblemError, match=says):
        problem(resources=resources)


def test_precedences_in_a_circle_are_refused() -> None:
    with pytest.raises(ProblemError, match="precedences go in a circle: "):
        problem(activity("a", precedences=["b"]), activity("b", precedences=["a"]))


def test_an_optional_activity_has_no_place_in_a_makespan_problem() -> None:
    with pytest.raises(ProblemError, match="a makespan problem does everything"):
        problem(activity("a", optional=True), objective="makespan")


@pytest.mark.parametrize("text", ["{", "[]", '{"activities": 5, "horizon_s": 5}', "[" * 100_000])
def test_what_is_no_problem_is_one_line(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        Problem.from_json(text)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(RequestError, match=r"cannot read the problem 'nowhere\.json'"):
        Problem.from_json("some/nowhere.json")


def test_replace_checks_anew() -> None:
    asked = problem(activity("a", 2))
    assert asked.replace(horizon_s=20 * TICK).horizon_s == 20 * TICK
    with pytest.raises(ProblemError, match="longer than the horizon"):
        asked.replace(horizon_s=TICK)


def test_windows_that_touch_are_one() -> None:
    asked = problem(activity("a", 2, windows=[(TICK, 2 * TICK), (0, TICK), (5 * TICK, 8 * TICK)]))
    assert asked.by_id["a"].starts(asked.horizon_s) == [(0, 0), (5 * TICK, 6 * TICK)]


def test_the_digest_follows_the_content() -> None:
    one = problem(activity("a", value=1.0))
    assert one.digest == json.loads(json.dumps(one.digest)) == problem(activity("a", value=1)).digest
    assert one.digest != problem(activity("a", value=1.001)).digest


def test_repr_is_one_line() -> None:
    asked = problem(activity("a"), name="try", resources=(renewable(),))
    assert repr(asked) == (
        "<Problem try: 1 activity, 1 resource, 0.0833333 d from 2031-01-01T00:00:00Z, value>"
    )
