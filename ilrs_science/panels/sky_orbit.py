"""How an orbiter moves about the Moon: its path in telling axes, its heights, its revolutions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ilrs_science.catalogue.orbit import Orbit, OrbitKind
from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.sky.ephemeris import SkyState, sky_after, sky_when
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.sky.targets import standpoint
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["OrbitMotion", "Turns", "ground_points", "motion_of"]

Floats = NDArray[np.float64]

_PER_TURN = 240
"""Samples that a revolution would have at the rate of its perilune, where an orbiter is quickest."""
_FEWEST, _MOST = 1500, 120_000
"""Samples of a span."""
_ROUND = 2.0 * np.pi
_ROTATING = (
    OrbitKind.NEAR_RECTILINEAR_HALO,
    OrbitKind.DISTANT_RETROGRADE,
    OrbitKind.HALO,
    OrbitKind.LIBRATION_POINT,
)


@dataclass(frozen=True, eq=False)
class Turns:
    """Revolutions of a span."""

    starts: NDArray[np.datetime64]
    """When each whole revolution begins, UTC."""
    lengths: Floats
    """How long each lasts. [s]"""
    low_times: NDArray[np.datetime64]
    """When it is lowest, UTC."""
    low: Floats
    """Perilune height: the lowest. [km]"""
    high_times: NDArray[np.datetime64]
    """When it is highest, UTC."""
    high: Floats
    """Apolune height: the highest. [km]"""


@dataclass(frozen=True, eq=False)
class OrbitMotion:
    """Motion of one orbiter over a span."""

    orbit: Orbit
    """Record."""
    rotating: bool
    """Whether the axes turn with the Earth: x towards it, z along the normal of its orbit. Else they are at rest: x
    towards the first perilune, z along the mean normal of the orbit."""
    times: NDArray[np.datetime64]
    """(n,) UTC, evenly spaced."""
    path: Floats
    """(n, 3) from the Moon's centre in these axes. [km]"""
    height: Floats
    """(n,) above the 1737.4 km sphere. [km]"""
    turns: Turns
    """Whole revolutions."""

    @property
    def revolution(self) -> float | None:
        """Mean time of one revolution; None if the span holds none. [s]"""
        return float(self.turns.lengths.mean()) if len(self.turns.lengths) else None

    def waypoints(self, arc: float, most: int) -> NDArray[np.int64]:
        """Samples between which it goes on by some arc as seen from the Moon's centre: close where it is quick.

        Parameters
        ----------
        arc : float
            Distance of two. [deg]
        most : int
            They are farther apart if there would be more than this.

        Returns
        -------
        (n,) ndarray of int
            Indices into the times, the first one included.
        """
        ahead = _unit(self.path)
        cosine = np.einsum("ij,ij->i", ahead[1:], ahead[:-1])
        gone = np.degrees(np.r_[0.0, np.cumsum(np.arccos(np.clip(cosine, -1.0, 1.0)))])
        step = max(arc, float(gone[-1]) / most)
        return np.asarray(np.unique((gone / step).astype(int), return_index=True)[1])


@lru_cache(maxsize=12)
def motion_of(orbit: Orbit, start: np.datetime64, end: np.datetime64) -> OrbitMotion:
    """Motion of an orbiter over a span.

    Parameters
    ----------
    orbit : Orbit
        Record.
    start, end : datetime64
        UTC.

    Returns
    -------
    OrbitMotion

    Raises
    ------
    RequestError
        If the orbiter hits the Moon, and when.
    """
    length = float((end - start) / np.timedelta64(1, "s"))
    e = orbit.eccentricity
    quickest = (1.0 + e) ** 2 / (1.0 - e**2) ** 1.5  # rate of the true anomaly at perilune over its mean
    count = int(np.clip(length / orbit.period * _PER_TURN * quickest, _FEWEST, _MOST))
    origin, seconds = float(to_tdb(np.array([start]))[0]), np.linspace(0.0, length - 1.0, count)
    trajectory = standpoint(orbit, (start, end))
    assert isinstance(trajectory, Trajectory)
    position, velocity, _ = trajectory.motion(origin, seconds)
    rotating = orbit.kind in _ROTATING
    first_turn = int(np.searchsorted(seconds, orbit.period)) + 1
    path = (
        _with_the_earth(origin, seconds, position) if rotating else _at_rest(position, velocity, first_turn)
    )
    times = from_tdb(origin + seconds)
    height = np.linalg.norm(position, axis=1) - MOON_RADIUS
    return OrbitMotion(orbit, rotating, times, path, height, _turns(times, seconds, path, height))


def ground_points(
    orbit: Orbit, span: tuple[np.datetime64, np.datetime64], times: NDArray[np.datetime64]
) -> tuple[Floats, Floats]:
    """Points of the Moon right under an orbiter.

    Parameters
    ----------
    orbit : Orbit
        Record.
    span : tuple of datetime64
        Over which it is followed, UTC.
    times : (n,) array of datetime64
        Within the span, UTC.

    Returns
    -------
    latitude, longitude : (n,) ndarray
        MOON_ME, east positive from -180 to 180. [deg]
    """
    trajectory = standpoint(orbit, span)
    assert isinstance(trajectory, Trajectory)
    sky = sky_when(times)
    place = sky.to_fixed(trajectory.motion(sky.origin, sky.seconds)[0])
    latitude = np.degrees(np.arctan2(place[:, 2], np.hypot(place[:, 0], place[:, 1])))
    return latitude, np.degrees(np.arctan2(place[:, 1], place[:, 0]))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def _with_the_earth(origin: float, seconds: Floats, position: Floats) -> Floats:
    """Components along the Earth, its motion and its orbit's normal."""
    sky: SkyState = sky_after(origin, seconds)
    earth = sky.body("earth")
    x = _unit(earth.position)
    z = _unit(np.cross(x, earth.velocity - sky.moon_velocity))
    fixed = sky.to_fixed(position)
    return np.stack([np.einsum("ij,ij->i", fixed, axis) for axis in (x, np.cross(z, x), z)], axis=1)


def _at_rest(position: Floats, velocity: Floats, first_turn: int) -> Floats:
    """Components along the first perilune, across it in the mean plane, and along the plane's normal."""
    z = _unit(np.cross(position, velocity).mean(axis=0))
    lowest = position[int(np.argmin(np.linalg.norm(position[:first_turn], axis=1)))]
    x = _unit(lowest - (lowest @ z) * z)
    return np.asarray(position @ np.stack([x, np.cross(z, x), z], axis=1))


def _turns(times: NDArray[np.datetime64], seconds: Floats, path: Floats, height: Floats) -> Turns:
    """Cut the path where it has gone round once, seen along its mean normal; find what is lowest and highest."""
    normal = _unit(np.cross(path[:-1], np.diff(path, axis=0)).mean(axis=0))
    first = _unit(path[0] - (path[0] @ normal) * normal)
    angle = np.unwrap(np.arctan2(path @ np.cross(normal, first), path @ first))
    whole = int(angle[-1] // _ROUND) if np.all(np.diff(angle) > 0.0) else 0
    at = np.interp(_ROUND * np.arange(whole + 1), angle, seconds)

    def when(after: Floats) -> NDArray[np.datetime64]:
        return np.asarray(times[0] + (after * 1e6).astype("timedelta64[us]"))

    low, high = (_extremes(seconds, angle, height, sign) for sign in (-1.0, 1.0))
    return Turns(when(at[:-1]), np.diff(at), when(low[:, 0]), low[:, 1], when(high[:, 0]), high[:, 1])


def _extremes(seconds: Floats, angle: Floats, height: Floats, sign: float) -> Floats:
    """(n, 2) when and how high: one a revolution, looked for within a quarter of one from where the last one was."""
    found = []
    middle = float(angle[int(np.argmax(np.where(angle <= _ROUND, sign * height, -np.inf)))])
    while middle - 0.5 * np.pi < angle[-1]:
        first, last = np.searchsorted(angle, (middle - 0.5 * np.pi, middle + 0.5 * np.pi))
        top = int(first) + int(np.argmax(sign * height[first:last])) if last > first else int(first)
        if 0 < top < len(height) - 1:
            found.append(_vertex(seconds, height, top))
        middle = max(float(angle[min(top, len(angle) - 1)]), middle - 0.5 * np.pi) + _ROUND
    return np.array(found, float).reshape(-1, 2)


def _vertex(seconds: Floats, height: Floats, top: int) -> tuple[float, float]:
    """When and how high the parabola through a sample and its neighbours is lowest or highest."""
    before, here, after = height[top - 1 : top + 2]
    bend = before - 2.0 * here + after
    shift = float(np.clip(0.5 * (before - after) / bend, -1.0, 1.0)) if bend else 0.0
    step = float(seconds[1] - seconds[0])
    return float(seconds[top]) + shift * step, float(here - 0.25 * (before - after) * shift)
