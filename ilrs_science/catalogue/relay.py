"""A relay: an orbiter that takes data from the surface of the Moon and hands them to the Earth."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.radio import Radio
from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Angle, DataRate, DataVolume

__all__ = ["Relay"]


class Relay(Record):
    """A relay on an orbit of the catalogue."""

    id: Identifier = "unnamed_relay"
    """Short name by which other records refer to this one."""
    orbit: Identifier
    """Orbit on which it flies."""
    ground_stations: tuple[Identifier, ...] = ()
    """Stations on the Earth that hear it."""
    surface: tuple[Radio, ...] = ()
    """Radios towards the surface."""
    earth: tuple[Radio, ...] = ()
    """Radios towards the Earth."""
    surface_rate: Annotated[DataRate, Field(gt=0)] | None = None
    """Largest rate from the surface. [Mbit/s]"""
    earth_rate: Annotated[DataRate, Field(gt=0)] | None = None
    """Largest rate to the Earth. [Mbit/s]"""
    elevation_mask: Annotated[Angle, Field(ge=0, lt=90)] = 0.0
    """Lowest elevation of the relay, seen from the surface, at which it serves. [deg]"""
    storage: Annotated[DataVolume, Field(gt=0)] | None = None
    """Mass memory; none if it hands on what it hears at once. [Mbit]"""
    operator: Text = ""
    """Who runs it."""
