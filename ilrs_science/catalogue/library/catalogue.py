"""The catalogue: all records, immutable, each reference resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ilrs_science.catalogue.asset import Asset
from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.comparison import Comparison
from ilrs_science.catalogue.compliance import ComplianceItem
from ilrs_science.catalogue.constraint import AllOf
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.facility import Facility
from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.library.viewed import Viewed
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.phase import Phase
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.relay import Relay
from ilrs_science.catalogue.risk import Risk
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.target import Target
from ilrs_science.errors import RequestError, require_kind

__all__ = ["Catalogue"]


@dataclass(frozen=True, repr=False)
class Catalogue(Viewed):
    """Everything the station could do, and with what.

    Parameters
    ----------
    sites, orbits, instruments, experiments, stations, ground_stations, relays, targets, showers, risks : Shelf
        Records by id.
    partners, missions, phases, facilities, assets, compliance, comparisons, campaigns : Shelf
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
    risks: Shelf[Risk]
    partners: Shelf[Partner]
    missions: Shelf[Mission]
    phases: Shelf[Phase]
    facilities: Shelf[Facility]
    assets: Shelf[Asset]
    compliance: Shelf[ComplianceItem]
    comparisons: Shelf[Comparison]
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
            self.risks,
            self.partners,
            self.missions,
            self.phases,
            self.facilities,
            self.assets,
            self.compliance,
            self.comparisons,
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

        Raises
        ------
        RequestError
            If it stands on no site but flies.
        """
        if station.site is None:
            raise RequestError(
                f"station {station.id} has no site: it flies in the orbit {station.orbit}; give that orbit instead"
            )
        return self.sites[station.site]

    def place_of(self, station: Station) -> Site | Orbit:
        """Where a station is: its site, or the orbit in which it flies.

        Parameters
        ----------
        station : Station
            A station of this catalogue.

        Returns
        -------
        Site or Orbit
            Its place.
        """
        return self.site_of(station) if station.orbit is None else self.orbits[station.orbit]

    def assets_of(self, station: Station | str, phase: Phase | str | None = None) -> tuple[Asset, ...]:
        """What belongs to a station and the stations together with it.

        Parameters
        ----------
        station : Station or str
            A station of this catalogue, or its id.
        phase : Phase or str, optional
            Only what is there by then: brought in this phase or in one before it, of the same plan.

        Returns
        -------
        tuple of Asset
            In the order of their phases; empty if nothing is there by then.

        Raises
        ------
        UnknownNameError
            If there is no such station or phase.
        RequestError
            If the phase belongs to a plan that no asset of the station follows: then none can be there.
        """
        station = self.stations[station] if isinstance(station, str) else station
        phase = self.phases[phase] if isinstance(phase, str) else phase
        require_kind(station, Station, "station", "a station or its id")
        require_kind(phase, (Phase, type(None)), "phase", "a phase or its id")
        names = {station.id, *station.together_with}
        mine = [one for one in self.assets.values() if one.station in names]
        plans = {self.phases[name].plan for one in mine for name in (one.phase, *one.also_in)}
        if phase is not None and mine and phase.plan not in plans:
            followed = " and ".join(sorted(plans))
            raise RequestError(
                f"assets of {station.id} follow {followed}; no one knows them in {phase.id}, of {phase.plan}"
            )
        kept = [one for one in mine if phase is None or self._is_there_by(one, phase)]
        return tuple(sorted(kept, key=lambda one: (self.phases[one.phase].start or "", one.station, one.id)))

    def _is_there_by(self, asset: Asset, phase: Phase) -> bool:
        return any(self.phases[name].has_begun_by(phase) for name in (asset.phase, *asset.also_in))

    def experiments_of(self, campaign: Campaign) -> tuple[Experiment, ...]:
        """Experiments of a campaign, in its order.

        Parameters
        ----------
        campaign : Campaign
            A campaign of this catalogue.

        Returns
        -------
        tuple of Experiment
            Its experiments; if the campaign says so, with the conditions of their instruments joined to their own.
        """
        found = tuple(self.experiments[name] for name in campaign.experiments)
        return tuple(map(self._with_instruments, found)) if campaign.instrument_conditions else found

    def _with_instruments(self, experiment: Experiment) -> Experiment:
        used = (self.instruments[name].conditions for name in experiment.instruments)
        every = [one for one in dict.fromkeys((experiment.conditions, *used)) if one is not None]
        joined = every[0] if len(every) == 1 else AllOf(of=tuple(every)) if every else None
        return experiment.model_copy(update={"conditions": joined})

    def __getstate__(self) -> dict[str, Any]:
        """Only what was given; indices and graphs are made anew."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(shelf.count_text for shelf in self.shelves)}>"
