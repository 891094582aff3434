"""One grid in memory: what it says of itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain import dem as module
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, SOUTH
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import write_tif

FLAT = np.zeros((4, 8), "float32")


def test_a_grid_is_told_in_one_line() -> None:
    assert (
        repr(Dem("ridge.tif", FLAT, Projection(SOUTH), 0.0, 0.0, 20.0, -20.0))
        == "<Dem ridge.tif: 4 x 8, 20 m>"
    )


def test_a_pixel_of_degrees_has_its_length_along_the_meridian() -> None:
    dem = Dem("wide", FLAT, Projection(GEOGRAPHIC), 0.0, 70.0, 45.0, -0.5)
    assert dem.cell == pytest.approx(0.5 * np.radians(MOON_RADIUS_M))
    assert dem.wraps
    assert not Dem("wide", FLAT, Projection(GEOGRAPHIC), 0.0, 70.0, 40.0, -0.5).wraps
    assert not Dem("polar", FLAT, Projection(SOUTH), 0.0, 70.0, 45.0, -45.0).wraps


def test_the_digest_is_of_content_and_place_not_of_the_name() -> None:
    one = Dem("one", FLAT, Projection(SOUTH), 0.0, 0.0, 20.0, -20.0)
    assert one.digest == Dem("two", FLAT.copy(), Projection(SOUTH), 0.0, 0.0, 20.0, -20.0).digest
    assert one.digest != Dem("one", FLAT + 1, Projection(SOUTH), 0.0, 0.0, 20.0, -20.0).digest
    assert one.digest != Dem("one", FLAT, Projection(SOUTH), 1.0, 0.0, 20.0, -20.0).digest
    assert one.digest != Dem("one", FLAT, Projection(SOUTH, meridian=1.0), 0.0, 0.0, 20.0, -20.0).digest


def test_a_grid_alone_and_in_a_stack_says_the_same() -> None:
    heights = np.random.default_rng(2).normal(0, 500, (60, 60)).astype("float32")
    for values in (heights, np.asfortranarray(heights)):
        dem = Dem("rough", values, Projection(GEOGRAPHIC), 10.0, 20.0, 0.1, -0.1)
        latitude, longitude = np.meshgrid(np.linspace(14.5, 19.5, 9), np.linspace(10.5, 15.5, 7))
        alone, stacked = dem.height(latitude, longitude), TerrainStack([dem]).height(latitude, longitude)
        assert alone.shape == (7, 9)
        assert np.array_equal(alone, stacked)
        assert dem.height(15.0, 12.0) == pytest.approx(float(heights[50, 20]), abs=1e-2)


def test_a_file_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tif(tmp_path / "large.tif", np.zeros((20, 30), "int16"))
    monkeypatch.setattr(module, "LARGEST_PIXELS", 599)
    with (
        open_grid(path) as grid,
        pytest.raises(RequestError, match=r"large\.tif is too large .*30 x 20 pixels"),
    ):
        Dem.whole(grid)
    monkeypatch.setattr(module, "LARGEST_PIXELS", 600)
    assert Dem.open(path).heights.shape == (20, 30)
