"""How long and how a search may run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ilrs_science.errors import RequestError

__all__ = ["WALL_FACTOR", "Limits"]

#: Deterministic seconds take at most so many on the wall. (assumed)
WALL_FACTOR = 20


@dataclass(frozen=True)
class Limits:
    """How long and how a search may run."""

    time_s: float
    """Wall-clock time. [s]"""
    seed: int = 0
    """Of the search."""
    workers: int = 2
    """Threads of the solver."""
    deterministic: bool = False
    """Same answer every time: `time_s` then counts deterministic time and workers take turns."""

    def __post_init__(self) -> None:
        for name, least, most in (("seed", 0, 2**31 - 1), ("workers", 1, 256)):
            given = getattr(self, name)
            if (
                isinstance(given, bool)
                or not isinstance(given, int | np.integer)
                or not least <= given <= most
            ):
                raise RequestError(f"{name} {given!r:.40} must be a whole number from {least} to {most}")

    @property
    def floor_s(self) -> float:
        """How long the greedy floor may take, however short the time is. [s] (assumed)"""
        return float("inf") if self.deterministic else max(1.0, min(4.0, self.time_s / 8))
