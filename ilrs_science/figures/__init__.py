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
    from ilrs_science.figures.elevation import elevations
    from ilrs_science.figures.gantt import timeline
    from ilrs_science.figures.ground_3d import terrain_3d
    from ilrs_science.figures.ground_map import site_map
    from ilrs_science.figures.horizon import panorama
    from ilrs_science.figures.lunar_days import year_strip
    from ilrs_science.figures.lunar_map import moon_map
    from ilrs_science.figures.orbit_view import orbit_heights, orbit_path
    from ilrs_science.figures.plan_comparison import compare_plans
    from ilrs_science.figures.polar import sky
    from ilrs_science.figures.share_front import fairness_front
    from ilrs_science.figures.thermal import lunation_temperature
    from ilrs_science.figures.tracks import sky_tracks

__all__ = [
    "battery_curve",
    "campaign_timeline",
    "compare_plans",
    "condition_rows",
    "contact_timeline",
    "elevations",
    "fairness_front",
    "lunation_temperature",
    "moon_map",
    "orbit_heights",
    "orbit_path",
    "panorama",
    "search_progress",
    "site_map",
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
    "fairness_front": "share_front",
    "lunation_temperature": "thermal",
    "moon_map": "lunar_map",
    "orbit_heights": "orbit_view",
    "orbit_path": "orbit_view",
    "panorama": "horizon",
    "search_progress": "closing_in",
    "site_map": "ground_map",
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
