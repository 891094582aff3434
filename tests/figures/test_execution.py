"""The timeline of an execution by its data."""

from __future__ import annotations

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.figures.execution import execution_timeline
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.plan import Plan
from tests.figures.lived import FAULT, lives, station
from tests.planning.problems import TICK, activity, problem


def ids(figure) -> dict[str, list[str]]:
    """Activities by what the legend calls them."""
    return {bar.name: [entry[0] for entry in bar.customdata] for bar in figure.data if bar.type == "bar"}


def test_bars_are_told_apart_by_what_came_of_them() -> None:
    _, plan = station()
    figure = execution_timeline(lives()["keep_going"].execution, plan, disruptions=[FAULT])
    found = ids(figure)
    assert sorted(found["Planned"]) == ["a.1", "b.1", "c.1"]
    assert found["Done (1)"] == ["c.1"]
    assert found["Done late (1)"] == ["b.1"]
    assert found["Stopped (1)"] == ["a.1"]
    late = next(bar for bar in figure.data if bar.name.startswith("Done late"))
    assert "late by 0.3 h" in late.hovertext[0]
    planned = next(bar for bar in figure.data if bar.name == "Planned")
    assert max(planned.y) < max(bar for one in figure.data if one.name == "Done (1)" for bar in one.y)


def test_the_fault_is_a_band_with_its_entry_in_the_legend() -> None:
    asked, plan = station()
    figure = execution_timeline(lives()["keep_going"].execution, plan, disruptions=[FAULT])
    band = figure.layout.shapes[0]
    assert (band.x0, band.x1) == (
        str(asked.time(TICK).astype("datetime64[s]")),
        str(asked.time(5 * TICK).astype("datetime64[s]")),
    )
    assert "Something is wrong" in {trace.name for trace in figure.data}


def test_it_can_be_stopped_at_any_moment() -> None:
    _, plan = station()
    ran = lives()["keep_going"].execution
    figure = execution_timeline(ran, plan, disruptions=[FAULT], until_s=TICK // 2)
    assert sorted(ids(figure)["Runs (2)"]) == ["a.1", "c.1"]
    assert figure.layout.shapes[-1].type == "line"
    assert "Something is wrong" not in {trace.name for trace in figure.data}
    runs = next(bar for bar in figure.data if bar.name == "Runs (2)")
    assert set(runs.x) == {TICK / 2 * 1000}


def test_a_new_plan_can_stand_above() -> None:
    life = lives()["on_board"]
    figure = execution_timeline(life.execution, life.replans[-1].plan)
    assert sum(len(found) for name, found in ids(figure).items() if name.startswith("Done")) == 3


def test_rows_are_experiments_with_their_names() -> None:
    known = load_catalogue().experiments
    asked = problem(activity("volatile_drilling.1"))
    plan = Plan.of(asked, {"volatile_drilling.1": 0})
    figure = execution_timeline(execute(asked, plan), plan, experiments=known)
    assert figure.layout.annotations[0].text == known["volatile_drilling"].name


def test_an_empty_plan_is_said() -> None:
    asked, _ = station()
    empty = Plan.of(asked, {})
    figure = execution_timeline(execute(asked, empty), empty)
    assert "nothing to execute" in figure.layout.annotations[0].text.replace("<br>", " ")
