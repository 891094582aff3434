"""What an instrument hands over: products of a known size, and characteristics as they were published."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from ilrs_science.catalogue.provenance import ASSUMED, Provenance
from ilrs_science.catalogue.record import Identifier, Part, Text
from ilrs_science.units import DataVolume, Duration

__all__ = ["Characteristic", "Product", "ProvenanceText"]

#: Field that holds the provenance of one value, written as in a basis map.
ProvenanceText = Annotated[
    Provenance,
    PlainValidator(Provenance.parse),
    PlainSerializer(str, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string"}),
]


class Product(Part):
    """A piece of data of a known size, such as an image or the analysis of a sample."""

    id: Identifier
    """What it is: ``image``, ``spectrum``, ``sample``."""
    volume: Annotated[DataVolume, Field(gt=0)]
    """Raw data of one. [Mbit]"""
    every: Annotated[Duration, Field(gt=0)] | None = None
    """Time from one to the next while operating; left out if they are made on demand. [s]"""
    urgency: Annotated[int, Field(ge=0, le=100)] = 0
    """Rank of these data, of which the highest leave the mass memory first."""
    latency: Annotated[Duration, Field(ge=0)] | None = None
    """Longest time from the end of a session until they are sent; any by default. [s]"""

    @property
    def rate(self) -> float | None:
        """Raw data on average; none if it is made on demand. [Mbit/s]"""
        return self.volume / self.every if self.every else None


class Characteristic(Part):
    """A property of an instrument in words, as a scientist reads it in a data sheet."""

    id: Identifier
    """What it is: ``band``, ``aperture``, ``depth``."""
    value: Text
    """Number, range or words, with unit."""
    basis: ProvenanceText = ASSUMED
    """Where it comes from, such as ``sourced S28``."""

    def __str__(self) -> str:
        return f"{self.id.replace('_', ' ')} {self.value}"
