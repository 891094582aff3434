"""Campaigns of a few hours at stations made up for tests, whose best plans can be told by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import Catalogue, Shelf, load_catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.formulate import formulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve

START = np.datetime64("2031-03-01T00:00:00", "us")
HOUR = 3600


def at(hours: float) -> np.datetime64:
    """Instant so many hours after the start."""
    return START + np.timedelta64(round(hours * HOUR), "s")


def span(*pairs: tuple[float, float]) -> Windows:
    """Windows by hours."""
    return Windows(*(np.array([at(pair[side]) for pair in pairs], "datetime64[us]") for side in (0, 1)))


def station(name: str = "base", **fields: Any) -> Station:
    """A station without losses that feeds itself from a source and has 100 Wh and 36 Gbit for experiments."""
    given: dict[str, Any] = {
        "site": "connecting_ridge",
        "sources": [{"id": "source", "power": "10 W"}],
        "battery": {"capacity": "100 Wh", "depth_of_discharge": "100 %", "charge_efficiency": "100 %",
                    "discharge_efficiency": "100 %"},
        "storage": {"capacity": "36 Gbit"},
        "link": {"rate": "1 Mbit/s"},
        "robots": [{"id": "robot", "power": "0 W"}],
        "base_load": {"day": "10 W", "night": "10 W"},
    }  # fmt: skip
    return Station(id=name, **{**given, **fields})


def orbiter(name: str = "orbiter", **fields: Any) -> Station:
    """The same in orbit."""
    return station(name, **{"site": None, "orbit": "elfo_12h", **fields})


def instrument(name: str, watt: float = 0.0, rate: float = 0.0, **fields: Any) -> Instrument:
    """An instrument by power and data rate."""
    given = {
        "kind": "camera",
        "mass": "1 kg",
        "power": {"operate": f"{watt} W"},
        "data_rate": f"{rate} Mbit/s",
    }
    return Instrument(id=name, **{**given, **fields})


def experiment(name: str, hours: float = 1.0, **fields: Any) -> Experiment:
    """An experiment with an instrument of its own name, unless said otherwise."""
    given = {
        "category": "basic_experiment",
        "field": "chemistry",
        "instruments": (f"{name}_unit",),
        "session": f"{hours} h",
        "value": 1,
    }
    return Experiment(id=name, **{**given, **fields})


def catalogue(
    experiments: list[Experiment], instruments: list[Instrument], stations: list[Station]
) -> Catalogue:
    """The shipped catalogue with these on their shelves; instruments that are not given draw and make nothing."""
    units = {name: instrument(name) for one in experiments for name in (*one.instruments, *one.alternatives)}
    units |= {one.id: one for one in instruments}
    shipped = load_catalogue()
    return replace(
        shipped,
        experiments=Shelf("experiment", {one.id: one for one in experiments}),
        instruments=Shelf("instrument", units),
        stations=Shelf("station", {one.id: one for one in stations}),
    )


def environment(hours: int, power: float = 0.0, link: float = 0.0, **more: Any) -> xr.Dataset:
    """An environment that stays as it is, hourly and with an epoch beyond the end."""
    times = START + np.arange(hours + 1) * np.timedelta64(HOUR, "s")
    given = {"array_power": power, "link_rate": link, **more}
    values = {
        name: ("time", np.broadcast_to(np.asarray(one, float), (hours + 1,))) for name, one in given.items()
    }
    return xr.Dataset(values, {"time": times})


def asked(
    *experiments: Experiment,
    hours: int = 12,
    instruments: list[Instrument] | None = None,
    stations: list[Station] | None = None,
    windows: Mapping[str, Windows] | None = None,
    env: xr.Dataset | Mapping[str, xr.Dataset] | None = None,
    **fields: Any,
) -> Problem:
    """Problem of a campaign; windows are the whole of it and nothing comes from arrays unless said otherwise."""
    there = stations or [station()]
    if len(there) > 1:
        fields["stations"] = [one.id for one in there]
    record = Campaign(
        station=there[0].id, experiments=[one.id for one in experiments], start=START, end=at(hours), **fields
    )
    known = catalogue(list(experiments), instruments or [], there)
    every = {one.id: span((0, hours)) for one in experiments} | dict(windows or {})
    around = env if env is not None else {one.id: environment(hours) for one in there}
    return formulate(record, every, around, catalogue=known)


def best(problem: Problem) -> PlanResult:
    """The plan, proved to be the best."""
    result = solve(problem, time_limit="20 s", workers=1)
    assert (result.status, result.checked) == ("OPTIMAL", True)
    return result


def hours_of(plan: Plan) -> dict[str, float]:
    """Start of each activity of a plan. [h]"""
    return {name: start / HOUR for name, start in plan.starts.items()}
