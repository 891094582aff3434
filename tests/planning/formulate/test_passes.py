"""Who has a partner for itself, and who must wait."""

from __future__ import annotations

import itertools

import numpy as np
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.formulate.passes import Contact, passes_of, take_turns


def test_a_pass_is_where_the_link_holds_at_both_ends_of_a_step_at_the_lower_rate() -> None:
    rate = xr.DataArray([0, 2, 2, 3, 0, 1, 1], dims="time")
    assert passes_of(rate, [0, 10, 20, 30, 40, 50, 60], 60) == [(10, 30, 2.0), (50, 60, 1.0)]
    assert passes_of(rate, [-5, 5, 15, 25, 35, 45, 55], 70) == [(5, 25, 2.0), (45, 70, 1.0)]


def test_one_station_alone_never_waits_and_takes_the_fastest() -> None:
    turns = take_turns({"base": {"a": [Contact(0, 20, 1.0)], "b": [Contact(10, 30, 2.0)]}}, 5)
    assert turns.shared == []
    assert turns.alone == {"base": [(0, 10, 1.0), (10, 30, 2.0)]}


def test_two_that_see_one_partner_take_turns_where_both_see_it() -> None:
    turns = take_turns(
        {"base": {"relay": [Contact(0, 20, 1.0)]}, "orbiter": {"relay": [Contact(12, 30, 3.0)]}}, 5
    )
    assert turns.alone == {"base": [(0, 12, 1.0)], "orbiter": [(20, 30, 3.0)]}
    assert turns.shared == [
        ("base", "relay", (12, 15, 1.0)), ("base", "relay", (15, 20, 1.0)),
        ("orbiter", "relay", (12, 15, 3.0)), ("orbiter", "relay", (15, 20, 3.0)),
    ]  # fmt: skip


def test_who_has_a_partner_for_itself_leaves_the_shared_one_to_the_other() -> None:
    both = [Contact(0, 10, 5.0)]
    turns = take_turns(
        {"base": {"relay": both, "dish": [Contact(0, 10, 1.0)]}, "orbiter": {"relay": both}}, 5
    )
    assert turns.shared == []
    assert turns.alone == {"base": [(0, 10, 1.0)], "orbiter": [(0, 10, 5.0)]}


@st.composite
def sights(draw: st.DrawFn) -> dict[str, dict[str, list[Contact]]]:
    """Two or three stations and one or two partners over 30 s."""
    stations = ["one", "two", "three"][: draw(st.integers(2, 3))]
    found: dict[str, dict[str, list[Contact]]] = {}
    for station, partner in itertools.product(stations, ["relay", "dish"][: draw(st.integers(1, 2))]):
        edges = sorted(draw(st.sets(st.integers(0, 30), max_size=4)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        found.setdefault(station, {})[partner] = [
            Contact(start, end, draw(st.sampled_from([1.0, 2.0]))) for start, end in pairs
        ]
    return found


def seen(passes: list[Contact], second: int) -> float:
    return next((one.rate for one in passes if one.start <= second < one.end), 0.0)


@given(sights(), st.integers(1, 12))
def test_nothing_is_sent_that_is_not_seen_and_nobody_is_forgotten(
    contacts: dict[str, dict[str, list[Contact]]], turn: int
) -> None:
    turns = take_turns(contacts, turn)
    assert all(one.end - one.start <= turn for _, _, one in turns.shared)
    for second in range(30):
        waiting = [(s, p, one.rate) for s, p, one in turns.shared if one.start <= second < one.end]
        alone = {s: rate for s, passes in turns.alone.items() if (rate := seen(passes, second))}
        assert all(seen(contacts[s][p], second) == rate for s, p, rate in waiting)
        assert not {s for s, _, _ in waiting} & set(alone)
        assert all(len([s for s, p, _ in waiting if p == partner]) != 1 for _, partner, _ in waiting)
        for station, partners in contacts.items():
            rates = {seen(passes, second) for passes in partners.values()} - {0.0}
            assert not rates or station in alone or station in {s for s, _, _ in waiting}
            assert alone.get(station, 1.0) in rates | {1.0}


def test_without_any_pass_there_is_nothing() -> None:
    turns = take_turns({"base": {"relay": []}, "orbiter": {"relay": []}}, 10)
    assert (turns.alone, turns.shared) == ({"base": [], "orbiter": []}, [])
    assert np.size(turns.shared) == 0
