"""The catalogue: all records, immutable, each reference resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.library.viewed import Viewed
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.relay import Relay
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.target import Target

__all__ = ["Catalogue"]


@dataclass(frozen=True, repr=False)
class Catalogue(Viewed):
    """Everything the station could do, and with what.

    Parameters
    ----------
    sites, orbits, instruments, experiments, stations, ground_stations, relays, targets, showers, campaigns : Shelf
        Records by id.
    source_items : tuple of pairs
        Key and text of every source.
    """

    sites: Shelf[Site]
    orbits: Shelf[Orbit]
    instruments: Shelf[Instrument]
    experiments: Shelf[Experiment]
    stations: Shelf[Station]
    ground_stations: Shelf[GroundStation]
    relays: Shelf[Relay]
    targets: Shelf[Target]
    showers: Shelf[Shower]
    campaigns: Shelf[Campaign]
    source_items: tuple[tuple[str, str], ...] = ()

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Where numbers were read, by the key that records cite."""
        return MappingProxyType(dict(self.source_items))

    @property
    def shelves(self) -> tuple[Shelf[Record], ...]:
        """All shelves, in the order of the fields."""
        return (
            self.sites,
            self.orbits,
            self.instruments,
            self.experiments,
            self.stations,
            self.ground_stations,
            self.relays,
            self.targets,
            self.showers,
            self.campaigns,
        )  # type: ignore[return-value]

    def site_of(self, station: Station) -> Site:
        """Site at which a station stands.

        Parameters
        ----------
        station : Station
            A station of this catalogue.

        Returns
        -------
        Site
            Its site.
        """
        return self.sites[station.site]

    def experiments_of(self, campaign: Campaign) -> tuple[Experiment, ...]:
        """Experiments of a campaign, in its order.

        Parameters
        ----------
        campaign : Campaign
            A campaign of this catalogue.

        Returns
        -------
        tuple of Experiment
            Its experiments.
        """
        return tuple(self.experiments[name] for name in campaign.experiments)

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(shelf.count_text for shelf in self.shelves)}>"
