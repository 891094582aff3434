"""Every left-out activity has its reason in words."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.planning.explain.reasons import left_out_reasons, reason_in
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, battery, problem, renewable, rich_problems, storage


def reason(
    name: str, *activities: dict[str, object], resources: tuple[dict[str, object], ...] = (), **starts: int
) -> str:
    """Reason why an activity is left out of a plan."""
    asked = problem(*activities, resources=resources)
    table = left_out_reasons(asked, Plan.of(asked, starts))
    return str(table.set_index("id").loc[name, "reason"])


def test_windows_that_never_hold_it() -> None:
    assert reason("a", activity("a", windows=[])) == "never possible in this span"
    late = activity("a", 2, windows=[(0, TICK)], demands={})
    assert (
        reason("b", activity("b", windows=[]), late | {"windows": [(0, 3 * TICK)]})
        == "never possible in this span"
    )


def test_too_much_data_or_power_even_alone() -> None:
    data = activity("a", data_Mbit_s=2)
    assert reason("a", data, resources=(storage(600),)) == (
        "storage cannot take its data, even if nothing else is done"
    )
    assert reason("a", activity("a", energy_W=60), resources=(battery(10, 5),)) == (
        "battery cannot carry it, even if nothing else is done"
    )
    assert reason("a", activity("a", demands={"robot": 2}), resources=(renewable(),)) == (
        "2 of robot are needed, there are 1"
    )


def test_what_is_in_the_way() -> None:
    robot = {"demands": {"robot": 1}}
    assert reason("b", activity("a", 12, **robot), activity("b", **robot), resources=(renewable(),), a=0) == (
        "no start is free: robot 100% (a)"
    )


def test_a_missing_predecessor_and_a_free_start() -> None:
    assert reason("b", activity("a"), activity("b", precedences=["a"])) == "needs a, left out too"
    assert reason("a", activity("a")) == "would fit at 2031-01-01 00:00: a longer search may place it"


def test_a_result_lists_them_all_in_the_order_of_the_problem() -> None:
    result = solve(
        problem(activity("b", windows=[], value=2.5), activity("a"), activity("c", windows=[])),
        time_limit="2 s",
    )
    table = result.left_out()
    assert table[["id", "value"]].to_dict("list") == {"id": ["b", "c"], "value": [2.5, 1.0]}


def test_what_is_needed_is_named_only_where_it_is_missing() -> None:
    drill = activity("drill", 2)
    lab, orbit = (
        activity(name, choice="assay", needs=["drill"], value=value)
        for name, value in (("lab", 2), ("orbit", 1))
    )
    assert reason("orbit", drill, lab, orbit, drill=0, lab=0) == "lab was chosen in its place"
    assert reason("lab", drill, lab, orbit) == "needs drill, left out too"
    later = activity("report", needs=["assay"])
    assert reason("report", drill, lab, orbit, later, drill=0) == "needs assay, left out too"
    assert "would fit" in reason("report", drill, lab, orbit, later, drill=0, lab=0)


def test_a_share_is_reckoned_in_the_plan_and_not_alone() -> None:
    lab, orbit = (activity(name, choice="assay", partner="south", value=1.5) for name in ("lab", "orbit"))
    listen, dig = activity("listen", partner="north", value=3), activity("dig", partner="south", value=6)
    asked = problem(listen, lab, orbit, dig, shares={"north": 0.4})
    table = left_out_reasons(asked, Plan.of(asked, {"listen": 0, "lab": 0})).set_index("id")
    assert table.loc["orbit", "reason"] == "lab was chosen in its place"
    assert table.loc["dig", "reason"] == "north would have 28.6% of the value, less than its 40.0%"
    table = left_out_reasons(asked, Plan.of(asked, {"listen": 0})).set_index("id")
    assert "would fit" in str(table.loc["orbit", "reason"])


@settings(max_examples=200, deadline=None)
@given(rich_problems(), st.data())
def test_every_reason_is_what_the_checker_says_of_each_start(asked: Problem, data: st.DataObject) -> None:
    made = greedy(asked)
    assume(made is not None)
    kept = data.draw(st.sets(st.sampled_from([entry.id for entry in asked.activities])))
    plan = Plan.of(asked, {name: start for name, start in made.starts.items() if name in kept})
    assume(not check(asked, plan))
    scene, empty = Scene(asked, plan), Scene(asked, Plan.of(asked, {}))
    for entry in asked.activities:
        if entry.id in plan.starts:
            continue
        reason = reason_in(scene, empty, entry.id)
        spans = entry.starts(asked.horizon_s)
        tried = {start for first, last in spans for start in (*range(first, last + 1, 120), last)}
        found = [check(asked, Plan.of(asked, {**plan.starts, entry.id: start})) for start in tried]
        for violations in found:
            assert reason.rules <= {one.rule for one in violations}
        if "would fit" not in reason.text:
            assert all(found)
