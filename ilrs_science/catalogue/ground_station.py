"""A station on the Earth that hears, commands or ranges to the Moon."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.radio import Band
from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Angle, DataRate, Fraction, Height, PlainAngle, PlainHeight, Temperature

__all__ = ["Access", "Band", "GroundRole", "GroundStation"]


class GroundRole(StrEnum):
    """What a ground station does."""

    TRACKING = "tracking"
    """Telemetry, tracking and command."""
    UPLINK = "uplink"
    DOWNLINK = "downlink"
    SCIENCE_DOWNLINK = "science_downlink"
    """Receives science data at a high rate, sends nothing."""
    RANGING = "ranging"
    LASER_RANGING = "laser_ranging"
    """Measures the way of light pulses to reflectors."""
    VLBI = "vlbi"
    """Interferometry with other stations: angles of an orbiter to a thousandth of an arcsecond."""
    RADAR = "radar"


class Access(StrEnum):
    """Whether a plan may count on a station."""

    FOUNDER = "founder"
    """Belongs to a founder of the International Lunar Research Station."""
    CANDIDATE = "candidate"
    """Of a partner or a possible one; nothing is agreed."""
    COMPARISON = "comparison"
    """For comparison only; no cooperation is assumed."""
    UNAVAILABLE = "unavailable"
    """Out of use; a plan leaves it out."""


class GroundStation(Record):
    """A station on the Earth, in geodetic coordinates of WGS 84."""

    id: Identifier = "unnamed_ground_station"
    """Short name by which other records refer to this one."""
    latitude: Annotated[PlainAngle, Field(ge=-90, le=90)]
    """Geodetic latitude, north positive. [deg]"""
    longitude: Annotated[PlainAngle, Field(ge=-360, le=360)]
    """Longitude, east positive. [deg]"""
    height: Annotated[PlainHeight, Field(ge=-1000, le=10_000)]
    """Height above the ellipsoid. [m]"""
    mask: Annotated[Angle, Field(ge=0, lt=90)]
    """Lowest elevation at which it works. [deg]"""
    diameter: Annotated[Height, Field(gt=0, le=1000)] | None = None
    """Diameter of the dish, or of the telescope of a laser station. [m]"""
    bands: tuple[Band, ...] = ()
    """Bands in which it works; empty if unknown."""
    roles: tuple[GroundRole, ...] = ()
    """What it does; empty if unknown."""
    data_rate: Annotated[DataRate, Field(gt=0)] | None = None
    """Rate at which it receives from the Moon. [Mbit/s]"""
    efficiency: Annotated[Fraction, Field(gt=0, le=1)] | None = None
    """Aperture efficiency of the dish; a usual one of the band if not stated. [1]"""
    noise_temperature: Annotated[Temperature, Field(gt=0)] | None = None
    """Noise temperature of dish and receiver, looking at a cold sky; a usual one of the band if not stated. [K]"""
    access: Access = Access.CANDIDATE
    """Whether a plan may count on it."""
    operator: Text = ""
    """Who runs it."""
