"""Pure functions from data to Plotly figures; titles, units and legends included."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ilrs_science.figures.battery import battery_curve
    from ilrs_science.figures.budget import window_budget
    from ilrs_science.figures.campaign import campaign_timeline
    from ilrs_science.figures.closing_in import search_progress
    from ilrs_science.figures.conditions import condition_rows
    from ilrs_science.figures.contacts import contact_timeline
    from ilrs_science.figures.distribution import science_return
    from ilrs_science.figures.elevation import elevations
    from ilrs_science.figures.execution import execution_timeline
    from ilrs_science.figures.gantt import timeline
    from ilrs_science.figures.ground_3d import terrain_3d
    from ilrs_science.figures.ground_map import site_map
    from ilrs_science.figures.horizon import panorama
    from ilrs_science.figures.lunar_days import year_strip
    from ilrs_science.figures.lunar_map import moon_map
    from ilrs_science.figures.orbit_view import orbit_heights, orbit_path
    from ilrs_science.figures.plan_comparison import compare_plans
    from ilrs_science.figures.plan_moves import plan_changes
    from ilrs_science.figures.polar import sky
    from ilrs_science.figures.share_front import fairness_front
    from ilrs_science.figures.silence import silence_cost
    from ilrs_science.figures.siting import siting_front
    from ilrs_science.figures.siting_bars import siting_experiments
    from ilrs_science.figures.siting_ground import siting_map
    from ilrs_science.figures.siting_lines import siting_profile
    from ilrs_science.figures.thermal import lunation_temperature
    from ilrs_science.figures.tracks import sky_tracks
    from ilrs_science.figures.ways_on import operation_histories

__all__ = [
    "battery_curve",
    "campaign_timeline",
    "compare_plans",
    "condition_rows",
    "contact_timeline",
    "elevations",
    "execution_timeline",
    "fairness_front",
    "lunation_temperature",
    "moon_map",
    "operation_histories",
    "orbit_heights",
    "orbit_path",
    "panorama",
    "plan_changes",
    "science_return",
    "search_progress",
    "silence_cost",
    "site_map",
    "siting_experiments",
    "siting_front",
    "siting_map",
    "siting_profile",
    "sky",
    "sky_tracks",
    "terrain_3d",
    "timeline",
    "window_budget",
    "year_strip",
]

_HOMES = {
    "battery_curve": "battery",
    "campaign_timeline": "campaign",
    "compare_plans": "plan_comparison",
    "condition_rows": "conditions",
    "contact_timeline": "contacts",
    "elevations": "elevation",
    "execution_timeline": "execution",
    "fairness_front": "share_front",
    "lunation_temperature": "thermal",
    "moon_map": "lunar_map",
    "operation_histories": "ways_on",
    "orbit_heights": "orbit_view",
    "orbit_path": "orbit_view",
    "panorama": "horizon",
    "plan_changes": "plan_moves",
    "science_return": "distribution",
    "search_progress": "closing_in",
    "silence_cost": "silence",
    "site_map": "ground_map",
    "siting_experiments": "siting_bars",
    "siting_front": "siting",
    "siting_map": "siting_ground",
    "siting_profile": "siting_lines",
    "sky": "polar",
    "sky_tracks": "tracks",
    "terrain_3d": "ground_3d",
    "timeline": "gantt",
    "window_budget": "budget",
    "year_strip": "lunar_days",
}


def __getattr__(name: str) -> Any:
    """Import a figure on first use: a picture of the sky does not wait for the planner."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
