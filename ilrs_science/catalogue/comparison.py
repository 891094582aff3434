"""Comparisons: lists of places that a study sets side by side, such as the candidate regions of Artemis."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from ilrs_science.catalogue.record import Identifier, Record, Text

__all__ = ["Comparison"]


class Comparison(Record):
    """Places that somebody has considered together."""

    id: Identifier = "unnamed_comparison"
    """Short name by which other records refer to this one."""
    sites: tuple[Identifier, ...] = ()
    """Sites; several regions may share one."""
    orbits: tuple[Identifier, ...] = ()
    """Orbits."""
    stations: tuple[Identifier, ...] = ()
    """Stations."""
    regions: tuple[Text, ...] = ()
    """Names as the source lists them."""
    role: Text = ""
    """Who made the list, and for what."""

    @model_validator(mode="after")
    def _something_to_compare(self) -> Self:
        if not (self.sites or self.orbits or self.stations):
            raise ValueError("a comparison needs sites, orbits or stations")
        return self
