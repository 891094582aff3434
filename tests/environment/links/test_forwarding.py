"""Store and forward: by hand, conserved, and against a fine simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.links.forwarding import memory_levels, store_and_forward
from ilrs_science.environment.links.table import CONTACT_COLUMNS, contacts
from ilrs_science.errors import CoverageError, RequestError, UnitError

NONE = pd.DataFrame(
    {
        name: pd.Series(dtype="datetime64[us]" if name in ("start", "end") else float)
        for name in CONTACT_COLUMNS
    }
)


def test_a_memory_fills_while_nobody_listens_and_empties_in_a_contact() -> None:
    # 1 Mbit/s for 100 s into the memory, then 3 out and 1 in: empty after 50 s more, then straight through
    found = memory_levels([0.0, 100.0, 200.0], [1.0, 1.0], [0.0, 3.0])
    assert found.time.tolist() == [0.0, 100.0, 150.0, 200.0]
    assert found.level.tolist() == [0.0, 100.0, 0.0, 0.0]
    assert found.delivered.tolist() == [0.0, 0.0, 150.0, 200.0]
    assert found.age.tolist() == [0.0, 100.0, 0.0, 0.0]
    assert found.max_latency == 100.0  # the first bit
    assert found.mean_latency == pytest.approx((0.5 * 100 * 100 + 0.5 * 100 * 50) / 200.0)


def test_what_finds_no_room_is_lost() -> None:
    found = memory_levels([0.0, 100.0, 150.0], [1.0, 1.0], [0.0, 2.0], capacity=60.0)
    assert found.time.tolist() == [0.0, 60.0, 100.0, 150.0]
    assert found.level.tolist() == [0.0, 60.0, 60.0, 10.0]
    assert found.lost.tolist() == [0.0, 0.0, 40.0, 40.0]
    assert found.accepted.tolist() == [0.0, 60.0, 60.0, 110.0]


def test_the_longest_wait_may_be_that_of_the_last_bit_before_the_memory_was_full() -> None:
    # full at 10 s, a contact at 100 s empties it in 50 s: the first bit waits 100 s, the last before the pause 140 s
    found = memory_levels([0.0, 100.0, 200.0], [1.0, 0.0], [0.0, 0.2], capacity=10.0)
    assert found.max_latency == pytest.approx(140.0)


def test_what_was_there_at_the_start_leaves_first() -> None:
    found = memory_levels([0.0, 10.0], [0.0], [2.0], capacity=10.0, initial=8.0)
    assert found.time.tolist() == [0.0, 4.0, 10.0]
    assert found.delivered.tolist() == [0.0, 8.0, 8.0]
    assert found.max_latency == pytest.approx(4.0)


def test_nothing_comes_and_nothing_goes() -> None:
    found = memory_levels([0.0, 10.0], [0.0], [0.0])
    assert found.level.tolist() == [0.0, 0.0]
    assert (found.mean_latency, found.max_latency) == (0.0, 0.0)


RATES = st.lists(
    st.tuples(st.floats(1.0, 1000.0), st.floats(0.0, 10.0), st.floats(0.0, 10.0)), min_size=1, max_size=8
)


@settings(max_examples=200, deadline=None)
@given(RATES, st.floats(1.0, 5000.0), st.floats(0.0, 1.0))
def test_no_bit_is_made_or_forgotten(
    pieces: list[tuple[float, float, float]], capacity: float, filled: float
) -> None:
    spans, come, go = map(np.array, zip(*pieces, strict=True))
    edges = np.concatenate([[0.0], np.cumsum(spans)])
    initial = filled * capacity
    found = memory_levels(edges, come, go, capacity=capacity, initial=initial)
    total = initial + float(np.sum(spans * come))
    scale = 1.0 + total
    # all that has come was accepted or lost, and all that was accepted was delivered or is still there
    assert found.accepted[-1] + found.lost[-1] == pytest.approx(total - initial, abs=1e-9 * scale)
    assert initial + found.accepted == pytest.approx(found.delivered + found.level, abs=1e-9 * scale)
    assert np.all((found.level >= -1e-9 * scale) & (found.level <= capacity * (1 + 1e-12)))
    for name in ("time", "accepted", "delivered", "lost"):
        assert np.all(np.diff(getattr(found, name)) >= 0.0), name
    assert np.all(found.age >= -1e-6)
    assert found.max_latency <= edges[-1] + 1e-6


@settings(max_examples=40, deadline=None)
@given(RATES)
def test_a_larger_memory_never_loses_more(pieces: list[tuple[float, float, float]]) -> None:
    spans, come, go = map(np.array, zip(*pieces, strict=True))
    edges = np.concatenate([[0.0], np.cumsum(spans)])
    lost = [memory_levels(edges, come, go, capacity=size).lost[-1] for size in (10.0, 100.0, 1e6)]
    assert lost[0] >= lost[1] - 1e-9
    assert lost[1] >= lost[2] - 1e-9
    assert lost[2] == 0.0


def test_levels_agree_with_a_fine_simulation() -> None:
    rng = np.random.default_rng(7)
    edges = np.cumsum(rng.integers(1, 50, 40)).astype(float)
    come, go = rng.uniform(0.0, 2.0, 39), rng.uniform(0.0, 3.0, 39) * rng.integers(0, 2, 39)
    found = memory_levels(edges, come, go, capacity=40.0, initial=5.0)
    step, level, times = 1e-3, 5.0, [edges[0]]
    levels = [level]
    for index in range(39):
        for _ in range(round((edges[index + 1] - edges[index]) / step)):
            level = min(max(level + step * (come[index] - go[index]), 0.0), 40.0)
        levels.append(level)
        times.append(edges[index + 1])
    assert np.interp(times, found.time, found.level) == pytest.approx(levels, abs=0.02)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.0, 1.0], [1.0, 2.0], [0.0]), "one more edge than rates"),
        (([0.0], [], []), "one more edge than rates"),
        (([0.0, 0.0], [1.0], [0.0]), "do not rise"),
        (([0.0, 1.0], [-1.0], [0.0]), "negative"),
        (([0.0, 1.0], [np.nan], [0.0]), "negative or not a number"),
    ],
)
def test_senseless_schedules_are_refused(arguments: tuple[list[float], ...], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        memory_levels(*arguments)
    with pytest.raises(RequestError, match="11 Mbit in a memory of 10 Mbit"):
        memory_levels([0.0, 1.0], [0.0], [0.0], capacity=10.0, initial=11.0)


def row(start: str, end: str, rate: float) -> dict[str, object]:
    return {
        "start": np.datetime64(start, "us"),
        "end": np.datetime64(end, "us"),
        "link": "x",
        "mean_rate": rate,
    }


def test_a_station_sends_in_its_contacts_what_it_has_gathered() -> None:
    table = pd.DataFrame([row("2026-01-01T10:00", "2026-01-01T12:00", 2.0)])
    found = store_and_forward(0.1, table, "2026-01-01", "2026-01-02", capacity=10_000.0)
    assert float(found.storage_level.sel(time=np.datetime64("2026-01-01T10:00", "us"))) == pytest.approx(
        3600.0
    )
    assert float(found.delivered_volume[-1]) == pytest.approx(0.1 * 12 * 3600.0)
    assert float(found.storage_level[-1]) == pytest.approx(0.1 * 12 * 3600.0)
    assert found.attrs["max_latency_s"] == pytest.approx(36_000.0)
    assert found.storage_level.attrs["units"] == "Mbit"


def test_of_contacts_at_one_time_the_fastest_counts() -> None:
    table = pd.DataFrame(
        [row("2026-01-01T00:00", "2026-01-01T06:00", 1.0), row("2026-01-01T03:00", "2026-01-01T04:00", 5.0)]
    )
    found = store_and_forward(9.0, table, "2026-01-01", "2026-01-02")
    assert float(found.delivered_volume[-1]) == pytest.approx(3600.0 * (5 * 1.0 + 5.0))


def test_without_contacts_everything_stays() -> None:
    found = store_and_forward(1.0, NONE, "2026-01-01", "2026-01-02", capacity=500.0)
    assert float(found.delivered_volume[-1]) == 0.0
    assert float(found.lost_volume[-1]) == pytest.approx(86_400.0 - 500.0)


def test_a_contact_without_a_rate_says_what_is_missing() -> None:
    table = pd.DataFrame([row("2026-01-01T00:00", "2026-01-01T06:00", np.nan)])
    with pytest.raises(RequestError, match="give the link of the place"):
        store_and_forward(1.0, table, "2026-01-01", "2026-01-02")


RIDGE = "connecting_ridge_station"


def test_a_span_beyond_the_contacts_is_refused() -> None:
    table = contacts(RIDGE, "2031-01-01", "2031-01-03", ["jiamusi"])
    assert (table.attrs["start"][:19], table.attrs["end"][:19]) == (
        "2031-01-01T00:00:00",
        "2031-01-03T00:00:00",
    )
    with pytest.raises(
        CoverageError, match=r"but the contacts are of 2031-01-01T00:00:00Z to 2031-01-03T00:00:00Z"
    ):
        store_and_forward(0.1, table, "2031-01-01", "2031-01-20")
    inside = store_and_forward(0.1, table, "2031-01-01T12:00", "2031-01-03")
    assert inside.attrs["mean_latency_s"] <= inside.attrs["max_latency_s"]


def test_both_latencies_are_of_what_was_delivered() -> None:
    # nobody listens after the contacts: what is made then waits for ever, and counts in neither
    table = contacts(RIDGE, "2031-01-01", "2031-01-03", ["jiamusi"])
    table.attrs.clear()  # a table of which nobody knows the span is taken as it is
    short = store_and_forward(0.1, table, "2031-01-01", "2031-01-03").attrs
    long = store_and_forward(0.1, table, "2031-01-01", "2031-01-20").attrs
    assert long == pytest.approx({**short, "comment": long["comment"]})
    assert 0.0 < long["mean_latency_s"] <= long["max_latency_s"]
    assert "delivered" in long["comment"]


@settings(max_examples=200, deadline=None)
@given(RATES, st.floats(1.0, 5000.0), st.floats(0.0, 1.0))
def test_the_mean_wait_is_never_above_the_longest(
    pieces: list[tuple[float, float, float]], capacity: float, filled: float
) -> None:
    spans, come, go = map(np.array, zip(*pieces, strict=True))
    edges = np.concatenate([[0.0], np.cumsum(spans)])
    found = memory_levels(edges, come, go, capacity=capacity, initial=filled * capacity)
    assert -1e-6 <= found.mean_latency <= found.max_latency + 1e-6


def test_what_still_waits_at_the_end_does_not_count() -> None:
    # 100 Mbit come in 100 s; 50 of them leave from 100 s to 150 s: each bit waits 100 s, the rest is not delivered
    found = memory_levels([0.0, 100.0, 150.0], [1.0, 0.0], [0.0, 1.0])
    assert (found.mean_latency, found.max_latency) == pytest.approx((100.0, 100.0))
    assert found.level[-1] == pytest.approx(50.0)


def test_rates_and_volumes_may_be_text() -> None:
    table = contacts(RIDGE, "2031-01-01", "2031-01-03", ["jiamusi"])
    span = ("2031-01-01", "2031-01-03")
    text = store_and_forward("100 kbit/s", table, *span, capacity="2 Gbit", initial="100 Mbit")
    assert text.identical(store_and_forward(0.1, table, *span, capacity=2000.0, initial=100.0))
    with pytest.raises(UnitError, match="data_rate: 'km' is not a unit here; use Mbit/s"):
        store_and_forward("3 km", table, *span)
    with pytest.raises(UnitError, match="capacity: None is not a number"):
        store_and_forward(0.1, table, *span, capacity=None)  # type: ignore[arg-type]


def test_what_is_no_table_of_contacts_is_refused() -> None:
    with pytest.raises(RequestError, match="contacts without start, end, mean_rate; give the table"):
        store_and_forward(0.1, pd.DataFrame(), "2031-01-01", "2031-01-02")
