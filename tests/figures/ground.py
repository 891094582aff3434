"""A made-up ground whose heights are known in closed form."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from ilrs_science.catalogue.site import Site
from ilrs_science.figures.patch import to_local

SITE = Site(id="hill", name="Hill", latitude=-89.0, longitude=40.0)


class MadeUp:
    """Grids that answer with a function of the kilometres east and north of the hill."""

    def __init__(
        self, height: Callable[..., np.ndarray], *, cell: float = 20.0, known_km: float = 1e9
    ) -> None:
        self.dems = (
            SimpleNamespace(name="made_up.tif", cell=cell),
            SimpleNamespace(name="coarse.tif", cell=1600.0),
        )
        self.names = tuple(dem.name for dem in self.dems)
        self._height, self._known = height, known_km

    def height(self, latitude: object, longitude: object) -> np.ndarray:
        east, north = to_local(SITE, latitude, longitude)
        return self._height(east, north)

    def source(self, latitude: object, longitude: object) -> np.ndarray:
        east, north = to_local(SITE, latitude, longitude)
        return np.where(np.maximum(np.abs(east), np.abs(north)) <= self._known, 0, 1)


def plane(east: np.ndarray, north: np.ndarray) -> np.ndarray:
    """Rises by 100 m a kilometre towards the north, and by 20 towards the east."""
    return 500.0 + 20.0 * east + 100.0 * north


def cone(east: np.ndarray, north: np.ndarray) -> np.ndarray:
    """A hill of 1000 m that falls by 200 m a kilometre."""
    return 1000.0 - 200.0 * np.hypot(east, north)
