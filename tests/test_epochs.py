from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.epochs import format_epoch, from_tdb, grid, parse_epoch, parse_epochs, parse_span, to_tdb
from ilrs_science.errors import EpochError

MICROSECOND = np.timedelta64(1, "us")
SECOND = np.timedelta64(1, "s")
#: Any epoch of the years 1950 to 2100.
epochs = st.integers(-631_152_000_000_000, 4_102_444_800_000_000).map(lambda us: np.datetime64(us, "us"))
#: Midnights before which a leap second was inserted (naif0012.tls; IERS Bulletin C).
LEAPS = ["1972-07-01", "1982-07-01", "1999-01-01", "2006-01-01", "2015-07-01", "2017-01-01"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-01", "2026-01-01T00:00:00"),
        ("  2026-01-01 06:30 ", "2026-01-01T06:30:00"),
        ("2026-01-01T06:30:00Z", "2026-01-01T06:30:00"),
        ("2026-01-01T08:00:00.25+08:00", "2026-01-01T00:00:00.25"),
        ("2026-01-01T00:00 -0330", "2026-01-01T03:30:00"),
        ("2026-01-01T00:00:00.123456789", "2026-01-01T00:00:00.123456"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        (date(2026, 1, 1), "2026-01-01T00:00:00"),
        (datetime(2026, 1, 1, 6, tzinfo=UTC), "2026-01-01T06:00:00"),
        (datetime(2026, 1, 1, 6, tzinfo=timezone(timedelta(hours=8))), "2025-12-31T22:00:00"),
        (np.datetime64("2026-01-01"), "2026-01-01T00:00:00"),
        (np.datetime64("2026-01-01T00:00:00.000000999", "ns"), "2026-01-01T00:00:00"),
        (pd.Timestamp("2026-01-01"), "2026-01-01T00:00:00"),
        (pd.Timestamp("2026-01-01", tz="Asia/Shanghai"), "2025-12-31T16:00:00"),
    ],
)
def test_what_a_person_or_a_library_writes_is_read_as_utc(value: object, expected: str) -> None:
    epoch = parse_epoch(value)
    assert epoch == np.datetime64(expected)
    assert epoch.dtype == "datetime64[us]"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2026-02-30", "is not a possible date"),
        ("2025-02-29", "is not a possible date"),
        ("2026-01-01T24:00", "is not a possible date"),
        ("2016-12-31T23:59:60", "is not a possible date"),
        ("tomorrow", "'tomorrow' is not a date; write it as 2026-01-01"),
        ("2026-1-1", "is not a date"),
        ("", "is not a date"),
        ("x" * 100, "is not a date"),
        ("2026-01-01T00:00+15:00", "impossible time zone"),
        ("0000-01-01", "is not between the years 1 and 9999"),
        (datetime(2026, 1, 1), "has no time zone; add tzinfo=UTC"),  # noqa: DTZ001
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), "is not between the years 1 and 9999"),
        (np.datetime64("NaT"), "a date is missing"),
        (np.datetime64("300000", "Y"), "is not between the years 1 and 9999"),
        (pd.NaT, "a date is missing"),
        (2026, "2026 is not a date"),
        (None, "None is not a date"),
    ],
)
def test_an_impossible_or_ambiguous_date_is_one_line(value: object, message: str) -> None:
    with pytest.raises(EpochError, match=message) as caught:
        parse_epoch(value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_an_epoch_or_an_epoch_error(text: str) -> None:
    with suppress(EpochError):
        assert not np.isnat(parse_epoch(text))


def test_many_epochs_keep_their_shape() -> None:
    assert parse_epochs("2026-01-01").shape == ()
    assert parse_epochs([]).shape == (0,)
    mixed = parse_epochs(["2026-01-01T08:00+08:00", date(2026, 1, 2)])
    assert mixed.tolist() == [datetime(2026, 1, 1), datetime(2026, 1, 2)]  # noqa: DTZ001
    table = np.array([["2026-01-01", "2026-01-02"]], "datetime64[ns]")
    assert parse_epochs(table).shape == (1, 2)
    assert parse_epochs(pd.Series(pd.date_range("2026-01-01", periods=3, tz="UTC"))).dtype == "datetime64[us]"
    with pytest.raises(EpochError, match="a date is missing"):
        parse_epochs(np.array(["2026-01-01", "NaT"], "datetime64[us]"))


def test_j2000_is_64_184_s_before_its_name_in_utc() -> None:
    # spiceypy.str2et("2000-01-01T12:00:00") with naif0012.tls: 64.18392728473108
    assert to_tdb(np.datetime64("2000-01-01T12:00:00")) == pytest.approx(64.18392728473108, abs=1e-7)


@pytest.mark.parametrize("midnight", LEAPS)
def test_a_leap_second_makes_the_last_second_of_the_day_two_seconds_long(midnight: str) -> None:
    step = np.datetime64(midnight, "us")
    # TDB - TT changes by less than 1e-9 s in two seconds
    assert to_tdb(step) - to_tdb(step - SECOND) == pytest.approx(2.0, abs=3e-7)
    assert to_tdb(step + SECOND) - to_tdb(step) == pytest.approx(1.0, abs=3e-7)
    assert to_tdb(step - SECOND) - to_tdb(step - 2 * SECOND) == pytest.approx(1.0, abs=3e-7)


@pytest.mark.parametrize("midnight", LEAPS)
def test_an_epoch_inside_a_leap_second_is_the_last_microsecond_before_it_ends(midnight: str) -> None:
    step = np.datetime64(midnight, "us")
    begin = float(to_tdb(step)) - 1.0
    inside = from_tdb(begin + np.array([0.001, 0.5, 0.999]))
    assert (inside == step - MICROSECOND).all()
    around = from_tdb(begin + np.linspace(-1.5, 2.5, 4001))
    assert (np.diff(around) >= np.timedelta64(0)).all()


def test_before_1972_the_offset_stays() -> None:
    # as SPICE: TAI - UTC is 9 s before 1972-01-01 and 10 s from then on (naif0012.tls)
    old, new = np.datetime64("1960-01-01", "us"), np.datetime64("1971-12-31T23:59:59", "us")
    assert to_tdb(new) - to_tdb(old) == pytest.approx((new - old) / SECOND, abs=4e-3)
    step = np.datetime64("1972-01-01", "us")
    assert to_tdb(step) - to_tdb(step - SECOND) == pytest.approx(2.0, abs=3e-7)


@given(epochs)
def test_tdb_turns_back_into_the_same_utc(epoch: np.datetime64) -> None:
    assert from_tdb(to_tdb(epoch)) == epoch


@given(epochs, st.integers(1, 10**12))
def test_time_never_runs_backward(epoch: np.datetime64, microseconds: int) -> None:
    later = epoch + np.timedelta64(microseconds, "us")
    assert to_tdb(later) >= to_tdb(epoch) + 0.9e-6 * microseconds - 3e-7


def test_conversion_keeps_the_shape() -> None:
    table = np.array([["2026-01-01", "2027-01-01"]], "datetime64[us]")
    assert to_tdb(table).shape == from_tdb(to_tdb(table)).shape == (1, 2)
    assert to_tdb(table[0, 0]).shape == ()


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("s", "2026-01-01T00:00:02Z"),
        ("ms", "2026-01-01T00:00:01.500Z"),
        ("us", "2026-01-01T00:00:01.499600Z"),
    ],
)
def test_text_is_rounded_to_its_unit(unit: str, text: str) -> None:
    epoch = np.datetime64("2026-01-01T00:00:01.4996")
    if unit == "s":
        epoch += np.timedelta64(400, "us")
    assert format_epoch(epoch, unit) == text  # type: ignore[arg-type]


@given(epochs)
def test_text_to_the_microsecond_reads_back(epoch: np.datetime64) -> None:
    assert parse_epoch(format_epoch(epoch, "us")) == epoch


def test_a_span_runs_forward() -> None:
    assert parse_span("2026-01-01", "2026-01-02")[1] == np.datetime64("2026-01-02")
    for end in ("2026-01-01", "2025-12-31"):
        with pytest.raises(EpochError, match="not after its start 2026-01-01T00:00:00Z"):
            parse_span("2026-01-01", end)


def test_a_grid_stops_before_the_end() -> None:
    times = grid("2026-01-01", "2026-01-02", "6 h")
    assert [str(t)[11:13] for t in times] == ["00", "06", "12", "18"]
    assert len(grid("2026-01-01", "2026-01-02", "7 h")) == 4
    assert len(grid("2026-01-01", "2026-01-02", "1 d")) == 1


@pytest.mark.parametrize("step", ["0 s", "-1 h", "2 d", "1e-9 s", "1e300 s"])
def test_a_step_that_does_not_fit_is_refused(step: str) -> None:
    with pytest.raises(EpochError, match="does not fit the span of 1 days"):
        grid("2026-01-01", "2026-01-02", step)


def test_a_grid_of_too_many_epochs_is_refused_before_it_is_made() -> None:
    with pytest.raises(EpochError, match="more than 3e"):
        grid("1900-01-02", "2050-01-01", "1 s")
