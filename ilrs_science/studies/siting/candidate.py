"""What is compared: one station on the ground, in orbit, or one of each, with the same hardware everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError, UnknownNameError

__all__ = ["ARCHITECTURES", "Architecture", "Candidate", "candidates_of", "with_stations"]

Architecture = Literal["surface", "orbit", "both"]
ARCHITECTURES: tuple[Architecture, ...] = ("surface", "orbit", "both")


@dataclass(frozen=True)
class Candidate:
    """One way to build the station."""

    id: str
    """Places joined by ``+``."""
    architecture: Architecture
    """On the ground, in orbit, or both."""
    stations: tuple[Station, ...]
    """One, or that on the ground and then that in orbit."""

    def __repr__(self) -> str:
        return f"<Candidate {self.id}: {self.architecture}>"


def candidates_of(
    places: Iterable[str],
    architectures: Sequence[Architecture],
    catalogue: Catalogue,
    station: str,
    orbiter: str | None,
) -> tuple[Candidate, ...]:
    """What can be built at some places.

    Parameters
    ----------
    places : iterable of str
        Ids of sites and orbits; or a pair of them joined by ``+``.
    architectures : sequence of str
        Of ``"surface"``, ``"orbit"`` and ``"both"``; the last pairs each site with each orbit.
    catalogue : Catalogue
        Where ids are looked up.
    station, orbiter : str, str or None
        Stations whose hardware is built on the ground and in orbit; without the second that of the first, without
        robots, mast and boxes.

    Returns
    -------
    tuple of Candidate
        In the order of the architectures, then of the places; each once.

    Raises
    ------
    RequestError
        If nothing remains to be compared, or an architecture is unknown.
    UnknownNameError
        If a place is neither a site nor an orbit.
    """
    for one in architectures:
        if one not in ARCHITECTURES:
            raise UnknownNameError("architecture", one, ARCHITECTURES)
    names = list(dict.fromkeys(places))
    ground = [name for name in names if "+" not in name and name in catalogue.sites]
    aloft = [name for name in names if "+" not in name and name in catalogue.orbits]
    for name in names:
        if "+" not in name and name not in ground and name not in aloft:
            raise UnknownNameError("site or orbit", name, {**catalogue.sites, **catalogue.orbits})
    builder = _Builder(catalogue, station, orbiter)
    found = {one.id: one for kind in architectures for one in builder.every(kind, ground, aloft)}
    found |= {one.id: one for name in names if "+" in name for one in [builder.pair(name)]}
    if not found:
        raise RequestError(
            "nothing to compare: give sites for 'surface', orbits for 'orbit', some of each for 'both'"
        )
    return tuple(found.values())


def with_stations(catalogue: Catalogue, stations: Iterable[Station]) -> Catalogue:
    """A catalogue that also has these stations.

    Parameters
    ----------
    catalogue : Catalogue
        The one that is laid under.
    stations : iterable of Station
        What is added, or takes the place of one with the same id.

    Returns
    -------
    Catalogue
        Another one.
    """
    known = {**catalogue.stations, **{one.id: one for one in stations}}
    return replace(catalogue, stations=Shelf(catalogue.stations.kind, known))


@dataclass(frozen=True)
class _Builder:
    catalogue: Catalogue
    station: str
    orbiter: str | None

    def every(self, kind: Architecture, ground: list[str], aloft: list[str]) -> Iterator[Candidate]:
        match kind:
            case "surface":
                yield from (Candidate(site, kind, (self.ground(site),)) for site in ground)
            case "orbit":
                yield from (Candidate(orbit, kind, (self.aloft(orbit),)) for orbit in aloft)
            case "both":
                yield from (self.pair(f"{site}+{orbit}") for site in ground for orbit in aloft)

    def pair(self, name: str) -> Candidate:
        site, _, orbit = name.partition("+")
        return Candidate(name, "both", (self.ground(site), self.aloft(orbit)))

    def ground(self, site: str) -> Station:
        hardware = self.catalogue.stations[self.station]
        if hardware.site is None:
            raise RequestError(f"station {hardware.id} flies; its hardware cannot be built at {site}")
        title = self.catalogue.sites[site].name
        return hardware.replace(
            id=f"at_{site}", name=f"{hardware.name} at {title}", site=site, together_with=()
        )

    def aloft(self, orbit: str) -> Station:
        hardware = self.catalogue.stations[self.orbiter or self.station]
        title = self.catalogue.orbits[orbit].name
        flies = {"site": None, "orbit": orbit, "robots": (), "boxes": (), "together_with": ()}
        return hardware.replace(id=f"in_{orbit}", name=f"{hardware.name} in {title}", **flies)
