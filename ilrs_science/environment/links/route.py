"""Route: the way of data from a place to the Earth, and what it carries at any epochs."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.links.clearance import (
    Floats,
    Sight,
    from_dish,
    from_moon,
    past_the_moon,
)
from ilrs_science.environment.links.hop import Hop
from ilrs_science.epochs import Epochs, parse_epochs
from ilrs_science.sky.apparent import LIGHT_SPEED
from ilrs_science.sky.ephemeris import Mover, SkyState, sky_when
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["Dish", "Passage", "Route", "Sender"]


@dataclass(frozen=True, eq=False)
class Sender:
    """Where data come from: a place on the Moon under its skyline, or an orbiter."""

    place: SurfacePlace | Trajectory
    """Where it is, with the mast of its antenna."""
    skyline: xr.Dataset | None
    """``horizon_elevation(azimuth)`` of a place [deg]; none for an orbiter."""
    mask: float = -90.0
    """Lowest elevation of its antenna. [deg]"""

    def sight(self, sky: SkyState, target: Mover | str, mask: float = -90.0) -> Sight:
        """What it sees of something, above its own mask and another."""
        if isinstance(self.place, Trajectory) or self.skyline is None:
            return past_the_moon(sky, self.place, target)  # type: ignore[arg-type]
        return from_moon(sky, self.place, target, skyline=self.skyline, mask=max(self.mask, mask))


@dataclass(frozen=True, eq=False)
class Dish:
    """A ground station at the end of a route."""

    place: GroundPlace
    """Where it stands."""
    mask: float
    """Lowest elevation at which it works. [deg]"""
    hop: Hop
    """What it hears."""


@dataclass(frozen=True, eq=False)
class Passage:
    """A route at some epochs; arrays follow them."""

    clearance: Floats
    """Smooth, above zero where the route is open."""
    elevation: Floats
    """Of the next partner, seen from the place. [deg]"""
    distance: Floats
    """Way of the signal. [km]"""
    rate: Floats
    """End to end, zero where the route is closed. [Mbit/s]"""
    margin: Floats
    """Of the hop that limits the rate; not a number where there is none. [dB]"""
    taken: Floats
    """From the place to a relay, or to the Earth without one. [Mbit/s]"""
    handed_on: Floats
    """From a relay to the Earth, whether or not it hears the place; as `taken` without a relay. [Mbit/s]"""
    reach: Floats
    """Smooth, above zero where the place reaches the relay; as `clearance` without a relay."""
    onward: Floats
    """Smooth, above zero where the relay reaches the Earth; as `clearance` without a relay."""

    @property
    def light_time(self) -> Floats:
        """Time that the signal is under way. [s]"""
        return self.distance / LIGHT_SPEED


@dataclass(frozen=True, eq=False)
class Route:
    """The way of data from a place straight to the Earth, or by a relay.

    It is a function of epochs in any order and spacing; orbits hold over the span for which it was made.
    """

    name: str
    """Ground station or relay."""
    sender: Sender
    """Where data come from."""
    first: Hop
    """From there to the relay, or to the Earth's centre."""
    dishes: tuple[Dish, ...] = ()
    """Ground stations that hear the place, or the relay; the best of those in sight counts."""
    relay: Trajectory | None = None
    """The relay's motion; none for a direct route."""
    mask: float = -90.0
    """Lowest elevation at which the relay serves. [deg]"""
    stored: bool = False
    """Whether the relay keeps data until a ground station sees it."""
    step: float = 300.0
    """Time in which nothing along the route comes and goes again without an extreme. [s]"""
    alone: Hop = field(default=Hop(np.nan))
    """From a relay to the Earth where no ground station is named."""

    def passage(self, epochs: object) -> Passage:
        """Give what the route carries.

        Parameters
        ----------
        epochs : (n,) array_like of datetime64
            UTC, in any order.

        Returns
        -------
        Passage

        Raises
        ------
        CoverageError
            If kernels or the relay's orbit do not cover an epoch.

        Notes
        -----
        Both ends are looked at at the same epoch: the second that light takes shifts the edge of a contact by less than
        what the Earth turns in it, 0.005 deg.
        """
        times = np.atleast_1d(parse_epochs(epochs))
        if not times.size:
            nothing = np.empty(0)
            return Passage(*(nothing for _ in fields(Passage)))
        sky = sky_when(times)
        return self._direct(sky) if self.relay is None else self._relayed(sky, self.relay)

    def clearance(self, epochs: Epochs) -> Floats:
        """Give the smooth function that is above zero where the route is open.

        Parameters
        ----------
        epochs : (n,) ndarray of datetime64[us]
            UTC, in any order.

        Returns
        -------
        (n,) ndarray
        """
        return self.passage(epochs).clearance

    def rate(self, epochs: Epochs) -> Floats:
        """Give the rate, zero where the route is closed.

        Parameters
        ----------
        epochs : (n,) ndarray of datetime64[us]
            UTC, in any order.

        Returns
        -------
        (n,) ndarray
            [Mbit/s]
        """
        return self.passage(epochs).rate

    def _direct(self, sky: SkyState) -> Passage:
        if not self.dishes:
            seen = self.sender.sight(sky, "earth")
            rate, margin = self.first.carried(seen.distance)
            rate = np.where(seen.clearance > 0.0, rate, 0.0)
            return _straight(seen.clearance, seen, rate, margin)
        (dish,) = self.dishes
        seen = self.sender.sight(sky, dish.place)
        heard = from_dish(sky, dish.place, self.sender.place, mask=dish.mask)
        clearance = np.minimum(seen.clearance, heard.clearance)
        rate, margin = _open(clearance > 0.0, *dish.hop.carried(seen.distance))
        return _straight(clearance, seen, rate, margin)

    def _relayed(self, sky: SkyState, relay: Trajectory) -> Passage:
        seen = self.sender.sight(sky, relay, self.mask)
        taken, first_margin = _open(seen.clearance > 0.0, *self.first.carried(seen.distance))
        beyond = self._handed_on(sky, relay)
        handed_on, legs = beyond.rate, (seen.clearance, beyond.clearance)
        if self.stored:
            return Passage(
                legs[0], seen.elevation, seen.distance, taken, first_margin, taken, handed_on, *legs
            )
        clearance = np.minimum(*legs)
        limits = np.where(taken <= handed_on, first_margin, beyond.margin)
        distance = seen.distance + beyond.distance
        rate, margin = _open(clearance > 0.0, np.minimum(taken, handed_on), limits)
        return Passage(clearance, seen.elevation, distance, rate, margin, taken, handed_on, *legs)

    def _handed_on(self, sky: SkyState, relay: Trajectory) -> _Beyond:
        """From the relay to the best ground station in sight, or to the Earth's centre if none is named."""
        ends: list[tuple[Mover | str, Dish | None]] = [(dish.place, dish) for dish in self.dishes]
        found = []
        for end, dish in ends or [("earth", None)]:
            past = past_the_moon(sky, relay, end)
            clearance = past.clearance
            if dish is not None:
                clearance = np.minimum(clearance, from_dish(sky, dish.place, relay, mask=dish.mask).clearance)
            hop = self.alone if dish is None else dish.hop
            rate, margin = _open(clearance > 0.0, *hop.carried(past.distance))
            found.append([clearance, past.distance, rate, margin])
        clearances, distances, rates, margins = np.moveaxis(np.array(found), 1, 0)
        best = np.lexsort((-clearances, -np.nan_to_num(rates)), axis=0)[:1]
        distance, rate, margin = (
            np.take_along_axis(one, best, axis=0)[0] for one in (distances, rates, margins)
        )
        return _Beyond(clearances.max(axis=0), distance, rate, margin)


@dataclass(frozen=True, eq=False)
class _Beyond:
    """What is beyond a relay."""

    clearance: Floats
    distance: Floats
    rate: Floats
    margin: Floats


def _straight(clearance: Floats, seen: Sight, rate: Floats, margin: Floats) -> Passage:
    """A passage without a relay: both ends are the same."""
    return Passage(clearance, seen.elevation, seen.distance, rate, margin, rate, rate, clearance, clearance)


def _open(seen: npt.NDArray[np.bool_], rate: Floats, margin: Floats) -> tuple[Floats, Floats]:
    """Rate and margin where the ends see each other."""
    return np.where(seen, rate, 0.0), np.where(seen, margin, np.nan)
