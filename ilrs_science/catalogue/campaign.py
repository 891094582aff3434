"""A campaign: which experiments one station may do in one span of time."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from ilrs_science.catalogue.disturbance import Disturbance
from ilrs_science.catalogue.instant import Instant, write_instant
from ilrs_science.catalogue.record import Identifier, Record, Text

__all__ = ["Campaign"]


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
    tolerates: tuple[Disturbance, ...] = ()
    """Disturbances that the layout of the station keeps apart, so that experiments need not wait for each other."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {write_instant(self.end)} is not after start {write_instant(self.start)}")
        doubled = sorted({name for name in self.experiments if self.experiments.count(name) > 1})
        if doubled:
            raise ValueError(f"experiments are listed twice: {', '.join(doubled)}")
        return self

    @property
    def days(self) -> float:
        """Length of the campaign. [d]"""
        return float((self.end - self.start) / np.timedelta64(1, "D"))
