"""The difference between two plans is a table of what went, came and moved."""

from __future__ import annotations

import pandas as pd

from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.plan import Plan
from tests.planning.problems import activity, problem


def test_each_change_has_its_kind_shift_and_value() -> None:
    asked = problem(
        *(activity(name, value=worth) for name, worth in (("a", 1), ("b", 2), ("c", 3), ("d", 4)))
    )
    before, after = Plan.of(asked, {"a": 0, "b": 600, "d": 0}), Plan.of(asked, {"b": 4200, "c": 0, "d": 0})
    table = changes(asked, before, after)
    assert list(table.index) == ["a", "c", "b"]
    assert list(table["change"]) == ["dropped", "added", "moved"]
    assert list(table["value"]) == [-1.0, 3.0, 0.0]
    assert table.loc["b", "shift_h"] == 1.0
    assert pd.isna(table.loc["a", "start_after"])
    assert table.loc["c", "start_after"] == pd.Timestamp("2031-01-01")


def test_equal_plans_differ_in_nothing() -> None:
    asked = problem(activity("a"))
    plan = Plan.of(asked, {"a": 0})
    table = changes(asked, plan, plan)
    assert len(table) == 0
    assert str(table["start_after"].dtype) == "datetime64[us]"


def test_a_move_to_a_start_that_is_worth_less_loses_value() -> None:
    asked = problem(activity("a", value=4, value_curve=[(600, 0.5)]))
    table = changes(asked, Plan.of(asked, {"a": 0}), Plan.of(asked, {"a": 600}))
    assert table.loc["a", "value"] == -2.0
