"""Assets: what stands at a station or flies with it, and from which phase on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Mass, Power

__all__ = ["Asset"]


class Asset(Record):
    """A piece of a station: plant, vehicle, relay, laboratory or observatory."""

    id: Identifier = "unnamed_asset"
    """Short name by which other records refer to this one."""
    station: Identifier
    """Station to which it belongs."""
    facility: Identifier
    """Facility of the roadmap of which it is a part."""
    phase: Identifier
    """Phase in which it appears; it stays in the phases after."""
    also_in: tuple[Identifier, ...] = ()
    """Phases of other plans in which it appears too."""
    mission: Identifier | None = None
    """Mission that brings it, where that is announced."""
    instruments: tuple[Identifier, ...] = ()
    """Instruments that it carries."""
    mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass. [kg]"""
    supply: Annotated[Power, Field(gt=0)] | None = None
    """Electric power that it gives. [W]"""
    demand: Annotated[Power, Field(gt=0)] | None = None
    """Electric power that it takes while it works. [W]"""
    role: Text = ""
    """What it does."""
