"""Hop: one radio link between two ends, with what it carries at a distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.radio import Band, Link, Radio
from ilrs_science.catalogue.relay import Relay
from ilrs_science.environment.links.budget import Floats, dish_merit, link_budget, radio_merit
from ilrs_science.errors import RequestError

__all__ = ["Hop", "hop_to_dish", "hop_to_earth", "hop_to_relay"]


@dataclass(frozen=True)
class Hop:
    """What a link carries: by the budgets of the bands that both ends have, or at a fixed rate."""

    largest: float
    """Largest rate, not a number if nothing is known about it. [Mbit/s]"""
    budgets: tuple[tuple[Radio, float], ...] = ()
    """Sending radio and gain over noise temperature of the receiver [dB/K], by band."""

    def carried(self, distance: Floats) -> tuple[Floats, Floats]:
        """Give rate and margin at a distance, in the band that carries most.

        Parameters
        ----------
        distance : (...) ndarray
            [km]

        Returns
        -------
        rate : (...) ndarray
            [Mbit/s]
        margin : (...) ndarray
            Over the energy that a bit needs; not a number without a budget. [dB]
        """
        if not self.budgets:
            return np.full(distance.shape, self.largest), np.full(distance.shape, np.nan)
        found = [link_budget(radio, merit, distance, max_rate=self.largest) for radio, merit in self.budgets]
        rates, margins = np.array([one.rate for one in found]), np.array([one.margin for one in found])
        # of two bands that carry the same, the one with more to spare
        order = np.lexsort((-np.nan_to_num(margins, nan=-np.inf), -rates), axis=0)[:1]
        best = (np.take_along_axis(array, order, axis=0)[0] for array in (rates, margins))
        rate, margin = best
        return rate, margin


def hop_to_earth(link: Link | None) -> Hop:
    """Give the hop to the Earth where nothing is said about who hears it.

    Parameters
    ----------
    link : Link or None
        Of the place.

    Returns
    -------
    Hop
        At the rate of the link.
    """
    return Hop(np.nan if link is None else link.rate)


def hop_to_dish(
    radios: Iterable[Radio], rate: float, station: GroundStation, *, added_noise: float, sender: str
) -> Hop:
    """Give the hop to a ground station.

    Parameters
    ----------
    radios : iterable of Radio
        Of the sender; without them the rate is fixed.
    rate : float
        Largest rate of the sender. [Mbit/s]
    station : GroundStation
        That hears.
    added_noise : float
        What the Moon behind the sender adds to the dish. [K]
    sender : str
        Who sends, for messages.

    Returns
    -------
    Hop

    Raises
    ------
    RequestError
        If both have no band in common, or the station states no diameter.

    Notes
    -----
    A fixed rate is not larger than the station's own ``data_rate``. A budget does not ask it: there the dish tells.
    """
    radios = tuple(radio for radio in radios if radio.sends)
    if station.bands == (Band.LASER,):
        raise RequestError(f"ground station {station.id} works with light and hears no radio; choose another")
    if not radios:
        return Hop(rate if station.data_rate is None else float(np.minimum(rate, station.data_rate)))
    common = [radio for radio in radios if radio.band in station.bands]
    if not common:
        theirs = f"in {', '.join(station.bands)} band" if station.bands else "in bands that are not known"
        raise RequestError(_mismatch(sender, radios, f"ground station {station.id} hears {theirs}"))
    merits = [dish_merit(station, radio.band, added_noise=added_noise) for radio in common]
    return Hop(rate, tuple(zip(common, merits, strict=True)))


def hop_to_relay(link: Link | None, relay: Relay | None, *, sender: str) -> Hop:
    """Give the hop to a relay.

    Parameters
    ----------
    link : Link or None
        Of the place; without it the rate is not known.
    relay : Relay or None
        That hears; None if only its orbit is known.
    sender : str
        Who sends, for messages.

    Returns
    -------
    Hop

    Raises
    ------
    RequestError
        If both have no band in common.
    """
    if link is None:
        return Hop(np.nan)
    largest = link.rate if relay is None or relay.surface_rate is None else min(link.rate, relay.surface_rate)
    radios = tuple(radio for radio in link.radios if radio.sends)
    ears = {radio.band: radio for radio in relay.surface if radio.hears} if relay is not None else {}
    if not radios or not ears or relay is None:
        return Hop(largest)
    common = [radio for radio in radios if radio.band in ears]
    if not common:
        raise RequestError(_mismatch(sender, radios, f"relay {relay.id} hears in {', '.join(ears)} band"))
    return Hop(largest, tuple((radio, radio_merit(ears[radio.band])) for radio in common))


def _mismatch(sender: str, radios: Iterable[Radio], theirs: str) -> str:
    bands = ", ".join(radio.band for radio in radios)
    return f"{sender} sends in {bands} band, but {theirs}: give both ends a radio in one band"
