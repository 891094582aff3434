"""Facilities: the five parts of the station in the roadmap of 2021."""

from __future__ import annotations

from ilrs_science.catalogue.record import Code, Identifier, Record, Text

__all__ = ["Facility"]


class Facility(Record):
    """One of the large parts of which the station consists."""

    id: Identifier = "unnamed_facility"
    """Short name by which other records refer to this one."""
    code: Code = ""
    """Abbreviation."""
    role: Text = ""
    """What it is for."""
    parts: tuple[Text, ...] = ()
    """What belongs to it."""
