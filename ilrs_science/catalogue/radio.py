"""Radio link of a station."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.record import Part
from ilrs_science.units import Angle, DataRate, Power

__all__ = ["Link"]


class Link(Part):
    """Radio link to the Earth."""

    rate: Annotated[DataRate, Field(ge=0)]
    """Data rate while the Earth stands above the mask. [Mbit/s]"""
    elevation_mask: Annotated[Angle, Field(ge=-90, le=90)] = 0.0
    """Lowest elevation of the Earth's centre at which it works. [deg]"""
    power: Annotated[Power, Field(ge=0)] = 0.0
    """Electric power while sending, on top of the base load. [W]"""
