"""Steps of an integration, and the motion between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ilrs_science.sky.chebyshev import Floats

__all__ = ["Steps"]


@dataclass(frozen=True, eq=False)
class Steps:
    """Times, positions, velocities and accelerations, in the order of integration."""

    table: Floats
    """(n, 10) time [s], position [km], velocity [km/s], acceleration. [km/s2]"""

    @classmethod
    def joined(cls, parts: Sequence[Steps]) -> Steps:
        """One table in the order of time from parts that begin at the same epoch.

        Parameters
        ----------
        parts : sequence of Steps
            Integrated backward or forward.

        Returns
        -------
        Steps
        """
        table = np.concatenate([part.table for part in parts])
        _, first = np.unique(table[:, 0], return_index=True)
        return cls(table[first])

    def position(self, times: Floats) -> Floats:
        """Position between the steps.

        Parameters
        ----------
        times : (n,) ndarray
            [s]

        Returns
        -------
        (n, 3) ndarray
            [km]

        Notes
        -----
        Quintic Hermite polynomial through position, velocity and acceleration at both ends of the step.
        """
        index = np.clip(np.searchsorted(self.table[:, 0], times, side="right") - 1, 0, len(self.table) - 2)
        old, new = self.table[index], self.table[index + 1]
        h = (new[:, 0] - old[:, 0])[:, None]
        s = (times - old[:, 0])[:, None] / h
        r0, v0, a0 = old[:, 1:4], old[:, 4:7] * h, old[:, 7:] * h**2
        way, v1, a1 = new[:, 1:4] - r0, new[:, 4:7] * h, new[:, 7:] * h**2
        c3 = 10 * way - 6 * v0 - 4 * v1 - 1.5 * a0 + 0.5 * a1
        c4 = -15 * way + 8 * v0 + 7 * v1 + 1.5 * a0 - a1
        c5 = 6 * way - 3 * (v0 + v1) + 0.5 * (a1 - a0)
        return np.asarray(r0 + s * (v0 + s * (a0 / 2 + s * (c3 + s * (c4 + s * c5)))))

    def crossing(self, radius: float) -> float:
        """Time at which the last step goes through a sphere.

        Parameters
        ----------
        radius : float
            [km]

        Returns
        -------
        float
            [s]
        """
        order = np.argsort(np.abs(self.table[:, 0]))
        outside, inside = (float(t) for t in self.table[order[-2:], 0])
        for _ in range(60):
            middle = (outside + inside) / 2
            if np.linalg.norm(self.position(np.array([middle]))[0]) < radius:
                inside = middle
            else:
                outside = middle
        return inside
