"""The difference between two plans by its data."""

from __future__ import annotations

from ilrs_science.figures.plan_moves import plan_changes
from ilrs_science.planning.plan import Plan
from tests.figures.lived import FAULT
from tests.planning.problems import TICK, activity, problem

ASKED = problem(*[activity(name) for name in ("a.1", "a.2", "b.1", "c")])
OLD = Plan.of(ASKED, {"a.1": 0, "a.2": TICK, "b.1": 3 * TICK})
NEW = Plan.of(ASKED, {"a.1": 0, "a.2": 2 * TICK, "c": 5 * TICK})


def test_each_activity_is_kept_moved_dropped_or_added() -> None:
    figure = plan_changes(ASKED, OLD, NEW)
    bars = {bar.name: [entry[0] for entry in bar.customdata] for bar in figure.data if bar.type == "bar"}
    assert bars == {
        "Kept (1)": ["a.1"],
        "Dropped (1)": ["b.1"],
        "Added (1)": ["c"],
        "Moved from": ["a.2"],
        "Moved (1)": ["a.2"],
    }


def test_an_arrow_leads_from_the_old_start_to_the_new_one() -> None:
    figure = plan_changes(ASKED, OLD, NEW)
    arrow = next(trace for trace in figure.data if trace.name == "Moves")
    assert [str(text)[11:16] for text in arrow.x[:2]] == ["00:10", "00:20"]
    assert arrow.x[2] is None
    assert arrow.y[0] < arrow.y[1]
    assert arrow.marker.symbol == "arrow"
    assert {trace.legendgroup for trace in figure.data if trace.name.startswith("Move")} == {"moved"}


def test_the_moment_of_the_new_plan_and_the_fault_are_marked() -> None:
    figure = plan_changes(ASKED, OLD, NEW, now_s=TICK, disruptions=[FAULT])
    assert [shape.type for shape in figure.layout.shapes] == ["rect", "line"]
    assert "new plan" in {note.text for note in figure.layout.annotations}


def test_the_same_plan_is_kept_and_no_plan_is_said() -> None:
    assert [bar.name for bar in plan_changes(ASKED, OLD, OLD).data] == ["Kept (3)"]
    empty = Plan.of(ASKED, {})
    assert "Neither plan" in plan_changes(ASKED, empty, empty).layout.annotations[0].text
