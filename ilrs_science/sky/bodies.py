"""Bodies of the ephemeris: how each is reached, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BODIES", "MOON_CHAIN", "SolarSystemBody"]


@dataclass(frozen=True)
class SolarSystemBody:
    """A body of the ephemeris."""

    chain: tuple[tuple[int, int], ...]
    """(centre, target) NAIF codes from the solar system barycentre to the body."""
    radius: float
    """Mean radius. [km]"""


#: Links from the solar system barycentre to the Moon.
MOON_CHAIN = ((0, 3), (3, 301))

#: Every body that can be observed, by name. From Mars outward it is the barycentre of the planet and its moons, as in
#: DE421; Mercury and Venus have no moons. Mean radii: IAU WGCCRE 2015 (Archinal et al. 2018, table 4,
#: doi:10.1007/s10569-017-9805-5); the Sun's: IAU 2015 resolution B3.
BODIES: dict[str, SolarSystemBody] = {
    "sun": SolarSystemBody(((0, 10),), 695_700.0),
    "earth": SolarSystemBody(((0, 3), (3, 399)), 6371.0084),
    "moon": SolarSystemBody(MOON_CHAIN, 1737.4),
    "mercury": SolarSystemBody(((0, 1),), 2439.4),
    "venus": SolarSystemBody(((0, 2),), 6051.8),
    "mars": SolarSystemBody(((0, 4),), 3389.50),
    "jupiter": SolarSystemBody(((0, 5),), 69_911.0),
    "saturn": SolarSystemBody(((0, 6),), 58_232.0),
    "uranus": SolarSystemBody(((0, 7),), 25_362.0),
    "neptune": SolarSystemBody(((0, 8),), 24_622.0),
    "pluto": SolarSystemBody(((0, 9),), 1188.3),
}
