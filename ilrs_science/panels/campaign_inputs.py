"""Controls that several dashboards have: which campaign, and from which day on."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets as widgets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels import controls

__all__ = ["campaign_choice", "first_day_choice"]


def campaign_choice(catalogue: Catalogue, value: str, tooltip: str, description: str = "Campaign") -> Any:
    """Choice among the campaigns of the catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        Where they are.
    value : str
        Id of the first choice.
    tooltip, description : str
        What it is for, and its name.

    Returns
    -------
    ipywidgets.Dropdown
        Its value is the id.
    """
    options = [(one.label, one.id) for one in catalogue.campaigns.values()]
    return controls.explained(
        widgets.Dropdown(options=options, value=value, description=description, tooltip=tooltip)
    )


def first_day_choice(value: str, tooltip: str) -> Any:
    """Choice of the day with which a span begins.

    Parameters
    ----------
    value : str
        ISO date of the first choice.
    tooltip : str
        What it is for.

    Returns
    -------
    ipywidgets.DatePicker
        Its value is a date.
    """
    day = date.fromisoformat(value)
    return controls.explained(widgets.DatePicker(value=day, description="First day [UTC]", tooltip=tooltip))
