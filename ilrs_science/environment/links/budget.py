"""Link budget: from power, antennas and distance to the rate at which bits arrive."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.radio import BAND_FREQUENCY, Band, Radio, dish_gain
from ilrs_science.errors import RequestError, require_kind
from ilrs_science.units import number_in, numbers_in

__all__ = [
    "MOON_NOISE",
    "LinkBudget",
    "dish_merit",
    "free_space_loss",
    "link_budget",
    "radiated_power",
    "radio_merit",
]

Floats = npt.NDArray[np.float64]

#: Boltzmann's constant, exact in the SI: 1.380649e-23 J/K. [dBW/(K Hz)]
BOLTZMANN: Final = 10.0 * math.log10(1.380649e-23)

MOON_NOISE: Final = 240.0
"""What the disc of the Moon adds to the noise of a dish whose beam it fills [K]: radio waves come from where the ground
has its mean temperature, 250 K at the Apollo heat-flow sites, with an emissivity of 0.95 (assumed)."""

DISH_EFFICIENCY: Final[dict[Band, float]] = {Band.P: 0.55, Band.S: 0.65, Band.X: 0.65, Band.KA: 0.5}
"""Aperture efficiency of a dish on the Earth that states none [1] (assumed); the 70 m dishes of the Deep Space Network
have 0.76 in S and 0.69 in X band (Richter & Slobin 1989, NTRS 19890018533)."""

DISH_NOISE: Final[dict[Band, float]] = {Band.P: 150.0, Band.S: 40.0, Band.X: 40.0, Band.KA: 100.0}
"""Noise temperature of a dish on the Earth that states none, towards a cold sky, low above the horizon in fair
weather [K] (assumed)."""


@dataclass(frozen=True)
class LinkBudget:
    """The lines of a link budget; arrays follow the distance."""

    frequency: float
    """Carrier. [MHz]"""
    radiated_power: float
    """Equivalent isotropically radiated power. [dBW]"""
    path_loss: Floats
    """Loss of free space. [dB]"""
    merit: float
    """Gain over noise temperature of the receiver. [dB/K]"""
    carrier_to_noise: Floats
    """Carrier over noise density. [dB Hz]"""
    rate: Floats
    """Rate at which the link closes with its margin, zero where it does not. [Mbit/s]"""
    margin: Floats
    """What is left over the energy that a bit needs; not a number where nothing is sent. [dB]"""


def free_space_loss(distance: npt.ArrayLike, frequency: float) -> Floats:
    """Give the loss of free space between antennas that send and hear evenly in all directions.

    Parameters
    ----------
    distance : array_like
        [km]
    frequency : float
        Carrier. [MHz]

    Returns
    -------
    ndarray
        ``20 log10(4 pi distance / wavelength)``. [dB]

    References
    ----------
    Recommendation ITU-R P.525-4, "Calculation of free-space attenuation", equation 3.

    Examples
    --------
    >>> round(float(free_space_loss(384_400.0, 8475.0)), 1)
    222.7
    """
    wavelength = 299_792_458.0 / (frequency * 1e6)
    loss: Floats = 20.0 * np.log10(4.0e3 * np.pi * np.asarray(distance, float) / wavelength)
    return loss


def radiated_power(radio: Radio) -> float:
    """Give the equivalent isotropically radiated power of a radio.

    Parameters
    ----------
    radio : Radio
        That sends.

    Returns
    -------
    float
        Power at the antenna and its gain, less losses. [dBW]

    Raises
    ------
    RequestError
        If it does not send.
    """
    if radio.power is None or radio.antenna_gain is None:
        raise RequestError(f"radio {radio.id} does not send; state its power and its gain or diameter")
    return 10.0 * math.log10(radio.power) + radio.antenna_gain - radio.losses


def radio_merit(radio: Radio) -> float:
    """Give the gain over noise temperature of a radio.

    Parameters
    ----------
    radio : Radio
        That hears.

    Returns
    -------
    float
        Stated, or the gain less losses over the noise temperature. [dB/K]

    Raises
    ------
    RequestError
        If it does not hear.
    """
    if radio.figure_of_merit is not None:
        return radio.figure_of_merit
    if radio.noise_temperature is None or radio.antenna_gain is None:
        raise RequestError(
            f"radio {radio.id} does not hear; state its noise_temperature, and gain or diameter"
        )
    return radio.antenna_gain - radio.losses - 10.0 * math.log10(radio.noise_temperature)


def dish_merit(station: GroundStation, band: Band, *, added_noise: float = 0.0) -> float:
    """Give the gain over noise temperature of a dish on the Earth.

    Parameters
    ----------
    station : GroundStation
        With a diameter; efficiency and noise are usual ones of the band if it states none.
    band : Band
        In which it hears.
    added_noise : float
        From what fills its beam, such as `MOON_NOISE`. [K]

    Returns
    -------
    float
        [dB/K]

    Raises
    ------
    RequestError
        If the station has no diameter, or nothing is known about the band.
    """
    if station.diameter is None:
        raise RequestError(f"ground station {station.id} states no diameter, which a link budget needs")
    if band not in BAND_FREQUENCY:
        raise RequestError(
            f"nothing is known about dishes in {band} band; use one of {', '.join(BAND_FREQUENCY)}"
        )
    efficiency = station.efficiency or DISH_EFFICIENCY[band]
    noise = (station.noise_temperature or DISH_NOISE[band]) + added_noise
    return dish_gain(station.diameter, BAND_FREQUENCY[band], efficiency) - 10.0 * math.log10(noise)


def link_budget(
    radio: Radio,
    merit: float,
    distance: str | npt.ArrayLike,
    *,
    max_rate: str | float = np.inf,
) -> LinkBudget:
    """Give the budget of a link.

    Parameters
    ----------
    radio : Radio
        That sends.
    merit : float
        Gain over noise temperature of the receiver. [dB/K]
    distance : str or array_like
        Between both, with unit or in kilometres. [km]
    max_rate : str or float
        Largest rate that the receiver, or what is behind it, takes, with unit or in Mbit/s. [Mbit/s]

    Returns
    -------
    LinkBudget

    Raises
    ------
    RequestError
        If the radio is none, or a number is no number.

    Notes
    -----
    ``C/N0 = EIRP + G/T - path loss - k``, and the rate is what leaves ``C/N0 - 10 log10(rate)`` above the required
    energy of a bit by the loss of implementation and the margin. A radio with stated rates sends at the largest that
    does; its ``max_rate`` and the receiver's hold. Weather and the axis of the antennas are left to the margin.

    References
    ----------
    Deep Space Network, "Telecommunications Link Design Handbook", 810-005.
    """
    require_kind(radio, Radio, "radio", "a Radio, such as one of the radios of a link")
    require_kind(merit, (int, float, np.number), "merit", "gain over noise temperature in dB/K")
    cap = number_in(max_rate, "Mbit/s", "max_rate")
    frequency = radio.carrier or np.nan
    power, loss = radiated_power(radio), free_space_loss(numbers_in(distance, "km", "distance"), frequency)
    ratio = power + merit - loss - BOLTZMANN
    needed = radio.required + radio.implementation
    largest = min(cap, radio.max_rate or np.inf)
    rate = _sent(10.0 ** ((ratio - needed - radio.margin) / 10.0 - 6.0), radio.rates, largest)
    with np.errstate(divide="ignore"):
        left = ratio - 10.0 * np.log10(rate * 1e6) - needed
    return LinkBudget(frequency, power, loss, merit, ratio, rate, np.where(rate > 0.0, left, np.nan))


def _sent(possible: Floats, rates: tuple[float, ...], largest: float) -> Floats:
    """The rate that is sent where another is possible. [Mbit/s]"""
    if not rates:
        return np.minimum(possible, largest)
    allowed = np.array([0.0, *sorted(rate for rate in rates if rate <= largest)])
    return np.asarray(allowed[np.searchsorted(allowed, possible, side="right") - 1])
