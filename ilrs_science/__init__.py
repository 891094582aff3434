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
    "Autonomy": "studies.autonomy",
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
    "Siting": "studies.siting.result",
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
    "autonomy": "studies.autonomy",
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
    "ensemble": "studies.ensemble.ensemble",
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
    "siting": "studies.siting.siting",
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
    from ilrs_science.campaign import Campaign as Campaign, load_campaign as load_campaign
    from ilrs_science.catalogue.asset import Asset as Asset
    from ilrs_science.catalogue.battery import Battery as Battery
    from ilrs_science.catalogue.box import ThermalBox as ThermalBox
    from ilrs_science.catalogue.comparison import Comparison as Comparison
    from ilrs_science.catalogue.compliance import ComplianceItem as ComplianceItem
    from ilrs_science.catalogue.comply.finding import Finding as Finding
    from ilrs_science.catalogue.constraint import (
        AllOf as AllOf,
        AnyOf as AnyOf,
        Day as Day,
        Direction as Direction,
        EarthElevation as EarthElevation,
        EarthVisible as EarthVisible,
        Eclipse as Eclipse,
        LinkRate as LinkRate,
        LocalSolarTime as LocalSolarTime,
        Magnetotail as Magnetotail,
        Night as Night,
        Not as Not,
        Occultation as Occultation,
        PassOver as PassOver,
        PhaseAngle as PhaseAngle,
        PlasmaRegion as PlasmaRegion,
        PowerAvailable as PowerAvailable,
        RadioQuiet as RadioQuiet,
        RangeTo as RangeTo,
        Season as Season,
        Separation as Separation,
        SolarBeta as SolarBeta,
        SunElevation as SunElevation,
        SunVisible as SunVisible,
        TargetElevation as TargetElevation,
        Temperature as Temperature,
    )
    from ilrs_science.catalogue.experiment import Experiment as Experiment
    from ilrs_science.catalogue.facility import Facility as Facility
    from ilrs_science.catalogue.ground_station import GroundStation as GroundStation
    from ilrs_science.catalogue.instrument import Instrument as Instrument
    from ilrs_science.catalogue.library import (
        Catalogue as Catalogue,
        interference as interference,
        load_catalogue as load_catalogue,
    )
    from ilrs_science.catalogue.library.subjects import comply as comply
    from ilrs_science.catalogue.mission import Mission as Mission
    from ilrs_science.catalogue.modes import PowerModes as PowerModes, TemperatureLimits as TemperatureLimits
    from ilrs_science.catalogue.orbit import Orbit as Orbit
    from ilrs_science.catalogue.partner import Partner as Partner
    from ilrs_science.catalogue.phase import Phase as Phase
    from ilrs_science.catalogue.plant import SolarArray as SolarArray
    from ilrs_science.catalogue.pointing import Pointing as Pointing
    from ilrs_science.catalogue.product import Characteristic as Characteristic, Product as Product
    from ilrs_science.catalogue.radio import Link as Link, Radio as Radio
    from ilrs_science.catalogue.relay import Relay as Relay
    from ilrs_science.catalogue.risk import Risk as Risk
    from ilrs_science.catalogue.site import Site as Site
    from ilrs_science.catalogue.station import Station as Station
    from ilrs_science.catalogue.target import Target as Target
    from ilrs_science.catalogue.trace import Trace as Trace
    from ilrs_science.environment.assemble import environment as environment
    from ilrs_science.environment.heat.box import box_nights as box_nights, box_temperature as box_temperature
    from ilrs_science.environment.heat.regolith import Regolith as Regolith
    from ilrs_science.environment.heat.thermal import surface_temperature as surface_temperature
    from ilrs_science.environment.light.directions import local_incidence as local_incidence
    from ilrs_science.environment.light.horizon import horizon as horizon
    from ilrs_science.environment.links.budget import link_budget as link_budget
    from ilrs_science.environment.links.forwarding import store_and_forward as store_and_forward
    from ilrs_science.environment.links.partners import routes as routes
    from ilrs_science.environment.links.relay_memory import relay_delivery as relay_delivery
    from ilrs_science.environment.links.table import contacts as contacts, link_rates as link_rates
    from ilrs_science.environment.maps.candidates import candidates as candidates
    from ilrs_science.environment.maps.horizons import horizon_map as horizon_map
    from ilrs_science.environment.maps.lightmap import illumination_map as illumination_map
    from ilrs_science.environment.maps.shadow import permanently_shadowed as permanently_shadowed
    from ilrs_science.environment.maps.slopes import slope_map as slope_map
    from ilrs_science.environment.maps.store import open_map as open_map
    from ilrs_science.environment.meteoroids import meteoroid_showers as meteoroid_showers
    from ilrs_science.environment.plasma import (
        SolarWind as SolarWind,
        plasma_crossings as plasma_crossings,
        plasma_region as plasma_region,
    )
    from ilrs_science.environment.power.battery import battery_charge as battery_charge
    from ilrs_science.environment.power.night import night_survival as night_survival
    from ilrs_science.environment.power.plant import plant_power as plant_power
    from ilrs_science.environment.power.sizing import (
        battery_curve as battery_curve,
        battery_for as battery_for,
    )
    from ilrs_science.environment.radiation import dose_rates as dose_rates
    from ilrs_science.environment.statistics import illumination_statistics as illumination_statistics
    from ilrs_science.environment.terrain.slope import slope_at as slope_at
    from ilrs_science.environment.terrain.stack import terrain_of as terrain_of
    from ilrs_science.errors import IlrsError as IlrsError, RequestError as RequestError
    from ilrs_science.intervals import Windows as Windows
    from ilrs_science.planning.execution.disruption import Disruption as Disruption
    from ilrs_science.planning.execution.draw import draw as draw
    from ilrs_science.planning.execution.execute import Spread as Spread, execute as execute
    from ilrs_science.planning.execution.execution import Execution as Execution
    from ilrs_science.planning.execution.executive import Executive as Executive
    from ilrs_science.planning.execution.scenario import (
        read_disruptions as read_disruptions,
        write_disruptions as write_disruptions,
    )
    from ilrs_science.planning.formulate.formulate import formulate as formulate
    from ilrs_science.planning.judge.check import check as check
    from ilrs_science.planning.plan import Plan as Plan
    from ilrs_science.planning.problem.problem import Problem as Problem
    from ilrs_science.planning.replan.operate import (
        Operation as Operation,
        Operator as Operator,
        operate as operate,
    )
    from ilrs_science.planning.replan.replan import Replan as Replan, replan as replan
    from ilrs_science.planning.result import PlanResult as PlanResult
    from ilrs_science.planning.shares import share_tradeoff as share_tradeoff
    from ilrs_science.planning.solve import solve as solve
    from ilrs_science.sky.forces import ForceModel as ForceModel
    from ilrs_science.sky.observe import observe as observe
    from ilrs_science.sky.oem import read_oem as read_oem
    from ilrs_science.sky.orbiters import trajectory_of as trajectory_of
    from ilrs_science.sky.place import SurfacePlace as SurfacePlace
    from ilrs_science.sky.spk import read_spk as read_spk
    from ilrs_science.sky.trajectory import Trajectory as Trajectory
    from ilrs_science.studies.autonomy import Autonomy as Autonomy, autonomy as autonomy
    from ilrs_science.studies.ensemble.ensemble import ensemble as ensemble
    from ilrs_science.studies.siting.result import Siting as Siting
    from ilrs_science.studies.siting.siting import siting as siting
    from ilrs_science.windows.budget import budget as budget, experiment_budget as experiment_budget
    from ilrs_science.windows.constraints import find_windows as find_windows
    from ilrs_science.windows.nearest_miss import nearest_miss as nearest_miss
    from ilrs_science.windows.observability import observability as observability
    from ilrs_science.windows.portfolio import (
        experiment_windows as experiment_windows,
        find_windows_at as find_windows_at,
    )

__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
