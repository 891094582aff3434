"""One candidate: the same portfolio, planned to the same standard, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ilrs_science.campaign import Campaign
from ilrs_science.catalogue import campaign as records
from ilrs_science.catalogue.category import Location
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.station import Station
from ilrs_science.planning.result import PlanResult
from ilrs_science.studies.endurance import endurance
from ilrs_science.studies.siting.candidate import Candidate, with_stations
from ilrs_science.studies.siting.place import equipped, place_measures

__all__ = ["Appraisal", "Standard", "appraise"]

Sizing = Literal["as_recorded", "as_needed"]


@dataclass(frozen=True)
class Standard:
    """What is the same for all candidates."""

    portfolio: records.Campaign
    """Experiments, span and partners; its stations are replaced."""
    terrain: str = "auto"
    """As `ilrs_science.environment.assemble.environment` takes it."""
    battery: Sizing = "as_needed"
    """Whether a station gets the battery that its own load asks for, or keeps that of its record."""
    time_limit: str = "5 s"
    """Deterministic seconds of each plan."""
    seed: int = 0
    """Of each plan."""


@dataclass(frozen=True)
class Appraisal:
    """What comes of one candidate."""

    candidate: str
    """Its id."""
    architecture: str
    """On the ground, in orbit, or both."""
    measures: Mapping[str, float]
    """By name; units as of :data:`ilrs_science.studies.siting.measures.MEASURES`."""
    hours: Mapping[str, float]
    """In which each experiment is possible. [h]"""
    sessions: Mapping[str, int]
    """Sessions of each experiment in the plan. [1]"""
    impossible: Mapping[str, str]
    """Why an experiment can never be done."""
    status: str
    """Of the plan."""
    note: str = ""
    """Why there is no plan."""


def appraise(catalogue: Catalogue, standard: Standard, candidate: Candidate) -> Appraisal:
    """What comes of one candidate.

    Parameters
    ----------
    catalogue : Catalogue
        Where ids are looked up.
    standard : Standard
        What is the same for all.
    candidate : Candidate
        What is built.

    Returns
    -------
    Appraisal
        The same each time.
    """
    given = [catalogue.experiments[name] for name in standard.portfolio.experiments]
    homes = {one.id: [each for each in candidate.stations if _fits(one, each, catalogue)] for one in given}
    impossible = {one.id: _wrong_place(one) for one in given if not homes[one.id]}
    able = [one.id for one in given if homes[one.id]]
    stations = candidate.stations
    names: dict[str, Any] = {
        "station": stations[0].id,
        "stations": [one.id for one in stations] if len(stations) > 1 else [],
    }
    record = standard.portfolio.replace(
        id="siting", experiments=able or [given[0].id], at=[], locks=[], closed=[], shares=[], **names
    )
    before = Campaign(record, catalogue=with_stations(catalogue, stations), terrain=standard.terrain)
    built = [
        equipped(one, before.environments[one.id]) if standard.battery == "as_needed" else one
        for one in stations
    ]
    campaign = Campaign(record, catalogue=with_stations(catalogue, built), terrain=standard.terrain)
    campaign.__dict__["environments"] = before.environments  # a battery changes neither light nor power
    places = [
        place_measures(
            one, campaign.environments[one.id], campaign.catalogue, _carried(given, homes, one, catalogue)
        )
        for one in built
    ]
    result = (
        campaign.plan(time_limit=standard.time_limit, seed=standard.seed, workers=1, deterministic=True)
        if able
        else None
    )
    hours = {name: max(_hours(campaign, name)) if name in able else 0.0 for name in homes}
    impossible |= {name: _never(campaign, name) for name in able if not hours[name]}
    return Appraisal(
        candidate.id,
        candidate.architecture,
        _joined(places) | _gains(result, given, hours),
        hours,
        {name: _sessions(result, name) for name in homes},
        impossible,
        "UNKNOWN" if result is None else result.status,
        "" if result is None else result.certificate.note,
    )


def _fits(experiment: Experiment, station: Station, catalogue: Catalogue) -> bool:
    """Whether an experiment belongs where a station is."""
    place = catalogue.place_of(station)
    if isinstance(place, Orbit):
        return Location.ORBIT in experiment.locations and (
            not experiment.orbits or place.id in experiment.orbits
        )
    return any(place.suits(where) for where in experiment.locations)


def _wrong_place(experiment: Experiment) -> str:
    return f"needs {' or '.join(str(where).replace('_', ' ') for where in experiment.locations)}"


def _carried(
    given: Iterable[Experiment], homes: Mapping[str, list[Station]], station: Station, catalogue: Catalogue
) -> list[Instrument]:
    """Instruments of the experiments that belong at a station."""
    here = [one for one in given if station.id in [home.id for home in homes[one.id]]]
    return [
        catalogue.instruments[name]
        for name in dict.fromkeys(name for one in here for name in one.instruments)
    ]


def _hours(campaign: Campaign, name: str) -> list[float]:
    found = [
        windows.hours
        for key, windows in campaign.windows.items()
        if key.partition("/")[0].partition("~")[0] == name
    ]
    return found or [0.0]


def _never(campaign: Campaign, name: str) -> str:
    """Which condition removes all of it, or that only all together do."""
    from ilrs_science.windows.budget import experiment_budget

    record = campaign.record
    table = experiment_budget(
        [campaign.catalogue.experiments[name]],
        campaign.site,
        record.start,
        record.end,
        catalogue=campaign.catalogue,
        terrain=campaign.terrain,
    )
    alone = [str(label) for label, hours in table["open_h"].droplevel(0).items() if not hours]
    return f"never: {', '.join(alone)}" if alone else "its conditions never hold together"


def _joined(places: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Measures of a base and an orbiter together: sums of what adds up, the worst of what must be borne."""
    rows = list(places)
    sums = {"power", "battery", "contact", "volume", "mass", "launch_mass"}
    worst = {
        "darkness": max,
        "coldest": min,
        "hottest": max,
        "sunlight": min,
        "earth": max,
    }
    return {
        name: float(sum(row[name] for row in rows))
        if name in sums
        else float(worst[name](row[name] for row in rows))
        for name in rows[0]
    }


def _gains(
    result: PlanResult | None, given: Iterable[Experiment], hours: Mapping[str, float]
) -> dict[str, float]:
    """What the plan is worth, and how long the station goes on by itself."""
    found = {
        "hours": float(sum(hours.values())),
        "possible": float(sum(bool(hours[one.id]) for one in given)),
    }
    if result is None or result.objective is None:
        return found | {"value": 0.0, "bound": 0.0, "data": 0.0, "autonomy": 0.0}
    problem = result.problem
    made = sum(
        problem.by_id[placed.id].data_Mbit_s * (placed.end_s - placed.start_s)
        for placed in result.plan.placements
    )
    limits = [days for days in endurance(problem, result.plan).values() if days is not None]
    bound = result.objective if result.bound is None else result.bound
    return found | {"value": result.objective, "bound": bound, "data": made, "autonomy": min(limits)}


def _sessions(result: PlanResult | None, name: str) -> int:
    placed = () if result is None else result.plan.placements
    return sum(entry.id.partition(".")[0] == name for entry in placed)
