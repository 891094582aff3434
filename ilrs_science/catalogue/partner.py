"""Partners: the states and organisations of the International Lunar Research Station."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.partial_date import PartialDate
from ilrs_science.catalogue.record import Identifier, Record, Text

__all__ = ["Partner", "PartnerKind", "PartnerRole"]


class PartnerKind(StrEnum):
    """What a partner is."""

    STATE = "state"
    ORGANISATION = "organisation"
    """An organisation of states, an agency of its own, a company or institutes."""


class PartnerRole(StrEnum):
    """How a partner belongs to the station."""

    FOUNDER = "founder"
    """Signed the memorandum of 2021."""
    MEMBER = "member"
    """Signed an agreement or a memorandum later."""
    APPLICANT = "applicant"
    """Asked to join; that it has is not confirmed."""
    CONTRIBUTOR = "contributor"
    """Brings an instrument to a mission, without belonging to the station."""


class Partner(Record):
    """A state or organisation that takes part."""

    id: Identifier = "unnamed_partner"
    """Short name by which other records refer to this one."""
    kind: PartnerKind
    """State or organisation."""
    role: PartnerRole = PartnerRole.MEMBER
    """Founder, member, applicant or contributor."""
    agency: Text = ""
    """Space agency or body that acts for it."""
    joined: PartialDate | None = None
    """When it joined, as precisely as it is known; none if it is not."""
    joined_by: PartialDate | None = None
    """When it is known to have been a member, where the day of joining is not."""
    moon_agreement: bool | None = None
    """Whether it is a party to the Moon Agreement of 1979; none if the record does not know."""
    members: Annotated[int, Field(ge=1)] = 1
    """States or institutes that this record stands for."""
    contribution: Text = ""
    """What it brings: instruments, stations, samples."""

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if self.joined is not None and self.joined_by is not None:
            raise ValueError("joined says more than joined_by; write one of them")
        return self

    @property
    def date_text(self) -> str:
        """Such as ``2023-07``, ``by 2025-04``, ``date unknown``, or ``no member``."""
        if self.role is PartnerRole.CONTRIBUTOR:
            return "no member"
        return self.joined or (f"by {self.joined_by}" if self.joined_by else "date unknown")
