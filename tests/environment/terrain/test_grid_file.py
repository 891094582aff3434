"""Files of heights in any format say the same of the same ground, or one clear sentence why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.environment.terrain.heights import TerrainWarning
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import GEOGRAPHIC, RADIUS, SOUTH, write_tif

ROWS, COLUMNS = np.mgrid[0:16, 0:20]
GROUND = (7 * COLUMNS - 3 * ROWS + ROWS * COLUMNS).astype("int16")
"""Nothing like its own mirror images."""


def refused(path: Path, *words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Dem.open(path)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    for word in words:
        assert word in message


def places() -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes within the 1600 m x 2000 m of `GROUND` at the south pole."""
    rng = np.random.default_rng(4)
    x, y = rng.uniform(-900, 900, 200), rng.uniform(-700, 700, 200)
    return -90.0 + np.degrees(2 * np.arctan(np.hypot(x, y) / (2 * RADIUS))), np.degrees(np.arctan2(x, y))


def test_rows_and_columns_may_run_either_way(tmp_path: Path) -> None:
    straight = Dem.open(write_tif(tmp_path / "north_up.tif", GROUND)).height(*places())
    flips: dict[str, tuple[Any, Affine]] = {
        "south_up.tif": (GROUND[::-1], Affine(100, 0, -1000, 0, 100, -800)),
        "east_first.tif": (GROUND[:, ::-1], Affine(-100, 0, 1000, 0, -100, 800)),
        "both.tif": (GROUND[::-1, ::-1], Affine(-100, 0, 1000, 0, 100, -800)),
    }
    for name, (values, turn) in flips.items():
        dem = Dem.open(write_tif(tmp_path / name, values.copy(), transform=turn))
        assert np.allclose(dem.height(*places()), straight, atol=1e-3), name
    mirrored = Dem.open(write_tif(tmp_path / "mirrored.tif", GROUND[::-1].copy()))
    assert not np.allclose(mirrored.height(*places()), straight, atol=1.0)


def test_a_parallel_of_true_scale_is_honoured(tmp_path: Path) -> None:
    degree = np.radians(RADIUS)
    crs = f"+proj=eqc +lat_ts=60 +lon_0=30 +R={RADIUS:.0f} +units=m"
    turn = Affine(0.5 * degree, 0, -10 * 0.5 * degree, 0, -degree, 68 * degree)
    dem = Dem.open(write_tif(tmp_path / "eqc60.tif", GROUND, crs=crs, transform=turn))
    # A column is 1 deg of longitude: its metres are shortened by cos(60 deg).
    assert (dem.dx, dem.dy) == pytest.approx((1.0, -1.0))
    assert dem.height(67.5, 20.5) == pytest.approx(GROUND[0, 0])
    assert dem.height(60.5, 31.5) == pytest.approx(GROUND[7, 11], abs=1e-3)


def test_heights_in_kilometres_without_a_unit_are_refused(tmp_path: Path) -> None:
    low = np.linspace(-9.0, 10.0, 16 * 20).reshape(16, 20).astype("float32")
    refused(write_tif(tmp_path / "km.tif", low, pixel=5000.0), "kilometres", "set the unit")
    path = write_tif(tmp_path / "said.tif", low, pixel=5000.0)
    with rasterio.open(path, "r+") as dataset:
        dataset.units = ("km",)
    assert float(np.nanmax(Dem.open(path).heights)) == pytest.approx(10_000.0)


def test_a_void_that_is_not_named_is_told_and_left_out(tmp_path: Path) -> None:
    holes = GROUND.copy()
    holes[3:5, 3:5] = -32768
    with pytest.warns(TerrainWarning, match=r"holes\.tif does not say which number means no data; -32768"):
        dem = Dem.open(write_tif(tmp_path / "holes.tif", holes))
    assert np.isnan(dem.heights).sum() == 4
    vast = GROUND.astype("float32")
    vast[0, 0] = -3.4028227e38
    assert np.isnan(Dem.open(write_tif(tmp_path / "vast.tif", vast)).heights).sum() == 1


def test_what_is_no_file_of_heights_is_one_sentence(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")
    refused(tmp_path / "absent.tif", "does not exist")
    (tmp_path / "nothing.tif").write_bytes(b"")
    refused(tmp_path / "nothing.tif", "0 bytes")
    (tmp_path / "text.tif").write_text("once upon a time")
    refused(tmp_path / "text.tif", "cannot be read")
    (tmp_path / "noise.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(500))
    refused(tmp_path / "noise.nc", "cannot be read")
    (tmp_path / "classic.nc").write_bytes(b"CDF\x01" + bytes(7))
    refused(tmp_path / "classic.nc", "cannot be read")
    refused(write_tif(tmp_path / "void.tif", np.full((4, 4), -5, "int16"), nodata=-5), "no data in any pixel")
    refused(write_tif(tmp_path / "complex.tif", GROUND.astype("complex64")), "complex64")


def test_other_bodies_are_named(tmp_path: Path) -> None:
    for name, crs, body in (
        ("earth", "EPSG:4326", "WGS84"),
        ("mars", "+proj=longlat +R=3396190", "3396190"),
        ("flat_moon", "+proj=longlat +a=1738100 +b=1736000", "1738100"),
    ):
        refused(write_tif(tmp_path / f"{name}.tif", GROUND, crs=crs, pixel=0.1), body, "1737400")
    refused(write_tif(tmp_path / "nowhere.tif", GROUND, crs=None), "no coordinate reference system")


def test_a_map_beyond_the_poles_cannot_be_right(tmp_path: Path) -> None:
    refused(
        write_tif(tmp_path / "high.tif", GROUND, crs=GEOGRAPHIC, corner=(0.0, 120.0), pixel=1.0),
        "geotransform",
    )
    refused(
        write_tif(tmp_path / "wide.tif", GROUND, crs=GEOGRAPHIC, corner=(0.0, 80.0), pixel=30.0),
        "geotransform",
    )


def test_a_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 9, (400, 400), "int16")
    path = write_tif(tmp_path / "cut.tif", noise)
    path.write_bytes(path.read_bytes()[:100_000])
    refused(path, "cannot be read")


def test_parts_are_read_as_the_whole(tmp_path: Path) -> None:
    path = write_tif(tmp_path / "part.tif", GROUND, scale=0.5)
    with open_grid(path) as grid:
        part = grid.read(slice(2, 7), slice(3, 19))
        assert (grid.rows, grid.columns, grid.pixels, grid.cell) == (16, 20, 320, 100.0)
        assert (grid.width, grid.round_moon) == (2000.0, False)
    assert np.array_equal(part, Dem.open(path).heights[2:7, 3:19])


def test_a_map_round_the_moon_is_known_as_such(tmp_path: Path) -> None:
    path = write_tif(tmp_path / "round.tif", np.tile(GROUND, (1, 18))[:, :360], crs=GEOGRAPHIC, pixel=1.0)
    with open_grid(path) as grid:
        assert grid.round_moon
        assert grid.cell == pytest.approx(np.radians(RADIUS))
    assert SOUTH.startswith("+proj=stere")
