"""Plan science for the International Lunar Research Station.

The stages, each a plain object that can be printed, saved and plotted::

    catalogue -> sky -> environment -> windows -> planning -> figures -> panels -> dashboards

Names are imported when they are first used, so that ``import ilrs_science`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Where each public name lives.
_HOMES = {
    "AllOf": "catalogue.constraint",
    "AnyOf": "catalogue.constraint",
    "Campaign": "campaign",
    "Catalogue": "catalogue.library",
    "Day": "catalogue.constraint",
    "Direction": "catalogue.constraint",
    "EarthElevation": "catalogue.constraint",
    "EarthVisible": "catalogue.constraint",
    "Eclipse": "catalogue.constraint",
    "Experiment": "catalogue.experiment",
    "ForceModel": "sky.forces",
    "GroundStation": "catalogue.ground_station",
    "IlrsError": "errors",
    "Instrument": "catalogue.instrument",
    "LinkRate": "catalogue.constraint",
    "LocalSolarTime": "catalogue.constraint",
    "Magnetotail": "catalogue.constraint",
    "Night": "catalogue.constraint",
    "Not": "catalogue.constraint",
    "Occultation": "catalogue.constraint",
    "Orbit": "catalogue.orbit",
    "PassOver": "catalogue.constraint",
    "PhaseAngle": "catalogue.constraint",
    "Plan": "planning.plan",
    "PlanResult": "planning.result",
    "PlasmaRegion": "catalogue.constraint",
    "PowerAvailable": "catalogue.constraint",
    "Problem": "planning.problem",
    "RadioQuiet": "catalogue.constraint",
    "RangeTo": "catalogue.constraint",
    "Regolith": "environment.regolith",
    "RequestError": "errors",
    "Season": "catalogue.constraint",
    "Separation": "catalogue.constraint",
    "Site": "catalogue.site",
    "SolarBeta": "catalogue.constraint",
    "Station": "catalogue.station",
    "SunElevation": "catalogue.constraint",
    "SunVisible": "catalogue.constraint",
    "SurfacePlace": "sky.place",
    "Target": "catalogue.target",
    "TargetElevation": "catalogue.constraint",
    "Temperature": "catalogue.constraint",
    "Trajectory": "sky.trajectory",
    "Windows": "intervals",
    "budget": "windows.budget",
    "check": "planning.check",
    "environment": "environment.assemble",
    "experiment_budget": "windows.budget",
    "experiment_windows": "windows.portfolio",
    "find_windows": "windows.constraints",
    "find_windows_at": "windows.portfolio",
    "formulate": "planning.formulate",
    "horizon": "environment.horizon",
    "load_campaign": "campaign",
    "load_catalogue": "catalogue.library",
    "nearest_miss": "windows.nearest_miss",
    "observability": "windows.observability",
    "observe": "sky.observe",
    "read_oem": "sky.oem",
    "read_spk": "sky.spk",
    "solve": "planning.solve",
    "surface_temperature": "environment.thermal",
    "trajectory_of": "sky.orbiters",
}

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign, load_campaign
    from ilrs_science.catalogue.constraint import (
        AllOf,
        AnyOf,
        Day,
        Direction,
        EarthElevation,
        EarthVisible,
        Eclipse,
        LinkRate,
        LocalSolarTime,
        Magnetotail,
        Night,
        Not,
        Occultation,
        PassOver,
        PhaseAngle,
        PlasmaRegion,
        PowerAvailable,
        RadioQuiet,
        RangeTo,
        Season,
        Separation,
        SolarBeta,
        SunElevation,
        SunVisible,
        TargetElevation,
        Temperature,
    )
    from ilrs_science.catalogue.experiment import Experiment
    from ilrs_science.catalogue.ground_station import GroundStation
    from ilrs_science.catalogue.instrument import Instrument
    from ilrs_science.catalogue.library import Catalogue, load_catalogue
    from ilrs_science.catalogue.orbit import Orbit
    from ilrs_science.catalogue.site import Site
    from ilrs_science.catalogue.station import Station
    from ilrs_science.catalogue.target import Target
    from ilrs_science.environment.assemble import environment
    from ilrs_science.environment.horizon import horizon
    from ilrs_science.environment.regolith import Regolith
    from ilrs_science.environment.thermal import surface_temperature
    from ilrs_science.errors import IlrsError, RequestError
    from ilrs_science.intervals import Windows
    from ilrs_science.planning.check import check
    from ilrs_science.planning.formulate import formulate
    from ilrs_science.planning.plan import Plan
    from ilrs_science.planning.problem import Problem
    from ilrs_science.planning.result import PlanResult
    from ilrs_science.planning.solve import solve
    from ilrs_science.sky.forces import ForceModel
    from ilrs_science.sky.observe import observe
    from ilrs_science.sky.oem import read_oem
    from ilrs_science.sky.orbiters import trajectory_of
    from ilrs_science.sky.place import SurfacePlace
    from ilrs_science.sky.spk import read_spk
    from ilrs_science.sky.trajectory import Trajectory
    from ilrs_science.windows.budget import budget, experiment_budget
    from ilrs_science.windows.constraints import find_windows
    from ilrs_science.windows.nearest_miss import nearest_miss
    from ilrs_science.windows.observability import observability
    from ilrs_science.windows.portfolio import experiment_windows, find_windows_at

__all__ = [
    "AllOf",
    "AnyOf",
    "Campaign",
    "Catalogue",
    "Day",
    "Direction",
    "EarthElevation",
    "EarthVisible",
    "Eclipse",
    "Experiment",
    "ForceModel",
    "GroundStation",
    "IlrsError",
    "Instrument",
    "LinkRate",
    "LocalSolarTime",
    "Magnetotail",
    "Night",
    "Not",
    "Occultation",
    "Orbit",
    "PassOver",
    "PhaseAngle",
    "Plan",
    "PlanResult",
    "PlasmaRegion",
    "PowerAvailable",
    "Problem",
    "RadioQuiet",
    "RangeTo",
    "Regolith",
    "RequestError",
    "Season",
    "Separation",
    "Site",
    "SolarBeta",
    "Station",
    "SunElevation",
    "SunVisible",
    "SurfacePlace",
    "Target",
    "TargetElevation",
    "Temperature",
    "Trajectory",
    "Windows",
    "budget",
    "check",
    "environment",
    "experiment_budget",
    "experiment_windows",
    "find_windows",
    "find_windows_at",
    "formulate",
    "horizon",
    "load_campaign",
    "load_catalogue",
    "nearest_miss",
    "observability",
    "observe",
    "read_oem",
    "read_spk",
    "solve",
    "surface_temperature",
    "trajectory_of",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
