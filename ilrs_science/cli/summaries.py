"""One line for a record of the catalogue: what tells it from another of its kind."""

from __future__ import annotations

from ilrs_science.catalogue.asset import Asset
from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.comparison import Comparison
from ilrs_science.catalogue.compliance import ComplianceItem
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.facility import Facility
from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.views.rows import readable
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.phase import Phase
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.relay import Relay
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.target import Target
from ilrs_science.units import format_quantity

__all__ = ["readable", "summary"]


def summary(record: Record) -> str:
    """What tells one record from another of its kind.

    Parameters
    ----------
    record : Record
        Of any kind.

    Returns
    -------
    str
        One line; empty for a kind that is not known here.
    """
    return _of_places(record) or _of_work(record) or _of_programme(record)


def _of_places(record: Record) -> str:
    match record:
        case Site():
            return f"{record.latitude:g} deg, {record.longitude:g} deg E, {record.side.label}"
        case Orbit():
            heights = f"{record.perilune_height:g} x {record.apolune_height:g} km"
            return f"{heights}, {record.inclination:g} deg, {record.period / 3600:.2f} h"
        case GroundStation():
            dish = f"{record.diameter:g} m" if record.diameter else "size unknown"
            return f"{record.latitude:g} deg, {record.longitude:g} deg E, {dish}, {record.access}"
        case Target():
            return f"{record.ra:g} deg, {record.dec:g} deg ICRS"
        case Shower():
            rate = f"{record.zenithal_hourly_rate} an hour"
            return f"Sun at {record.solar_longitude:g} deg, {record.speed:g} km/s, {rate}"
        case Comparison():
            places = (*record.sites, *record.orbits, *record.stations)
            return f"{len(places)} place{'' if len(places) == 1 else 's'}: {', '.join(places)}"
    return ""


def _of_work(record: Record) -> str:
    match record:
        case Instrument():
            return f"{record.power.operate:g} W, {record.data_rate * 1000:g} kbit/s, {record.mass:g} kg"
        case Experiment():
            return f"{record.category}, {record.repeats} x {readable(format_quantity(record.session, 's'))}"
        case Station():
            power = record.rated_power + record.constant_power
            return f"{record.site or record.orbit}, {power:.0f} W, {record.battery.capacity:g} Wh"
        case Relay():
            earth = f", {record.earth_rate:g} Mbit/s to the Earth" if record.earth_rate else ""
            return f"on {record.orbit}{earth}"
        case Asset():
            return f"{record.station}, from {record.phase}, {record.facility}"
        case Campaign():
            return f"{record.station}, {record.days:g} d, {len(record.experiments)} experiments"
    return ""


def _of_programme(record: Record) -> str:
    match record:
        case Partner():
            return f"{record.kind}, {record.role}, {record.date_text}"
        case Mission():
            return f"{record.status}, {record.date_text}, {', '.join(record.operators)}"
        case Phase():
            return f"{record.date_text}, {record.plan}"
        case Facility():
            return record.role
        case ComplianceItem():
            applied = f"check {record.check}" if record.check else "a person decides"
            return f"{record.force}, {applied}"
    return ""
