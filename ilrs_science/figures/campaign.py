"""A campaign and its plan in one timeline."""

from __future__ import annotations

import re
from collections.abc import Sized
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from ilrs_science.figures.gantt import experiment_of, timeline
from ilrs_science.intervals import Windows
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.problem.problem import Problem
    from ilrs_science.planning.result import PlanResult

__all__ = ["campaign_timeline", "possible_windows", "turn_names"]


def campaign_timeline(
    campaign: Campaign, result: PlanResult | Plan | None = None, *, with_environment: bool = True
) -> go.Figure:
    """The timeline of a campaign: windows and sessions, and battery, storage, light and link under the plan.

    Parameters
    ----------
    campaign : Campaign
        What is planned.
    result : PlanResult or Plan, optional
        The plan; without it the windows alone are drawn. A result may be of an edited problem, a plan is one of the
        campaign's own.
    with_environment : bool
        Whether to draw light and link, which are computed if need be.

    Returns
    -------
    plotly.graph_objects.Figure
        See `ilrs_science.figures.timeline`.
    """
    shown: dict[str, Any] = {
        "windows": possible_windows(campaign),
        "experiments": campaign.catalogue.experiments,
        "title": campaign.record.label,
    }
    if with_environment:
        shown["env"] = campaign.environment
        if len(campaign.record.places) > 1:
            shown["env"] = {one.label: campaign.environments[one.id] for one in campaign.stations}
    if result is None:
        return timeline(pd.DataFrame({"start": [], "end": []}, dtype="datetime64[us]"), **shown)
    plan, problem = (
        (result, campaign.problem) if isinstance(result, Plan) else (result.plan, _asked(campaign, result))
    )
    shown |= {"turns": turn_names(campaign), "stations": {one.id: one.label for one in campaign.stations}}
    levels = simulate(problem, plan).to_frame()
    locked = [entry.id for entry in problem.activities if entry.locked_start is not None]
    return timeline(plan, levels=levels, limits=_limits(problem), locked=locked, **shown)


def possible_windows(campaign: Campaign) -> dict[str, Windows]:
    """When each experiment can be done at all, at whichever station and with whichever instrument.

    Parameters
    ----------
    campaign : Campaign
        What is planned.

    Returns
    -------
    dict of str to Windows
        By id of the experiment, in the order of the campaign's windows.
    """
    found: dict[str, Windows] = {}
    for key, windows in campaign.windows.items():
        name = re.split("[/~]", key)[0]
        found[name] = found[name] | windows if name in found else windows
    return found


def turn_names(campaign: Campaign) -> dict[str, str]:
    """Who sends to whom in the downlink turns of stations that share a relay or a ground station.

    Parameters
    ----------
    campaign : Campaign
        What is planned.

    Returns
    -------
    dict of str to str
        By what stands before the number of a turn: ``{"queqiao2_relay/base": "Base by Queqiao-2"}``; empty where each
        station has a link of its own.
    """
    catalogue, names = campaign.catalogue, {}
    for entry in campaign.problem.activities:
        row = experiment_of(entry.id, catalogue.experiments)
        partner, _, station = row.partition("/")
        shelves = (catalogue.relays, catalogue.ground_stations)
        found = next((shelf[partner].label for shelf in shelves if partner in shelf), "")
        if found and station in catalogue.stations and row not in names:
            names[row] = f"{catalogue.stations[station].label} by {found}"
    return names


def _asked(campaign: Campaign, result: PlanResult) -> Problem:
    """What was planned: the campaign's problem, unless a person has edited it since."""
    own = campaign.problem
    return own if result.certificate.problem == own.digest else result.problem


def _limits(problem: Problem) -> dict[str, float]:
    """What battery and storage must keep to, as lines in their strips."""
    limits = {}
    for battery in problem.batteries:
        limits["battery_minimum" + _behind(battery.id, problem.batteries)] = battery.minimum_Wh
    for storage in problem.storages:
        limits["storage_capacity" + _behind(storage.id, problem.storages)] = storage.capacity_Mbit
    return limits


def _behind(name: str, stores: Sized) -> str:
    """What tells one of several stores apart, as in the columns of a simulation."""
    return f":{name}" if len(stores) > 1 else ""
