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
    "Asset": "catalogue.asset",
    "Battery": "catalogue.battery",
    "Campaign": "campaign",
    "Catalogue": "catalogue.library",
    "Characteristic": "catalogue.product",
    "Comparison": "catalogue.comparison",
    "ComplianceItem": "catalogue.compliance",
    "Day": "catalogue.constraint",
    "Direction": "catalogue.constraint",
    "Disruption": "planning.execution.disruption",
    "EarthElevation": "catalogue.constraint",
    "EarthVisible": "catalogue.constraint",
    "Eclipse": "catalogue.constraint",
    "Execution": "planning.execution.execution",
    "Executive": "planning.execution.executive",
    "Experiment": "catalogue.experiment",
    "Facility": "catalogue.facility",
    "Finding": "catalogue.comply.finding",
    "ForceModel": "sky.forces",
    "GroundStation": "catalogue.ground_station",
    "IlrsError": "errors",
    "Instrument": "catalogue.instrument",
    "Link": "catalogue.radio",
    "LinkRate": "catalogue.constraint",
    "LocalSolarTime": "catalogue.constraint",
    "Magnetotail": "catalogue.constraint",
    "Mission": "catalogue.mission",
    "Night": "catalogue.constraint",
    "Not": "catalogue.constraint",
    "Occultation": "catalogue.constraint",
    "Operation": "planning.replan.operate",
    "Operator": "planning.replan.operate",
    "Orbit": "catalogue.orbit",
    "Partner": "catalogue.partner",
    "PassOver": "catalogue.constraint",
    "Phase": "catalogue.phase",
    "PhaseAngle": "catalogue.constraint",
    "Plan": "planning.plan",
    "PlanResult": "planning.result",
    "PlasmaRegion": "catalogue.constraint",
    "Pointing": "catalogue.pointing",
    "PowerAvailable": "catalogue.constraint",
    "PowerModes": "catalogue.modes",
    "Problem": "planning.problem.problem",
    "Product": "catalogue.product",
    "Radio": "catalogue.radio",
    "RadioQuiet": "catalogue.constraint",
    "RangeTo": "catalogue.constraint",
    "Regolith": "environment.heat.regolith",
    "Relay": "catalogue.relay",
    "Replan": "planning.replan.replan",
    "RequestError": "errors",
    "Risk": "catalogue.risk",
    "Season": "catalogue.constraint",
    "Separation": "catalogue.constraint",
    "Site": "catalogue.site",
    "SolarArray": "catalogue.plant",
    "SolarBeta": "catalogue.constraint",
    "SolarWind": "environment.plasma",
    "Spread": "planning.execution.execute",
    "Station": "catalogue.station",
    "SunElevation": "catalogue.constraint",
    "SunVisible": "catalogue.constraint",
    "SurfacePlace": "sky.place",
    "Target": "catalogue.target",
    "TargetElevation": "catalogue.constraint",
    "Temperature": "catalogue.constraint",
    "TemperatureLimits": "catalogue.modes",
    "ThermalBox": "catalogue.box",
    "Trace": "catalogue.trace",
    "Trajectory": "sky.trajectory",
    "Windows": "intervals",
    "battery_charge": "environment.power.battery",
    "battery_curve": "environment.power.sizing",
    "battery_for": "environment.power.sizing",
    "box_nights": "environment.heat.box",
    "box_temperature": "environment.heat.box",
    "budget": "windows.budget",
    "candidates": "environment.maps.candidates",
    "check": "planning.judge.check",
    "comply": "catalogue.library.subjects",
    "contacts": "environment.links.table",
    "dose_rates": "environment.radiation",
    "draw": "planning.execution.draw",
    "environment": "environment.assemble",
    "execute": "planning.execution.execute",
    "experiment_budget": "windows.budget",
    "experiment_windows": "windows.portfolio",
    "find_windows": "windows.constraints",
    "find_windows_at": "windows.portfolio",
    "formulate": "planning.formulate.formulate",
    "horizon": "environment.light.horizon",
    "horizon_map": "environment.maps.horizons",
    "illumination_map": "environment.maps.lightmap",
    "illumination_statistics": "environment.statistics",
    "interference": "catalogue.library",
    "link_budget": "environment.links.budget",
    "link_rates": "environment.links.table",
    "load_campaign": "campaign",
    "load_catalogue": "catalogue.library",
    "local_incidence": "environment.light.directions",
    "meteoroid_showers": "environment.meteoroids",
    "nearest_miss": "windows.nearest_miss",
    "night_survival": "environment.power.night",
    "observability": "windows.observability",
    "observe": "sky.observe",
    "open_map": "environment.maps.store",
    "operate": "planning.replan.operate",
    "permanently_shadowed": "environment.maps.shadow",
    "plant_power": "environment.power.plant",
    "plasma_crossings": "environment.plasma",
    "plasma_region": "environment.plasma",
    "read_disruptions": "planning.execution.scenario",
    "read_oem": "sky.oem",
    "read_spk": "sky.spk",
    "relay_delivery": "environment.links.relay_memory",
    "replan": "planning.replan.replan",
    "routes": "environment.links.partners",
    "share_tradeoff": "planning.shares",
    "slope_at": "environment.terrain.slope",
    "slope_map": "environment.maps.slopes",
    "solve": "planning.solve",
    "store_and_forward": "environment.links.forwarding",
    "surface_temperature": "environment.heat.thermal",
    "terrain_of": "environment.terrain.stack",
    "trajectory_of": "sky.orbiters",
    "write_disruptions": "planning.execution.scenario",
}

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign, load_campaign
    from ilrs_science.catalogue.asset import Asset
    from ilrs_science.catalogue.battery import Battery
    from ilrs_science.catalogue.box import ThermalBox
    from ilrs_science.catalogue.comparison import Comparison
    from ilrs_science.catalogue.compliance import ComplianceItem
    from ilrs_science.catalogue.comply.finding import Finding
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
    from ilrs_science.catalogue.facility import Facility
    from ilrs_science.catalogue.ground_station import GroundStation
    from ilrs_science.catalogue.instrument import Instrument
    from ilrs_science.catalogue.library import Catalogue, interference, load_catalogue
    from ilrs_science.catalogue.library.subjects import comply
    from ilrs_science.catalogue.mission import Mission
    from ilrs_science.catalogue.modes import PowerModes, TemperatureLimits
    from ilrs_science.catalogue.orbit import Orbit
    from ilrs_science.catalogue.partner import Partner
    from ilrs_science.catalogue.phase import Phase
    from ilrs_science.catalogue.plant import SolarArray
    from ilrs_science.catalogue.pointing import Pointing
    from ilrs_science.catalogue.product import Characteristic, Product
    from ilrs_science.catalogue.radio import Link, Radio
    from ilrs_science.catalogue.relay import Relay
    from ilrs_science.catalogue.risk import Risk
    from ilrs_science.catalogue.site import Site
    from ilrs_science.catalogue.station import Station
    from ilrs_science.catalogue.target import Target
    from ilrs_science.catalogue.trace import Trace
    from ilrs_science.environment.assemble import environment
    from ilrs_science.environment.heat.box import box_nights, box_temperature
    from ilrs_science.environment.heat.regolith import Regolith
    from ilrs_science.environment.heat.thermal import surface_temperature
    from ilrs_science.environment.light.directions import local_incidence
    from ilrs_science.environment.light.horizon import horizon
    from ilrs_science.environment.links.budget import link_budget
    from ilrs_science.environment.links.forwarding import store_and_forward
    from ilrs_science.environment.links.partners import routes
    from ilrs_science.environment.links.relay_memory import relay_delivery
    from ilrs_science.environment.links.table import contacts, link_rates
    from ilrs_science.environment.maps.candidates import candidates
    from ilrs_science.environment.maps.horizons import horizon_map
    from ilrs_science.environment.maps.lightmap import illumination_map
    from ilrs_science.environment.maps.shadow import permanently_shadowed
    from ilrs_science.environment.maps.slopes import slope_map
    from ilrs_science.environment.maps.store import open_map
    from ilrs_science.environment.meteoroids import meteoroid_showers
    from ilrs_science.environment.plasma import SolarWind, plasma_crossings, plasma_region
    from ilrs_science.environment.power.battery import battery_charge
    from ilrs_science.environment.power.night import night_survival
    from ilrs_science.environment.power.plant import plant_power
    from ilrs_science.environment.power.sizing import battery_curve, battery_for
    from ilrs_science.environment.radiation import dose_rates
    from ilrs_science.environment.statistics import illumination_statistics
    from ilrs_science.environment.terrain.slope import slope_at
    from ilrs_science.environment.terrain.stack import terrain_of
    from ilrs_science.errors import IlrsError, RequestError
    from ilrs_science.intervals import Windows
    from ilrs_science.planning.execution.disruption import Disruption
    from ilrs_science.planning.execution.draw import draw
    from ilrs_science.planning.execution.execute import Spread, execute
    from ilrs_science.planning.execution.execution import Execution
    from ilrs_science.planning.execution.executive import Executive
    from ilrs_science.planning.execution.scenario import read_disruptions, write_disruptions
    from ilrs_science.planning.formulate.formulate import formulate
    from ilrs_science.planning.judge.check import check
    from ilrs_science.planning.plan import Plan
    from ilrs_science.planning.problem.problem import Problem
    from ilrs_science.planning.replan.operate import Operation, Operator, operate
    from ilrs_science.planning.replan.replan import Replan, replan
    from ilrs_science.planning.result import PlanResult
    from ilrs_science.planning.shares import share_tradeoff
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
    "Asset",
    "Battery",
    "Campaign",
    "Catalogue",
    "Characteristic",
    "Comparison",
    "ComplianceItem",
    "Day",
    "Direction",
    "Disruption",
    "EarthElevation",
    "EarthVisible",
    "Eclipse",
    "Execution",
    "Executive",
    "Experiment",
    "Facility",
    "Finding",
    "ForceModel",
    "GroundStation",
    "IlrsError",
    "Instrument",
    "Link",
    "LinkRate",
    "LocalSolarTime",
    "Magnetotail",
    "Mission",
    "Night",
    "Not",
    "Occultation",
    "Operation",
    "Operator",
    "Orbit",
    "Partner",
    "PassOver",
    "Phase",
    "PhaseAngle",
    "Plan",
    "PlanResult",
    "PlasmaRegion",
    "Pointing",
    "PowerAvailable",
    "PowerModes",
    "Problem",
    "Product",
    "Radio",
    "RadioQuiet",
    "RangeTo",
    "Regolith",
    "Relay",
    "Replan",
    "RequestError",
    "Risk",
    "Season",
    "Separation",
    "Site",
    "SolarArray",
    "SolarBeta",
    "SolarWind",
    "Spread",
    "Station",
    "SunElevation",
    "SunVisible",
    "SurfacePlace",
    "Target",
    "TargetElevation",
    "Temperature",
    "TemperatureLimits",
    "ThermalBox",
    "Trace",
    "Trajectory",
    "Windows",
    "battery_charge",
    "battery_curve",
    "battery_for",
    "box_nights",
    "box_temperature",
    "budget",
    "candidates",
    "check",
    "comply",
    "contacts",
    "dose_rates",
    "draw",
    "environment",
    "execute",
    "experiment_budget",
    "experiment_windows",
    "find_windows",
    "find_windows_at",
    "formulate",
    "horizon",
    "horizon_map",
    "illumination_map",
    "illumination_statistics",
    "interference",
    "link_budget",
    "link_rates",
    "load_campaign",
    "load_catalogue",
    "local_incidence",
    "meteoroid_showers",
    "nearest_miss",
    "night_survival",
    "observability",
    "observe",
    "open_map",
    "operate",
    "permanently_shadowed",
    "plant_power",
    "plasma_crossings",
    "plasma_region",
    "read_disruptions",
    "read_oem",
    "read_spk",
    "relay_delivery",
    "replan",
    "routes",
    "share_tradeoff",
    "slope_at",
    "slope_map",
    "solve",
    "store_and_forward",
    "surface_temperature",
    "terrain_of",
    "trajectory_of",
    "write_disruptions",
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
