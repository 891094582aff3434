"""A campaign at two stations, of which one experiment may be done at either; no ephemeris, no terrain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.intervals import Windows
from tests.planning.problems import TICK, activity, battery, problem, renewable, storage

BASE, ORBITER = "connecting_ridge_station", "ilrs_orbital_station"
LASER, DOSE = "optical_earth_downlink", "surface_radiation"
START = np.datetime64("2031-02-24T00:00", "us")


def two_stations() -> Any:
    """One session with two ways, two sessions of which one fits, and a turn of a relay."""
    catalogue = load_catalogue()
    alone = {"demands": {"laser": 1}, "battery": f"battery/{BASE}", "storage": f"storage/{BASE}"}
    sessions = [
        activity(f"{LASER}.1/{place}", 2, value=7, choice=f"{LASER}.1", windows=windows, **alone)
        for place, windows in ((BASE, []), (ORBITER, [(0, 4 * TICK)]))
    ]
    sessions += [
        activity(f"{DOSE}.1", 3, value=5, demands={"laser": 1}),
        activity(f"{DOSE}.2", 3, value=5, demands={"laser": 1}, precedences=[f"{DOSE}.1"]),
        {**activity(f"relay/{BASE}.1", value=0), "name": "Base sends, turn 1"},
    ]
    asked = problem(
        *sessions,
        resources=(
            renewable("laser"),
            *(battery(id=f"battery/{place}") for place in (BASE, ORBITER)),
            *({**storage(), "id": f"storage/{place}"} for place in (BASE, ORBITER)),
        ),
        epoch=f"{START}Z",
        horizon_s=6 * TICK,
    )
    span = START, START + np.timedelta64(6 * TICK, "s")
    record = catalogue.campaigns["shared_relay"].replace(
        station=BASE, stations=(BASE, ORBITER), experiments=(LASER, DOSE), at=(), locks=(), closed=()
    )
    there = xr.Dataset(
        {"sun_visible_fraction": ("time", np.ones(3)), "link_rate": ("time", np.ones(3))},
        {"time": START + np.arange(3) * np.timedelta64(3 * TICK, "s")},
    )
    everything = Windows.everything(*span)
    return SimpleNamespace(
        record=record,
        catalogue=catalogue,
        experiments=tuple(catalogue.experiments[name] for name in (LASER, DOSE)),
        station=catalogue.stations[BASE],
        stations=tuple(catalogue.stations[name] for name in (BASE, ORBITER)),
        problem=asked,
        windows={f"{LASER}/{BASE}": everything, f"{LASER}/{ORBITER}": everything, DOSE: everything},
        environment=there,
        environments={BASE: there, ORBITER: there},
    )
