"""Plain definitions of every kind, decided at single epochs from what `observe` sees: another way than the search.

Each gives a margin: positive where the constraint holds, and how far from its limit. Kinds that look from the Moon's
centre or past its limb are taken without light time and aberration, where their geometry is that of a triangle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    Direction,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    Night,
    Occultation,
    PassOver,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SolarBeta,
    SunElevation,
    TargetElevation,
)
from ilrs_science.epochs import to_tdb
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory

MOON, EARTH, SUN = 1737.4, 6371.0084, 695_700.0
Array = np.ndarray
#: Kinds that are the same with light time and aberration, since `observe` has both.
SEEN = (SunElevation, EarthElevation, TargetElevation, Separation, RangeTo, PassOver)


def angle(one: Array, other: Array) -> Array:
    """Between unit vectors; exact for small ones. [rad]"""
    chord = np.linalg.norm(one - other, axis=-1)
    return np.asarray(2.0 * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0)))


def unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1)[..., None])


@dataclass(frozen=True)
class Plain:
    """A place at epochs."""

    place: SurfacePlace | Trajectory
    times: Array
    correction: Correction

    @property
    def flies(self) -> bool:
        return isinstance(self.place, Trajectory)

    @cached_property
    def sky(self) -> SkyState:
        return sky_at(to_tdb(self.times))

    @cached_property
    def here(self) -> Array:
        """(n, 3) the place in MOON_ME. [km]"""
        if not isinstance(self.place, Trajectory):
            return np.broadcast_to(self.place.position, (len(self.times), 3))
        # the sky is asked for its rotation alone
        return np.einsum("nij,nj->ni", self.sky.rotation, self.place.position(self.sky.tdb))

    def look(self, aim: str | Direction) -> tuple[Array, Array]:
        """Unit vectors in MOON_ME, from azimuth and elevation, and distance. [km]"""
        seen = observe(self.place, self.times, [aim], correction=self.correction).isel(body=0)
        az, el = np.radians(seen["azimuth"].values), np.radians(seen["elevation"].values)
        up = unit(self.here)
        east = unit(np.stack([-up[:, 1], up[:, 0], np.zeros(len(up))], axis=-1))
        north = np.cross(up, east)
        parts = zip(
            (np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)), (north, east, up), strict=True
        )
        return np.asarray(sum(size[:, None] * axis for size, axis in parts)), seen["range"].values

    def elevation(self, aim: str | Direction) -> Array:
        """[deg]"""
        return observe(self.place, self.times, [aim], correction=self.correction)["elevation"].values[:, 0]

    def from_centre(self, aim: str) -> Array:
        """(n, 3) a body from the Moon's centre. [km]"""
        line, distance = self.look(aim)
        return self.here + line * distance[:, None]

    @cached_property
    def dip(self) -> Array:
        """How far the limb is below the horizontal plane; none at a site. [deg]"""
        if not self.flies:
            return np.zeros(len(self.times))
        return np.degrees(np.arccos(MOON / np.linalg.norm(self.here, axis=1)))

    def margin(self, spec: Constraint) -> Array:
        """Positive where it holds. [deg, km or h]"""
        match spec:
            case Day():
                return self.elevation("sun") + self.dip
            case Night():
                return -self.margin(Day())
            case Occultation(target=target):
                return self._hidden(target)
            case RadioQuiet(margin=margin, within=within):
                line, distance = self.look("earth")
                top = np.degrees(
                    np.arcsin(np.einsum("ni,ni->n", line, unit(self.here))) + np.arcsin(within / distance)
                )
                return -top - self.dip - margin
            case Eclipse(phase=phase, by=by):
                return self._covered(by or "earth", -1.0 if phase == "umbra" else 1.0)
            case LocalSolarTime(min=first, max=last):
                half = ((last - first) % 86400.0) / 7200.0
                away = (self._hour() - first / 3600.0 - half + 12.0) % 24.0 - 12.0
                return half - np.abs(away)
            case Magnetotail(half_width=width):
                earth, sun = self.from_centre("earth"), self.from_centre("sun")
                moon = self.here if self.flies else 0.0
                return width - np.degrees(angle(unit(moon - earth), unit(earth - sun)))
        return self._between(spec, self._quantity(spec))

    def _quantity(self, spec: Constraint) -> Array:
        match spec:
            case SunElevation():
                return self.elevation("sun")
            case EarthElevation():
                return self.elevation("earth")
            case TargetElevation(target=target):
                return self.elevation(target)
            case PassOver(orbiter=str(orbiter)):
                return self.elevation(orbiter)
            case Separation(bodies=(one, other)):
                return np.degrees(angle(self.look(one)[0], self.look(other)[0]))
            case RangeTo(body=body):
                return self.look(body)[1]
            case PhaseAngle(body=body):
                there = self.from_centre(body)
                return np.degrees(angle(unit(self.from_centre("sun") - there), unit(self.here - there)))
            case Season():
                return np.degrees(np.arcsin(unit(self.from_centre("sun"))[:, 2]))
            case SolarBeta():
                return np.degrees(np.arcsin(np.einsum("ni,ni->n", self.look("sun")[0], self._normal())))
        raise NotImplementedError(spec.kind)

    def _between(self, spec: Constraint, value: Array) -> Array:
        low = np.inf if spec.min is None else value - spec.min
        high = np.inf if spec.max is None else spec.max - value
        return np.minimum(low, high)

    def _normal(self) -> Array:
        """Of the plane in which the orbiter moves, from where it is half a second before and after."""
        assert isinstance(self.place, Trajectory)
        inner = np.clip(self.sky.tdb, self.place.start + 1.0, self.place.end - 1.0)
        before, after = (self.place.position(inner + shift) for shift in (-0.5, 0.5))
        return np.einsum("nij,nj->ni", self.sky.rotation, unit(np.cross(before, after)))

    def _hour(self) -> Array:
        sun = self.from_centre("sun")
        lead = np.arctan2(self.here[:, 1], self.here[:, 0]) - np.arctan2(sun[:, 1], sun[:, 0])
        return 12.0 + np.degrees(lead) / 15.0

    def _hidden(self, target: str) -> Array:
        """A ray meets the sphere before it comes to the target, which may stand on it. [deg]"""
        line, distance = self.look(target)
        along = np.einsum("ni,ni->n", line, self.here)
        below = -np.degrees(np.arcsin(along / np.linalg.norm(self.here, axis=1))) - self.dip
        meets = -along - np.sqrt(np.maximum(along**2 - np.sum(self.here**2, axis=1) + MOON**2, 0.0))
        return np.where((below > 0.0) & (distance < meets + 1e-6), -np.abs(below), below)

    def _covered(self, by: str, sign: float) -> Array:
        sun, far = self.look("sun")
        if by == "earth":
            cover, near = self.look("earth")
            radius = EARTH
        else:
            cover, near, radius = -unit(self.here), np.linalg.norm(self.here, axis=1), MOON
        return np.degrees(np.arcsin(radius / near) + sign * np.arcsin(SUN / far) - angle(sun, cover))
