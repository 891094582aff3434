"""Memory of a relay: data wait at the place for the relay, and on the relay for the Earth."""

from __future__ import annotations

import numpy as np
import xarray as xr

from ilrs_science.environment.crossings import spans_above
from ilrs_science.environment.links.forwarding import Delivery, Floats, memory_levels
from ilrs_science.environment.links.route import Route
from ilrs_science.epochs import Epochs, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.units import number_in, parse_quantity

__all__ = ["relay_delivery"]


def relay_delivery(
    route: Route,
    data_rate: str | float,
    start: object,
    end: object,
    *,
    capacity: str | float = np.inf,
    relay_capacity: str | float = np.inf,
    step: str = "1 min",
) -> xr.Dataset:
    """Follow data from a place by a relay that stores them.

    Parameters
    ----------
    route : Route
        As `routes` makes it for this span; a direct route has no second memory.
    data_rate : str or float
        Rate at which data come at the place, with unit or in Mbit/s. [Mbit/s]
    start, end : str, datetime or datetime64
        UTC.
    capacity : str or float
        Data that fit at the place, with unit or in Mbit. [Mbit]
    relay_capacity : str or float
        Data that fit on the relay; what finds no room is lost, as nobody asks for it again. [Mbit]
    step : str
        Time for which a rate is held, with a unit. Edges of contacts are exact.

    Returns
    -------
    Dataset
        Dimension ``time``, at the borders between which everything changes evenly: ``storage_level`` at the place,
        ``relay_level``, ``delivered_volume`` to the Earth and ``lost_volume`` of both [Mbit].

    Raises
    ------
    RequestError
        If nothing is known about a rate along the route.
    """
    if not isinstance(route, Route):
        raise RequestError(f"{route!r:.60} is no route; give one of those that ilrs.routes makes")
    first, last = parse_span(start, end)
    coming = number_in(data_rate, "Mbit/s", "data_rate")
    room, aboard = (
        number_in(value, "Mbit", what)
        for value, what in ((capacity, "capacity"), (relay_capacity, "relay_capacity"))
    )
    edges = _edges(route, first, last, step)
    middle = edges[:-1] + (edges[1:] - edges[:-1]) // 2
    seen = route.passage(middle)
    taken, handed_on = seen.taken, seen.handed_on
    if np.isnan(taken).any() or (route.relay is not None and not np.isfinite(handed_on).all()):
        raise RequestError(
            f"no rate is known along {route.name}: give the link of the place, and earth_rate of the relay"
        )
    seconds = np.asarray((edges - first) / np.timedelta64(1, "s"), float)
    place = memory_levels(seconds, np.full(taken.size, coming), taken, capacity=room)
    if route.relay is None:
        relay = Delivery(
            place.time, 0.0 * place.time, place.delivered, place.delivered, 0.0 * place.time, place.time
        )
    else:
        relay = _second(place, seconds, handed_on, aboard)
    return _told(place, relay, first)


def _edges(route: Route, first: np.datetime64, last: np.datetime64, step: str) -> Epochs:
    """Edges of the contacts of both hops, and steps between them."""
    seconds = parse_quantity(step, "s")
    if not 0.001 <= seconds <= 86_400.0:
        raise RequestError(f"step of {step!r}; give 1 ms to 1 d")
    whole = float((last - first) / np.timedelta64(1, "s"))
    count = max(1, int(np.ceil(whole / seconds)))
    even = first + np.round(np.linspace(0.0, whole, count + 1) * 1e6).astype("timedelta64[us]")
    search = min(route.step, whole / 4.0)
    hops = [lambda epochs: route.passage(epochs).reach, lambda epochs: route.passage(epochs).onward]
    found = [spans_above(hop, first, last, search).ravel() for hop in hops]
    return np.unique(np.concatenate([even, *found]))


def _second(place: Delivery, seconds: Floats, handed_on: Floats, capacity: float) -> Delivery:
    """The relay's memory: what leaves the place comes to it, at rates that change at the borders of both."""
    times = np.unique(np.concatenate([place.time, seconds]))
    sent = np.interp(times, place.time, place.delivered)
    coming = np.maximum(np.diff(sent), 0.0) / np.diff(times)
    index = np.clip(np.searchsorted(seconds, times[:-1], side="right") - 1, 0, handed_on.size - 1)
    return memory_levels(times, coming, handed_on[index], capacity=capacity)


def _told(place: Delivery, relay: Delivery, first: np.datetime64) -> xr.Dataset:
    times = np.unique(np.concatenate([place.time, relay.time]))
    data = {
        "storage_level": np.interp(times, place.time, place.level),
        "relay_level": np.interp(times, relay.time, relay.level),
        "delivered_volume": np.interp(times, relay.time, relay.delivered),
        "lost_volume": np.interp(times, place.time, place.lost) + np.interp(times, relay.time, relay.lost),
    }
    epochs = first + np.round(times * 1e6).astype("timedelta64[us]")
    return check(describe(xr.Dataset({name: ("time", one) for name, one in data.items()}, {"time": epochs})))
