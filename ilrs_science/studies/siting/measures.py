"""What candidates are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DEFAULT", "MEASURES", "Measure"]


@dataclass(frozen=True)
class Measure:
    """One measure."""

    unit: str
    """Unit; 1 where there is none."""
    meaning: str
    """In words."""
    better: int
    """1 where more is better, -1 where less is, 0 where neither."""


#: Every measure, by name.
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "value": Measure("1", "science value of the plan", 1),
        "bound": Measure("1", "no plan is worth more, proved", 0),
        "hours": Measure("h", "hours in which experiments are possible, all together", 1),
        "possible": Measure("1", "experiments that can be done", 1),
        "data": Measure("Mbit", "data that the plan makes", 1),
        "autonomy": Measure("d", "days without contact until energy, storage or plan run out", 1),
        "sunlight": Measure("1", "mean visible part of the Sun", 1),
        "darkness": Measure("h", "longest darkness", -1),
        "earth": Measure("1", "share of the time with the Earth in view", 1),
        "power": Measure("W", "mean power available", 1),
        "battery": Measure("Wh", "battery that the station's own load asks for", -1),
        "coldest": Measure("K", "coldest ground", 0),
        "hottest": Measure("K", "hottest ground", 0),
        "contact": Measure("h", "hours with a link home", 1),
        "volume": Measure("Mbit", "data that the link could carry", 1),
        "mass": Measure("kg", "mass that arrives: station (assumed), battery, robots, instruments", -1),
        "launch_mass": Measure("kg", "mass sent toward the Moon for it, by assumed manoeuvres", -1),
    }
)

#: Those of the front where nothing is said: what it gives, and what it costs to get there.
DEFAULT = ("value", "launch_mass")
