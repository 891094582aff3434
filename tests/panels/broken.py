"""A replan model over a small campaign with a robot that can break; no ephemeris, no terrain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.panels.replan_model import ReplanModel
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.panels.planned import START
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

HORIZON = 432 * TICK
DRILL, DOSE = "volatile_drilling", "surface_radiation"


def station() -> Problem:
    """Four sessions of six ticks with a robot and three with an instrument, in three days of 144 ticks each."""
    sessions = [
        activity(f"{DRILL}.{number}", 6, value=5, demands={"robots": 1}, energy_W=20, data_Mbit_s=0.1)
        for number in (1, 2, 3, 4)
    ]
    sessions += [
        activity(f"{DOSE}.{number}", 9, value=4, demands={"neutron_dosimeter": 1}, energy_W=5)
        for number in (1, 2, 3)
    ]
    return problem(
        *sessions,
        resources=(
            renewable("robots"),
            renewable("neutron_dosimeter"),
            battery(400, 300, minimum_Wh=40, generation=[(0, 30)], load=[(0, 10)]),
            storage(4000),
            link(*((20 * turn, 20 * turn + 4, 2.0) for turn in range(21))),
        ),
        epoch=f"{START}Z",
        horizon_s=HORIZON,
    )


def small_model(catalogue: Catalogue | None = None, *, opened: bool = True) -> ReplanModel:
    """A model whose campaign is the small one."""
    model = ReplanModel(catalogue or load_catalogue())
    asked = station()
    model._loaded = SimpleNamespace(  # type: ignore[assignment]
        record=model.catalogue.campaigns["polar_winter"],
        catalogue=model.catalogue,
        problem=asked,
        plan=lambda **how: solve(asked, **how),
    )
    if opened:
        model.open()
        done(model)
    return model


def done(model: Any) -> Any:
    """The model, its work finished without complaint."""
    assert model.worker.wait(120)
    assert (model.stage, model.wrong) == ("idle", "")
    return model
