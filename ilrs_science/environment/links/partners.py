"""Partners: the routes from a place to what a person names, ground stations, relays and orbiters."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, TypeAlias, cast, get_args

import numpy as np

from ilrs_science.catalogue.ground_station import Access, GroundStation
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import MOON_GM, MOON_RADIUS, Orbit
from ilrs_science.catalogue.radio import Link
from ilrs_science.catalogue.relay import Relay
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import MAST, Terrain, site_of, standing_place, terrain_at
from ilrs_science.environment.light.horizon import horizon, metres
from ilrs_science.environment.links.budget import MOON_NOISE
from ilrs_science.environment.links.hop import Hop, hop_to_dish, hop_to_earth, hop_to_relay
from ilrs_science.environment.links.route import Dish, Route, Sender
from ilrs_science.epochs import format_epoch, from_tdb, parse_span, to_tdb
from ilrs_science.errors import CoverageError, RequestError, UnknownNameError, require_kind
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.ground import ground_place
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import Span, standpoint
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["Origin", "Partner", "Relaying", "routes"]

Origin: TypeAlias = Station | Site | SurfacePlace | Orbit | Trajectory | str
"""Where data come from."""
Partner: TypeAlias = GroundStation | Relay | Orbit | Trajectory | str
"""Who hears them: a record or its id, an orbiter, or ``"earth"`` for the Earth's centre."""

Relaying: TypeAlias = Literal["through", "stored"]
"""Whether a relay hands on at once what it hears, or keeps it until a ground station sees the relay."""

_SHARE = 20.0
"""Samples in the time in which an orbiter at its perilune flies as far as it is from the Moon's centre."""
_STEPS = (20.0, 300.0)
"""Least and greatest time between samples; the Moon rises over a dish by a degree in 4 min. [s]"""


def routes(
    place: Origin,
    via: Iterable[Partner] | Partner,
    start: object,
    end: object,
    *,
    link: Link | None = None,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    site: Site | SurfacePlace | None = None,
    relaying: Relaying = "through",
    catalogue: Catalogue | None = None,
) -> tuple[Route, ...]:
    """Give the routes from a place to its partners, one a partner.

    Parameters
    ----------
    place : Station, Site, SurfacePlace, Orbit, Trajectory or str
        A station brings its link and mast, and may fly; text is the id of a station, a site or an orbit.
    via : partners, or one
        Ground stations, relays, orbits, by record or id, trajectories, or ``"earth"``.
    start, end : str, datetime or datetime64
        UTC; orbits hold over this span.
    link : Link, optional
        Radio of the place; a station's own by default. Without one, only who sees whom is known.
    terrain : "auto", "none", file, files or TerrainStack
        As for `environment`.
    mast : str or float, optional
        Height of the antenna above the ground, with unit or in metres; the station's, else 2 m. [m]
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.
    relaying : {"through", "stored"}
        Whether relays hand on at once what they hear, or keep it until a ground station sees them.
    catalogue : Catalogue, optional
        Where ids come from; the shipped one by default.

    Returns
    -------
    tuple of Route
        In the order of the partners.

    Raises
    ------
    UnknownNameError
        If nothing has the name; the nearest are listed.
    CoverageError
        If an orbiter has no orbit in the span, or the kernels do not cover it.
    RequestError
        If a ground station is out of use, or both ends have no band in common.
    """
    span = parse_span(start, end)
    require_coverage(*map(float, to_tdb(np.array(span))))
    known = load_catalogue() if catalogue is None else catalogue
    one = isinstance(via, str | GroundStation | Relay | Orbit | Trajectory)
    if not one and not isinstance(via, Iterable):
        raise RequestError(f"via {via!r:.60} is nobody; give ground stations or relays, such as jiamusi")
    listed = cast("tuple[Partner, ...]", (via,) if one else tuple(cast("Iterable[Partner]", via)))
    if not listed:
        raise RequestError("via names nobody; give ground stations or relays, such as jiamusi")
    require_kind(known, Catalogue, "catalogue", "what ilrs.load_catalogue gives")
    require_kind(link, (Link, type(None)), "link", "a Link, or leave it out")
    place = _record(place, known)
    if link is None and isinstance(place, Station):
        link = place.link
    sender = _sender(place, span, link, known, terrain=terrain, mast=mast, site=site)
    if relaying not in get_args(Relaying):
        raise UnknownNameError("way of relaying", str(relaying), get_args(Relaying))
    made = _Maker(sender, link, span, known, relaying, _name(place))
    return tuple(made.route(partner) for partner in listed)


def _name(place: object) -> str:
    """What a message calls a place."""
    kind = type(place).__name__.lower()
    return f"{kind} {place.id}" if isinstance(place, Station | Site | Orbit) and place.id else "the place"


def _record(place: Origin, known: Catalogue) -> Station | Site | SurfacePlace | Orbit | Trajectory:
    """What is meant by an id; a station in orbit stays one, for its radios."""
    if isinstance(place, str):
        shelves = (known.stations, known.sites, known.orbits)
        found = [shelf[place] for shelf in shelves if place in shelf]
        if not found:
            raise UnknownNameError(
                "site, station or orbit", place, [name for shelf in shelves for name in shelf]
            )
        return found[0]
    if not isinstance(place, Station | Site | SurfacePlace | Orbit | Trajectory):
        raise RequestError(
            f"{place!r:.60} is no place; give a Station, a Site, a SurfacePlace, an Orbit or the id of one"
        )
    return place


def _sender(
    place: Station | Site | SurfacePlace | Orbit | Trajectory,
    span: Span,
    link: Link | None,
    known: Catalogue,
    *,
    terrain: Terrain,
    mast: str | float | None,
    site: Site | SurfacePlace | None,
) -> Sender:
    mask = -90.0 if link is None else link.elevation_mask
    if isinstance(place, Station) and place.orbit is not None and site is None:
        place = known.orbits[place.orbit]
    if isinstance(place, Orbit | Trajectory):
        return Sender(_flight(place, span, known), None)
    height = mast if mast is not None else place.mast if isinstance(place, Station) else MAST
    ground = site_of(site if site is not None and isinstance(place, Station) else place)
    grids = terrain_at(ground, terrain)
    skyline = horizon(ground, grids, mast=height)  # which says what is wrong with a mast
    return Sender(replace(standing_place(ground, grids), mast=metres(height)), skyline, mask)


def _flight(flier: Orbit | Trajectory, span: Span, known: Catalogue) -> Trajectory:
    """Motion of an orbiter, once it is sure that it covers the span."""
    if isinstance(flier, Orbit):
        found = standpoint(flier, (span[0], span[1] + np.timedelta64(1, "s")), known)
        assert isinstance(found, Trajectory)
        return found
    first, last = (float(edge) for edge in to_tdb(np.array(span)))
    if flier.start - 1e-6 > first or flier.end + 1e-6 < last:
        asked = " to ".join(format_epoch(epoch, "s") for epoch in span)
        covered = " to ".join(format_epoch(t, "s") for t in from_tdb(np.array([flier.start, flier.end])))
        raise CoverageError(
            f"{flier.name} has no orbit for all of {asked}: its trajectory covers {covered}; "
            "ask for a span inside, or give a longer trajectory"
        )
    return flier


class _Maker:
    """Makes the route to each partner of one place."""

    def __init__(
        self, sender: Sender, link: Link | None, span: Span, known: Catalogue, relaying: Relaying, who: str
    ) -> None:
        self._sender, self._link, self._span, self._known = sender, link, span, known
        self._stored, self._who = relaying == "stored", who
        self._radios = () if link is None else link.radios
        self._rate = math.nan if link is None else link.rate

    def route(self, partner: Partner) -> Route:
        """The route to what a person names."""
        match self._named(partner) if isinstance(partner, str) else partner:
            case GroundStation() as station:
                return self._to_dish(station)
            case Relay() as relay:
                return self._by_relay(relay)
            case Orbit() | Trajectory() as flier:
                return self._by_orbiter(flier)
            case "earth":
                return Route("earth", self._sender, hop_to_earth(self._link))
        raise RequestError(f"{partner!r:.60} hears nobody; give a ground station, a relay or an orbiter")

    def _named(self, name: str) -> Partner:
        known = self._known
        for shelf in (known.ground_stations, known.relays, known.orbits):
            if name in shelf:
                return cast("Partner", shelf[name])
        if name == "earth":
            return name
        names = [*known.ground_stations, *known.relays, *known.orbits, "earth"]
        raise UnknownNameError("ground station, relay or orbit", name, names)

    def _to_dish(self, station: GroundStation) -> Route:
        _require_use(station)
        noise = MOON_NOISE if isinstance(self._sender.place, SurfacePlace) else 0.0
        hop = hop_to_dish(self._radios, self._rate, station, added_noise=noise, sender=self._who)
        dish = Dish(ground_place(station), station.mask, hop)
        step = self._step(self._sender.place)
        return Route(station.id, self._sender, hop_to_earth(self._link), (dish,), step=step)

    def _by_relay(self, relay: Relay) -> Route:
        flight = _flight(self._known.orbits[relay.orbit], self._span, self._known)
        rate = math.inf if relay.earth_rate is None else relay.earth_rate
        dishes = []
        for name in relay.ground_stations:
            station = self._known.ground_stations[name]
            _require_use(station)
            # seen from the Earth a relay is mostly beside the Moon, whose noise is then outside the beam
            hop = hop_to_dish(relay.earth, rate, station, added_noise=0.0, sender=f"relay {relay.id}")
            dishes.append(Dish(ground_place(station), station.mask, hop))
        first = hop_to_relay(self._link, relay, sender=self._who)
        return Route(
            relay.id,
            self._sender,
            first,
            tuple(dishes),
            relay=flight,
            mask=relay.elevation_mask,
            stored=self._stored,
            step=min(self._step(flight), self._step(self._sender.place)),
            alone=Hop(rate),
        )

    def _by_orbiter(self, flier: Orbit | Trajectory) -> Route:
        """An orbiter of which nothing but its orbit is known takes what the place sends, and keeps it."""
        flight = _flight(flier, self._span, self._known)
        name = flier.id if isinstance(flier, Orbit) else flier.name
        first = hop_to_relay(self._link, None, sender=self._who)
        step = min(self._step(flight), self._step(self._sender.place))
        return Route(name, self._sender, first, relay=flight, stored=True, step=step)

    def _step(self, place: SurfacePlace | Trajectory) -> float:
        if not isinstance(place, Trajectory):
            return _STEPS[1]
        low, high = (float(edge) for edge in to_tdb(np.array(self._span)))
        revolution = np.linspace(low, high, min(20_000, max(200, int((high - low) / 60.0))))
        nearest = float(np.linalg.norm(place.position(revolution), axis=1).min())
        quick = math.sqrt(max(nearest, MOON_RADIUS) ** 3 / MOON_GM) / _SHARE
        return min(max(quick, _STEPS[0]), _STEPS[1])


def _require_use(station: GroundStation) -> None:
    if station.access is Access.UNAVAILABLE:
        why = f" ({station.note.split('; ')[-1].split('. ')[0]})" if station.note else ""
        raise RequestError(
            f"ground station {station.id} is out of use{why}; choose another, or change its access"
        )
