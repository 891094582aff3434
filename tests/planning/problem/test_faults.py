"""Every number of a problem has its range, and its limits themselves are allowed."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.planning.problem.problem import Problem, ProblemError
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

STORES = (renewable(capacity=10**9), battery(), storage(), link((1, 2, 1.0)))


def faults(
    *activities: dict[str, Any], resources: tuple[dict[str, Any], ...] = STORES, **fields: Any
) -> list[str]:
    """Faults of a problem, none for a sound one."""
    try:
        problem(*activities, resources=resources, **fields)
    except ProblemError as error:
        return list(error.faults)
    return []


@pytest.mark.parametrize(
    ("field", "highest", "above", "says"),
    [
        ("value", 1e9, 1e9 + 1, "value is 1e+09; it must be 0 to 10^9"),
        ("energy_W", 1e6, 1e6 + 1, "energy_W is 1e+06; it must be 0 to 10^6 W"),
        ("data_Mbit_s", 1e4, 1e4 + 1, "data_Mbit_s is 10001; it must be 0 to 10^4 Mbit/s"),
    ],
)
def test_what_an_activity_uses_is_bounded(field: str, highest: float, above: float, says: str) -> None:
    assert faults(activity("a", **{field: highest})) == []
    assert faults(activity("a", **{field: 0.0})) == []
    assert faults(activity("a", **{field: above})) == [f"activity 'a': {says}"]


def test_demands_are_bounded_and_need_not_fit_the_capacity() -> None:
    assert faults(activity("a", demands={"robot": 10**9})) == []
    assert faults(activity("a", demands={"robot": 2}), resources=(renewable(),)) == []
    assert faults(activity("a", demands={"robot": 10**9 + 1})) == [
        "activity 'a': demand of 'robot' is 1000000001; it must be 0 to 10^9"
    ]


@pytest.mark.parametrize(
    ("horizon", "sound"), [(-1, False), (0, False), (1, True), (320_000_000, True), (320_000_001, False)]
)
def test_the_horizon_is_bounded(horizon: int, sound: bool) -> None:
    assert faults(horizon_s=horizon, resources=()) == (
        [] if sound else [f"horizon_s is {horizon}; it must be 1 to 320000000 s"]
    )


@pytest.mark.parametrize(
    ("resource", "says"),
    [
        (renewable(capacity=0), ""),
        (renewable(capacity=10**9 + 1), "renewable 'robot': capacity is 1000000001; it must be 0 to 10^9"),
        (renewable(profile=[(0, 10**9)]), ""),
        (renewable(profile=[(0, 10**9 + 1)]), "renewable 'robot': profile must lie between 0 and 1e+09"),
        (renewable(profile=[(0, -1)]), "renewable 'robot': profile must lie between 0 and 1e+09"),
        (renewable(profile=[(5, 1), (5, 1)]), "renewable 'robot': times of profile must increase"),
        (battery(5, 5, minimum_Wh=5), ""),
        (battery(5, 5, minimum_Wh=5.001), "battery 'battery': needs 0 <= minimum_Wh <= initial_Wh <= capacity_Wh"),
        (battery(5, 5, minimum_Wh=-0.001), "battery 'battery': needs 0 <= minimum_Wh <= initial_Wh <= capacity_Wh"),
        (battery(generation=[(0, 1e6)]), ""),
        (battery(generation=[(0, 1e6 + 1)]), "battery 'battery': generation must lie between 0 and 1e+06"),
        (battery(load=[(9, 0), (8, 0)]), "battery 'battery': times of load must increase"),
        (storage(5, 5), ""),
        (storage(5, -1), "storage 'storage': needs 0 <= initial_Mbit <= capacity_Mbit"),
        (link((1, 1, 1e4), power=1e6), ""),
        (link((1, 2, 1e4 + 1)), "link 'link': rate of pass [600, 1200] is 10001; it must be 0 to 10^4 Mbit/s"),
        (link(power=1e6 + 1), "link 'link': power_W is 1e+06; it must be 0 to 10^6 W"),
        (link((2, 1, 1.0)), "link 'link': pass [1200, 600] is reversed"),
    ],
)  # fmt: skip
def test_resources_are_bounded(resource: dict[str, Any], says: str) -> None:
    assert faults(resources=(resource,)) == ([says] if says else [])


@pytest.mark.parametrize("resource", [battery(1e9, 5), storage(1e9)])
def test_a_store_is_at_most_a_thousand_million(resource: dict[str, Any]) -> None:
    assert faults(resources=(resource,)) == []
    name = next(name for name in resource if name.startswith("capacity"))
    unit = name.partition("_")[2]
    assert faults(resources=(resource | {name: 1.1e9},)) == [
        f"{resource['kind']} '{resource['kind']}': {name} is 1.1e+09; it must be 0 to 10^9 {unit}"
    ]


@pytest.mark.parametrize("name", ["min_lag_s", "max_lag_s"])
def test_a_lag_is_at_most_ten_years(name: str) -> None:
    def after(lag: int) -> dict[str, Any]:
        return activity("b", precedences=[{"after": "a", name: lag}])

    assert faults(activity("a"), after(320_000_000)) == []
    assert faults(activity("a"), after(10**30)) == [
        f"activity 'b': {name} after 'a' is {10**30}; it must be -320000000 to 320000000 s"
    ]


@pytest.mark.parametrize("time", [10**9 + 1, -(10**9) - 1, 10**30])
def test_a_time_is_at_most_thirty_years_off(time: int) -> None:
    said = "must lie between -10^9 and 10^9 s"
    steps = [(time, 1)]
    assert faults(activity("a", value_curve=steps)) == [f"activity 'a': times of value_curve {said}"]
    assert faults(resources=(battery(load=steps),)) == [f"battery 'battery': times of load {said}"]
    assert faults(resources=(renewable(profile=steps),)) == [f"renewable 'robot': times of profile {said}"]
    ends = sorted([0, time])
    passes = {"kind": "link", "id": "x", "passes": [[*ends, 1]]}
    assert faults(resources=(storage(), passes)) == [f"link 'x': pass {ends} {said}"]


def test_warm_up_and_cool_down_have_a_limit() -> None:
    for name in ("warm_up_s", "cool_down_s"):
        assert faults(activity("a", **{name: 320_000_000})) == []
        assert faults(activity("a", **{name: 320_000_001})) == [
            f"activity 'a': {name} is 320000001; it must be 0 to 320000000 s"
        ]


def test_one_link_may_have_several_faults_and_several_links_are_fine() -> None:
    assert len(faults(resources=(link((2, 1, -1.0), power=-1),))) == 3
    assert faults(resources=(link((1, 2, 1.0)), link((1, 2, 1.0)) | {"id": "relay"})) == []


def test_of_several_stores_an_activity_says_which() -> None:
    several = (*(battery() | {"id": name} for name in ("base", "orbiter")), storage())
    assert faults(activity("a", energy_W=1), resources=several) == [
        "activity 'a': must say which battery: base, orbiter"
    ]
    assert faults(activity("a", energy_W=1, battery="bas"), resources=several) == [
        "activity 'a': unknown battery 'bas'; did you mean base?"
    ]
    assert faults(activity("a", energy_W=1, battery="base", data_Mbit_s=1), resources=several) == []
    assert faults(resources=(*several, link(power=2))) == [
        "link 'link': must say which battery: base, orbiter"
    ]


def test_an_id_is_shared_by_no_two_parts_of_any_kind() -> None:
    assert faults(activity("robot"), resources=(renewable(),)) == ["two parts share the id 'robot'"]
    assert faults(activity("a"), activity("a"), activity("a")) == ["two parts share the id 'a'"]


def test_a_window_as_long_as_the_activity_is_long_enough() -> None:
    assert faults(activity("a", 2, windows=[(TICK, 3 * TICK)])) == []
    assert faults(activity("a", 2, windows=[(TICK, 2 * TICK), (2 * TICK, 3 * TICK)])) == []
    assert faults(activity("a", 2, windows=[(TICK, 3 * TICK - 1)])) == [
        "activity 'a': no window holds its 1200 s (the longest has 1199 s)"
    ]


def test_an_activity_as_long_as_the_horizon_is_allowed_and_an_impossible_one_without_windows_too() -> None:
    assert faults(activity("a", 12)) == []
    assert faults(activity("a", 99, windows=[])) == []
    assert faults(activity("a", 13)) == [
        "activity 'a': duration_s is 7800, longer than the horizon of 7200 s"
    ]


def test_a_moment_has_no_duration_and_a_negative_one_is_refused() -> None:
    assert faults(activity("a", 0)) == []
    assert faults({"id": "a", "duration_s": -1}) == ["activity 'a': duration_s is -1; it must be 0 or more"]


def test_a_reversed_window_is_said_without_what_follows_from_it() -> None:
    assert faults(activity("a", 2, windows=[(5, 4), (-3, 99_999)])) == [
        "activity 'a': window [5, 4] is reversed",
        "activity 'a': window [-3, 99999] leaves the horizon [0, 7200]",
    ]


@pytest.mark.parametrize(
    ("lock", "sound"), [(-1, False), (0, True), (11 * TICK, True), (11 * TICK + 1, False)]
)
def test_a_lock_lies_within_the_horizon(lock: int, sound: bool) -> None:
    where = f"outside the horizon [0, {12 * TICK}]: it would run from {lock} to {lock + TICK} s"
    said = [] if sound else [f"activity 'a': locked_start {lock} is {where}"]
    assert faults(activity("a", locked_start=lock)) == said


def test_a_locked_activity_without_windows_cannot_be() -> None:
    assert faults(activity("a", windows=[], locked_start=0)) == [
        "activity 'a': must be done but has no window"
    ]


def test_lags_may_be_equal_or_negative() -> None:
    for limits in ({"min_lag_s": 5, "max_lag_s": 5}, {"min_lag_s": -9, "max_lag_s": -8}, {"max_lag_s": 0}):
        assert faults(activity("a"), activity("b", precedences=[{"after": "a", **limits}])) == []


def test_an_exclusion_of_itself_or_of_nobody_is_a_fault() -> None:
    assert faults(activity("a", exclusions=["a"])) == [
        "activity 'a': names itself, or the choice it belongs to, as predecessor, need or exclusion"
    ]
    assert faults(activity("drill"), activity("b", exclusions=["dril"])) == [
        "activity 'b': unknown activity 'dril'; did you mean drill?"
    ]


def test_an_unknown_resource_lists_those_there_are() -> None:
    (fault,) = faults(activity("a", demands={"x": 1}), resources=(renewable("robot"), renewable("crew")))
    assert fault == "activity 'a': unknown resource 'x' (renewable: crew, robot)"
    (fault,) = faults(activity("a", demands={"battery": 1}), resources=(battery(),))
    assert fault.endswith("(renewable: none)")


def test_a_circle_of_three_is_told_in_order() -> None:
    chain = [activity(one, precedences=[before]) for one, before in ("ac", "ba", "cb")]
    (fault,) = faults(*chain)
    assert fault.endswith(" (refused whatever the lags)")
    names = fault.removeprefix("precedences go in a circle: ").partition(" (")[0].split(" after ")
    assert names[0] == names[-1]
    assert sorted(names[1:]) == ["a", "b", "c"]


def test_one_fault_is_counted_as_one() -> None:
    with pytest.raises(ProblemError, match=r"^1 fault in the problem: "):
        Problem(horizon_s=0)
    with pytest.raises(ProblemError, match=r"^2 faults in the problem: "):
        Problem(horizon_s=0, activities=[activity("a", value=-1, windows=[])])


@pytest.mark.parametrize(
    ("window", "sound"), [((0, 7200), True), ((-1, 7200), False), ((0, 7201), False), ((7200, 7200), True)]
)
def test_a_window_reaches_from_the_epoch_to_the_horizon_at_most(window: tuple[int, int], sound: bool) -> None:
    said = f"activity 'a': window [{window[0]}, {window[1]}] leaves the horizon [0, 7200]"
    assert faults(activity("a", 0, windows=[window])) == ([] if sound else [said])


def test_a_demand_for_nothing_is_allowed() -> None:
    assert faults(activity("a", demands={"robot": 0})) == []


def test_only_in_a_makespan_problem_must_everything_be_done() -> None:
    assert faults(activity("a", optional=True)) == []
    assert faults(activity("a", optional=True), objective="makespan") == [
        "activity 'a': is optional; a makespan problem does everything"
    ]
    assert faults(activity("a", optional=True, locked_start=0), objective="makespan") == []


def test_one_fault_of_an_activity_hides_no_other() -> None:
    wrong = {
        "duration_s": -1,
        "warm_up_s": -4,
        "cool_down_s": -1,
        "windows": [(50, 20)],
        "forbidden": [(9, 9)],
    }
    assert faults({"id": "a", **wrong}, horizon_s=-5, resources=()) == [
        "horizon_s is -5; it must be 1 to 320000000 s",
        "activity 'a': duration_s is -1; it must be 0 or more",
        "activity 'a': warm_up_s is -4; it must be 0 to 320000000 s",
        "activity 'a': cool_down_s is -1; it must be 0 to 320000000 s",
        "activity 'a': forbidden span [9, 9] is empty or reversed",
        "activity 'a': window [50, 20] is reversed",
    ]


def test_a_circle_whose_lags_would_allow_it_is_refused_as_well() -> None:
    pair = [activity(one, precedences=[{"after": other, "min_lag_s": -9999}]) for one, other in ("ab", "ba")]
    (fault,) = faults(*pair)
    assert fault.endswith(" (refused whatever the lags)")


def test_a_long_name_hides_neither_its_end_nor_the_fault() -> None:
    (fault,) = faults(activity("x" * 2000, value=-1))
    assert fault == f"activity '{'x' * 60}...': value is -1; it must be 0 to 10^9"


def test_only_names_are_shortened_and_not_what_stands_between_two() -> None:
    said = f"activity 'a': {'needs very many words ' * 5}'b'"
    assert ProblemError([said, f"'{'x' * 60}{'y' * 20}' is wrong"]).faults == (
        said,
        f"'{'x' * 60}...' is wrong",
    )
