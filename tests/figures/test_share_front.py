"""The front of value against fairness by its data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ilrs_science.figures.share_front import fairness_front
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.shares import FrontPoint, ShareTradeoff
from tests.planning.problems import TICK, activity, problem

ASKED = problem(activity("a", value=3, partner="x"), activity("b", value=1, partner="<y>"))


@pytest.fixture
def front() -> ShareTradeoff:
    both, one = Plan.of(ASKED, {"a": 0, "b": TICK}), Plan.of(ASKED, {"a": 0})
    points = FrontPoint(0.0, one, 3.0, 4.0, 0.0), FrontPoint(0.5, both, 4.0, 4.0, 0.5)
    return ShareTradeoff(ASKED, {"x": 0.5, "<y>": 0.5}, points)


def test_values_and_bounds_over_fairness_with_units(front: ShareTradeoff) -> None:
    figure = fairness_front(front)
    bound, value = figure.data
    assert (list(value.x), list(value.y), list(bound.y)) == ([0.0, 0.5], [3.0, 4.0], [4.0, 4.0])
    assert list(value.marker.symbol) == ["circle-open", "circle"]
    assert figure.layout.xaxis.title.text.endswith("[1]")
    assert figure.layout.yaxis.title.text == "Value [points]"


def test_a_point_tells_the_share_of_each_partner(front: ShareTradeoff) -> None:
    hover = fairness_front(front).data[1].hovertext[1]
    assert "x: 75% of the value" in hover
    assert "&lt;y&gt;: 25% of the value" in hover


def test_a_front_without_plans_says_what_to_do(front: ShareTradeoff) -> None:
    empty = replace(front, points=(FrontPoint(0.9, None, None, None, None),))
    assert "ask for less" in fairness_front(empty).layout.annotations[0].text.replace("<br>", " ")
