"""A meteoroid shower: when the Earth and its Moon cross a stream of meteoroids, and from where they come."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.record import Code, Identifier, Record, Text
from ilrs_science.units import Angle, Speed

__all__ = ["Shower"]

_Longitude = Annotated[Angle, Field(ge=0, lt=360)]


class Shower(Record):
    """A meteoroid shower that comes back every year."""

    id: Identifier = "unnamed_shower"
    """Short name by which other records refer to this one."""
    code: Code = ""
    """Code of the IAU Meteor Data Center."""
    solar_longitude: _Longitude
    """Ecliptic longitude of the Sun at the peak, equinox J2000. [deg]"""
    begin: _Longitude
    """Longitude of the Sun when it begins. [deg]"""
    end: _Longitude
    """Longitude of the Sun when it ends. [deg]"""
    ra: _Longitude
    """Right ascension from which the meteoroids come, at the peak. [deg]"""
    dec: Annotated[Angle, Field(ge=-90, le=90)]
    """Declination from which they come, at the peak. [deg]"""
    speed: Annotated[Speed, Field(gt=11.2, lt=73)]
    """Speed at which they enter the Earth's atmosphere. [km/s]"""
    zenithal_hourly_rate: Annotated[int, Field(ge=0, le=100_000)]
    """Meteors that one person would see in an hour at the peak, the radiant overhead, under a dark sky. [1/h]"""
    parent: Text = ""
    """Comet or asteroid from which they come."""
