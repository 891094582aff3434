"""Ground that tests make: small grids around the south pole whose skylines are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ilrs_science.environment.maps.projection import latitude_longitude
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, SOUTH
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack

Shape = Callable[[np.ndarray, np.ndarray], np.ndarray]


def polar(shape: Shape, *, pixels: int = 41, cell: float = 1000.0, name: str = "polar") -> Dem:
    """South polar stereographic, pole in the middle; heights [m] are a function of x and y [m]."""
    run = (np.arange(pixels) - (pixels - 1) / 2) * cell
    heights = np.broadcast_to(shape(run[None, :], -run[:, None]), (pixels, pixels)).astype(np.float32)
    return Dem(name, heights, Projection(SOUTH), float(run[0]), float(-run[0]), cell, -cell)


def whole_moon(height: float = 0.0) -> Dem:
    """Level ground round the Moon."""
    heights = np.full((180, 360), height, np.float32)
    return Dem("level", heights, Projection(GEOGRAPHIC), -179.5, 89.5, 1.0, -1.0)


def stack(*dems: Dem) -> TerrainStack:
    return TerrainStack([*dems, whole_moon()])


def distance(dem: Dem, one: tuple[int, int], other: tuple[int, int]) -> float:
    """Along the sphere between two pixels (row, column). [m]"""
    latitude, longitude = latitude_longitude(dem, [one[1], other[1]], [one[0], other[0]])
    phi, lam = np.radians(latitude), np.radians(longitude)
    cosine = np.sin(phi[0]) * np.sin(phi[1]) + np.cos(phi[0]) * np.cos(phi[1]) * np.cos(lam[0] - lam[1])
    return float(MOON_RADIUS_M * np.arccos(np.clip(cosine, -1.0, 1.0)))
