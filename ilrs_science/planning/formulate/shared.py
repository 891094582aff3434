"""What the activities at a station share: instruments, robots, bus, battery, mass memory, link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import xarray as xr

from ilrs_science.catalogue.station import Station
from ilrs_science.planning.formulate.clock import Clock
from ilrs_science.planning.formulate.names import Names
from ilrs_science.planning.formulate.passes import Turns
from ilrs_science.planning.formulate.power import battery_of, bus_of, load_of, supply_of

__all__ = ["resources_of"]


def resources_of(
    station: Station,
    used: Iterable[str],
    final_charge: float,
    env: xr.Dataset,
    turns: Turns,
    clock: Clock,
    names: Names,
) -> Iterator[dict[str, Any]]:
    """Give the resources of a station.

    Parameters
    ----------
    station : Station
        Its record.
    used : iterable of str
        What its sessions demand.
    final_charge : float
        State of charge that must be left. [1]
    env : Dataset
        Of the station.
    turns : Turns
        Passes of all stations.
    clock : Clock
        Of the campaign.
    names : Names
        Of the resources.

    Yields
    ------
    dict
        Fields of each: one of each instrument, its robots, what the bus delivers beyond station and radio, battery,
        storage, link.
    """
    times, supply = clock.times(env), supply_of(env)
    load = load_of(station, env, supply)
    robots, bus = (names.of(what, station) for what in ("robots", "bus_power"))
    wanted = list(used)
    for name in wanted:
        if name not in (robots, bus):
            yield {"kind": "renewable", "id": name, "capacity": 1}
    if robots in wanted:
        yield {"kind": "renewable", "id": robots, "capacity": len(station.robots)}
    passes = turns.alone[station.id]
    if bus in wanted and station.power_limit is not None:
        sends = bool(passes) or any(name == station.id for name, _, _ in turns.shared)
        yield bus_of(station.power_limit, bus, times, load, station.link.power if sends else 0.0)
    battery, storage = (names.of(what, station) for what in ("battery", "storage"))
    yield battery_of(station, battery, times, supply, load, final_charge)
    yield {
        "kind": "storage",
        "id": storage,
        "capacity_Mbit": station.storage.capacity,
        "initial_Mbit": station.storage.capacity * station.storage.initial_fill,
    }
    yield {
        "kind": "link",
        "id": names.of("link", station),
        "passes": passes,
        "power_W": station.link.power,
        "storage": storage,
        "battery": battery,
    }
