"""Partners below their shares count for more, and plans with shares are nearly as good as can be."""

from __future__ import annotations

import numpy as np

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.packing.facts import facts
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.search.engine import search
from ilrs_science.planning.search.trivial import trivial_bound, unshared_bound
from ilrs_science.planning.search.weights import LEAST, STEP, Weights
from tests.planning.problems import TICK, activity, problem, renewable


def test_a_missed_share_raises_the_price_and_a_kept_one_lowers_it() -> None:
    asked = problem(
        activity("a", value=3, partner="north"),
        activity("b", value=1, partner="south"),
        shares={"south": 0.5},
    )
    known, weights = facts(asked), Weights(asked)
    first = weights.weighed(known, {"a": 0, "b": 0})
    price = STEP * (0.5 - 0.25) / 0.5
    assert weights.price["south"] == price
    expected = np.rint([3000 * (1 - price * 0.5), 1000 * (1 + price * 0.5)])
    assert list(first.span_worth) == list(expected)
    weights.weighed(first, {"b": 0})
    assert weights.price["south"] == max(0, price - STEP)
    for _ in range(20):
        last = weights.weighed(first, {"a": 0})
    assert list(last.span_worth) == [round(3000 * LEAST), round(1000 * (1 + weights.price["south"] / 2))]


def test_no_plan_is_worth_more_than_what_a_partner_has_over_its_share() -> None:
    asked = problem(
        *(activity(f"a{k}", value=3, partner="north") for k in range(4)),
        activity("b", value=2, partner="south"),
        activity("c", value=1, partner="south", choice="one"),
        activity("d", value=4, partner="north", choice="one"),
        shares={"south": 0.4},
    )
    assert unshared_bound(asked) == 18000
    assert trivial_bound(asked) == 7500


def test_many_activities_of_two_partners() -> None:
    held = {"demands": {"robot": 1}}
    entries = [
        activity(
            f"a{k}", 1 + k % 3, value=2 + k % 5, partner="north" if k % 3 else "south",
            windows=[(k % 20 * TICK, (k % 20 + 8) * TICK)], precedences=[f"a{k - 1}"] if k % 7 == 3 else [], **held,
        )
        for k in range(450)
    ]  # fmt: skip
    asked = problem(*entries, resources=(renewable(capacity=6),), horizon_s=28 * TICK, shares={"south": 0.6})
    found = search(asked, Limits(6.0, workers=1))
    plan = Plan.of(asked, found.starts)
    assert check(asked, plan) == []
    worth = {name: asked.by_id[name].worth for name in found.starts}
    south = sum(value for name, value in worth.items() if asked.by_id[name].partner == "south")
    free = search(asked.replace(shares={}), Limits(6.0, workers=1))
    assert sum(worth.values()) >= 0.75 * sum(asked.by_id[name].worth for name in free.starts)
    assert south >= 0.6 * sum(worth.values())
