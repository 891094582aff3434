"""Radio: bands, antennas with sender and receiver, and the link of a station."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.decibel import Decibels, FigureOfMerit, Gain
from ilrs_science.catalogue.record import Identifier, Part
from ilrs_science.units import Angle, DataRate, Fraction, Frequency, Height, Power, Temperature

__all__ = ["BAND_FREQUENCY", "Band", "Link", "Radio", "dish_gain"]

#: Speed of light. [m/s]
_LIGHT_SPEED: Final = 299_792_458.0


class Band(StrEnum):
    """Radio bands by their usual letters, from long to short waves, and light."""

    P = "P"
    """Below 1 GHz: the ultra-high frequencies of proximity links."""
    L = "L"
    S = "S"
    C = "C"
    X = "X"
    KU = "Ku"
    K = "K"
    KA = "Ka"
    Q = "Q"
    LASER = "laser"


BAND_FREQUENCY: Final[dict[Band, float]] = {
    Band.P: 401.0,
    Band.S: 2245.0,
    Band.X: 8475.0,
    Band.KA: 26_250.0,
}
"""Carrier of a radio that states none [MHz]: the middle of what the ITU Radio Regulations, article 5, give to space
research from space to Earth near the Earth (2200-2290, 8450-8500 and 25500-27000 MHz), and 401 MHz, in the band of
return links of CCSDS 211.1-B (390-405 MHz)."""


class Radio(Part):
    """A radio in one band: what it sends with, what it hears with, and how its bits are coded.

    The receiving end decides by its gain over noise temperature, the sending end by power, gain and coding.
    """

    id: Identifier
    """Short name."""
    band: Band
    """Band in which it works."""
    frequency: Annotated[Frequency, Field(gt=0)] | None = None
    """Carrier; the middle of the band's allocation if not stated. [MHz]"""
    power: Annotated[Power, Field(gt=0)] | None = None
    """Power at the antenna while it sends; none if it only hears. [W]"""
    gain: Gain | None = None
    """Gain of the antenna on its axis. [dBi]"""
    diameter: Annotated[Height, Field(gt=0, le=1000)] | None = None
    """Diameter of a dish, instead of its gain. [m]"""
    efficiency: Annotated[Fraction, Field(gt=0, le=1)] = 0.55
    """Aperture efficiency of the dish; 0.55 is the usual figure for a small one (assumed). [1]"""
    losses: Annotated[Decibels, Field(ge=0)] = 0.0
    """Lines and pointing, at either end of a link. [dB]"""
    noise_temperature: Annotated[Temperature, Field(gt=0)] | None = None
    """Noise temperature of antenna and receiver together; none if it only sends. [K]"""
    figure_of_merit: FigureOfMerit | None = None
    """Gain over noise temperature, instead of both, losses included. [dB/K]"""
    required: Annotated[Decibels, Field(ge=-1.59)] = 2.5
    """Energy of a bit over noise density at which its coding works; 2.5 dB is convolutional and Reed-Solomon code
    together (CCSDS 130.1-G, chapter 6), good codes reach 1 dB. [dB]"""
    implementation: Annotated[Decibels, Field(ge=0)] = 1.5
    """Loss of real modems against theory (assumed). [dB]"""
    margin: Annotated[Decibels, Field(ge=0)] = 3.0
    """What a designer keeps back for weather, age and pointing; 3 dB is custom. [dB]"""
    rates: tuple[Annotated[DataRate, Field(gt=0)], ...] = ()
    """Rates at which it can send, such as 50, 280 and 555 kbit/s; any rate if none is stated. [Mbit/s]"""
    max_rate: Annotated[DataRate, Field(gt=0)] | None = None
    """Largest rate that the modem sends or hears. [Mbit/s]"""

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if self.gain is not None and self.diameter is not None:
            raise ValueError("a radio has either gain or diameter, not both")
        if self.band is Band.LASER:
            raise ValueError("a laser terminal is no radio; state its rate in the link")
        if self.carrier is None:
            raise ValueError(f"frequency: must be stated in {self.band} band")
        if self.sends and self.antenna_gain is None:
            raise ValueError("a radio that sends needs gain or diameter")
        return self

    @property
    def carrier(self) -> float | None:
        """Carrier frequency. [MHz]"""
        return self.frequency or BAND_FREQUENCY.get(self.band)

    @property
    def antenna_gain(self) -> float | None:
        """Gain on the axis, stated or of the dish. [dBi]"""
        if self.gain is not None or self.diameter is None or self.carrier is None:
            return self.gain
        return dish_gain(self.diameter, self.carrier, self.efficiency)

    @property
    def sends(self) -> bool:
        """Whether it sends."""
        return self.power is not None

    @property
    def hears(self) -> bool:
        """Whether it receives."""
        return self.figure_of_merit is not None or (
            self.noise_temperature is not None and self.antenna_gain is not None
        )


class Link(Part):
    """Radio link to the Earth."""

    rate: Annotated[DataRate, Field(ge=0)]
    """Data rate while the Earth stands above the mask; with radios, the largest that is sent. [Mbit/s]"""
    elevation_mask: Annotated[Angle, Field(ge=-90, le=90)] = 0.0
    """Lowest elevation of the Earth's centre, or of another partner, at which it works. [deg]"""
    power: Annotated[Power, Field(ge=0)] = 0.0
    """Electric power while sending, on top of the base load. [W]"""
    radios: tuple[Radio, ...] = ()
    """Radios, one a band; without them the rate does not depend on the distance."""

    @model_validator(mode="after")
    def _one_radio_a_band(self) -> Self:
        bands = [radio.band for radio in self.radios]
        if len(set(bands)) < len(bands):
            raise ValueError("radios: two in one band; a link has one a band")
        return self


def dish_gain(diameter: float, frequency: float, efficiency: float) -> float:
    """Give the gain of a dish on its axis.

    Parameters
    ----------
    diameter : float
        Of the dish. [m]
    frequency : float
        Carrier. [MHz]
    efficiency : float
        Effective over geometric area. [1]

    Returns
    -------
    float
        ``10 log10(efficiency (pi diameter / wavelength)**2)``. [dBi]

    References
    ----------
    Recommendation ITU-R P.341-7, "The concept of transmission loss for radio links".

    Examples
    --------
    >>> round(dish_gain(70.0, 8420.0, 0.687), 1)
    74.2
    """
    ratio = math.pi * diameter * frequency * 1e6 / _LIGHT_SPEED
    return 10.0 * math.log10(efficiency * ratio * ratio)
