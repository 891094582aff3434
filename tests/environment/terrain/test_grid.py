"""What a file says of its grid, in metres or degrees from the origin of its projection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, SOUTH
from ilrs_science.environment.terrain.grid import Grid, placed
from ilrs_science.environment.terrain.heights import Scale
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.errors import RequestError

FILE = Path("some_dem.tif")
NUMBERS = np.arange(12.0).reshape(3, 4)


def grid(projection: Projection | None = None, size: tuple[int, int] = (3, 4), **changes: Any) -> Grid:
    facts: dict[str, Any] = {"corner": (1000.0, -500.0), "step": (20.0, -20.0)} | changes
    return placed(
        FILE,
        size,
        projection or Projection(SOUTH),
        facts["corner"],
        facts["step"],
        scale=Scale(0.5),
        numbers=lambda rows, columns: NUMBERS[rows, columns],
    )


def test_kilometres_and_false_origins_are_taken_out() -> None:
    found = grid(
        Projection(SOUTH, metres=1000.0, east=3000.0, north=-4000.0), corner=(4.0, -4.5), step=(0.02, -0.02)
    )
    assert (found.x0, found.y0) == pytest.approx((1000.0, -500.0))
    assert (found.dx, found.dy, found.cell) == pytest.approx((20.0, -20.0, 20.0))


def test_degrees_of_longitude_are_stretched_where_the_map_is() -> None:
    degree = np.radians(MOON_RADIUS_M)
    found = grid(
        Projection(GEOGRAPHIC, 1.0 / degree, east=-30.0, stretch=2.0),
        corner=(0.0, degree),
        step=(degree, -degree),
    )
    assert (found.x0, found.y0, found.dx, found.dy) == pytest.approx((30.0, 1.0, 2.0, -1.0))
    assert found.cell == pytest.approx(degree)


def test_bounds_are_edges_whichever_way_rows_run() -> None:
    assert grid().bounds == (990.0, -550.0, 1070.0, -490.0)
    assert grid(step=(-20.0, 20.0)).bounds == (930.0, -510.0, 1010.0, -450.0)
    assert (grid().width, grid().pixels) == (80.0, 12)


def test_reading_gives_heights() -> None:
    found = grid().read(slice(1, 3), slice(0, 2))
    assert found.dtype == np.float32
    assert found.tolist() == [[2.0, 2.5], [4.0, 4.5]]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"size": (1, 4)}, "4 x 1 pixels; at least 2 x 2"),
        ({"step": (0.0, 20.0)}, "no pixel size"),
        ({"step": (20.0, float("nan"))}, "no pixel size"),
        (
            {"projection": Projection(GEOGRAPHIC), "corner": (0.0, 95.0), "step": (1.0, -1.0)},
            "93 to 95 deg of latitude",
        ),
        (
            {"projection": Projection(GEOGRAPHIC), "corner": (0.0, 5.0), "step": (200.0, -1.0)},
            "800 deg of longitude",
        ),
    ],
)
def test_a_place_that_cannot_be_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RequestError, match=says) as caught:
        grid(**changes)
    assert "some_dem.tif" in str(caught.value)


def test_poles_may_be_pixel_centres() -> None:
    assert grid(Projection(GEOGRAPHIC), corner=(0.0, 90.0), step=(1.0, -90.0)).y0 == 90.0
