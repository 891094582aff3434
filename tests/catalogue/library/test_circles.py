"""Circles of records are found, the shortest first, and told in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library.circles import circle_of, circle_text

graphs = st.dictionaries(
    st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"), max_size=3), min_size=1, max_size=6
)


@given(graphs, st.sampled_from("abcdef"))
def test_a_circle_is_found_where_walking_comes_back(graph: dict[str, set[str]], start: str) -> None:
    reached, steps = set(graph.get(start, ())), 1
    while start not in reached and steps < 7:
        reached, steps = {after for name in reached for after in graph.get(name, ())}, steps + 1
    circle = circle_of(start, graph)
    assert len(circle) == (steps if start in reached else 0)
    assert all(two in graph[one] for one, two in zip(circle, (*circle[1:], *circle[:1]), strict=True))


def test_a_circle_is_told_with_its_files() -> None:
    assert (
        circle_text([("a", "x.yaml:1"), ("b", "y.yaml:9")], "after")
        == "a (x.yaml:1) after b (y.yaml:9) after a"
    )
    assert circle_text([("a", "x.yaml:1")], "extends") == "a (x.yaml:1) extends a"


def test_a_long_circle_is_told_in_part() -> None:
    text = circle_text([(f"s{number}", "x.yaml:1") for number in range(900)], "extends")
    assert "extends 892 more extends s899 (x.yaml:1) extends s0" in text
    assert len(text) < 300
