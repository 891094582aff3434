"""Panels: models that hold what a person chose and what follows, and thin views of controls and live figures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ilrs_science.panels.catalogue_panel import CataloguePanel
    from ilrs_science.panels.figure_view import FigureView
    from ilrs_science.panels.plan_panel import PlanPanel
    from ilrs_science.panels.replan_panel import ReplanPanel
    from ilrs_science.panels.site_panel import SitePanel
    from ilrs_science.panels.siting_panel import SitingPanel
    from ilrs_science.panels.sky_panel import SkyPanel
    from ilrs_science.panels.windows_panel import WindowsPanel

__all__ = [
    "CataloguePanel",
    "FigureView",
    "PlanPanel",
    "ReplanPanel",
    "SitePanel",
    "SitingPanel",
    "SkyPanel",
    "WindowsPanel",
]

_HOMES = {
    "CataloguePanel": "catalogue_panel",
    "FigureView": "figure_view",
    "PlanPanel": "plan_panel",
    "ReplanPanel": "replan_panel",
    "SitePanel": "site_panel",
    "SitingPanel": "siting_panel",
    "SkyPanel": "sky_panel",
    "WindowsPanel": "windows_panel",
}


def __getattr__(name: str) -> Any:
    """Import a panel on first use: the windows do not wait for the solver."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
