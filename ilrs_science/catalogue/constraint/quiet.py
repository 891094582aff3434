"""Constraints on what disturbs: radio noise of the Earth and of other emitters, plasma of the magnetotail."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ilrs_science.catalogue.constraint.aim import Name
from ilrs_science.catalogue.constraint.logic import Constraint
from ilrs_science.units import Angle, Distance, format_quantity

__all__ = ["Magnetotail", "PlasmaRegion", "RadioQuiet"]


class RadioQuiet(Constraint):
    """Everything within a distance of the Earth's centre is below the horizon by a margin.

    At a site, the horizon is the horizontal plane; on an orbiter, below the horizon is behind the lunar limb.
    The shielded zone of the Moon (ITU-R RA.479) is protected from emitters up to 100 000 km from the Earth:
    ``within: 100000 km``.
    """

    kind: Literal["radio_quiet"] = "radio_quiet"
    margin: Annotated[Angle, Field(ge=0, le=90)] = 0.0
    """How far below the horizon. [deg]"""
    within: Annotated[Distance, Field(ge=0, le=200_000)] = 6378.137
    """Distance from the Earth's centre within which emitters are; by default its equatorial radius. [km]"""

    emitters: Annotated[tuple[Name, ...], Field(max_length=16)] = ()
    """Further emitters that are below the horizon by the same margin: orbits, sites or ground stations."""

    @property
    def label(self) -> str:
        """Kind, margin and further emitters."""
        also = f", also {', '.join(self.emitters)}" if self.emitters else ""
        return f"radio_quiet (margin {format_quantity(self.margin, 'deg')}{also})"


class Magnetotail(Constraint):
    """The Moon is in the Earth's magnetotail.

    The tail is a cone about the line from the Sun through the Earth: lobes and plasma sheet within 27 deg, flank and
    magnetosheath to 37 deg (from tail radii of 25 to 30 Earth radii at the Moon and from a crossing of six days). For
    the tail as the solar wind blows it, 4 deg aside, see ``plasma_region``.
    """

    kind: Literal["magnetotail"] = "magnetotail"
    half_width: Annotated[Angle, Field(gt=0, lt=90)] = 27.0
    """Half of the angle that the tail spans, seen from the Earth. [deg]"""

    @property
    def label(self) -> str:
        """Kind and width."""
        return f"magnetotail (within {format_quantity(self.half_width, 'deg')})"


class PlasmaRegion(Constraint):
    """The Moon is in a part of the plasma around the Earth, in a mean solar wind of 400 km/s and 2 nPa.

    Magnetopause of Shue et al. 1998 and bow shock of Slavin and Holzer 1981, about an axis that the Earth's motion
    turns by 4 deg. Gusts move both by degrees: half a day of the Moon's way.
    """

    kind: Literal["plasma_region"] = "plasma_region"
    region: Literal["solar_wind", "magnetosheath", "magnetotail"]
    """Outside the bow shock, between it and the magnetopause, or inside that."""

    @property
    def label(self) -> str:
        """Where the Moon is."""
        return f"plasma_region {self.region}"
