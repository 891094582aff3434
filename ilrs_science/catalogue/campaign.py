"""A campaign: which experiments one station may do in one span of time."""

from __future__ import annotations

from typing import Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.epochs import format_epoch, parse_epoch

__all__ = ["Campaign", "Instant"]


def _write(time: Any) -> str:
    return format_epoch(time, "ms")


#: Record field that holds a UTC instant as ``datetime64[us]``.
Instant = Annotated[
    np.datetime64,
    BeforeValidator(parse_epoch),
    PlainSerializer(_write, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Campaign(Record):
    """Experiments that compete for one station in one span of time."""

    id: Identifier = "unnamed_campaign"
    """Short name by which other records refer to this one."""
    station: Identifier
    """Station that does them."""
    experiments: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Experiments to choose from."""
    start: Instant
    """First instant. [UTC]"""
    end: Instant
    """First instant after the campaign. [UTC]"""
    objective: Text = ""
    """What the campaign is for."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {_write(self.end)} is not after start {_write(self.start)}")
        doubled = sorted({name for name in self.experiments if self.experiments.count(name) > 1})
        if doubled:
            raise ValueError(f"experiments are listed twice: {', '.join(doubled)}")
        return self

    @property
    def days(self) -> float:
        """Length of the campaign. [d]"""
        return float((self.end - self.start) / np.timedelta64(1, "D"))
