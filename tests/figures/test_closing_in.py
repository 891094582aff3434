"""The figure of a search: value and bound over time, the gap in words."""

from __future__ import annotations

import math

from ilrs_science.figures.closing_in import search_progress
from ilrs_science.planning.search.progress import Progress


def report(time: float, value: float | None, bound: float) -> Progress:
    return Progress("search", value, bound, time)


def test_value_and_bound_are_steps_over_seconds_with_units() -> None:
    figure = search_progress([report(0.5, 10, 20), report(2, 15, 18)], end_s=5)
    lines = {trace.name: trace for trace in figure.data}
    assert list(lines["Best plan so far"].y) == [10, 15, 15]
    assert list(lines["No plan can exceed this"].y) == [20, 18, 18]
    assert list(lines["Best plan so far"].x) == [0.5, 2, 5]
    assert {line.line.shape for line in figure.data} == {"hv"}
    assert figure.layout.xaxis.title.text.endswith("[s]")
    assert figure.layout.yaxis.title.text == "Value [points]"
    low, high = figure.layout.yaxis.range
    assert low < 10 < 20 < high


def test_the_heading_tells_the_gap_or_the_proof() -> None:
    assert search_progress([report(1, 15, 20)]).layout.title.text == "Search: gap 25.0%"
    assert "proved" in search_progress([report(1, 20, 20)]).layout.title.text


def test_unknown_values_and_bounds_are_not_drawn() -> None:
    figure = search_progress([report(0, None, math.inf), report(1, 3, math.inf)])
    assert [list(trace.y) for trace in figure.data] == [[], [3]]
    assert figure.layout.title.text == "Search"


def test_before_a_search_it_says_what_to_do() -> None:
    figure = search_progress([])
    assert "Press Plan" in figure.layout.annotations[0].text
    assert not figure.data


def test_a_makespan_has_seconds() -> None:
    assert search_progress([report(1, 9, 7)], unit="s").layout.yaxis.title.text == "Makespan [s]"
