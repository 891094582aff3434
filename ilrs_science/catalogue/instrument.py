"""A scientific or technical instrument."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.constraint import AnyConstraint
from ilrs_science.catalogue.disturbance import Disturbance, Hazard
from ilrs_science.catalogue.modes import PowerModes, TemperatureLimits
from ilrs_science.catalogue.pointing import Mount, Platform, Pointing, View
from ilrs_science.catalogue.product import Characteristic, Product
from ilrs_science.catalogue.record import Code, Identifier, Record, Text
from ilrs_science.units import Angle, DataRate, Duration, Fraction, Mass

__all__ = [
    "Characteristic",
    "Disturbance",
    "Hazard",
    "Instrument",
    "Mount",
    "Platform",
    "Pointing",
    "PowerModes",
    "Product",
    "TemperatureLimits",
    "View",
]


def _rate_of_products(fields: dict[str, Any]) -> float | None:
    products: tuple[Product, ...] = fields.get("products", ())
    rates = [product.rate for product in products]
    known = [rate for rate in rates if rate is not None]
    return sum(known) if len(known) == len(rates) else None


class Instrument(Record):
    """An instrument that experiments use."""

    code: Code = ""
    """Abbreviation in the literature."""
    kind: Identifier
    """What it is, such as ``uv_telescope``."""
    heritage: Text = ""
    """Where it, or its like, has flown."""
    provider: Text = ""
    """State or organisation that builds it."""
    platforms: tuple[Platform, ...] = ()
    """What carries it."""
    measures: Text = ""
    """What it measures: band, resolution, depth, field."""
    characteristics: tuple[Characteristic, ...] = ()
    """Its data sheet, each line with its source."""
    mass: Annotated[Mass, Field(ge=0)]
    """Mass. [kg]"""
    power: PowerModes
    """Electric power by mode. [W]"""
    products: tuple[Product, ...] = ()
    """What it makes in pieces, such as images. [Mbit]"""
    data_rate: Annotated[Annotated[DataRate, Field(ge=0)] | None, Field(default_factory=_rate_of_products)]
    """Raw data on average while operating; left out, that of its products, none if one is made on demand. [Mbit/s]"""
    warm_up: Annotated[Duration, Field(ge=0)] = 0.0
    """Time from switching on to observing. [s]"""
    settling: Annotated[Duration, Field(ge=0)] | None = None
    """Time from setting it up, or from the last disturbance, to good data. [s]"""
    duty: Text = ""
    """How it works through time: continuously, in sessions, while driving."""
    duty_cycle: Annotated[Fraction, Field(gt=0, le=1)] | None = None
    """Largest part of the time in which it operates. [1]"""
    lifetime: Annotated[Duration, Field(gt=0)] | None = None
    """How long it is meant to work. [s]"""
    shared: bool = False
    """Whether several experiments may use it at once, as a listener that moves nothing."""
    field_of_view: Annotated[Angle, Field(gt=0, le=360)] | None = None
    """Full width of the field of view; of two, the larger. [deg]"""
    field_of_view_across: Annotated[Angle, Field(gt=0, le=360)] | None = None
    """Full width at right angles to it; left out if the field is round or square. [deg]"""
    pointing: Pointing | None = None
    """How it is held and where it looks. [deg]"""
    sun_avoidance: Annotated[Angle, Field(ge=0, le=180)] | None = None
    """Smallest angle between the Sun and the line of sight. [deg]"""
    earth_avoidance: Annotated[Angle, Field(ge=0, le=180)] | None = None
    """Smallest angle between the Earth and the line of sight. [deg]"""
    temperature: TemperatureLimits | None = None
    """Temperatures that it bears. [K]"""
    emits: tuple[Disturbance, ...] = ()
    """Disturbances that it makes while operating."""
    sensitive_to: tuple[Disturbance, ...] = ()
    """Disturbances that spoil its data."""
    hazards: tuple[Hazard, ...] = ()
    """What in it is dangerous."""
    conditions: AnyConstraint | None = None
    """When it can observe at all."""
    other_conditions: tuple[Text, ...] = ()
    """What must hold too, but no kind of constraint can say; a person sees to it."""

    @model_validator(mode="after")
    def _says_what_it_makes(self) -> Self:
        if not self.products and (self.data_rate is None or "data_rate" not in self.model_fields_set):
            raise ValueError("says nothing about its data; write data_rate, such as 10 kbit/s, or products")
        return self

    @property
    def on_demand(self) -> tuple[Product, ...]:
        """Products of which only the experiment knows how many it makes, as no rate is known."""
        if self.data_rate is not None:
            return ()
        return tuple(product for product in self.products if product.every is None)

    @property
    def passive(self) -> bool:
        """Whether it draws no power at all."""
        return not any(self.power.by_mode.values())
