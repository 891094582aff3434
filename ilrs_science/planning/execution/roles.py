"""Which resources of a problem play which part in the station, by the names that `formulate` gives."""

from __future__ import annotations

from ilrs_science.catalogue.risk import Role
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Roles", "battery_beside", "roles_of"]

#: Resources by the part that they play.
Roles = dict[Role, tuple[str, ...]]

_ROBOTS = ("robot", "robots")
#: Limits that are no hardware of their own.
_LIMITS = ("bus_power", "radio", "crew")


def roles_of(problem: Problem) -> Roles:
    """What each role of a risk stands for in a problem.

    Parameters
    ----------
    problem : Problem
        Of a campaign, or any other.

    Returns
    -------
    dict of Role to tuple of str
        Ids of resources. Renewable ones are instruments, but for robots (``robot``, ``robots``), limits (``bus_power``,
        ``radio``, ``crew``) and partners that a planned downlink holds; what stands after ``/`` is the station. Arrays
        are the batteries that something feeds, stations all batteries. Links, and partners of downlinks, are both
        relays and ground stations, but for a partner whose id says which it is: one with ``relay`` in it is a relay.
    """
    partners = _partners(problem)
    names = [entry.id for entry in problem.renewables if entry.id not in partners]
    plain = {name: name.partition("/")[0] for name in names}
    links = [link.id for link in problem.links]
    relays = [name for name in partners if "relay" in name]
    return {
        Role.INSTRUMENTS: tuple(name for name in names if plain[name] not in (*_ROBOTS, *_LIMITS)),
        Role.ROBOTS: tuple(name for name in names if plain[name] in _ROBOTS),
        Role.ARRAYS: tuple(
            one.id for one in problem.batteries if any(watt > 0 for _, watt in one.generation)
        ),
        Role.STATIONS: tuple(one.id for one in problem.batteries),
        Role.RELAYS: tuple(links + relays),
        Role.GROUND_STATIONS: tuple(links + [name for name in partners if name not in relays]),
    }


def _partners(problem: Problem) -> list[str]:
    """What downlinks hold that nothing else holds: relays and ground stations, once each."""
    sending = [activity for activity in problem.activities if activity.drain_Mbit_s]
    others = {name for one in problem.activities if not one.drain_Mbit_s for name in one.demands}
    held = dict.fromkeys(name for one in sending for name in one.demands)
    return [name for name in held if name not in others and name.partition("/")[0] not in _LIMITS]


def battery_beside(problem: Problem, resource: str) -> str | None:
    """Battery of the station to which a resource belongs.

    Parameters
    ----------
    problem : Problem
        Of the resource.
    resource : str
        Id of a battery, a link, or what activities demand.

    Returns
    -------
    str or None
        Id of the battery; that of the first activity that demands the resource. None if there is none.
    """
    batteries = [one.id for one in problem.batteries]
    if resource in batteries:
        return resource
    for link in problem.links:
        if link.id == resource:
            return problem.battery_of(link)
    for activity in problem.activities:
        if resource in activity.demands:
            return problem.battery_of(activity)
    return batteries[0] if len(batteries) == 1 else None
