"""Compliance: the treaties, regulations and recommendations that a station keeps, and how each can be checked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Code, Identifier, Part, Record, Text
from ilrs_science.units import Angle, Distance, Frequency, Mass

__all__ = ["BandRule", "Check", "ComplianceItem", "Force"]


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
    """Checks that a program can do; each has its function in ``catalogue.comply.checks``."""

    RESPONSIBLE_STATE = "responsible_state"
    """Everything that flies or stands names the partner that is responsible."""
    REGISTRATION = "registration"
    """What has been launched has what a registration asks for."""
    HERITAGE = "heritage"
    """Nothing lands near hardware of the past."""
    SHIELDED_PLACE = "shielded_place"
    """Which places lie where the Moon shields from the Earth's radio noise."""
    SHIELDED_ZONE = "shielded_zone"
    """What sends there."""
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


class BandRule(Part):
    """A band of frequencies that a rule names."""

    low: Annotated[Frequency, Field(gt=0)]
    """Lowest frequency. [MHz]"""
    high: Annotated[Frequency, Field(gt=0)]
    """Highest frequency. [MHz]"""
    barred: bool
    """Whether nothing may be sent in it; else it is the band to be used."""

    @model_validator(mode="after")
    def _upward(self) -> Self:
        if self.high <= self.low:
            raise ValueError("high is not above low")
        return self

    def holds(self, frequency: float) -> bool:
        """Whether a frequency lies in the band.

        Parameters
        ----------
        frequency : float
            Carrier. [MHz]

        Returns
        -------
        bool
            The edges belong to the band.
        """
        return self.low <= frequency <= self.high


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
    """What a person must decide or do besides, wherever the rule applies."""
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
    bands: tuple[BandRule, ...] = ()
    """Bands that the rule bars, or asks to use. [MHz]"""
    category: Code = ""
    """Category of planetary protection that the rule is about."""
    hardware_of: tuple[Text, ...] = ()
    """States whose hardware the rule protects; empty if everybody's."""

    @model_validator(mode="after")
    def _applied_somehow(self) -> Self:
        if self.check is None and not self.decide:
            raise ValueError("a rule needs a check, or decide: what a person must decide")
        if (self.check is None) != (not self.reads):
            raise ValueError("a check says which fields it reads, and without a check none are read")
        return self

    @property
    def automatic(self) -> bool:
        """Whether a program can check it; a person may still have to decide."""
        return self.check is not None
