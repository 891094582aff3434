"""A target on the sky: a star, nebula, galaxy or empty direction."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Angle, Parallax, ProperMotion

__all__ = ["Target"]


class Target(Record):
    """A direction in ICRS at epoch J2000.0, and how it moves."""

    id: Identifier = "unnamed_target"
    """Short name by which other records refer to this one."""
    ra: Annotated[Angle, Field(ge=0, lt=360)]
    """Right ascension at J2000.0. [deg]"""
    dec: Annotated[Angle, Field(ge=-90, le=90)]
    """Declination at J2000.0. [deg]"""
    motion_ra: ProperMotion = 0.0
    """Proper motion in right ascension, times the cosine of the declination. [mas/yr]"""
    motion_dec: ProperMotion = 0.0
    """Proper motion in declination. [mas/yr]"""
    parallax: Annotated[Parallax, Field(ge=0, le=1000)] = 0.0
    """Annual parallax; zero is at infinity. [mas]"""
    role: Text = ""
    """What it is and why it is observed."""
