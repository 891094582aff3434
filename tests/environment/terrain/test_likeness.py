"""A map that shows another Moon than LOLA saw is refused or warned of; a good one is not."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.heights import TerrainWarning
from ilrs_science.environment.terrain.likeness import doubt_of, likeness_of
from ilrs_science.environment.terrain.stack import shipped_terrain, terrain_of
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import GEOGRAPHIC, moon_like, write_tif

Change = Callable[[np.ndarray], np.ndarray]
SHIPPED = shipped_terrain().dems
GOOD = moon_like(100, 400.0)
"""The Moon around the south pole over 40 km."""


def map_of(folder: Path, values: np.ndarray, pixel: float = 400.0) -> Path:
    return write_tif(folder / "map.tif", np.ascontiguousarray(values).astype("float32"), pixel=pixel)


def rough(values: np.ndarray) -> np.ndarray:
    """With what a finer map sees: 30 m of roughness from pixel to pixel."""
    return values + np.random.default_rng(4).normal(0.0, 30.0, values.shape)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda heights: heights / 1000.0, "has heights that look like kilometres"),
        (lambda heights: heights / 0.3048, "has heights that look like feet"),
        (lambda heights: heights * 0.3048, "has heights that look like metres, taken for feet"),
        (lambda heights: heights[::-1], "is upside down: it matches LOLA only with its rows reversed"),
        (lambda heights: heights[:, ::-1], "is mirrored east-west: .* only with its columns reversed"),
        (lambda heights: heights[::-1, ::-1], "is turned by half a turn: .* rows and columns reversed"),
    ],
    ids=["km", "feet", "into feet", "upside down", "mirrored", "turned"],
)
@pytest.mark.parametrize("texture", [lambda heights: heights, rough], ids=["smooth", "rough"])
def test_a_map_that_is_certainly_wrong_is_refused(
    tmp_path: Path, change: Change, words: str, texture: Change
) -> None:
    path = map_of(tmp_path, change(texture(GOOD)))
    with pytest.raises(RequestError, match=f"terrain file map.tif {words}"):
        terrain_of(path)
    assert terrain_of(path, compare=False) is not None, "whoever made it up on purpose can say so"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (np.zeros_like, r"is flat where LOLA finds a relief of \d+ m; are these heights\?"),
        (lambda heights: heights + 5000.0, "lies 5.0 km above LOLA"),
        (lambda heights: heights - 400.0, "lies 0.4 km below LOLA"),
        (lambda heights: np.roll(heights, 40, 0), "does not resemble the ground that LOLA finds there"),
    ],
    ids=["zeros", "far above", "below", "elsewhere"],
)
def test_a_map_that_is_odd_is_warned_of_and_used(tmp_path: Path, change: Change, words: str) -> None:
    path = map_of(tmp_path, change(GOOD))
    for _ in range(2):  # the answer is kept, the warning is not lost
        with pytest.warns(TerrainWarning, match=f"terrain file map.tif {words}"):
            assert terrain_of(path) is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        terrain_of(path, compare=False)


@pytest.mark.parametrize("texture", [lambda heights: heights, rough], ids=["smooth", "rough"])
def test_a_good_map_is_taken_without_a_word(tmp_path: Path, texture: Change) -> None:
    path = map_of(tmp_path, texture(GOOD))
    assert terrain_of(path) is not None
    found = likeness_of(Dem.open(path), SHIPPED)
    assert found is not None
    assert found.grid == "lola_south_1600m.tif"
    assert found.blocks == 25
    assert found.correlation > 0.99
    assert found.slope == pytest.approx(1.0, abs=0.02)
    assert abs(found.offset) < 10.0
    assert found.turned[1] < 0.9


def test_holes_do_not_hide_what_a_map_shows(tmp_path: Path) -> None:
    values = GOOD.copy()
    values[np.random.default_rng(5).random(values.shape) < 0.3] = np.nan
    values[:40, :40] = np.nan
    assert terrain_of(map_of(tmp_path, values)) is not None
    with pytest.raises(RequestError, match="upside down"):
        terrain_of(map_of(tmp_path, values[::-1]))


def test_the_shipped_grids_are_like_themselves() -> None:
    for dem in SHIPPED:
        found = likeness_of(dem, SHIPPED)
        assert found is not None
        assert (found.grid, found.blocks) == (dem.name, 60)
        assert found.correlation == pytest.approx(1.0)
        assert doubt_of(dem, SHIPPED) == ""


def test_a_map_of_degrees_is_compared_with_the_global_grid(tmp_path: Path) -> None:
    latitude, longitude = np.meshgrid(
        np.arange(30.0, 10.0, -0.1), np.arange(355.0, 375.0, 0.1), indexing="ij"
    )
    heights = shipped_terrain().height(latitude, longitude).astype("float32")
    facts = {"crs": GEOGRAPHIC, "pixel": 0.1, "corner": (354.95, 30.05)}
    good = Dem.open(write_tif(tmp_path / "good.tif", heights, **facts))
    assert doubt_of(good, SHIPPED) == ""
    mirrored = np.ascontiguousarray(heights[:, ::-1])
    with pytest.raises(RequestError, match="mirrored east-west"):
        doubt_of(Dem.open(write_tif(tmp_path / "bad.tif", mirrored, **facts)), SHIPPED)


def test_a_map_of_a_few_kilometres_has_only_its_height_compared(tmp_path: Path) -> None:
    small = moon_like(40, 100.0)
    for change in (small, small[::-1], small * 0.0 + small.mean()):
        assert terrain_of(map_of(tmp_path, change, 100.0)) is not None
    with pytest.warns(TerrainWarning, match="lies 4.9 km above LOLA"):
        terrain_of(map_of(tmp_path, small + 5000.0, 100.0))


def test_a_map_coarser_than_lola_is_not_compared() -> None:
    assert likeness_of(SHIPPED[2], SHIPPED[:2]) is None


def test_the_tile_of_the_ridge_is_good_and_its_variants_are_not(shared_dir: Path) -> None:
    tile = Dem.open(shared_dir / "terrain/connecting_ridge_site01_10m.tif")
    began = time.perf_counter()
    found = likeness_of(tile, SHIPPED)
    assert time.perf_counter() - began < 0.1
    assert found is not None
    assert found.correlation > 0.99
    assert abs(found.offset) < 50.0
    assert doubt_of(tile, SHIPPED) == ""
    for values in (tile.heights / 1000, tile.heights[::-1], tile.heights[:, ::-1]):
        wrong = Dem(
            "wrong.tif", np.ascontiguousarray(values), tile.projection, tile.x0, tile.y0, tile.dx, tile.dy
        )
        with pytest.raises(RequestError, match=r"wrong\.tif (has heights that look like km|has|is)"):
            doubt_of(wrong, SHIPPED)


def test_a_file_that_is_read_around_a_place_is_compared_as_far_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ilrs_science.environment.terrain.stack.CUT_PIXELS", 5_000)
    assert terrain_of(map_of(tmp_path, GOOD), around=(-89.9, 0.0)) is not None
    high = write_tif(tmp_path / "high.tif", GOOD + 5000.0, pixel=400.0)
    with pytest.warns(TerrainWarning, match="lies 5.0 km above LOLA"):
        terrain_of(high, around=(-89.9, 0.0))
