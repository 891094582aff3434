"""A plan model over a campaign of five sessions of two experiments, of which three fit; no ephemeris, no terrain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.intervals import Windows
from ilrs_science.panels.plan_model import PlanModel
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, problem, renewable

START = np.datetime64("2031-02-24T00:00", "us")
HORIZON = 12 * TICK
_DRILL, _DOSE = "volatile_drilling", "surface_radiation"


def five_sessions() -> Any:
    """Each session holds the one robot for four ticks of twelve."""
    sessions = [
        activity(f"{_DRILL}.{number}", 4, value=5, demands={"robot": 1}, precedences=before)
        for number, before in ((1, []), (2, [f"{_DRILL}.1"]))
    ]
    sessions += [
        activity(f"{_DOSE}.{number}", 4, value=4, demands={"robot": 1}, partner="china", precedences=before)
        for number, before in ((1, []), (2, [f"{_DOSE}.1"]), (3, [f"{_DOSE}.2"]))
    ]
    return problem(*sessions, resources=(renewable("robot"),), epoch=f"{START}Z", horizon_s=HORIZON)


def small_campaign(catalogue: Catalogue) -> Any:
    """What a panel needs of a campaign."""
    asked = five_sessions()
    span = START, START + np.timedelta64(HORIZON, "s")
    experiments = tuple(catalogue.experiments[name] for name in (_DRILL, _DOSE))
    return SimpleNamespace(
        record=catalogue.campaigns["polar_winter"],
        stations=(),
        catalogue=catalogue,
        experiments=experiments,
        problem=asked,
        windows={one.id: Windows.everything(*span) for one in experiments},
        environment=xr.Dataset(
            {"sun_visible_fraction": ("time", np.ones(3))},
            {"time": START + np.arange(3) * np.timedelta64(3600, "s")},
        ),
        plan=lambda **how: solve(asked, **how),
    )


def small_model(catalogue: Catalogue | None = None, *, opened: bool = True) -> PlanModel:
    """A model whose campaign is the small one, with its quick plan."""
    model = PlanModel(catalogue or load_catalogue(), time_limit="10 s")
    model._loaded = (model.campaign, model.first_day, model.days), small_campaign(model.catalogue)
    if opened:
        model.open()
        assert model.worker.wait(60)
    return model
