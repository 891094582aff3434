"""View: a place, and how light reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from ilrs_science.errors import UnknownNameError
from ilrs_science.sky.apparent import Aim, Correction, Observer, apparent
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.place import MOON_RADIUS, Place
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["View", "along"]

_STILL = np.zeros(3)


def along(one: Floats, other: Floats) -> Floats:
    """Product of two vectors at each epoch.

    Parameters
    ----------
    one : (..., 3) ndarray
        One at each epoch.
    other : (..., 3) ndarray
        One at each epoch, or one for all.

    Returns
    -------
    (...) ndarray
    """
    return np.asarray(one @ other if other.ndim == 1 else np.einsum("...i,...i->...", one, other))


@dataclass(frozen=True)
class View:
    """What an observer sees."""

    place: Place
    """Where the observer is."""
    correction: Correction = "apparent"
    """What light does on its way: travel and aberration, travel alone, or nothing."""

    def __post_init__(self) -> None:
        if self.correction not in get_args(Correction):
            raise UnknownNameError("correction", str(self.correction), get_args(Correction))

    @property
    def flies(self) -> bool:
        """Whether the place is an orbiter."""
        return isinstance(self.place, Trajectory)

    def see(self, sky: SkyState, target: Aim) -> tuple[Floats, Floats]:
        """Direction and distance of something.

        Parameters
        ----------
        sky : SkyState
            Epochs.
        target : str, Star or Mover
            What is looked at.

        Returns
        -------
        direction : (..., 3) ndarray
            Unit vectors along MOON_ME axes.
        distance : (...) ndarray
            [km]
        """
        return apparent(sky, target, self.place.observer(sky), self.correction)

    def from_the_moon(self, sky: SkyState, target: Aim) -> tuple[Floats, Floats]:
        """Direction and distance for an observer at the place who moves with the Moon's centre.

        In the frame of the Moon its limb is at rest, so a ray is blocked or not by where it comes from in that frame.

        Parameters
        ----------
        sky : SkyState
            Epochs.
        target : str, Star or Mover
            What is looked at.

        Returns
        -------
        direction : (..., 3) ndarray
            Unit vectors along MOON_ME axes.
        distance : (...) ndarray
            [km]
        """
        return apparent(sky, target, Observer(self.place.observer(sky).position, _STILL), self.correction)

    def up(self, sky: SkyState) -> Floats:
        """Vertical of the place.

        Parameters
        ----------
        sky : SkyState
            Epochs.

        Returns
        -------
        (3,) or (..., 3) ndarray
            Unit vector along MOON_ME axes.
        """
        return self.place.vertical(sky)

    def dip(self, sky: SkyState) -> Floats:
        """How far the limb of the Moon lies below the horizontal plane of an orbiter; zero at a site by definition.

        Parameters
        ----------
        sky : SkyState
            Epochs.

        Returns
        -------
        (...) ndarray
            [rad]
        """
        if not self.flies:
            return np.zeros(())
        distance = np.linalg.norm(self.place.observer(sky).position, axis=-1)
        return np.asarray(np.arccos(np.minimum(MOON_RADIUS / distance, 1.0)))
