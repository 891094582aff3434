"""A plan: when each activity starts and ends, and which are left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from pydantic import ValidationError

from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.intervals.agenda import Appointment, schedule_of
from ilrs_science.planning.problem.parts import Document, Part, Whole
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import field_faults, form_of, read_json

if TYPE_CHECKING:  # tables take a second to import
    import pandas as pd

__all__ = ["Placement", "Plan"]


#: What a formula of a spreadsheet begins with.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Placement(Part):
    """One activity in a plan."""

    id: str
    """Id of the activity."""
    start_s: Whole
    """Start after the epoch. [s]"""
    end_s: Whole
    """End after the epoch. [s]"""


class Plan(Document):
    """When each activity starts and ends."""

    epoch: str
    """UTC instant of second 0."""
    placements: tuple[Placement, ...] = ()
    """What is done, in order of start."""
    left_out: tuple[str, ...] = ()
    """Ids of the activities that are not done."""

    @classmethod
    def of(cls, problem: Problem, starts: Mapping[str, int]) -> Self:
        """Plan of a problem from the starts.

        Parameters
        ----------
        problem : Problem
            What the plan is for.
        starts : mapping of str to int
            Start of each activity that is done. [s]

        Returns
        -------
        Plan
            Ends follow from the durations; activities without a start are left out.
        """
        done = sorted((start, name) for name, start in starts.items())
        return cls(
            epoch=problem.epoch,
            placements=tuple(
                Placement(id=name, start_s=start, end_s=start + problem.by_id[name].duration_s)
                for start, name in done
            ),
            left_out=tuple(activity.id for activity in problem.activities if activity.id not in starts),
        )

    @cached_property
    def starts(self) -> dict[str, int]:
        """Start of each activity that is done. [s]"""
        return {placed.id: placed.start_s for placed in self.placements}

    def __len__(self) -> int:
        return len(self.placements)

    def __repr__(self) -> str:
        return f"<Plan {len(self)} of {len(self) + len(self.left_out)} activities from {self.epoch}>"

    __str__ = __repr__

    def replace(self, **changes: Any) -> Self:
        """The same plan with some fields changed.

        Parameters
        ----------
        **changes
            New values by field name.

        Returns
        -------
        Plan
            A new plan.
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | changes)

    def counted_from(self, epoch: str) -> Self:
        """The same instants, counted from another epoch.

        Parameters
        ----------
        epoch : str
            UTC instant of the new second 0, as a problem has it.

        Returns
        -------
        Plan
            What starts before that epoch has a negative start.
        """
        if epoch == self.epoch:
            return self
        here, there = (np.datetime64(text.removesuffix("Z"), "s") for text in (self.epoch, epoch))
        shift = int((there - here).astype(int))
        moved = [
            Placement(id=placed.id, start_s=placed.start_s - shift, end_s=placed.end_s - shift)
            for placed in self.placements
        ]
        return self.replace(epoch=epoch, placements=moved)

    def to_frame(self) -> pd.DataFrame:
        """Table of what is done.

        Returns
        -------
        pandas.DataFrame
            Index `id`, columns `start` and `end` (UTC) and `duration_h` [h], in order of start.
        """
        import pandas as pd

        epoch = np.datetime64(self.epoch.removesuffix("Z"), "us")
        seconds = np.array([(placed.start_s, placed.end_s) for placed in self.placements], dtype="int64")
        moments = epoch + seconds.reshape(-1, 2).astype("timedelta64[s]")
        hours = np.diff(seconds.reshape(-1, 2), axis=1)[:, 0] / 3600
        index = pd.Index([placed.id for placed in self.placements], name="id", dtype="object")
        return pd.DataFrame({"start": moments[:, 0], "end": moments[:, 1], "duration_h": hours}, index=index)

    def to_csv(self) -> str:
        """Text table ``id,start,end,duration_s`` of what is done, UTC ISO 8601, in order of start.

        Returns
        -------
        str
            With a header, even if nothing is done. An id that a spreadsheet would take for a formula has an apostrophe
            before it.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("id", "start", "end", "duration_s"))
        for placed, span in zip(self.placements, self._moments(), strict=True):
            utc = (format_epoch(epoch, "s") for epoch in span)
            name = f"'{placed.id}" if placed.id.startswith(FORMULA) else placed.id
            writer.writerow((name, *utc, placed.end_s - placed.start_s))
        return text.getvalue()

    def to_icalendar(
        self,
        name: str = "Plan",
        *,
        titles: Mapping[str, str] | None = None,
        revised: object = "2000-01-01T00:00:00Z",
    ) -> str:
        """Text of an iCalendar file (RFC 5545) with an event for each activity that is done.

        Parameters
        ----------
        name : str
            Title of the calendar. A later plan under the same name moves the events of this one.
        titles : mapping of str to str, optional
            Title of an event by id of the activity; the id where there is none.
        revised : str, datetime or datetime64
            When the plan was made (``DTSTAMP``), UTC. The clock is not read, so that the same plan is the same text.

        Returns
        -------
        str
            Lines end with carriage return and line feed, as RFC 5545 has them.
        """
        known = titles or {}
        events = [
            Appointment(placed.id, *span, known.get(placed.id) or placed.id, placed.id)
            for placed, span in zip(self.placements, self._moments(), strict=True)
        ]
        return schedule_of(events, name, revised)

    def _moments(self) -> list[tuple[np.datetime64, np.datetime64]]:
        """Start and end of each placement, UTC."""
        epoch = np.datetime64(self.epoch.removesuffix("Z"), "us")
        return [
            (epoch + np.timedelta64(placed.start_s, "s"), epoch + np.timedelta64(placed.end_s, "s"))
            for placed in self.placements
        ]

    @classmethod
    def from_json(cls, source: str | Path) -> Self:
        """Plan of a JSON text or file; the JSON of a whole result is read as well.

        Parameters
        ----------
        source : str or Path
            JSON text, or the path of a file that holds it.

        Returns
        -------
        Plan
            The plan.

        Raises
        ------
        RequestError
            If the file is missing, is not JSON or is not a plan.
        """
        fields = read_json(source, "plan")
        if form_of(fields) == "problem":
            raise RequestError("this is not a plan but a problem")
        if isinstance(fields, dict) and isinstance(fields.get("plan"), dict):
            fields = fields["plan"]
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            first = field_faults(error, fields, cls, {"placements": Placement})[0]
            raise RequestError(f"not a plan: {first}") from None
