"""What is checked against the rules: stations, experiments and missions, and the world around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.mission import Mission, MissionStatus
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station

__all__ = ["Hardware", "Subject"]


@dataclass(frozen=True)
class Hardware:
    """Something that stands on the Moon.

    Parameters
    ----------
    id : str
        Id of its record.
    place : Site
        Where it stands.
    owners : frozenset of str
        Names of the states whose it is.
    keep_out : float
        Distance that its record asks to keep. [km]
    """

    id: str
    place: Site
    owners: frozenset[str]
    keep_out: float


@dataclass(frozen=True)
class Subject:
    """Records to check, and the records that they are checked against.

    Parameters
    ----------
    stations, experiments, instruments, missions, places : tuple
        What is checked: `instruments` are those of the experiments and assets, `missions` those that bring the assets,
        `places` sites that are checked for themselves.
    sites, orbits, partners, flights : mapping
        Everything that is known: sites, orbits, partners and missions by id.
    """

    stations: tuple[Station, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    missions: tuple[Mission, ...] = ()
    places: tuple[Site, ...] = ()
    sites: Mapping[str, Site] = field(default_factory=dict)
    orbits: Mapping[str, Orbit] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    flights: Mapping[str, Mission] = field(default_factory=dict)

    def grounds(self) -> Iterator[tuple[str, Site]]:
        """Where something new is to land or stand.

        Yields
        ------
        tuple of str and Site
            Id of the station, mission, experiment or site, and the place.
        """
        for station in self.stations:
            if station.site is not None:
                yield station.id, self.sites[station.site]
        for mission in self.missions:
            place = self.place_of(mission)
            if place is not None and mission.status is MissionStatus.PLANNED:
                yield mission.id, place
        for place in self.places:
            yield place.id, place
        if not self.stations:  # a station does its experiments where it stands
            for experiment in self.experiments:
                for name in experiment.sites:
                    yield experiment.id, self.sites[name]

    def aloft(self) -> Iterator[tuple[str, Orbit, str]]:
        """What is to fly about the Moon.

        Yields
        ------
        tuple
            Id of the station or mission, its orbit, and what its record says of its end.
        """
        for station in self.stations:
            if station.orbit is not None:
                yield station.id, self.orbits[station.orbit], station.disposal
        for mission in self.missions:
            if mission.status is not MissionStatus.FAILED:
                for name in mission.orbits:
                    yield mission.id, self.orbits[name], mission.disposal

    def hardware(self) -> Iterator[Hardware]:
        """What stands on the Moon already: at sites that say so, and where missions have landed or fallen.

        Yields
        ------
        Hardware
            One for each place.
        """
        for site in self.sites.values():
            if site.keep_out is not None:
                yield Hardware(site.id, site, frozenset(filter(None, [site.hardware_of])), site.keep_out)
        for flight in self.flights.values():
            if flight.status is not MissionStatus.PLANNED and flight.latitude is not None:
                owners = frozenset(self.name_of(one) for one in flight.operators)
                place = self.place_of(flight)
                if place is not None:
                    yield Hardware(flight.id, place, owners, 0.0)

    def place_of(self, mission: Mission) -> Site | None:
        """Where a mission lands: its site, or its own coordinates.

        Parameters
        ----------
        mission : Mission
            A mission.

        Returns
        -------
        Site or None
            None if it does not land, or nobody knows where.
        """
        if mission.site is not None:
            return self.sites[mission.site]
        if mission.latitude is None or mission.longitude is None:
            return None
        return Site(id=mission.id, latitude=mission.latitude, longitude=mission.longitude)

    def name_of(self, partner: str) -> str:
        """Name of a partner by its id.

        Parameters
        ----------
        partner : str
            Id, or any text.

        Returns
        -------
        str
            The name; the text itself if there is no such partner.
        """
        return self.partners[partner].label if partner in self.partners else partner
