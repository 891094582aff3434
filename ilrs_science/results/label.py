"""Names that people read, of the activities of a campaign: what is done, and in which of several ways."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from ilrs_science.figures.gantt import experiment_of, session_of

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign

__all__ = ["label_of", "sessions_of"]

#: What tells the ways and parts of a session apart, behind its number.
_PART = re.compile(r"([/~@#+])([^/~@#+]+)")


def label_of(campaign: Campaign, activity: str) -> str:
    """Name of what an activity does.

    Parameters
    ----------
    campaign : Campaign
        Whose activity it is.
    activity : str
        Id of an activity of its problem.

    Returns
    -------
    str
        Name of the experiment, and in brackets what its id tells of station, instrument, length, part or work of
        robots: ``"Optical downlink to the Earth (at ILRS Orbital Station)"``. The name of the activity, or its id,
        where it is of no experiment.
    """
    names = {one.id: one.label for one in campaign.experiments}
    experiment = experiment_of(activity, names)
    if experiment not in names:
        told = campaign.problem.by_id.get(activity)
        return (told.name if told is not None else "") or activity
    ways = [_words(campaign, *found) for found in _PART.findall(activity.removeprefix(session_of(activity)))]
    return f"{names[experiment]} ({', '.join(ways)})" if ways else names[experiment]


def sessions_of(activities: Iterable[str], known: Container[str]) -> set[str]:
    """Sessions of experiments that activities do; what robots do before and after, and downlinks, are none.

    Parameters
    ----------
    activities : iterable of str
        Ids of activities.
    known : container of str
        Ids of experiments.

    Returns
    -------
    set of str
    """
    return {
        session_of(name) for name in activities if "+" not in name and experiment_of(name, known) in known
    }


def _words(campaign: Campaign, mark: str, name: str) -> str:
    catalogue = campaign.catalogue
    match mark:
        case "/":
            return f"at {catalogue.stations[name].label if name in catalogue.stations else name}"
        case "~":
            return f"with {catalogue.instruments[name].label if name in catalogue.instruments else name}"
        case "#":
            return f"part {name}"
    return name.replace("_", " ")
