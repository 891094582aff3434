"""Solar arrays of a station: how large, how they face the Sun, and how they age."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.instant import Instant
from ilrs_science.catalogue.record import Part
from ilrs_science.units import Angle, Area, Fraction, Power

__all__ = ["SOLAR_CONSTANT", "ArrayAgeing", "SolarArray", "Tracking"]

#: Total solar irradiance at 1 AU. [W/m2] (Kopp & Lean 2011, doi:10.1029/2010GL045777)
SOLAR_CONSTANT = 1361.0

Share = Annotated[Fraction, Field(gt=0, le=1)]
Loss = Annotated[Fraction, Field(ge=0, lt=1)]


class Tracking(StrEnum):
    """How a solar array faces the Sun."""

    TWO_AXIS = "two_axis"
    """Always face on."""
    VERTICAL = "vertical"
    """Stands upright and turns in azimuth."""
    HORIZONTAL = "horizontal"
    """Lies flat."""
    FIXED = "fixed"
    """Stands still, as `tilt` and `azimuth` say: a wall that faces east has 90 deg of both."""


class ArrayAgeing(Part):
    """What dust and radiation take from an array as time goes by.

    Notes
    -----
    Losses of one year multiply with those of the next, as in Wertz & Larson 1999, Space Mission Analysis and Design,
    3rd ed., section 11.4: ``(1 - loss)**years``.

    For scale: the covered cells that Apollo 12, 14 and 15 left lying flat about 1 m above the ground lost 4 to 10 % in
    2000 days to dust and radiation together, 0.7 to 1.9 % a year; their bare cells 24 and 29 % (Hollick & O'Brien
    2013, doi:10.1002/2013SW000978, abstract). From a vertical cell dust fell off as the Sun rose. The ascent of Apollo
    11 covered instruments nearby with dust, those of Apollo 12 and 14 cleaned them (O'Brien 2016, EGU General Assembly,
    abstract; O'Brien 2009, doi:10.1029/2008GL037116): for a landing there is no general number. Gallium arsenide arrays
    in geostationary orbit lose 0.44 to 1.03 % a year (Lohmeyer et al. 2018, Int. J. Space Science and Engineering 5(1),
    abstract).
    """

    since: Instant
    """When the array has the power that its record says; before, it has the same."""
    radiation: Loss = 0.0
    """Part of the power lost in a year to radiation. [1]"""
    dust: Loss = 0.0
    """Part of the light lost in a year to settling dust. [1]"""
    landing: Loss = 0.0
    """Part of the light lost to the dust of one landing nearby. [1]"""
    landings: tuple[Instant, ...] = ()
    """When spacecraft land nearby."""


class SolarArray(Part):
    """Solar array, by area and efficiency or by its nominal power."""

    area: Annotated[Area, Field(gt=0)] | None = None
    """Area of the cells, of one side. [m**2]"""
    efficiency: Share | None = None
    """Electric power at the bus over sunlight on the cells, all losses included. [1]"""
    nominal_power: Annotated[Power, Field(gt=0)] | None = None
    """Electric power face on to the Sun at 1 AU, instead of area and efficiency. [W]"""
    tracking: Tracking = Tracking.TWO_AXIS
    """How it faces the Sun."""
    tilt: Annotated[Angle, Field(ge=0, le=180)] | None = None
    """Of a fixed array: 0 lies flat, 90 deg stands upright. [deg]"""
    azimuth: Annotated[Angle, Field(ge=-180, le=360)] | None = None
    """Of a fixed array: where it looks, from north through east. [deg]"""
    sides: Annotated[int, Field(ge=1, le=2)] = 1
    """Sides with cells, of a fixed or horizontal array. [1]"""
    temperature_coefficient: Annotated[Fraction, Field(ge=-0.01, le=0)] | None = None
    """Change of power with each kelvin above 28 degC, such as -0.2 %. With it the power said above is that at 28 degC;
    without it the temperature of the cells is among the losses included. [1/K]"""
    ageing: ArrayAgeing | None = None
    """Dust and radiation; without it the array stays as it is."""

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        by_area = self.area is not None and self.efficiency is not None
        if by_area == (self.nominal_power is not None):
            raise ValueError("a solar array has either area and efficiency, or nominal_power")
        return self

    @model_validator(mode="after")
    def _only_a_fixed_one_looks_somewhere(self) -> Self:
        fixed = self.tracking is Tracking.FIXED
        told = (self.tilt is not None, self.azimuth is not None)
        if fixed and not all(told):
            raise ValueError(
                "a fixed solar array needs tilt and azimuth, such as tilt: 90 deg, azimuth: 0 deg"
            )
        if not fixed and any(told):
            raise ValueError(f"tilt and azimuth are for tracking: fixed, not for {self.tracking}")
        return self

    @property
    def rated_power(self) -> float:
        """Electric power face on to the full Sun at 1 AU. [W]"""
        if self.nominal_power is not None:
            return self.nominal_power
        return (self.area or 0.0) * (self.efficiency or 0.0) * SOLAR_CONSTANT
