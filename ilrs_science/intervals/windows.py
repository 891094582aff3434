"""Windows: disjoint half-open UTC intervals with the algebra of SPICE windows, and the forms in which they travel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from ilrs_science.intervals.agenda import calendar_of, read_calendar
from ilrs_science.intervals.dataset import dataset_of, read_dataset
from ilrs_science.intervals.disjoint import Interval, Span
from ilrs_science.intervals.pieces import Pieces
from ilrs_science.intervals.table import frame_of, html_of, read_csv, read_frame, write_csv

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import Dataset

__all__ = ["Windows"]


class Windows(Pieces):
    """Disjoint half-open UTC intervals ``[start, end)``, in order, immutable.

    Parameters
    ----------
    starts, ends : array_like of datetime64
        UTC; each start before its end. Overlapping and touching intervals are merged, in any order.
    span : tuple of datetime64, optional
        What was searched. Intervals are clipped to it; ``~`` needs it.

    Raises
    ------
    EpochError
        If an interval ends before it starts, or a date is missing.

    Notes
    -----
    ``&``, ``|`` and ``-`` are intersection, union and difference; the result is known on the common span. ``~`` is the
    complement in the span. ``epoch in windows`` asks for one epoch, `contains` for many. Windows iterate as pairs of
    start and end; ``windows[0]`` is a pair, ``windows[2:5]`` are windows on the same span, and no windows are false.

    Examples
    --------
    >>> day = Windows(["2026-01-01"], ["2026-01-03"])
    >>> day & Windows(["2026-01-02"], ["2026-01-05"])
    <Windows: 1 interval, 24.0 h, 2026-01-02 to 2026-01-03>
    """

    __slots__ = ()

    def to_frame(self) -> DataFrame:
        """A pandas table with columns ``start``, ``end`` (UTC) and ``duration_s``.

        Returns
        -------
        pandas.DataFrame
            ``attrs["span"]`` holds the span as text, if it is known.
        """
        return frame_of(self)

    @classmethod
    def from_frame(cls, frame: DataFrame, span: Span = None) -> Self:
        """Windows of a pandas table.

        Parameters
        ----------
        frame : pandas.DataFrame
            With columns ``start`` and ``end``, dates or text, UTC unless they have a zone; other columns are left
            aside.
        span : tuple of datetime64, optional
            What was searched; by default what `to_frame` left in ``attrs``.

        Returns
        -------
        Windows

        Raises
        ------
        RequestError
            If a column or a date is missing; the message names the row.
        """
        starts, ends, known = read_frame(frame)
        return cls(starts, ends, known if span is None else span)

    def to_csv(self) -> str:
        """Text table ``start,end,duration_s``, UTC ISO 8601 to the millisecond.

        Returns
        -------
        str
            With a header, even if there is no window.
        """
        return write_csv(self)

    @classmethod
    def from_csv(cls, source: str | Path, span: Span = None) -> Self:
        """Windows of a text table, such as `to_csv` and ``ilrs windows --format csv`` write.

        Parameters
        ----------
        source : str or Path
            Text with a header that names ``start`` and ``end``, or the path of such a file.
        span : tuple of datetime64, optional
            What was searched; a text table does not say.

        Returns
        -------
        Windows
            To the millisecond: shorter intervals and gaps are gone.

        Raises
        ------
        RequestError
            If the table is not as it should be; the message names the line.
        """
        return cls._from_pairs(read_csv(source), span)

    def to_xarray(self) -> Dataset:
        """A CF dataset with the dimension ``window``, to the microsecond.

        Returns
        -------
        xarray.Dataset
            Variables ``start`` and ``end``, UTC, and ``duration`` [s]; the span is in the attributes
            ``time_coverage_start`` and ``time_coverage_end``.
        """
        return dataset_of(self)

    @classmethod
    def from_xarray(cls, dataset: Dataset, span: Span = None) -> Self:
        """Windows of a dataset, such as `to_xarray` gives or a netCDF file holds.

        Parameters
        ----------
        dataset : xarray.Dataset
            With variables ``start`` and ``end``, UTC.
        span : tuple of datetime64, optional
            What was searched; by default what the attributes say.

        Returns
        -------
        Windows

        Raises
        ------
        RequestError
            If a variable is missing or not decoded.
        """
        starts, ends, known = read_dataset(dataset)
        return cls(starts, ends, known if span is None else span)

    def to_icalendar(
        self, name: str, *, description: str = "", revised: object = "2000-01-01T00:00:00Z"
    ) -> str:
        """Text of an iCalendar file (RFC 5545) with an event for each interval, which any calendar program reads.

        Parameters
        ----------
        name : str
            Title of the calendar and of each event.
        description : str
            What to say in each event beside its exact edges.
        revised : str, datetime or datetime64
            When the windows were found (``DTSTAMP``), UTC. The clock is not read, so that the same windows are the
            same text.

        Returns
        -------
        str
            UTC. Write it with ``newline=""``: its lines end as the standard has them.

        Notes
        -----
        iCalendar knows whole seconds only. Events are rounded inward, so that none promises time outside its window;
        a window without a whole second in it becomes an event that takes no time. The exact edges are in
        ``X-ILRS-START`` and ``X-ILRS-END``, from which `from_icalendar` restores them.
        """
        return calendar_of(self, name, description, revised)

    @classmethod
    def from_icalendar(cls, source: str | Path, span: Span = None) -> Self:
        """Windows of the events of a calendar.

        Parameters
        ----------
        source : str or Path
            Text that begins with ``BEGIN:VCALENDAR``, or the path of such a file. Whole days are UTC; cancelled events
            are left aside.
        span : tuple of datetime64, optional
            What was searched; by default what `to_icalendar` left in the calendar.

        Returns
        -------
        Windows
            To the microsecond where an event is still where `to_icalendar` put it.

        Raises
        ------
        RequestError
            If it is no calendar, or an event has no time in UTC or recurs; the message names it.
        """
        pairs, known = read_calendar(source)
        return cls._from_pairs(pairs, known if span is None else span)

    @classmethod
    def _from_pairs(cls, pairs: list[Interval], span: Span) -> Self:
        return cls([start for start, _ in pairs], [end for _, end in pairs], span)

    def _repr_html_(self) -> str:
        return html_of(self)
