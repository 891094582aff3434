"""From a campaign, its windows and its environment to a planning problem.

What the record cannot say exactly is rounded against us: windows inward to whole seconds, passes to the steps of the
environment within which the link holds, the losses of a battery as `power` tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.library.ways import ways_of
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.apart import with_exclusions
from ilrs_science.planning.formulate.clock import Clock
from ilrs_science.planning.formulate.data import downlinks_of, turns_of
from ilrs_science.planning.formulate.names import Names
from ilrs_science.planning.formulate.sessions import sessions_of
from ilrs_science.planning.formulate.settled import settled
from ilrs_science.planning.formulate.shared import resources_of
from ilrs_science.planning.problem.problem import Problem

__all__ = ["formulate"]


class _Facade(Protocol):
    @property
    def record(self) -> Campaign: ...
    @property
    def catalogue(self) -> Catalogue: ...


def formulate(
    campaign: Campaign | _Facade,
    windows: Mapping[str, Windows],
    env: xr.Dataset | Mapping[str, xr.Dataset],
    *,
    catalogue: Catalogue | None = None,
) -> Problem:
    """Planning problem of a campaign.

    Parameters
    ----------
    campaign : Campaign
        Record, or the facade that holds one.
    windows : mapping of str to Windows
        When each experiment of the campaign is possible, by id; at several stations by ``EXPERIMENT/STATION``.
    env : Dataset, or mapping of str to Dataset
        Of the station, or by the ids of several. Dimension `time`, evenly spaced from the start of the campaign;
        `array_power` [W]; `link_rate` [Mbit/s], or where the campaign names relays or ground stations
        `partner_rate(time, partner)` [Mbit/s].
    catalogue : Catalogue, optional
        Where ids are looked up; that of the facade, or the shipped one, by default.

    Returns
    -------
    Problem
        Value is sought. Exclusive instruments, robots, bus power, battery, storage and link are the resources, of each
        station; and relays and ground stations for which several stations wait.

    Raises
    ------
    UnknownNameError
        If an experiment or a station has no windows or environment in the mappings, or an id is not in the catalogue.
    RequestError
        If no station can do an experiment, a lock is impossible, or the environment lacks what heaters need.
    CoverageError
        If the environment does not begin with the campaign, or lacks the rates to its partners.
    """
    record = campaign if isinstance(campaign, Campaign) else campaign.record
    if catalogue is None:
        catalogue = load_catalogue() if isinstance(campaign, Campaign) else campaign.catalogue
    clock, names = Clock.of(record), Names(record)
    stations = [catalogue.stations[name] for name in record.places]
    around = _environments(stations, env)
    sessions = sessions_of(ways_of(record, catalogue), windows, catalogue.instruments, clock, names)
    sessions = settled(record, clock, with_exclusions(record, catalogue, sessions))
    turns = turns_of(record, around, clock)
    downlinks = list(downlinks_of(stations, turns, names))
    return Problem(
        name=record.id,
        epoch=f"{clock.epoch}Z",
        horizon_s=clock.horizon,
        activities=[*(activity for _, activity in sessions), *downlinks],
        resources=[
            *(
                part
                for station in stations
                for part in resources_of(
                    station,
                    dict.fromkeys(
                        name for way, one in sessions if way.station == station for name in one.demands
                    ),
                    record.final_charge,
                    around[station.id],
                    turns,
                    clock,
                    names,
                )
            ),
            *(
                {"kind": "renewable", "id": name, "capacity": 1}
                for name in dict.fromkeys(name for one in downlinks for name in one.demands)
            ),
        ],
        shares={one.partner: one.least for one in record.shares},
    )


def _environments(
    stations: list[Station], env: xr.Dataset | Mapping[str, xr.Dataset]
) -> dict[str, xr.Dataset]:
    """Environment by station."""
    if isinstance(env, xr.Dataset):
        env = {stations[0].id: env}
    for station in stations:
        if station.id not in env:
            raise UnknownNameError("environment of station", station.id, env)
    return {station.id: env[station.id] for station in stations}
