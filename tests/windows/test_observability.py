"""Months and lunations: what each of them has open."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import SunElevation
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.sky.lunations import new_moons
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.observability import observability
from ilrs_science.windows.portfolio import Portfolio

EQUATOR = SurfacePlace(0.0, 0.0)
LIT = SunElevation(min="0 deg")
HOUR = np.timedelta64(1, "h")
COLUMNS = ["begin", "end", "span_h", "open_h", "share", "count", "longest_h", "first", "last"]


def utc(text: str) -> np.datetime64:
    return np.datetime64(text, "us")


def two_openings() -> Windows:
    """Two days around the turn of the year, and an hour in February; January to March 2026 were searched."""
    starts = ["2025-12-31", "2026-01-31T12:00", "2026-02-10"]
    ends = ["2026-01-02", "2026-02-01T06:00", "2026-02-10T01:00"]
    return Windows(starts, ends, (utc("2026-01-01"), utc("2026-04-01")))


@st.composite
def windows(draw: st.DrawFn) -> Windows:
    """Up to a dozen intervals in a span of at most two years."""
    begin = np.datetime64("2025-11-17T05:00", "us") + draw(st.integers(0, 10_000)) * HOUR
    length = draw(st.integers(1, 17_000))
    pairs = draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted), max_size=12))
    starts, ends = ([begin + pair[side] * HOUR for pair in pairs] for side in (0, 1))
    return Windows(starts, ends, (begin, begin + length * HOUR))


# --- what a row says ----------------------------------------------------------------------------------------------


def test_each_month_of_the_span_has_a_row() -> None:
    table = observability(two_openings())
    assert list(table) == COLUMNS
    assert table.index.name == "month"
    assert table.index.tolist() == ["2026-01", "2026-02", "2026-03"]
    assert table["span_h"].tolist() == [31 * 24.0, 28 * 24.0, 31 * 24.0]


def test_an_opening_over_the_end_of_a_month_counts_in_both() -> None:
    table = observability(two_openings())
    assert table["open_h"].tolist() == [24.0 + 12.0, 6.0 + 1.0, 0.0]
    assert table["count"].tolist() == [2, 2, 0]
    assert table["longest_h"].tolist() == [24.0, 6.0, 0.0]
    assert table["share"].tolist() == pytest.approx([36 / 744, 7 / 672, 0.0])


def test_first_and_last_are_dates_inside_the_month_or_missing() -> None:
    table = observability(two_openings())
    assert table["first"].tolist()[:2] == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-02-01")]
    assert table["last"].tolist()[:2] == [pd.Timestamp("2026-02-01"), pd.Timestamp("2026-02-10T01:00")]
    assert table.loc["2026-03", ["first", "last"]].isna().all()
    for name in ("begin", "end", "first", "last"):
        assert table[name].dtype == "datetime64[us]"


def test_the_best_month_has_the_most_hours_and_is_the_earlier_of_equals() -> None:
    assert observability(two_openings()).attrs["best"] == "2026-01"
    equal = Windows(
        ["2026-01-05", "2026-02-05"], ["2026-01-06", "2026-02-06"], (utc("2026-01-01"), utc("2026-03-01"))
    )
    assert observability(equal).attrs["best"] == "2026-01"
    assert observability(Windows(span=equal.span)).attrs["best"] is None


def test_no_windows_are_a_table_of_nothing() -> None:
    table = observability(Windows(span=(utc("2026-01-15"), utc("2026-02-15"))))
    assert table["open_h"].tolist() == table["count"].tolist() == [0, 0]
    assert table["first"].isna().all()
    assert table["first"].dtype == "datetime64[us]"


def test_the_first_and_the_last_month_are_as_long_as_the_span_lets_them() -> None:
    table = observability(Windows.everything("2026-01-31T23:00", "2026-03-01T00:00"))
    assert table["span_h"].tolist() == [1.0, 672.0]
    assert table["share"].tolist() == [1.0, 1.0]
    assert table["begin"].tolist() == [pd.Timestamp("2026-01-31T23:00"), pd.Timestamp("2026-02-01")]


def test_sessions_that_are_too_short_are_left_out_beforehand() -> None:
    assert observability(two_openings().filter("8 h"))["open_h"].tolist() == [36.0, 6.0, 0.0]


# --- laws ---------------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(windows(), st.sampled_from(["month", "lunation"]))
def test_periods_part_the_span_and_its_hours(some: Windows, by: str) -> None:
    table = observability(some, by=by)
    assert table["open_h"].sum() == pytest.approx(some.hours, abs=1e-6)
    assert table["begin"].iloc[0] == pd.Timestamp(some.span[0])
    assert table["end"].iloc[-1] == pd.Timestamp(some.span[1])
    assert (table["end"].to_numpy()[:-1] == table["begin"].to_numpy()[1:]).all()
    assert (table["span_h"] > 0).all()
    assert table["share"].between(0, 1).all()
    assert table.index.is_unique
    assert table.index.is_monotonic_increasing
    assert len(some) <= table["count"].sum() <= len(some) + len(table) - 1


@settings(max_examples=30)
@given(windows(), st.sampled_from(["month", "lunation"]))
def test_the_longest_of_a_period_is_part_of_its_hours(some: Windows, by: str) -> None:
    table = observability(some, by=by)
    assert (table["longest_h"] <= table["open_h"] + 1e-9).all()
    assert (table["longest_h"] * table["count"] >= table["open_h"] - 1e-9).all()
    filled = table[table["count"] > 0]
    assert (filled["first"] >= filled["begin"]).all()
    assert (filled["last"] <= filled["end"]).all()
    assert ((filled["last"] - filled["first"]) / pd.Timedelta("1h") >= filled["open_h"] - 1e-9).all()


# --- lunations ----------------------------------------------------------------------------------------------------


def test_a_lunation_is_from_new_moon_to_new_moon() -> None:
    table = observability(Windows.everything("2026-01-01", "2027-01-01"), by="lunation")
    assert table.index.name == "lunation"
    assert table["begin"].to_numpy()[1:].tolist() == new_moons("2026-01-01", "2027-01-01").tolist()
    assert table.index.tolist() == list(range(1274, 1287))  # 1274 began on 2025-12-20


def test_at_the_equator_each_lunation_has_one_day_of_half_its_length() -> None:
    table = observability(LIT, EQUATOR, "2026-01-18T20:00", "2027-01-07T20:00", by="lunation")
    whole = table[(table["span_h"] > 29 * 24.0) & (table["count"] == 1)]
    assert len(whole) >= 11
    assert whole["share"].to_numpy() == pytest.approx(0.5, abs=0.03)


# --- what may be asked --------------------------------------------------------------------------------------------


def test_a_constraint_at_a_place_is_looked_up_first() -> None:
    span = "2026-01-10", "2026-04-01"
    expected = observability(find_windows(LIT, EQUATOR, *span))
    pd.testing.assert_frame_equal(observability(LIT, EQUATOR, *span), expected)
    pd.testing.assert_frame_equal(
        observability({"kind": "sun_elevation", "min": "0 deg"}, EQUATOR, *span), expected
    )


def test_windows_may_be_looked_at_in_a_part_of_their_span() -> None:
    table = observability(two_openings(), start="2026-02-01", end="2026-02-11")
    assert table.index.tolist() == ["2026-02"]
    assert table["open_h"].tolist() == [7.0]
    bare = Windows(["2026-02-10"], ["2026-02-11"])
    assert observability(bare, start="2026-02-01", end="2026-03-01")["open_h"].tolist() == [24.0]


def test_several_experiments_are_one_table() -> None:
    both = Portfolio({"camera": two_openings(), "radar": Windows.everything("2026-02-01", "2026-03-01")})
    table = observability(both)
    assert table.index.names == ["experiment", "month"]
    pd.testing.assert_frame_equal(table.loc["camera"], observability(two_openings()))
    assert table.loc[("radar", "2026-02"), "share"] == 1.0
    assert table.attrs == {"best": {"camera": "2026-01", "radar": "2026-02"}}
    assert observability(dict(both), by="lunation").index.names == ["experiment", "lunation"]


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ((Windows(["2026-01-01"], ["2026-01-02"]),), EpochError, "give start and end"),
        ((two_openings(), EQUATOR), RequestError, "with a constraint only"),
        ((two_openings(), None, "2026-01-01"), RequestError, "give both, or neither"),
        ((two_openings(), None, "2027-01-01", "2027-02-01"), EpochError, "no common span"),
        ((LIT,), RequestError, "needs a place, a start and an end"),
        ((LIT, EQUATOR), RequestError, "needs a place, a start and an end"),
        ((LIT, EQUATOR, "2026-02-01", "2026-01-01"), EpochError, "not after its start"),
        ((Portfolio({}),), RequestError, "no experiment to look at"),
        (({"kind": "sun_elevatio"}, EQUATOR, "2026-01-01", "2026-02-01"), RequestError, "sun_elevation"),
    ],
    ids=["no span", "place twice", "no end", "elsewhere", "no place", "no dates", "reversed", "nothing", "no kind"],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(asked: tuple[object, ...], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        observability(*asked)


def test_an_unknown_period_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean month"):
        observability(two_openings(), by="months")  # type: ignore[arg-type]


def test_calendar_months_need_no_ephemeris() -> None:
    long_ago = Windows.everything("1609-12-01", "1610-02-01")
    assert observability(long_ago).index.tolist() == ["1609-12", "1610-01"]
    with pytest.raises(CoverageError, match="the shipped kernels cover"):
        observability(long_ago, by="lunation")
