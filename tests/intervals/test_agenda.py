"""Windows as calendars: whole seconds inside the windows, and the exact edges beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ilrs_science.errors import EpochError, RequestError
from ilrs_science.intervals import Windows
from tests.intervals.strategies import long_windows

DAY = Windows(["2026-01-01T00:00:00.25"], ["2026-01-02T12:00:00.75"])
SPAN = (np.datetime64("2026-01-01", "us"), np.datetime64("2026-02-01", "us"))


def calendar(*lines: str) -> str:
    """A calendar of one event."""
    inside = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", "SUMMARY:night", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *inside, "END:VCALENDAR", ""])


def events(text: str) -> list[tuple[datetime, datetime]]:
    """Times that another reader sees."""
    return [(event.start, event.end) for event in Calendar.from_ical(text).events]


# --- round trips --------------------------------------------------------------------------------------------------


@given(long_windows())
def test_a_calendar_reads_back_to_the_microsecond(some: Windows) -> None:
    again = Windows.from_icalendar(some.to_icalendar("night"))
    assert again == some
    assert again.span == some.span


@given(st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(1, 3_000_000)), max_size=4))
def test_windows_of_parts_of_a_second_are_kept_too(pairs: list[tuple[int, int]]) -> None:
    starts = SPAN[0] + np.array([start for start, _ in pairs], "timedelta64[us]")
    some = Windows(starts, starts + np.array([length for _, length in pairs], "timedelta64[us]"), SPAN)
    assert Windows.from_icalendar(some.to_icalendar("flash")) == some


@given(long_windows())
def test_no_event_promises_time_outside_its_window(some: Windows) -> None:
    seen = events(some.to_icalendar("night"))
    assert len(seen) == len(some)
    promised = Windows([start for start, _ in seen], [end for _, end in seen])
    assert not promised - Windows(some.starts, some.ends)
    assert some.total - promised.total < len(some) * np.timedelta64(2, "s") + np.timedelta64(1, "us")


def test_the_same_windows_are_the_same_text() -> None:
    assert DAY.to_icalendar("night") == Windows(DAY.starts, DAY.ends).to_icalendar("night")
    assert DAY.to_icalendar("night") != DAY.to_icalendar("day")
    assert DAY.to_icalendar("night", revised="2026-03-01T06:00Z").count("DTSTAMP:20260301T060000Z") == 1


def test_a_calendar_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "night.ics"
    file.write_text(DAY.to_icalendar("night"), "utf-8", newline="")
    assert Windows.from_icalendar(file) == Windows.from_icalendar(str(file)) == DAY
    with pytest.raises(RequestError, match="cannot read"):
        Windows.from_icalendar(tmp_path / "nowhere.ics")


# --- what is written ----------------------------------------------------------------------------------------------


def test_an_event_is_rounded_inward_and_says_its_exact_edges() -> None:
    text = DAY.to_icalendar("night", description="Connecting ridge")
    (event,) = Calendar.from_ical(text).events
    assert event.start == datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert event.end == datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "night"
    assert str(event["DESCRIPTION"]) == (
        "Connecting ridge\n2026-01-01T00:00:00.250000Z to 2026-01-02T12:00:00.750000Z, 36.00 h"
    )
    assert str(event["X-ILRS-START"]) == "2026-01-01T00:00:00.250000Z"
    assert str(event["X-ILRS-END"]) == "2026-01-02T12:00:00.750000Z"
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_whole_seconds_are_not_moved() -> None:
    some = Windows(["2026-01-01T00:00:01"], ["2026-01-01T00:00:02"])
    assert events(some.to_icalendar("a")) == [
        (datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 2, tzinfo=UTC))
    ]


def test_a_window_without_a_whole_second_takes_no_time() -> None:
    some = Windows(["2026-01-01T00:00:00.2"], ["2026-01-01T00:00:00.7"])
    text = some.to_icalendar("flash")
    assert "DTEND" not in text
    ((start, end),) = events(text)
    assert start == end
    assert Windows.from_icalendar(text) == some


def test_the_text_is_as_the_standard_wants_it() -> None:
    text = Windows.everything(*SPAN).to_icalendar("night, at the\nridge; or not" + "x" * 80)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert Calendar.from_ical(text).events[0]["SUMMARY"] == "night, at the ridge; or not" + "x" * 80
    assert {"VERSION:2.0", "X-ILRS-SPAN-START:2026-01-01T00:00:00.000000Z"} <= set(lines)


@given(long_windows())
def test_every_event_has_an_id_of_its_own(some: Windows) -> None:
    ids = [str(event["UID"]) for event in Calendar.from_ical(some.to_icalendar("night")).events]
    assert len(set(ids)) == len(some)
    assert all(one.endswith("@ilrs-science") for one in ids)


def test_no_windows_are_a_calendar_without_events() -> None:
    text = Windows(span=SPAN).to_icalendar("never")
    assert events(text) == []
    assert Windows.from_icalendar(text) == Windows()
    assert Windows.from_icalendar(text).span == SPAN


# --- what is read -------------------------------------------------------------------------------------------------


def test_an_event_that_somebody_moved_is_where_it_was_put() -> None:
    text = DAY.to_icalendar("night").replace("DTSTART:20260101T000001Z", "DTSTART:20260101T060000Z")
    assert Windows.from_icalendar(text) == Windows(["2026-01-01T06:00"], ["2026-01-02T12:00"])


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART:20260101T060000Z", "DURATION:PT90M"], "2026-01-01T06:00", "2026-01-01T07:30"),
        (["DTSTART;TZID=Asia/Shanghai:20260101T080000", "DTEND:20260101T010000Z"], "2026-01-01", "2026-01-01T01:00"),
        (["DTSTART;VALUE=DATE:20260101"], "2026-01-01", "2026-01-02"),
        (["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260104"], "2026-01-01", "2026-01-04"),
    ],
    ids=["duration", "zone", "day", "days"],
)  # fmt: skip
def test_events_of_other_programs_are_read(lines: list[str], start: str, end: str) -> None:
    assert Windows.from_icalendar(calendar(*lines)) == Windows([start], [end])


def test_cancelled_events_are_left_aside() -> None:
    lines = ["DTSTART:20260101T060000Z", "DURATION:PT90M", "STATUS:CANCELLED"]
    assert Windows.from_icalendar(calendar(*lines)) == Windows()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["DTSTART:20260101T060000", "DTEND:20260101T070000"], "'night'.*floats in local time"),
        (["DTSTART:20260101T060000Z", "DTEND:20260101T070000Z", "RRULE:FREQ=DAILY"], "'night' recurs"),
        (["DTSTART:20260101T060000Z", "DTEND:20260101T050000Z"], "'night' ends before it starts"),
        (["DTSTART:2026"], "'night'"),
        ([], "'night'"),
    ],
    ids=["floating", "recurring", "reversed", "broken", "no start"],
)
def test_an_event_without_a_time_in_utc_is_named(lines: list[str], message: str) -> None:
    with pytest.raises(EpochError, match=message):
        Windows.from_icalendar(calendar(*lines))


@pytest.mark.parametrize("text", ["hello\n", "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="the text is no calendar"):
        Windows.from_icalendar(text)
