"""Check a record of the catalogue, and what belongs to it, against the rules of the catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.comply.checks import apply_rules
from ilrs_science.catalogue.comply.finding import Finding
from ilrs_science.catalogue.comply.subject import Subject
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.catalogue import Catalogue
from ilrs_science.catalogue.library.load import load_catalogue
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError

__all__ = ["comply", "subject_of"]


def comply(
    what: Record | str, catalogue: Catalogue | None = None, *, folder: str | os.PathLike[str] | None = None
) -> list[Finding]:
    """What the rules of the catalogue say to a plan.

    Parameters
    ----------
    what : Record or str
        A station, campaign, mission, experiment or site, or the id of one, with its kind where an id alone is not
        enough, as in ``"campaign/polar_winter"``.
    catalogue : Catalogue, optional
        Where rules and records come from; the shipped one by default.
    folder : path, optional
        Folder laid over the shipped catalogue, where no catalogue is given.

    Returns
    -------
    list of Finding
        In the order of the rules; each says whether a rule is kept, broken, unknown, for a person to decide, or about
        something else. It is a help to those who decide and no legal advice.

    Raises
    ------
    UnknownNameError
        If there is no such record.
    RequestError
        If several records have that id, or nothing can be checked of a record of that kind.
    """
    known = catalogue if catalogue is not None else load_catalogue(folder)
    return apply_rules(known.compliance.values(), subject_of(what, known))


def subject_of(what: Record | str, catalogue: Catalogue) -> Subject:
    """A record with everything that a check reads.

    Parameters
    ----------
    what : Record or str
        A station, campaign, mission, experiment or site, or the id of one.
    catalogue : Catalogue
        Where the rest comes from.

    Returns
    -------
    Subject
        Of a station, also the stations together with it, its assets' instruments and the missions that bring them.
    """
    match _record(what, catalogue):
        case Station() as station:
            return _of_station(catalogue, station, ())
        case Campaign() as campaign:
            station = catalogue.stations[campaign.station]
            return _of_station(catalogue, station, catalogue.experiments_of(campaign))
        case Mission() as mission:
            return _subject(
                catalogue, missions=(mission,), instruments=_named(catalogue, mission.instruments)
            )
        case Experiment() as experiment:
            used = _named(catalogue, experiment.instruments)
            return _subject(catalogue, experiments=(experiment,), instruments=used)
        case Site() as site:
            return _subject(catalogue, places=(site,))
        case other:
            raise RequestError(
                f"{other.id} is no station, campaign, mission, experiment or site; the rules are about those"
            )


def _record(what: Record | str, catalogue: Catalogue) -> Record:
    if isinstance(what, Record):
        return what
    return catalogue.one(what)[1]


def _of_station(catalogue: Catalogue, station: Station, experiments: tuple[Experiment, ...]) -> Subject:
    stations = (station, *(catalogue.stations[name] for name in station.together_with))
    assets = catalogue.assets_of(station)
    missions = sorted({one.mission for one in assets if one.mission is not None})
    used = [name for one in experiments for name in one.instruments]
    used += [name for one in assets for name in one.instruments]
    return _subject(
        catalogue,
        stations=stations,
        experiments=experiments,
        instruments=_named(catalogue, used),
        missions=tuple(catalogue.missions[name] for name in missions),
    )


def _named(catalogue: Catalogue, names: Iterable[str]) -> tuple[Instrument, ...]:
    return tuple(catalogue.instruments[name] for name in dict.fromkeys(names))


def _subject(
    catalogue: Catalogue,
    *,
    stations: tuple[Station, ...] = (),
    experiments: tuple[Experiment, ...] = (),
    instruments: tuple[Instrument, ...] = (),
    missions: tuple[Mission, ...] = (),
    places: tuple[Site, ...] = (),
) -> Subject:
    return Subject(
        stations,
        experiments,
        instruments,
        missions,
        places,
        sites=catalogue.sites,
        orbits=catalogue.orbits,
        partners=catalogue.partners,
        flights=catalogue.missions,
    )
