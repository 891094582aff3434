"""A plan and its result are printed, tabulated, written and read as documented."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from icalendar import Calendar

from ilrs_science.errors import RequestError
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, battery, problem, renewable


def test_a_plan_follows_from_its_starts() -> None:
    asked = problem(activity("a", 2), activity("b", 1), activity("c", 1))
    plan = Plan.of(asked, {"b": 3 * TICK, "a": 0})
    assert [(placed.id, placed.start_s, placed.end_s) for placed in plan.placements] == [
        ("a", 0, 1200),
        ("b", 1800, 2400),
    ]
    assert (plan.left_out, plan.starts, len(plan)) == (("c",), {"a": 0, "b": 1800}, 2)
    assert repr(plan) == "<Plan 2 of 3 activities from 2031-01-01T00:00:00Z>"


def test_the_table_has_utc_and_hours() -> None:
    table = Plan.of(problem(activity("a", 3)), {"a": TICK}).to_frame()
    assert table.loc["a", "start"] == np.datetime64("2031-01-01T00:10:00")
    assert table.loc["a", "end"] == np.datetime64("2031-01-01T00:40:00")
    assert table.loc["a", "duration_h"] == 0.5
    assert table.index.name == "id"


def test_the_table_of_an_empty_plan_has_the_same_columns() -> None:
    table = Plan.of(problem(), {}).to_frame()
    assert list(table.columns) == ["start", "end", "duration_h"]
    assert table["start"].dtype == "datetime64[us]"
    assert table.empty


def test_json_reads_back_to_an_equal_plan(tmp_path) -> None:
    plan = Plan.of(problem(activity("a")), {"a": 5})
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    assert Plan.from_json(tmp_path / "plan.json") == plan


@pytest.mark.parametrize("text", ["[]", "{}", '{"epoch": "x", "placements": [{"id": "a"}]}', "{"])
@pytest.mark.parametrize("kind", [Plan, PlanResult])
def test_what_is_no_plan_is_one_line(kind: type[Plan] | type[PlanResult], text: str) -> None:
    with pytest.raises(RequestError) as caught:
        kind.from_json(text)
    assert "\n" not in str(caught.value)


def test_repr_of_a_result_is_one_honest_line() -> None:
    asked = problem(
        activity("a", 7, value=2, demands={"robot": 1}),
        activity("b", 7, demands={"robot": 1}),
        resources=(renewable(),),
    )
    assert (
        repr(solve(asked, time_limit="5 s")) == "<PlanResult OPTIMAL: 1 of 2, value 2.0 (bound 2.0), checked>"
    )
    bare = problem(activity("a", 1), activity("b", 2, precedences=["a"]), objective="makespan")
    assert repr(solve(bare)) == "<PlanResult OPTIMAL: 2 of 2, makespan 1800 s (bound 1800 s), checked>"


def test_repr_shows_the_gap_and_a_verdict_that_is_not_clean() -> None:
    asked = problem(activity("a"), activity("b"), resources=(battery(),))
    result = solve(asked)
    worse = result.model_copy(
        update={
            "status": "FEASIBLE",
            "objective": 1.5,
            "certificate": result.certificate.model_copy(update={"verdict": ("window: x", "window: y")}),
        }
    )
    assert repr(worse) == "<PlanResult FEASIBLE: 2 of 2, value 1.5 (bound 2.0, gap 25.0%), 2 violations>"
    assert worse.gap == 0.25
    assert not worse.checked


def test_the_same_instants_can_be_counted_from_another_epoch() -> None:
    plan = Plan.of(problem(activity("a"), activity("b")), {"a": TICK, "b": 5 * TICK})
    later = plan.counted_from("2031-01-01T00:20:00Z")
    assert later.starts == {"a": -TICK, "b": 3 * TICK}
    assert list(later.to_frame()["start"]) == list(plan.to_frame()["start"])
    assert later.counted_from(plan.epoch) == plan


def test_a_plan_is_a_text_table() -> None:
    plan = Plan.of(problem(activity("a", 2), activity("b"), activity("c")), {"b": 0, "a": 3 * TICK})
    assert plan.to_csv() == (
        "id,start,end,duration_s\n"
        "b,2031-01-01T00:00:00Z,2031-01-01T00:10:00Z,600\n"
        "a,2031-01-01T00:30:00Z,2031-01-01T00:50:00Z,1200\n"
    )
    assert Plan.of(problem(activity("a")), {}).to_csv() == "id,start,end,duration_s\n"


def test_a_plan_is_a_calendar_in_which_one_is_busy() -> None:
    asked = problem(activity("a", 2), activity("b, c", 0), activity("d"))
    plan = Plan.of(asked, {"b, c": 0, "a": 3 * TICK})
    text = plan.to_icalendar("Campaign", titles={"a": "Drill", "d": "Dig"})
    events = {str(event["summary"]): event for event in Calendar.from_ical(text).events}
    assert set(events) == {"Drill", "b, c"}
    assert events["Drill"].start == datetime(2031, 1, 1, 0, 30, tzinfo=UTC)
    assert events["Drill"].end == datetime(2031, 1, 1, 0, 50, tzinfo=UTC)
    assert events["b, c"].start == events["b, c"].end
    assert {str(event["transp"]) for event in events.values()} == {"OPAQUE"}
    assert text == plan.to_icalendar("Campaign", titles={"a": "Drill"}), "the clock is not read"


def test_a_later_plan_moves_the_event_of_an_earlier_one() -> None:
    asked = problem(activity("a"), activity("b"))
    before, after = (Plan.of(asked, {"a": start, "b": 0}).to_icalendar("x") for start in (0, TICK))
    uids = [
        sorted(str(event["uid"]) for event in Calendar.from_ical(text).events) for text in (before, after)
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2
    assert before != after


def test_an_id_is_no_formula_of_a_spreadsheet() -> None:
    asked = problem(*(activity(name) for name in ("=cmd()", "-x", "@y", "a=b")))
    lines = Plan.of(asked, dict.fromkeys(asked.by_id, 0)).to_csv().splitlines()[1:]
    assert sorted(line.split(",")[0] for line in lines) == ["'-x", "'=cmd()", "'@y", "a=b"]
