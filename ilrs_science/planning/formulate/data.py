"""The way home of the data: fixed links, and downlinks that are planned where stations wait for one partner."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import CoverageError
from ilrs_science.planning.formulate.clock import Clock
from ilrs_science.planning.formulate.names import Names
from ilrs_science.planning.formulate.passes import Turns, passes_of, take_turns
from ilrs_science.planning.problem.parts import Activity

__all__ = ["downlinks_of", "turns_of"]


def turns_of(campaign: Campaign, around: Mapping[str, xr.Dataset], clock: Clock) -> Turns:
    """Tell who can send to whom, and where stations wait for each other.

    Parameters
    ----------
    campaign : Campaign
        Names the relays and ground stations; without any, each station sends to the Earth and nobody waits.
    around : mapping of str to Dataset
        Environment by station: `link_rate`, or `partner_rate(time, partner)` with those partners. [Mbit/s]
    clock : Clock
        Of the campaign.

    Returns
    -------
    Turns
        Passes.

    Raises
    ------
    CoverageError
        If an environment lacks the rates.
    """
    partners = (*campaign.relays, *campaign.ground_stations)
    if not partners:
        alone = {
            name: passes_of(env["link_rate"], clock.times(env), clock.horizon) for name, env in around.items()
        }
        return Turns(alone)
    for name, env in around.items():
        if "partner_rate" not in env or not {*partners} <= {*env["partner"].values.tolist()}:
            wanted = ", ".join(partners)
            raise CoverageError(f"the environment of {name} lacks partner_rate of {wanted}")
    contacts = {
        name: {
            partner: passes_of(env["partner_rate"].sel(partner=partner), clock.times(env), clock.horizon)
            for partner in partners
        }
        for name, env in around.items()
    }
    return take_turns(contacts, math.ceil(campaign.turn))


def downlinks_of(stations: Sequence[Station], turns: Turns, names: Names) -> Iterator[Activity]:
    """Give the turns that stations wait for, as activities without value that a plan may do.

    Parameters
    ----------
    stations : sequence of Station
        Those of the campaign.
    turns : Turns
        Passes.
    names : Names
        Of the resources.

    Yields
    ------
    Activity
        ``PARTNER/STATION.K``: it drains the storage, draws the power of the radio and holds the partner, and the radio
        of the station where that waits for several partners.
    """
    known = {station.id: station for station in stations}
    radios = Counter(station for station, _ in {(station, partner) for station, partner, _ in turns.shared})
    count: Counter[str] = Counter()
    for name, partner, contact in turns.shared:
        station, link = known[name], f"{partner}/{name}"
        count[link] += 1
        demands = {partner: 1}
        if radios[name] > 1:
            demands[names.of("radio", station)] = 1
        yield Activity(
            id=f"{link}.{count[link]}",
            name=f"{station.label} sends by {partner}, turn {count[link]}",
            duration_s=contact.end - contact.start,
            windows=((contact.start, contact.end),),
            value=0.0,
            demands=demands,
            energy_W=station.link.power,
            battery=names.of("battery", station),
            drain_Mbit_s=contact.rate,
            storage=names.of("storage", station),
        )
