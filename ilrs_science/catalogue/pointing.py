"""How an instrument is mounted, and what it looks at."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.record import Part
from ilrs_science.units import Angle

__all__ = ["Mount", "Platform", "Pointing", "View"]


class Platform(StrEnum):
    """What carries an instrument."""

    LANDER = "lander"
    ROVER = "rover"
    HOPPER = "hopper"
    ORBITER = "orbiter"
    RELAY = "relay"
    DEPLOYED = "deployed"
    """Set down on the ground, away from what brought it."""


class Mount(StrEnum):
    """How an instrument is held."""

    FIXED = "fixed"
    """On a deck or a body, turned only with it."""
    MAST = "mast"
    """On a mast that pans and tilts."""
    GIMBAL = "gimbal"
    """On axes of its own, or behind a mirror that turns."""
    ARM = "arm"
    """On an arm that brings it to the ground."""
    BOOM = "boom"
    """Away from the body, on a boom or as antennas that unfold."""
    GROUND = "ground"
    """Coupled to the ground."""
    BOREHOLE = "borehole"
    """In the ground."""


class View(StrEnum):
    """What an instrument looks at."""

    SKY = "sky"
    SUN = "sun"
    EARTH = "earth"
    SURFACE = "surface"
    NADIR = "nadir"
    LIMB = "limb"
    RAM = "ram"
    """Forward along the orbit."""
    ZENITH = "zenith"
    SAMPLE = "sample"
    SURROUNDINGS = "surroundings"
    """What comes to it from anywhere: fields, particles, waves of the ground."""


class Pointing(Part):
    """How an instrument is held and where it looks."""

    mount: Mount
    """How it is held."""
    view: View
    """What it looks at."""
    accuracy: Annotated[Angle, Field(gt=0, le=180)] | None = None
    """Largest error of pointing. [deg]"""
    stability: Annotated[Angle, Field(gt=0, le=180)] | None = None
    """Largest drift during one exposure. [deg]"""
