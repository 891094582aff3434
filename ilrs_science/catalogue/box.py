"""A box of electronics or an instrument, as its temperature sees it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.modes import TemperatureLimits
from ilrs_science.catalogue.record import Part
from ilrs_science.units import Angle, Area, Conductance, Fraction, Mass, Power, SpecificHeat

__all__ = ["ThermalBox"]

Share = Annotated[Fraction, Field(gt=0, le=1)]
ZeroToOne = Annotated[Fraction, Field(ge=0, le=1)]


class ThermalBox(Part):
    """A box of one temperature: a radiator, a leak to the ground, what it dissipates, and a heater."""

    mass: Annotated[Mass, Field(gt=0)]
    """Of what has the temperature. [kg]"""
    specific_heat: Annotated[SpecificHeat, Field(gt=0)] = 900.0
    """Of it, on average; by default that of aluminium (assumed). [J/kg/K]"""
    radiator_area: Annotated[Area, Field(gt=0)]
    """Of the plate that radiates. [m**2]"""
    emissivity: Share
    """Of the radiator in the infrared. [1]"""
    absorptivity: ZeroToOne
    """Of the radiator in sunlight, at the end of life if that is what is planned for. [1]"""
    radiator_tilt: Annotated[Angle, Field(ge=0, le=90)] = 0.0
    """Of its normal from the zenith: 0 lies on top, 90 is a side. [deg]"""
    radiator_azimuth: Annotated[Angle, Field(ge=-360, le=360)] = 0.0
    """To which it is tilted, from north through east. [deg]"""
    sky_view: ZeroToOne | None = None
    """Part of what it radiates that reaches the sky; by default that of a plate above a plain. [1]"""
    ground_view: ZeroToOne | None = None
    """Part of what it radiates that reaches the ground; by default the rest. [1]"""
    conductance: Annotated[Conductance, Field(ge=0)] = 0.0
    """To the ground, of legs, cables and insulation together. [W/K]"""
    dissipation: Annotated[Power, Field(ge=0)] = 0.0
    """Electric power that becomes heat inside, or of a radioisotope heater. [W]"""
    night_dissipation: Annotated[Power, Field(ge=0)] | None = None
    """The same while no Sun is visible; by default no other. [W]"""
    heater_power: Annotated[Power, Field(ge=0)] | None = None
    """Most that the heater gives; no limit by default. [W]"""
    limits: TemperatureLimits = TemperatureLimits()
    """Temperatures that it bears. [K]"""

    @model_validator(mode="after")
    def _views_fit(self) -> Self:
        if (
            self.sky_view is not None
            and self.ground_view is not None
            and self.sky_view + self.ground_view > 1.0
        ):
            raise ValueError("sky_view and ground_view are more than 1 together")
        return self

    @property
    def capacity(self) -> float:
        """Heat for a degree. [J/K]"""
        return self.mass * self.specific_heat
