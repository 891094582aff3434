"""Constraints: what must hold for an experiment to run, as frozen records; one schema for YAML, Python and CLI."""

from __future__ import annotations

from ilrs_science.catalogue.constraint.aim import Aim, Direction
from ilrs_science.catalogue.constraint.light import Day, Eclipse, LocalSolarTime, Night, Season
from ilrs_science.catalogue.constraint.local import LinkRate, PowerAvailable, Temperature
from ilrs_science.catalogue.constraint.logic import AllOf, AnyOf, Constraint, Not
from ilrs_science.catalogue.constraint.orbiting import Occultation, PassOver, SolarBeta
from ilrs_science.catalogue.constraint.position import (
    EarthElevation,
    PhaseAngle,
    RangeTo,
    Separation,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.constraint.quiet import Magnetotail, PlasmaRegion, RadioQuiet
from ilrs_science.catalogue.constraint.union import AnyConstraint, parse_constraint
from ilrs_science.catalogue.constraint.visible import EarthVisible, SunVisible

__all__ = [
    "Aim",
    "AllOf",
    "AnyConstraint",
    "AnyOf",
    "Constraint",
    "Day",
    "Direction",
    "EarthElevation",
    "EarthVisible",
    "Eclipse",
    "LinkRate",
    "LocalSolarTime",
    "Magnetotail",
    "Night",
    "Not",
    "Occultation",
    "PassOver",
    "PhaseAngle",
    "PlasmaRegion",
    "PowerAvailable",
    "RadioQuiet",
    "RangeTo",
    "Season",
    "Separation",
    "SolarBeta",
    "SunElevation",
    "SunVisible",
    "TargetElevation",
    "Temperature",
    "parse_constraint",
]
