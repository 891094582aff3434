"""Rules about what is flown: responsibility, registration, disposal, nuclear fuel, samples."""

from __future__ import annotations

from collections.abc import Iterator

from ilrs_science.catalogue.compliance import ComplianceItem
from ilrs_science.catalogue.comply.finding import Finding, Verdict
from ilrs_science.catalogue.comply.subject import Subject
from ilrs_science.catalogue.disturbance import Hazard
from ilrs_science.catalogue.mission import Mission, MissionStatus
from ilrs_science.catalogue.orbit import Orbit, OrbitKind
from ilrs_science.catalogue.partner import PartnerKind

__all__ = ["disposal", "moon_agreement", "nuclear", "registration", "responsible_state", "sample_return"]

#: Families of orbits that last for years without control.
_LASTING = (OrbitKind.FROZEN, OrbitKind.ELLIPTICAL_FROZEN, OrbitKind.DISTANT_RETROGRADE)


def responsible_state(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Stations, missions and experiments name a state that answers for them.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each of them.
    """
    named = [(one.id, one.owners) for one in subject.stations]
    named += [(one.id, one.operators) for one in subject.missions]
    named += [(one.id, (one.partner,) if one.partner else ()) for one in subject.experiments]
    for about, partners in named:
        states = [one for one in partners if _is_state(subject, one)]
        if states:
            verb = "answers" if len(states) == 1 else "answer"
            text = f"{' and '.join(map(subject.name_of, states))} {verb} for it"
            yield Finding(item.id, Verdict.KEPT, about, text)
        else:
            listed = ", ".join(map(subject.name_of, partners))
            text = f"{listed} is no state: which state answers for it?" if listed else "names no partner"
            yield Finding(item.id, Verdict.UNKNOWN, about, text)


def _is_state(subject: Subject, partner: str) -> bool:
    return partner in subject.partners and subject.partners[partner].kind is PartnerKind.STATE


def registration(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """What has been launched has what the register asks for.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each mission.
    """
    for mission in subject.missions:
        missing = _unregistered(mission)
        if mission.status is MissionStatus.PLANNED:
            yield Finding(
                item.id, Verdict.NOT_APPLICABLE, mission.id, "not launched on the date of the record"
            )
        elif missing:
            yield Finding(item.id, Verdict.UNKNOWN, mission.id, f"the record has no {', '.join(missing)}")
        else:
            yield Finding(
                item.id, Verdict.KEPT, mission.id, f"{mission.designator}, launched {mission.date_text}"
            )


def _unregistered(mission: Mission) -> list[str]:
    lands = mission.site is not None or mission.latitude is not None
    asked = {
        "designator": mission.designator,
        "launch": mission.launch,
        "focus": mission.focus,
        "orbits": mission.orbits or lands,
    }
    return [name for name, value in asked.items() if not value]


def disposal(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """What flies about the Moon says how long it stays there and what becomes of it.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each craft and orbit.
    """
    for about, orbit, end in subject.aloft():
        if end:
            yield Finding(item.id, Verdict.KEPT, about, f"{_lifetime(orbit)}; at the end: {end}")
        else:
            yield Finding(item.id, Verdict.UNKNOWN, about, f"{_lifetime(orbit)}; no end is stated")


def _lifetime(orbit: Orbit) -> str:
    if orbit.natural_life is not None:
        return f"left alone in {orbit.id} it lasts {orbit.natural_life / 86400:.0f} d"
    if orbit.kind in _LASTING:
        return f"{orbit.id} is of a kind that lasts for years"
    return f"how long it lasts in {orbit.id} is not known"


def nuclear(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Which sources of power, heat or radiation hold radioactive matter.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each source and each instrument.
    """
    for station in subject.stations:
        for source in station.sources:
            what = f"source {source.id}, {source.power:g} W and {source.heat:g} W of heat"
            text = f"{what}, needs an assessment of safety if its fuel is nuclear"
            yield Finding(item.id, Verdict.DECIDE, station.id, text)
    for instrument in subject.instruments:
        if Hazard.RADIOISOTOPE in instrument.hazards:
            yield Finding(item.id, Verdict.DECIDE, instrument.id, "holds radioactive matter")


def sample_return(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Which missions bring samples home.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each of them.
    """
    for mission in subject.missions:
        if mission.returns_samples:
            yield Finding(item.id, Verdict.KEPT, mission.id, "samples come home without restriction")


def moon_agreement(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    """Which of the partners are bound by the Moon Agreement.

    Parameters
    ----------
    item : ComplianceItem
        The rule.
    subject : Subject
        What is checked.

    Yields
    ------
    Finding
        One for each partner that is a party, or of which the record does not know.
    """
    names = {one for station in subject.stations for one in station.owners}
    names |= {one for mission in subject.missions for one in (*mission.operators, *mission.contributors)}
    names |= {one.partner for one in subject.experiments}
    for name in sorted(names & set(subject.partners)):
        partner = subject.partners[name]
        if partner.moon_agreement:
            yield Finding(item.id, Verdict.DECIDE, name, f"{partner.label} is a party")
        elif partner.moon_agreement is None and partner.kind is PartnerKind.STATE:
            yield Finding(
                item.id, Verdict.UNKNOWN, name, f"whether {partner.label} is a party is not recorded"
            )
