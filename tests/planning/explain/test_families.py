"""The family of rules to blame is found by leaving it out, and every no is proved twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.families import Families, blame, families_of, relaxed
from ilrs_science.planning.judge.check import check
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

CREW = {"demands": {"crew": 1}}


def asked_why(
    *activities: dict[str, Any], resources: tuple[dict[str, Any], ...] = (), **starts: int
) -> Families:
    """Families that keep b out of a plan."""
    asked = problem(*activities, resources=resources)
    return blame(asked, Plan.of(asked, starts), ["b"], Budget("10 s"))


def test_one_family_alone_is_to_blame() -> None:
    found = asked_why(activity("a", 12, **CREW), activity("b", **CREW), resources=(renewable("crew"),), a=0)
    assert found.to_blame == ("crew and robots",)
    assert repr(found) == "<Families b: would fit without crew and robots>"
    assert found.to_frame().loc["crew and robots"].to_dict() | {"time_s": 0} == {
        "fits_without": "yes", "verified": True, "resources": "crew", "time_s": 0,
    }  # fmt: skip


def test_two_families_have_to_give_way_together_and_each_no_is_verified() -> None:
    found = asked_why(
        activity("a", 12, demands={"crew": 1, "radar": 1}), activity("b", demands={"crew": 1, "radar": 1}),
        resources=(renewable("crew"), renewable("radar")), a=0,
    )  # fmt: skip
    assert found.to_blame == ()
    assert [one.verified for one in found.answers] == [True, True]
    assert found.together == ("instruments", "crew and robots")
    assert found.summary == "would fit only without instruments and crew and robots together"


def test_exclusions_precedence_and_locks_are_families_too() -> None:
    assert asked_why(activity("a", 12), activity("b", exclusions=["a"]), a=0).to_blame == ("exclusions",)
    order = asked_why(activity("a", 6), activity("b", 6, precedences=[{"after": "a", "min_lag_s": 1}]), a=0)
    assert order.to_blame == ("precedence",)
    held = [activity("a", 4, locked_start=4 * TICK, **CREW), activity("b", 8, **CREW)]
    assert asked_why(*held, resources=(renewable("crew"),), a=4 * TICK).to_blame == (
        "crew and robots",
        "locks",
    )


def test_battery_and_storage_are_told_apart() -> None:
    stores = (battery(5, 5), storage(600))
    assert asked_why(
        activity("a", 4, energy_W=6), activity("b", 2, energy_W=6), resources=stores, a=0
    ).to_blame == ("battery",)
    made = {"data_Mbit_s": 1}
    assert asked_why(activity("a", **made), activity("b", **made), resources=stores, a=0).to_blame == (
        "storage",
    )


def test_no_time_leaves_the_answer_open() -> None:
    asked = problem(activity("a", 12, **CREW), activity("b", **CREW), resources=(renewable("crew"),))
    found = blame(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s", cancel=lambda: True))
    assert found.summary == "not known which family is to blame (open: crew and robots)"


def test_resources_are_sorted_by_their_names() -> None:
    asked = problem(resources=(
        renewable("rover_arm"), renewable("bus_W"), renewable("bus_power"), renewable("camera"),
        battery(), storage(), link(),
    ))  # fmt: skip
    assert families_of(asked) == {
        "instruments": ("camera",), "crew and robots": ("rover_arm",), "bus power": ("bus_W", "bus_power"),
        "battery": ("battery",), "storage": ("storage",),
    }  # fmt: skip


def keeps_every_plan(asked: Problem) -> None:
    """Relaxing any family leaves a plan of the problem a plan."""
    plan = greedy(asked)
    for family in families_of(asked):
        if plan is not None and not check(asked, plan):
            freed = relaxed(asked, family)
            assert not check(freed, Plan.of(freed, plan.starts))


@settings(max_examples=40, deadline=None)
@given(small_problems())
def test_relaxing_never_forbids_a_plan(asked: Problem) -> None:
    keeps_every_plan(asked)


@settings(max_examples=40, deadline=None)
@given(rich_problems())
def test_relaxing_never_forbids_a_rich_plan(asked: Problem) -> None:
    keeps_every_plan(asked)
