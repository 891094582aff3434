"""Windows and plans as calendars: iCalendar (RFC 5545), which any calendar program reads.

iCalendar knows whole seconds only. An event begins with the first whole second of its window and ends with the last, so
that a calendar never promises time outside a window; the edges to the microsecond stand beside, and are what is read
back as long as nobody has moved the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ilrs_science.epochs import format_epoch, parse_epoch, parse_span
from ilrs_science.errors import EpochError, RequestError
from ilrs_science.intervals.disjoint import Disjoint, Interval, Span
from ilrs_science.intervals.table import text_of

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Event

__all__ = ["Appointment", "calendar_of", "read_calendar", "schedule_of"]

_SECOND = np.timedelta64(1, "s")
_EDGES = ("X-ILRS-START", "X-ILRS-END")
_SPAN = ("X-ILRS-SPAN-START", "X-ILRS-SPAN-END")


@dataclass(frozen=True)
class Appointment:
    """Something that is done at a time."""

    key: str
    """What it is known by: a later calendar that has it at another time moves it."""
    start: np.datetime64
    """UTC."""
    end: np.datetime64
    """UTC."""
    title: str
    """In a few words."""
    description: str = ""
    """What else to say."""


def schedule_of(appointments: Iterable[Appointment], name: str, revised: object) -> str:
    """Text of a calendar with an event for each appointment, during which one is busy.

    Parameters
    ----------
    appointments : iterable of Appointment
        In any order; they may overlap.
    name : str
        Title of the calendar.
    revised : str, datetime or datetime64
        When the plan was made, UTC.

    Returns
    -------
    str
        Lines end as RFC 5545 has them, with carriage return and line feed.
    """
    calendar, title = _calendar(name, "plan")
    for one in appointments:
        uid = f"{title} {one.key}"
        event = _event(one.start, one.end, one.title, one.description, uid, _clock(parse_epoch(revised)))
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def calendar_of(windows: Disjoint, name: str, description: str, revised: object) -> str:
    """Text of a calendar with an event for each interval.

    Parameters
    ----------
    windows : Windows
        To write.
    name : str
        Title of the calendar and of each event.
    description : str
        What to say in each event beside its exact edges.
    revised : str, datetime or datetime64
        When the windows were found, UTC.

    Returns
    -------
    str
        Lines end as RFC 5545 has them, with carriage return and line feed.
    """
    calendar, title = _calendar(name, "windows")
    for key, epoch in zip(_SPAN, windows.span or (), strict=False):
        calendar.add(key, format_epoch(epoch, "us"))
    for start, end in windows:
        uid = " ".join([title, *(format_epoch(epoch, "us") for epoch in (start, end))])
        event = _event(start, end, title, description, uid, _clock(parse_epoch(revised)))
        event.add("transp", "TRANSPARENT")  # a window is a chance, not an appointment: nobody is busy
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _calendar(name: str, kind: str) -> tuple[Calendar, str]:
    """An empty calendar, and its title in one line."""
    from icalendar import Calendar, vText

    title = " ".join(name.split())
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//ilrs_science//{kind}//EN")
    calendar.add("x-wr-calname", vText(title))
    return calendar, title


def _event(
    start: np.datetime64, end: np.datetime64, title: str, description: str, uid: str, revised: datetime
) -> Event:
    from icalendar import Event

    exact = [format_epoch(epoch, "us") for epoch in (start, end)]
    first, last = _inward(start, end)
    notes = [description, f"{exact[0]} to {exact[1]}, {(end - start) / np.timedelta64(1, 'h'):.2f} h"]
    event = Event()
    event.add("uid", f"{sha256(uid.encode()).hexdigest()[:32]}@ilrs-science")
    event.add("dtstamp", revised)
    event.add("summary", title)
    event.add("dtstart", _clock(first))
    if first < last:  # an event without an end takes no time: its window holds no whole second
        event.add("dtend", _clock(last))
    event.add("description", "\n".join(filter(None, notes)))
    for key, text in zip(_EDGES, exact, strict=True):
        event.add(key, text)
    return event


def _inward(start: np.datetime64, end: np.datetime64) -> Interval:
    """First and last whole second of a window."""
    floor = start.astype("datetime64[s]")
    first = floor if floor == start else floor + _SECOND
    last = max(first, end.astype("datetime64[s]"))
    return first.astype("datetime64[us]"), last.astype("datetime64[us]")


def _clock(epoch: np.datetime64) -> datetime:
    """Epoch of a whole second as the calendar package takes it."""
    moment: datetime = epoch.astype("datetime64[s]").item()
    return moment.replace(tzinfo=UTC)


def read_calendar(source: str | Path) -> tuple[list[Interval], Span]:
    """Intervals and span of a calendar.

    Parameters
    ----------
    source : str or Path
        Text that begins with ``BEGIN:VCALENDAR``, or the path of such a file.

    Returns
    -------
    intervals : list of tuple
        Starts and ends of the events that are not cancelled, UTC.
    span : tuple or None
        What was searched, if the calendar is ours.

    Raises
    ------
    RequestError
        If it is no calendar.
    EpochError
        If an event has no start, floats in local time or recurs; the message names it.
    """
    from icalendar import Calendar

    text, name = text_of(source, "BEGIN:VCALENDAR")
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise RequestError(f"{name} is no calendar: {error}") from error
    if calendar.name != "VCALENDAR":
        raise RequestError(f"{name} is no calendar: it begins with {calendar.name}, not VCALENDAR")
    given = _exact(calendar, _SPAN)
    events = [event for event in calendar.events if str(event.get("status")) != "CANCELLED"]
    return [_interval(event) for event in events], parse_span(*given) if given else None


def _interval(event: Event) -> Interval:
    """Edges of an event: the exact ones if its own still agree with them, else its own."""
    title = f"event {str(event.get('summary', event.get('uid', 'without a title')))!r}"
    if any(key in event for key in ("rrule", "rdate", "recurrence-id")):
        raise EpochError(f"{title} recurs; write each of its times as an event of its own")
    try:
        start, end = (_epoch(value) for value in (event.start, event.end))
    except ValueError as error:
        raise EpochError(f"{title}: {error}") from error
    exact = _exact(event, _EDGES)
    if exact and _inward(*exact) == (start, end):
        return exact
    if end < start:
        raise EpochError(f"{title} ends before it starts")
    return start, end


def _epoch(value: datetime | date) -> np.datetime64:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise EpochError(f"{value.isoformat()} floats in local time; give it in UTC, with a Z at its end")
    return parse_epoch(value)


def _exact(component: Component, keys: tuple[str, str]) -> Interval | None:
    texts = [str(component[key]) for key in keys if key in component]
    return (parse_epoch(texts[0]), parse_epoch(texts[1])) if len(texts) == 2 else None
