"""The comparison of two plans by its data."""

from __future__ import annotations

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.figures.plan_comparison import compare_plans
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem

ASKED = problem(*[activity(name) for name in ("a.1", "a.2", "b.1", "c")])
FIRST = Plan.of(ASKED, {"a.1": 0, "a.2": TICK, "b.1": 3 * TICK})
SECOND = Plan.of(ASKED, {"a.1": 0, "a.2": 2 * TICK, "c": 5 * TICK})


def test_bars_are_told_apart_by_what_became_of_them() -> None:
    figure = compare_plans(FIRST, SECOND, names=("plan1", "plan2"))
    ids = {trace.name: [entry[0] for entry in trace.customdata or ()] for trace in figure.data}
    assert ids == {
        "Same start (1)": ["a.1", "a.1"],
        "Moved (1)": ["a.2", "a.2"],
        "Only in plan1 (1)": ["b.1"],
        "Only in plan2 (1)": ["c"],
    }
    moved = next(trace for trace in figure.data if trace.name.startswith("Moved"))
    assert moved.y[0] < moved.y[1]
    assert "2031-01-01 00:10 UTC" in moved.hovertext[0]


def test_rows_are_experiments_with_their_names() -> None:
    figure = compare_plans(FIRST, SECOND)
    assert [note.text for note in figure.layout.annotations] == ["a", "b", "c"]
    assert figure.layout.xaxis.title.text == "Time [UTC]"
    known = load_catalogue().experiments
    asked = problem(activity("volatile_drilling.1"))
    plan = Plan.of(asked, {"volatile_drilling.1": 0})
    named = compare_plans(plan, plan, experiments=known)
    assert named.layout.annotations[0].text == known["volatile_drilling"].name


def test_downlink_turns_come_last_with_a_name_and_are_not_counted() -> None:
    asked = problem(*[activity(name) for name in ("relay/base.1", "a.1")])
    plan = Plan.of(asked, {"relay/base.1": 0, "a.1": TICK})
    figure = compare_plans(plan, plan, turns={"relay/base": "Base by the relay"})
    assert [note.text for note in figure.layout.annotations] == ["a", "Base by the relay"]
    assert [trace.name for trace in figure.data if trace.showlegend] == ["Same start (1)"]
    assert "not downlink turns" in figure.layout.title.subtitle.text


def test_two_empty_plans_are_said() -> None:
    empty = Plan.of(ASKED, {})
    assert "Neither plan" in compare_plans(empty, empty).layout.annotations[0].text
