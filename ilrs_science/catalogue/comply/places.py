"""Rules about places: heritage, neighbours, the shielded zone, planetary protection."""

from __future__ import annotations

from collections.abc import Iterator

from ilrs_science.catalogue.compliance import ComplianceItem
from ilrs_science.catalogue.comply.finding import Finding, Verdict
from ilrs_science.catalogue.comply.subject import Hardware, Subject
from ilrs_science.catalogue.disturbance import Disturbance
from ilrs_science.catalogue.mission import MissionStatus
from ilrs_science.catalogue.radio import Radio
from ilrs_science.catalogue.site import Site

__all__ = ["heritage", "neighbours", "planetary_protection", "shielded_places", "shielded_zone"]


def heritage(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Nothing new stands within the radius of hardware that the rule protects, as far as its places are known.

    Parameters
    ----------
    item : ComplianceItem
        Its `radius` and `hardware_of`; a site may ask for more by its own `keep_out`.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each place, or for each piece of hardware too near; who goes near hardware of its own decides. Kept
        means kept among the known places: the finding counts them, and without one the verdict is unknown.
    """
    protected = [
        one for one in subject.hardware() if not item.hardware_of or one.owners & {*item.hardware_of}
    ]
    own = _own(subject)
    for about, place in subject.grounds():
        apart = sorted((place.distance_to(one.place), one.id, one) for one in protected)
        near = [
            (distance, one) for distance, _, one in apart if distance < max(item.radius or 0, one.keep_out)
        ]
        for distance, one in near:
            verdict = Verdict.DECIDE if one.owners and one.owners <= own else Verdict.BROKEN
            yield Finding(item.id, verdict, about, _too_near(distance, one, item))
        if not apart:
            yield Finding(item.id, Verdict.UNKNOWN, about, "no place of such hardware is known")
        elif not near:
            distance, name, _ = apart[0]
            text = f"the nearest is {name}, {distance:.1f} km away; known places: {len(apart)}"
            yield Finding(item.id, Verdict.KEPT, about, text)


def _own(subject: Subject) -> set[str]:
    """Names of those whose plan it is."""
    own = {subject.name_of(one) for station in subject.stations for one in station.owners}
    return own | {subject.name_of(one) for mission in subject.missions for one in mission.operators}


def _too_near(distance: float, one: Hardware, item: ComplianceItem) -> str:
    asked = max(item.radius or 0, one.keep_out)
    owners = ", ".join(sorted(one.owners)) or "an unknown state"
    return f"{distance:.1f} km from {one.id} ({owners}), {asked:g} km are to be kept"


def neighbours(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Who else stands, or plans to land, within the radius, and so must be asked.

    Parameters
    ----------
    item : ComplianceItem
        Its `radius`.
    subject : Subject
        What is checked; the owners of its stations and missions are not strangers.

    Yields
    ------
    Finding
        One for each neighbour, or for each place that has none among the known ones.
    """
    own = _own(subject)
    others = [
        one for one in (*subject.hardware(), *_planned(subject)) if not one.owners <= own or not one.owners
    ]
    for about, place in subject.grounds():
        apart = sorted((place.distance_to(one.place), one.id, one) for one in others if one.id != about)
        near = [(distance, one) for distance, _, one in apart if distance < (item.radius or 0)]
        for distance, one in near:
            owners = ", ".join(sorted(one.owners)) or "its owner"
            yield Finding(
                item.id, Verdict.DECIDE, about, f"{one.id} is {distance:.1f} km away: consult {owners}"
            )
        if not near:
            text = f"nobody else within {item.radius or 0:g} km; known places: {len(apart)}"
            yield Finding(item.id, Verdict.KEPT, about, text)


def _planned(subject: Subject) -> Iterator[Hardware]:
    mine = {mission.id for mission in subject.missions}
    for flight in subject.flights.values():
        place = subject.place_of(flight)
        if flight.status is MissionStatus.PLANNED and place is not None and flight.id not in mine:
            yield Hardware(flight.id, place, frozenset(map(subject.name_of, flight.operators)), 0.0)


def shielded_places(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Which places lie in the shielded zone.

    Parameters
    ----------
    item : ComplianceItem
        Its angle `beyond_limb`.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each place.
    """
    for about, place in subject.grounds():
        inside = _inside(item, place)
        verdict = Verdict.KEPT if inside >= 0 else Verdict.NOT_APPLICABLE
        where = f"{inside:.1f} deg inside the zone" if inside >= 0 else f"{-inside:.1f} deg outside the zone"
        yield Finding(item.id, verdict, about, where)


def _inside(item: ComplianceItem, place: Site) -> float:
    return place.distance_from_sub_earth_point - 90.0 - (item.beyond_limb or 0.0)


def shielded_zone(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """What sends from the shielded zone, and whether its band is barred or the one to be used.

    Parameters
    ----------
    item : ComplianceItem
        Its angle `beyond_limb` and `bands`.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each radio that sends and each instrument that makes radio noise, or for each place outside the zone.
    """
    shielded = [about for about, place in subject.grounds() if _inside(item, place) >= 0]
    for about, place in subject.grounds():
        if _inside(item, place) < 0:
            yield Finding(
                item.id, Verdict.NOT_APPLICABLE, about, f"{-_inside(item, place):.1f} deg outside the zone"
            )
    for station in subject.stations:
        if station.id in shielded:
            if not station.link.radios:
                yield Finding(
                    item.id, Verdict.UNKNOWN, station.id, "its link names no radio, so its band is unknown"
                )
            for radio in station.link.radios:
                if radio.sends:
                    yield _band_finding(item, station.id, radio)
        elif station.orbit is not None:
            text = "flies through the zone on every turn; its radios keep silent there or are agreed on"
            yield Finding(item.id, Verdict.DECIDE, station.id, text)
    if shielded and not item.bands:
        for instrument in subject.instruments:
            if Disturbance.RADIO in instrument.emits:
                yield Finding(
                    item.id, Verdict.DECIDE, instrument.id, f"makes radio noise at {', '.join(shielded)}"
                )


def _band_finding(item: ComplianceItem, about: str, radio: Radio) -> Finding:
    frequency = radio.carrier or 0.0  # never none: a radio without a usual frequency states its own
    what = f"radio {radio.id} sends in {radio.band} band at about {frequency:.0f} MHz"
    if not item.bands:
        return Finding(item.id, Verdict.DECIDE, about, f"{what}; only exceptions of the rule may send")
    for band in item.bands:
        edges = f"{band.low:g} to {band.high:g} MHz"
        if band.barred and band.holds(frequency):
            return Finding(item.id, Verdict.BROKEN, about, f"{what}; {edges} are barred")
        if not band.barred and not band.holds(frequency):
            return Finding(
                item.id,
                Verdict.DECIDE,
                about,
                f"{what}, outside {edges}; only one other band may be agreed on",
            )
    return Finding(item.id, Verdict.KEPT, about, what)


def planetary_protection(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """The category of each place, and whether its inventory of organic matter is there.

    Parameters
    ----------
    item : ComplianceItem
        Its `category`: II for orbits, IIa or IIb for landings.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each place or orbit of that category.
    """
    if item.category == "II":
        for about, orbit, _ in subject.aloft():
            yield Finding(item.id, Verdict.DECIDE, about, f"in {orbit.id}: documents of category II")
        return
    kept = {station.id: station.organics for station in subject.stations}
    for about, place in subject.grounds():
        if place.protection_category != item.category:
            text = f"category {place.protection_category} at {place.latitude:.2f} deg"
            yield Finding(item.id, Verdict.NOT_APPLICABLE, about, text)
        elif kept.get(about):
            yield Finding(item.id, Verdict.KEPT, about, f"category {item.category}; inventory: {kept[about]}")
        else:
            text = f"category {item.category}; no inventory of organic matter is named"
            yield Finding(item.id, Verdict.UNKNOWN, about, text)
