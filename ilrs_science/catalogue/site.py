"""A place on the Moon's surface."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ilrs_science.catalogue.category import Location
from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Distance, PlainAngle, PlainHeight

__all__ = ["Landform", "Side", "Site"]

#: Angle beyond the mean limb from which the Earth's radio noise never arrives. [deg] (ITU shielded zone, RA.479)
SHIELDED_BEYOND_LIMB = 23.2
#: Half width of the zone about the mean limb in which librations make the Earth rise and set. [deg]
LIMB_HALF_WIDTH = 6.9
#: Mean radius of the Moon. [km]
MOON_RADIUS = 1737.4
#: From here on a place is polar. (assumed) [deg]
POLAR_LATITUDE = 60.0


class Landform(StrEnum):
    """What kind of ground a site is."""

    RIDGE = "ridge"
    RIM = "rim"
    CRATER = "crater"
    PLATEAU = "plateau"
    MASSIF = "massif"
    PLAIN = "plain"
    MARE = "mare"
    BASIN = "basin"
    VOLCANIC = "volcanic"
    SWIRL = "swirl"
    LAVA_TUBE = "lava_tube"
    COLD_TRAP = "cold_trap"


class Side(StrEnum):
    """Which way a site faces."""

    NEAR = "near"
    LIMB = "limb"
    FAR = "far"

    @property
    def label(self) -> str:
        """Such as ``near side``, or ``limb``."""
        return self.value if self is Side.LIMB else f"{self.value} side"


class Site(Record):
    """A place on the Moon's surface, in planetocentric MOON_ME coordinates."""

    id: Identifier = "unnamed_site"
    """Short name by which other records refer to this one."""
    latitude: Annotated[PlainAngle, Field(ge=-90, le=90)]
    """Selenographic latitude, north positive. [deg]"""
    longitude: Annotated[PlainAngle, Field(ge=-360, le=360)]
    """Selenographic longitude, east positive. [deg]"""
    height: Annotated[PlainHeight, Field(ge=-20_000, le=100_000)] | None = None
    """Height above the 1737.4 km sphere; without one it is read from the terrain where terrain is used. [m]"""
    landform: Landform | None = None
    """What kind of ground it is."""
    diameter: Annotated[Distance, Field(gt=0)] | None = None
    """Diameter of the crater or feature. [km]"""
    role: Text = ""
    """Why it matters: landing site, candidate, heritage."""
    permanent_shadow: bool = False
    """Whether part of its ground never sees the Sun."""
    keep_out: Annotated[Distance, Field(gt=0, le=100)] | None = None
    """Distance that new landings keep from hardware of the past; none where nothing is to be kept. [km]"""
    hardware_of: Text = ""
    """State whose hardware stands there."""

    @property
    def distance_from_sub_earth_point(self) -> float:
        """Angle at the Moon's centre from the mean sub-Earth point. [deg]"""
        cosine = math.cos(math.radians(self.latitude)) * math.cos(math.radians(self.longitude))
        return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))

    @property
    def mean_earth_elevation(self) -> float:
        """Elevation of the Earth over a flat horizon, librations averaged out. [deg]"""
        return 90.0 - self.distance_from_sub_earth_point

    @property
    def side(self) -> Side:
        """Near, far, or the limb, where librations make the Earth rise and set."""
        beyond = self.distance_from_sub_earth_point - 90.0
        if abs(beyond) <= LIMB_HALF_WIDTH:
            return Side.LIMB
        return Side.FAR if beyond > 0 else Side.NEAR

    def suits(self, place: Location) -> bool:
        """Whether what is done at such a place can be done here.

        Parameters
        ----------
        place : Location
            Where something can be done.

        Returns
        -------
        bool
            Never in orbit; at the limb what belongs on either side; polar from 60 deg on.
        """
        if place is Location.POLAR:
            return abs(self.latitude) >= POLAR_LATITUDE
        other = {Location.FAR_SIDE: Side.NEAR, Location.NEAR_SIDE: Side.FAR}.get(place)
        return place is not Location.ORBIT and self.side is not other

    @property
    def radio_shielded(self) -> bool:
        """Whether the site lies in the Moon's zone shielded from the Earth's radio emission."""
        return self.distance_from_sub_earth_point >= 90.0 + SHIELDED_BEYOND_LIMB

    @property
    def protection_category(self) -> str:
        """COSPAR planetary protection category of a landing here: ``"IIa"`` or ``"IIb"``."""
        polar = self.latitude <= -79 or self.latitude >= 86
        return "IIb" if polar or self.permanent_shadow else "IIa"

    def distance_to(self, other: Site) -> float:
        """Distance to another site along the mean sphere.

        Parameters
        ----------
        other : Site
            Any other.

        Returns
        -------
        float
            Great circle on the 1737.4 km sphere. [km]
        """
        here, there = math.radians(self.latitude), math.radians(other.latitude)
        half = math.sin((there - here) / 2) ** 2
        turn = math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        chord = min(1.0, half + math.cos(here) * math.cos(there) * turn)  # haversine: exact for metres too
        return 2 * MOON_RADIUS * math.asin(math.sqrt(chord))
