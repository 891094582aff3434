"""From a campaign, its windows and its environment to a planning problem.

Every session that is wanted is an optional activity ``EXPERIMENT.K``; session K needs session K-1, so that equal
sessions are not permuted. What the record cannot say exactly is rounded against us: windows inward to whole seconds,
passes to the steps of the environment within which the link holds, and see `_bus` for the losses of the battery.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.planning.problem.problem import Problem

__all__ = ["formulate"]

Floats = NDArray[np.float64]
Steps = list[tuple[int, float]]


class _Facade(Protocol):
    @property
    def record(self) -> Campaign: ...
    @property
    def catalogue(self) -> Catalogue: ...


def formulate(
    campaign: Campaign | _Facade,
    windows: Mapping[str, Windows],
    env: xr.Dataset,
    *,
    catalogue: Catalogue | None = None,
) -> Problem:
    """Planning problem of a campaign.

    Parameters
    ----------
    campaign : Campaign
        Record, or the facade that holds one.
    windows : mapping of str to Windows
        When each experiment of the campaign is possible, by id.
    env : Dataset
        Dimension `time`, evenly spaced from the start of the campaign; `array_power` [W], `link_rate` [Mbit/s].
    catalogue : Catalogue, optional
        Where ids are looked up; that of the facade, or the shipped one, by default.

    Returns
    -------
    Problem
        Value is sought. Exclusive instruments, robots, bus power, battery, storage and link are the resources.

    Raises
    ------
    UnknownNameError
        If an experiment has no windows in the mapping, or an id is not in the catalogue.
    CoverageError
        If the environment does not begin with the campaign.
    """
    record = campaign if isinstance(campaign, Campaign) else campaign.record
    if catalogue is None:
        catalogue = load_catalogue() if isinstance(campaign, Campaign) else campaign.catalogue
    station, experiments = catalogue.stations[record.station], catalogue.experiments_of(record)
    epoch = record.start.astype("datetime64[s]")
    horizon = int((record.end - epoch) // np.timedelta64(1, "s"))
    times = _seconds(env, epoch)
    passes = list(_passes(times, np.asarray(env["link_rate"].values, float), horizon))
    generation, load = _bus(station, times, np.asarray(env["array_power"].values, float))
    names = {experiment.id for experiment in experiments}
    activities: list[dict[str, Any]] = []
    for experiment in experiments:
        if experiment.id not in windows:
            raise UnknownNameError("windows of experiment", experiment.id, windows)
        needs = _needs(experiment, station, catalogue)
        spans = list(_whole_seconds(windows[experiment.id], epoch, horizon, math.ceil(experiment.session)))
        activities += _sessions(experiment, names, spans, needs)
    return Problem(
        name=record.id,
        epoch=f"{epoch}Z",
        horizon_s=horizon,
        activities=_with_exclusions(experiments, activities, list(_disturbed(record, catalogue))),
        resources=[
            *_shared(station, activities, load, passes),
            _battery(station, generation, load),
            {
                "kind": "storage",
                "id": "storage",
                "capacity_Mbit": station.storage.capacity,
                "initial_Mbit": station.storage.capacity * station.storage.initial_fill,
            },
            {"kind": "link", "id": "link", "passes": passes, "power_W": station.link.power},
        ],
    )


def _seconds(env: xr.Dataset, epoch: np.datetime64) -> list[int]:
    """Times of the environment after the epoch. [s]"""
    times = ((env["time"].values - epoch) // np.timedelta64(1, "s")).astype(int).tolist()
    if len(times) < 2 or times[0] > 0:
        raise CoverageError("the environment must begin with the campaign and have two epochs at least")
    return [int(time) for time in times]


def _whole_seconds(
    windows: Windows, epoch: np.datetime64, horizon: int, session: int
) -> Iterator[tuple[int, int]]:
    """Windows that hold a session, inward to whole seconds. [s]"""
    second = np.timedelta64(1, "s")
    for opens, closes in windows:
        start = max(0, -int((epoch - opens) // second))
        end = min(horizon, int((closes - epoch) // second))
        if end - start >= session:
            yield start, end


def _needs(experiment: Experiment, station: Station, catalogue: Catalogue) -> dict[str, Any]:
    """What each session holds, draws and makes."""
    power = experiment.power_of(catalogue.instruments) + experiment.robots * station.robot_power
    demands = dict.fromkeys(experiment.instruments, 1)
    if experiment.robots:
        demands["robots"] = experiment.robots
    if station.power_limit is not None and power:
        demands["bus_power"] = math.ceil(power)
    rate = experiment.data_of(catalogue.instruments) / math.ceil(experiment.session)
    return {"demands": demands, "energy_W": power, "data_Mbit_s": rate}


def _sessions(
    experiment: Experiment, names: set[str], spans: list[tuple[int, int]], needs: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """One activity a session; the first follows the first sessions of the experiments that come before."""
    for number in range(1, experiment.repeats + 1):
        before: list[dict[str, Any]] = [{"after": f"{name}.1"} for name in experiment.after if name in names]
        if number > 1:
            gap = math.ceil(experiment.min_gap)
            before = [{"after": f"{experiment.id}.{number - 1}", "min_lag_s": gap}]
        yield {
            "id": f"{experiment.id}.{number}",
            "name": f"{experiment.name}, session {number}" if experiment.repeats > 1 else experiment.name,
            "partner": experiment.partner,
            "duration_s": math.ceil(experiment.session),
            "windows": spans,
            "value": experiment.value,
            "precedences": before,
            **needs,
        }


def _disturbed(campaign: Campaign, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Pairs of experiments whose instruments interfere, unless the campaign says that they stand apart."""
    for pair in catalogue.interferences(campaign.experiments):
        if pair.disturbance not in campaign.tolerates:
            yield pair.source, pair.victim


def _with_exclusions(
    experiments: tuple[Experiment, ...], activities: list[dict[str, Any]], disturbed: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Activities whose experiments disturb each other exclude each other, session by session."""
    sessions = {
        experiment.id: [f"{experiment.id}.{number}" for number in range(1, experiment.repeats + 1)]
        for experiment in experiments
    }
    others = {experiment.id: dict.fromkeys(experiment.excludes) for experiment in experiments}
    for source, victim in disturbed:
        if source not in others[victim]:  # said once is enough
            others[source].setdefault(victim)
    excluded = {
        name: [session for other in found for session in sessions.get(other, ())]
        for name, found in others.items()
    }
    return [entry | {"exclusions": excluded[str(entry["id"]).rpartition(".")[0]]} for entry in activities]


def _shared(
    station: Station, activities: list[dict[str, Any]], load: Steps, passes: list[tuple[int, int, float]]
) -> Iterator[dict[str, Any]]:
    """Instruments, robots, and what the bus can deliver beyond station and link."""
    used = dict.fromkeys(name for entry in activities for name in entry["demands"])
    for name in used:
        if name not in ("robots", "bus_power"):
            yield {"kind": "renewable", "id": name, "capacity": 1}
    if "robots" in used:
        yield {"kind": "renewable", "id": "robots", "capacity": len(station.robots)}
    if "bus_power" in used and station.power_limit is not None:
        link = station.link.power if passes else 0.0
        profile = [(time, max(0, math.floor(station.power_limit - watt - link))) for time, watt in load]
        yield {"kind": "renewable", "id": "bus_power", "capacity": profile[0][1], "profile": profile[1:]}


def _bus(station: Station, times: list[int], array: Floats) -> tuple[Steps, Steps]:
    """Generation and base load in steps. [s, W]

    The problem knows no losses, so they are put where they never flatter: what a surplus over the base load stores and
    gives back later is worth the efficiency of the round trip, even where an activity could use it at once.
    """
    mean = np.append((array[1:] + array[:-1]) / 2, array[-1])
    load = np.where(mean > 0, station.base_load.day, station.base_load.night)
    surplus = mean + station.constant_power - load
    trip = station.battery.charge_efficiency * station.battery.discharge_efficiency
    generation = load + np.where(surplus > 0, trip * surplus, surplus)
    return _steps(times, generation), _steps(times, load)


def _steps(times: list[int], watts: Floats) -> Steps:
    """Steps where the power changes, to 1 mW; those before the epoch are one at it."""
    found: Steps = []
    for time, watt in zip(times, np.round(watts, 3).tolist(), strict=True):
        if time <= 0:
            found = [(0, watt)]
        elif watt != found[-1][1]:
            found.append((time, watt))
    return found


def _battery(station: Station, generation: Steps, load: Steps) -> dict[str, Any]:
    """The battery as what it can still deliver to the bus."""
    battery = station.battery
    low, full = (battery.discharge_efficiency * charge for charge in (battery.floor, battery.capacity))
    return {
        "kind": "battery",
        "id": "battery",
        "capacity_Wh": full,
        "initial_Wh": max(low, full * battery.initial_charge),
        "minimum_Wh": low,
        "generation": generation,
        "load": load,
    }


def _passes(times: list[int], rates: Floats, horizon: int) -> Iterator[tuple[int, int, float]]:
    """Steps of the environment at both ends of which the link holds, joined where the rate is the same."""
    lower = np.minimum(rates[:-1], rates[1:]).round(6).tolist()
    open_: tuple[int, int, float] | None = None
    for start, end, rate in zip(times[:-1], [*times[1:-1], max(times[-1], horizon)], lower, strict=True):
        begin, finish = max(0, start), min(end, horizon)
        if open_ is not None and (rate != open_[2] or begin >= finish):
            yield open_
            open_ = None
        if rate > 0 and begin < finish:
            open_ = (begin if open_ is None else open_[0], finish, rate)
    if open_ is not None:
        yield open_
