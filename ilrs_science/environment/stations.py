"""What the place of a station of a campaign is like, with the rates to the partners that the campaign names."""

from __future__ import annotations

from typing import Final

import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.links.table import link_rates
from ilrs_science.nomenclature import check, describe

__all__ = ["station_environment"]

#: On the ground things change in hours; an orbiter in a low orbit is in shadow for 45 min of each 2 h.
STEPS: Final = {"ground": "1 h", "orbit": "10 min"}


def station_environment(
    station: Station, campaign: Campaign, catalogue: Catalogue, *, terrain: Terrain = "auto"
) -> xr.Dataset:
    """Tell what the place of a station is like during a campaign.

    Parameters
    ----------
    station : Station
        One of the campaign.
    campaign : Campaign
        Gives span and partners.
    catalogue : Catalogue
        Where places and partners are looked up.
    terrain : "auto", "none", file, files or TerrainStack
        As for `environment`.

    Returns
    -------
    Dataset
        As `environment` gives it, hourly on the ground and every 10 min in orbit; if the campaign names relays or
        ground stations also ``partner_rate(time, partner)`` [Mbit/s].

    Raises
    ------
    RequestError, UnknownNameError, CoverageError
        As `environment` and `link_rates`.
    """
    span = campaign.start, campaign.end
    step = STEPS["ground" if station.orbit is None else "orbit"]
    env = environment(station, *span, step=step, terrain=terrain, site=catalogue.place_of(station))
    partners = (*campaign.relays, *campaign.ground_stations)
    if not partners:
        return env
    site = catalogue.site_of(station) if station.orbit is None else None
    rates = link_rates(
        station, env["time"].values, partners, span=span, terrain=terrain, site=site, catalogue=catalogue
    )["link_rate"]
    named = xr.DataArray(rates.values, {"time": env["time"], "partner": list(partners)}, ("time", "partner"))
    return check(describe(env.assign(partner_rate=named)))
