"""Terrain grids: what they say about the ground, and what is said about files that will not do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio import Affine

from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain, terrain_of
from ilrs_science.errors import IlrsError, RequestError

RADIUS = 1_737_400.0
SOUTH = f"+proj=stere +lat_0=-90 +lon_0=0 +R={RADIUS:.0f} +units=m"
GEOGRAPHIC = f"+proj=longlat +R={RADIUS:.0f}"


def from_origin(west: float, north: float, pixel: float) -> Affine:
    return Affine(pixel, 0.0, west, 0.0, -pixel, north)


def write(path: Path, values: np.ndarray, *, crs: str | None = SOUTH, corner: tuple[float, float] = (-800.0,
800.0),
          pixel: float = 100.0, scale: float = 1.0, offset: float = 0.0, **profile: Any) -> Path:  # fmt: skip
    rows, columns = values.shape
    transform = profile.pop("transform", from_origin(*corner, pixel))
    size = {"width": columns, "height": rows, "count": 1, "dtype": values.dtype}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **size, **profile) as dataset:
        dataset.write(values, 1)
        dataset.scales, dataset.offsets = (scale,), (offset,)
    return path


def south_pole_map(x: float, y: float) -> tuple[float, float]:
    """Snyder 1987 (USGS PP 1395) eq. 20-14 to 20-18, south polar aspect on the sphere."""
    latitude = -90.0 + np.degrees(2.0 * np.arctan(np.hypot(x, y) / (2.0 * RADIUS)))
    return float(latitude), float(np.degrees(np.arctan2(x, y)))


@pytest.fixture(scope="module")
def shipped() -> TerrainStack:
    return shipped_terrain()


def test_polar_and_global_grids_tell_of_the_same_moon(shipped: TerrainStack) -> None:
    south, north, whole = shipped.dems
    rng = np.random.default_rng(2)
    for dem, sign in ((south, -1.0), (north, 1.0)):
        latitude, longitude = sign * rng.uniform(71.0, 88.0, 5000), rng.uniform(-180.0, 360.0, 5000)
        fine, coarse = dem.height(latitude, longitude), whole.height(latitude, longitude)
        assert np.corrcoef(fine, coarse)[0, 1] > 0.985
        assert abs(np.mean(fine - coarse)) < 10.0
        assert np.corrcoef(fine, whole.height(latitude, -longitude))[0, 1] < 0.6, "a mirrored map would agree"


def test_known_places_have_their_published_heights(shipped: TerrainStack) -> None:
    # Apollo 11: -1929 m (LOLA, Wagner et al. 2017, doi:10.1016/j.icarus.2016.05.011); floor of Shackleton about
    # -2.9 km (Zuber et al. 2012, doi:10.1038/nature11216). A 7.6 km pixel may miss by 100 m, a 1.6 km one by 200 m.
    assert shipped.height(0.6742, 23.4731) == pytest.approx(-1929, abs=100)
    assert shipped.height(-89.67, 129.2) == pytest.approx(-2900, abs=200)


def test_the_finest_grid_that_knows_the_place_answers(shipped: TerrainStack) -> None:
    assert shipped.source([-89.0, 89.0, 0.0, -69.0], 10.0).tolist() == [0, 1, 2, 2]
    assert shipped.names == ("lola_south_1600m.tif", "lola_north_1600m.tif", "lola_global_0p25deg.tif")
    assert repr(shipped.dems[0]) == "<Dem lola_south_1600m.tif: 762 x 762, 1600 m>"
    assert shipped.dems[2].cell == pytest.approx(0.25 * np.pi / 180.0 * RADIUS)


@settings(max_examples=50, deadline=None)
@given(latitude=st.floats(-90, 90), longitude=st.floats(-360, 720))
def test_every_place_of_the_moon_has_a_height(latitude: float, longitude: float) -> None:
    height = float(shipped_terrain().height(latitude, longitude))
    assert -9200.0 < height < 10900.0
    assert shipped_terrain().height(latitude, longitude + 360.0) == pytest.approx(height, abs=1e-4)


def test_interpolation_is_bilinear_between_pixel_centres(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:16, 0:16]
    dem = Dem.open(write(tmp_path / "plane.tif", (3 * columns - 2 * rows + columns * rows).astype("int16")))
    for x, y in ((0.0, 0.0), (123.0, -321.0), (-749.0, 749.0)):
        column, row = (x + 750.0) / 100.0, (750.0 - y) / 100.0
        assert dem.height(*south_pole_map(x, y)) == pytest.approx(
            3 * column - 2 * row + column * row, abs=1e-3
        )
    assert np.isnan(dem.height(*south_pole_map(0.0, 760.0))), "outside the outermost pixel centres"
    assert np.isnan(dem.height(89.0, 0.0))


def test_scale_offset_and_no_data_are_honoured(tmp_path: Path) -> None:
    values = np.full((16, 16), 1200, "int16")
    values[0, 0] = -32768
    dem = Dem.open(write(tmp_path / "scaled.tif", values, scale=0.1, offset=-5.0, nodata=-32768))
    assert dem.height(-90.0, 0.0) == pytest.approx(115.0)
    assert np.isnan(dem.height(*south_pole_map(-749.0, 749.0)))


def test_holes_are_filled_by_the_next_grid(tmp_path: Path, shipped: TerrainStack) -> None:
    values = np.full((16, 16), 100.0, "float32")
    values[4:9, 4:9] = np.nan
    stack = TerrainStack([Dem.open(write(tmp_path / "hole.tif", values)), *shipped.dems])
    assert stack.source(*south_pole_map(-150.0, 150.0)) == 1
    assert stack.source(*south_pole_map(500.0, -500.0)) == 0


@pytest.mark.parametrize("south_up", [False, True])
def test_rows_may_run_either_way(tmp_path: Path, south_up: bool) -> None:
    values = np.arange(256, dtype="float32").reshape(16, 16)
    transform = from_origin(-800.0, 800.0, 100.0)
    if south_up:
        values, transform = values[::-1], Affine(100.0, 0.0, -800.0, 0.0, 100.0, -800.0)
    dem = Dem.open(write(tmp_path / "rows.tif", values, transform=transform))
    assert dem.height(*south_pole_map(-750.0, 750.0)) == pytest.approx(0.0, abs=1e-3)
    assert dem.height(*south_pole_map(750.0, -750.0)) == pytest.approx(255.0, abs=1e-3)


def test_equirectangular_metres_are_degrees_in_disguise(tmp_path: Path) -> None:
    degree = np.radians(RADIUS)
    values = np.arange(100, dtype="float32").reshape(10, 10)
    crs = f"+proj=eqc +R={RADIUS:.0f} +lon_0=180 +units=m"
    dem = Dem.open(
        write(tmp_path / "eqc.tif", values, crs=crs, corner=(-5 * degree, 5 * degree), pixel=degree)
    )
    assert dem.height(4.5, 175.5) == pytest.approx(0.0, abs=1e-3)
    assert dem.height(3.5, -177.0 - 1.5) == pytest.approx(16.0, abs=1e-3)


def test_radii_and_kilometres_become_heights(tmp_path: Path) -> None:
    radii = np.full((16, 16), RADIUS + 250.0)
    assert Dem.open(write(tmp_path / "radius.tif", radii)).height(-90.0, 0.0) == pytest.approx(250.0)
    path = write(tmp_path / "km.tif", np.full((16, 16), -1.5, "float32"))
    with rasterio.open(path, "r+") as dataset:
        dataset.units = ("km",)
    assert Dem.open(path).height(-90.0, 0.0) == pytest.approx(-1500.0)


def refused(path: Path, *words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Dem.open(path)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    for word in words:
        assert word in message


def test_a_file_that_will_not_do_is_one_clear_error(tmp_path: Path) -> None:
    ground = np.zeros((16, 16), "int16")
    refused(tmp_path / "absent.tif", "does not exist")
    refused(write(tmp_path / "nowhere.tif", ground, crs=None), "no coordinate reference system")
    refused(write(tmp_path / "earth.tif", ground, crs="EPSG:3031"), "WGS84", "1737400")
    refused(write(tmp_path / "mars.tif", ground, crs="+proj=longlat +R=3396190"), "3396190")
    refused(write(tmp_path / "ortho.tif", ground, crs=f"+proj=ortho +R={RADIUS:.0f}"), "ortho")
    refused(write(tmp_path / "void.tif", ground, nodata=0), "no data")
    refused(write(tmp_path / "turned.tif", ground, transform=Affine(70, 70, 0, 70, -70, 0)), "rotated")
    refused(write(tmp_path / "high.tif", np.full((16, 16), 1e7)), "1e+07")
    refused(write(tmp_path / "row.tif", ground[:1]), "at least 2 x 2")
    (tmp_path / "text.tif").write_text("not a raster")
    refused(tmp_path / "text.tif", "cannot be read")
    whole = write(tmp_path / "cut.tif", np.random.default_rng(0).integers(0, 9, (400, 400), "int16"))
    whole.write_bytes(whole.read_bytes()[:100_000])
    refused(whole, "cannot be read")


def test_more_than_one_band_is_not_a_height_grid(tmp_path: Path) -> None:
    size = {"width": 4, "height": 4, "count": 2, "dtype": "int16", "crs": SOUTH, "driver": "GTiff"}
    with rasterio.open(tmp_path / "two.tif", "w", transform=from_origin(0, 0, 5), **size) as dataset:
        dataset.write(np.zeros((2, 4, 4), "int16"))
    refused(tmp_path / "two.tif", "2 bands")


def test_terrain_is_chosen_by_word_or_by_files(tmp_path: Path, shipped: TerrainStack) -> None:
    path = write(tmp_path / "mine.tif", np.zeros((16, 16), "int16"))
    assert terrain_of("none") is None
    assert terrain_of("auto") == shipped
    assert terrain_of(shipped) is shipped
    for choice in (path, str(path), [path], [path, "auto"]):
        nested = terrain_of(choice)
        assert nested is not None
        assert nested.names == ("mine.tif", *shipped.names)
    for wrong in (["none", "auto"], tmp_path / "absent.tif"):
        with pytest.raises(IlrsError):
            terrain_of(wrong)


def test_stacks_of_equal_content_are_equal(tmp_path: Path) -> None:
    values = np.arange(256, dtype="int16").reshape(16, 16)
    one, two = (TerrainStack([Dem.open(write(tmp_path / name, values))]) for name in ("a.tif", "b.tif"))
    other = TerrainStack([Dem.open(write(tmp_path / "c.tif", values + 1))])
    assert one == two
    assert hash(one) == hash(two)
    assert one != other


def test_a_folder_or_a_device_is_no_file_of_heights(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="is a folder; name the file in it"):
        terrain_of(tmp_path)
    if Path("/dev/null").exists():
        with pytest.raises(RequestError, match="is not a file"):
            terrain_of("/dev/null")
