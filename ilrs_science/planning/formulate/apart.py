"""Experiments that exclude or disturb each other, as activities that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.disturbance import Disturbance
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.library.views.interference import interferences
from ilrs_science.catalogue.library.ways import Way
from ilrs_science.planning.problem.parts import Activity

__all__ = ["with_exclusions"]


def with_exclusions(
    campaign: Campaign, catalogue: Catalogue, sessions: Sequence[tuple[Way, Activity]]
) -> list[tuple[Way, Activity]]:
    """Give the activities with those that must not run at the same time.

    Parameters
    ----------
    campaign : Campaign
        Says which disturbances its layout keeps apart.
    catalogue : Catalogue
        Where instruments are looked up.
    sessions : sequence of (Way, Activity)
        Every activity and the way in which it is done.

    Returns
    -------
    list of (Way, Activity)
        In the same order. Setting up and putting away disturb nobody.

    Notes
    -----
    What is excluded is so at any station. A disturbance reaches what is at the same station, that of the radio all.
    """
    ways = {way.key: way for way, _ in sessions}
    ids: dict[str, list[str]] = {key: [] for key in ways}
    for way, activity in sessions:
        if "+" not in activity.id:
            ids[way.key].append(activity.id)
    others: dict[str, dict[str, None]] = {key: {} for key in ways}
    for key, way in ways.items():
        for other, there in ways.items():
            if there.experiment.id in way.experiment.excludes:
                others[key].setdefault(other)
    for source, victim in _disturbed(campaign, catalogue, ways):
        if source not in others[victim]:  # said once is enough
            others[source].setdefault(victim)
    excluded = {key: tuple(name for other in found for name in ids[other]) for key, found in others.items()}
    return [
        (
            way,
            activity if "+" in activity.id else activity.model_copy(update={"exclusions": excluded[way.key]}),
        )
        for way, activity in sessions
    ]


def _disturbed(campaign: Campaign, catalogue: Catalogue, ways: dict[str, Way]) -> Iterator[tuple[str, str]]:
    """Pairs of ways of which one disturbs the other, unless the campaign says that they stand apart."""
    named = [way.experiment.model_copy(update={"id": key}) for key, way in ways.items()]
    for pair in interferences(named, catalogue.instruments):
        one, other = ways[pair.source], ways[pair.victim]
        same = one.station == other.station or pair.disturbance == Disturbance.RADIO
        if one.experiment.id != other.experiment.id and same and pair.disturbance not in campaign.tolerates:
            yield pair.source, pair.victim
