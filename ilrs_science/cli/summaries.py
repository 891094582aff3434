"""One line for a record of the catalogue: what tells it from another of its kind."""

from __future__ import annotations

from typing import NamedTuple

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
from ilrs_science.catalogue.risk import Risk
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.target import Target
from ilrs_science.cli.doubt import Told
from ilrs_science.units import format_quantity

__all__ = ["Summary", "readable", "summary", "summary_of"]


class Summary(NamedTuple):
    """One line for a record, and the weakest basis of what it tells."""

    text: str
    basis: str


def summary_of(record: Record) -> Summary:
    """What tells one record from another of its kind, its doubts marked, and the basis behind it.

    Parameters
    ----------
    record : Record
        Of any kind.

    Returns
    -------
    Summary
        One line, empty for a kind that is not known here, and such as ``"estimate L"``.
    """
    told = Told(record)
    text = _of_places(record, told) or _of_work(record, told) or _of_programme(record, told)
    return Summary(text, told.basis)


def summary(record: Record) -> str:
    """What tells one record from another of its kind.

    Parameters
    ----------
    record : Record
        Of any kind.

    Returns
    -------
    str
        One line, doubts marked with ``~`` and ``?``; empty for a kind that is not known here.
    """
    return summary_of(record).text


def _of_places(record: Record, told: Told) -> str:
    match record:
        case Site():
            return f"{_position(record, told)}, {record.side.label}"
        case Orbit():
            size = ("perilune_height", "apolune_height")
            heights = told(f"{record.perilune_height:g} x {record.apolune_height:g} km", *size)
            revolution = ("revolution",) if record.revolution is not None else size
            period = told(f"{record.period / 3600:.2f} h", *revolution)
            return f"{heights}, {told(f'{record.inclination:g} deg', 'inclination')}, {period}"
        case GroundStation():
            dish = told(f"{record.diameter:g} m", "diameter") if record.diameter else "size unknown"
            return f"{_position(record, told)}, {dish}, {record.access}"
        case Target():
            return f"{told(f'{record.ra:g} deg', 'ra')}, {told(f'{record.dec:g} deg', 'dec')} ICRS"
        case Shower():
            rate = told(f"{record.zenithal_hourly_rate} an hour", "zenithal_hourly_rate")
            longitude = told(f"{record.solar_longitude:g} deg", "solar_longitude")
            return f"Sun at {longitude}, {told(f'{record.speed:g} km/s', 'speed')}, {rate}"
        case Risk():
            often, lasts = "always there", "for good"
            if record.interval is not None:
                often = told(f"every {_time(record.interval)}", "interval")
            if record.lasting is not None:
                lasts = told(_time(record.lasting.median), "lasting.median")
            return f"{record.hits}, {often}, {lasts}"
        case Comparison():
            places = (*record.sites, *record.orbits, *record.stations)
            return f"{len(places)} place{'' if len(places) == 1 else 's'}: {', '.join(places)}"
    return ""


def _position(record: Site | GroundStation, told: Told) -> str:
    latitude, longitude = f"{record.latitude:g} deg", f"{record.longitude:g} deg E"
    return f"{told(latitude, 'latitude')}, {told(longitude, 'longitude')}"


def _time(seconds: float) -> str:
    return readable(format_quantity(seconds, "s"))


def _of_work(record: Record, told: Told) -> str:
    match record:
        case Instrument():
            power = told(f"{record.power.operate:g} W", "power.operate")
            return f"{power}, {_data(record, told)}, {told(f'{record.mass:g} kg', 'mass')}"
        case Experiment():
            session = told(_time(record.session), "session")
            return f"{record.category}, {told(str(record.repeats), 'repeats')} x {session}"
        case Station():
            power = f"{record.rated_power + record.constant_power:.0f} W"
            feeds = [name for name in ("array", "more_arrays", "sources") if getattr(record, name)]
            capacity = told(f"{record.battery.capacity:g} Wh", "battery.capacity")
            return f"{record.site or record.orbit}, {told(power, *feeds)}, {capacity}"
        case Relay():
            rate = told(f"{record.earth_rate:g} Mbit/s", "earth_rate") if record.earth_rate else ""
            return f"on {record.orbit}{f', {rate} to the Earth' if rate else ''}"
        case Asset():
            return f"{record.station}, from {told(record.phase, 'phase')}, {record.facility}"
        case Campaign():
            return f"{record.station}, {record.days:g} d, {len(record.experiments)} experiments"
    return ""


def _data(record: Instrument, told: Told) -> str:
    """Rate of an instrument; of what it makes on demand, the volume of each piece."""
    if record.data_rate is not None:
        source = "data_rate" if "data_rate" in record.model_fields_set else "products"
        return told(_rate(record.data_rate), source)
    pieces = [f"{one.volume:g} Mbit a {one.id.replace('_', ' ')}" for one in record.products]
    return told(" and ".join(pieces), "products")


def _rate(rate: float) -> str:
    """A data rate in the unit in which it is a plain number."""
    return f"{rate:g} Mbit/s" if rate >= 1 else f"{rate * 1000:.4g} kbit/s"


def _of_programme(record: Record, told: Told) -> str:
    match record:
        case Partner():
            date = "joined" if record.joined else "joined_by"
            joined = told(record.date_text, date) if record.joined or record.joined_by else record.date_text
            return f"{record.kind}, {told(record.role, 'role')}, {joined}"
        case Mission():
            dates = [name for name in ("launch", "launch_latest") if getattr(record, name)]
            reported = f", as of {record.as_of}" if record.as_of and record.status == "planned" else ""
            status, date = told(record.status, "status"), told(record.date_text, *dates)
            return f"{status}, {date}, {', '.join(record.operators)}{reported}"
        case Phase():
            dates = [name for name in ("start", "end") if getattr(record, name)]
            return f"{told(record.date_text, *dates)}, {record.plan}"
        case Facility():
            return record.role
        case ComplianceItem():
            applied = f"check {record.check}" if record.check else "a person decides"
            return f"{record.force}, {applied}"
    return ""
