"""What people have settled: starts, closed spans, shares of partners."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.instant import write_instant
from ilrs_science.catalogue.library.ways import Way
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.formulate.clock import Clock
from ilrs_science.planning.problem.parts import Activity

__all__ = ["settled"]


def settled(
    campaign: Campaign, clock: Clock, sessions: Sequence[tuple[Way, Activity]]
) -> list[tuple[Way, Activity]]:
    """Give the activities with the locks and closed spans of a campaign.

    Parameters
    ----------
    campaign : Campaign
        The record.
    clock : Clock
        Of the campaign.
    sessions : sequence of (Way, Activity)
        Every activity and the way in which it is done.

    Returns
    -------
    list of (Way, Activity)
        In the same order; closed spans are rounded outward to whole seconds.

    Raises
    ------
    RequestError
        If a lock is outside the campaign, no whole second, or of a session of which several activities are to choose.
    UnknownNameError
        If there is no such session.
    """
    locks = {one.session: _second(clock, one.session, one.start) for one in campaign.locks}
    known = [activity.id for _, activity in sessions]
    for name in locks:
        if name not in known:
            several = [other for other in known if other.startswith(name) and not other[len(name)].isdigit()]
            if several:
                raise RequestError(
                    f"locks: {name} can be done in several ways; lock one: {', '.join(several[:6])}"
                )
            raise UnknownNameError("session", name, known)
    return [
        (
            way,
            activity.model_copy(
                update={
                    "forbidden": _closed(campaign, clock, way.experiment.id),
                    "locked_start": locks.get(activity.id),
                }
            ),
        )
        for way, activity in sessions
    ]


def _closed(campaign: Campaign, clock: Clock, experiment: str) -> tuple[tuple[int, int], ...]:
    spans = [
        (max(0, clock.floor(one.start)), min(clock.horizon, clock.ceiling(one.end)))
        for one in campaign.closed
        if not one.experiments or experiment in one.experiments
    ]
    return tuple((start, end) for start, end in spans if start < end)


def _second(clock: Clock, session: str, start: np.datetime64) -> int:
    time = clock.floor(start)
    if time != clock.ceiling(start) or not 0 <= time < clock.horizon:
        raise RequestError(
            f"locks: {session} starts at {write_instant(start)}; it must be a whole second of the campaign"
        )
    return time
