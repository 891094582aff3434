"""Pure functions from data to Plotly figures; titles, units and legends included."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ilrs_science.figures.budget import window_budget
    from ilrs_science.figures.campaign import campaign_timeline
    from ilrs_science.figures.elevation import elevations
    from ilrs_science.figures.gantt import timeline
    from ilrs_science.figures.openings import openings
    from ilrs_science.figures.polar import sky

__all__ = ["campaign_timeline", "elevations", "openings", "sky", "timeline", "window_budget"]

_HOMES = {
    "campaign_timeline": "campaign",
    "elevations": "elevation",
    "openings": "openings",
    "sky": "polar",
    "timeline": "gantt",
    "window_budget": "budget",
}


def __getattr__(name: str) -> Any:
    """Import a figure on first use: a picture of the sky does not wait for the planner."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
