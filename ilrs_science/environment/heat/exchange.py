"""Exchange of light and heat between the ground and the terrain around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat.conduction import Cycle, conduct, settle
from ilrs_science.environment.heat.regolith import Column, Regolith
from ilrs_science.environment.heat.sunlight import Beam
from ilrs_science.environment.heat.surroundings import Patch
from ilrs_science.errors import RequestError

__all__ = ["Exchange"]

AGREED = 0.1
"""Rounds end when none changes the temperature of a patch by more than this [K]. Each is as much smaller than the one
before as the patches see of each other, so what is left is about half of it."""

MOST_ROUNDS = 30

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Exchange:
    """Patches of ground that shine on each other."""

    patches: tuple[Patch, ...]
    """The ground of interest first."""
    view: Floats
    """(to, from) Part of the radiation of one that meets another. [1]"""
    regolith: Regolith
    """Of all of them."""
    infrared: float = 0.0
    """Constant flux from elsewhere on the first. [W/m2]"""

    @cached_property
    def diffuse_albedo(self) -> float:
        """Of the ground for light from everywhere. [1]"""
        angle = (np.arange(900) + 0.5) / 10.0
        weight = np.sin(np.radians(2.0 * angle))
        return float(np.average(self.regolith.reflected(angle), weights=weight))

    def incoming(self, leaving: Floats, reflectance: float) -> Floats:
        """Give what comes to the patches from each other, reflected any number of times.

        Parameters
        ----------
        leaving : (patch, time) ndarray
            What each sends out of its own. [W/m2]
        reflectance : float
            Part of the incoming that a patch sends on, 0 to 1. [1]

        Returns
        -------
        (patch, time) ndarray
            [W/m2]
        """
        chain = np.eye(len(self.patches)) - reflectance * self.view
        return np.asarray(np.linalg.solve(chain, self.view) @ leaving)

    def light(self, beam: Beam) -> Floats:
        """Give the sunlight that the patches absorb, direct and scattered.

        Parameters
        ----------
        beam : Beam
            At the first of them.

        Returns
        -------
        (patch, time) ndarray
            [W/m2]
        """
        here, direct, scattered = self.patches[0], [], []
        for patch in self.patches:
            flux, incidence = beam.turned(patch.axes @ here.axes.T).on(patch.skyline, patch.facet)
            albedo = self.regolith.reflected(incidence)
            direct.append((1.0 - albedo) * flux)
            scattered.append(albedo * flux)
        around = self.incoming(np.array(scattered), self.diffuse_albedo)
        absorbed = np.array(direct) + (1.0 - self.diffuse_albedo) * around
        absorbed[0] += self.regolith.emissivity * self.infrared
        return absorbed

    def heat(self, temperature: Floats) -> Floats:
        """Give the infrared that the patches absorb from each other.

        Parameters
        ----------
        temperature : (patch, time) ndarray
            [K]

        Returns
        -------
        (patch, time) ndarray
            [W/m2]
        """
        emissivity = self.regolith.emissivity
        return emissivity * self.incoming(emissivity * STEFAN_BOLTZMANN * temperature**4, 1.0 - emissivity)

    def settled(self, ground: Column, light: Floats, *, step: float) -> Cycle:
        """Find the state of patches that have seen a cycle of light, and each other, for ever.

        Parameters
        ----------
        ground : Column
            The layers.
        light : (patch, time) ndarray
            Absorbed over one cycle; the last epoch is the first of the next. [W/m2]
        step : float
            Between epochs. [s]

        Returns
        -------
        Cycle

        Raises
        ------
        RequestError
            If patch and patch do not agree.
        """
        emissivity = self.regolith.emissivity
        heat, known, state = self._at_once(light), np.zeros(1), None
        for _ in range(MOST_ROUNDS):
            flux = light + heat
            cycle = settle(ground, flux, step=step, emissivity=emissivity, start=state)
            state = cycle.state
            kept, _, _ = conduct(ground, cycle.state, flux, step=step, emissivity=emissivity)
            if np.abs(kept[..., 0] - known).max() < AGREED:
                return cycle
            known, heat = kept[..., 0], self.heat(kept[..., 0])
        raise RequestError(_DISAGREE)

    def warmed(self, ground: Column, state: Floats, light: Floats, *, step: float) -> tuple[Floats, Floats]:
        """Follow the patches together.

        Parameters
        ----------
        ground : Column
            The layers.
        state : (patch, node) ndarray
            At the first epoch. [K]
        light : (patch, time) ndarray
            Absorbed. [W/m2]
        step : float
            Between epochs. [s]

        Returns
        -------
        heat : (patch, time) ndarray
            Infrared that they absorb from each other. [W/m2]
        state : (patch, node) ndarray
            At the last epoch. [K]

        Raises
        ------
        RequestError
            If patch and patch do not agree.
        """
        heat, known = self._at_once(light), np.zeros(1)
        for _ in range(MOST_ROUNDS):
            kept, after, _ = conduct(
                ground, state, light + heat, step=step, emissivity=self.regolith.emissivity
            )
            change, known = np.abs(kept[..., 0] - known).max(), kept[..., 0]
            heat = self.heat(known)
            if change < AGREED:
                return heat, after
        raise RequestError(_DISAGREE)

    def _at_once(self, light: Floats) -> Floats:
        """The heat that the patches would exchange if the ground stored none, to begin with. [W/m2]"""
        return self.regolith.emissivity * self.incoming(light, 1.0)


_DISAGREE = f"ground and surroundings do not agree after {MOST_ROUNDS} rounds; give surroundings='same'"
