"""Compliance: the treaties, regulations and recommendations that a station keeps, and how each can be checked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Code, Identifier, Record, Text
from ilrs_science.units import Angle, Distance, Frequency, Mass

__all__ = ["Check", "ComplianceItem", "Force"]


class Force(StrEnum):
    """How binding a rule is."""

    TREATY = "treaty"
    """Binds the states that are party to it."""
    REGULATION = "regulation"
    """Binds the members of the body that wrote it."""
    NATIONAL_LAW = "national_law"
    """Binds those under one state's law."""
    POLICY = "policy"
    """Followed by agencies that adopt it."""
    RECOMMENDATION = "recommendation"
    """Asked for, binding nobody."""


class Check(StrEnum):
    """Checks that a program can do; each has its function in ``catalogue.comply``."""

    RESPONSIBLE_STATE = "responsible_state"
    """Everything that flies or stands names the partner that is responsible."""
    REGISTRATION = "registration"
    """What has been launched has what a registration asks for."""
    HERITAGE = "heritage"
    """Nothing lands near hardware of the past."""
    SHIELDED_ZONE = "shielded_zone"
    """Nothing sends where radio astronomy is shielded from the Earth."""
    PLANETARY_PROTECTION = "planetary_protection"
    """The category of each place, and whether its inventory is there."""
    SAMPLE_RETURN = "sample_return"
    """Which missions bring samples, and in which category."""
    DISPOSAL = "disposal"
    """What is in orbit says how long it stays and where it goes."""
    NUCLEAR = "nuclear"
    """Which sources of power or heat hold nuclear fuel."""
    INTERFERENCE = "interference"
    """Who else works nearby and must be consulted."""
    MOON_AGREEMENT = "moon_agreement"
    """Which partners are bound by the Moon Agreement."""


class ComplianceItem(Record):
    """One rule, with the check that applies it or what a person must decide."""

    id: Identifier = "unnamed_compliance_item"
    """Short name by which other records refer to this one."""
    code: Code = ""
    """Short title in the reference list."""
    document: Text = ""
    """Treaty, regulation or recommendation that holds the rule, with its article."""
    force: Force
    """How binding it is."""
    rule: Text
    """What it asks for."""
    check: Check | None = None
    """Check that a program does; none if it can do none."""
    reads: tuple[Text, ...] = ()
    """Fields of records that the check reads, as in ``sites.keep_out``."""
    decide: Text = ""
    """What a person must decide or do, whatever the check finds."""
    radius: Annotated[Distance, Field(gt=0, le=1000)] | None = None
    """Distance that the rule asks to keep. [km]"""
    beyond_limb: Annotated[Angle, Field(ge=0, le=90)] | None = None
    """Angle beyond the mean limb from which the rule holds. [deg]"""
    south_of: Annotated[Angle, Field(ge=-90, le=90)] | None = None
    """Latitude south of which the rule holds. [deg]"""
    north_of: Annotated[Angle, Field(ge=-90, le=90)] | None = None
    """Latitude north of which the rule holds. [deg]"""
    mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass above which the rule asks for something. [kg]"""
    from_frequency: Annotated[Frequency, Field(gt=0)] | None = None
    """Lowest frequency of the band that the rule names. [MHz]"""
    to_frequency: Annotated[Frequency, Field(gt=0)] | None = None
    """Highest frequency of that band. [MHz]"""

    @model_validator(mode="after")
    def _applied_somehow(self) -> Self:
        if self.check is None and not self.decide:
            raise ValueError("a rule needs a check, or decide: what a person must decide")
        if (self.check is None) != (not self.reads):
            raise ValueError("a check says which fields it reads, and without a check none are read")
        if (self.from_frequency is None) != (self.to_frequency is None):
            raise ValueError("from_frequency and to_frequency come together")
        if self.from_frequency and self.to_frequency and self.to_frequency <= self.from_frequency:
            raise ValueError("to_frequency is not above from_frequency")
        return self

    @property
    def automatic(self) -> bool:
        """Whether a program can check it; a person may still have to decide."""
        return self.check is not None
