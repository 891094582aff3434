"""Large files are read around a place: fine near by, in means further out, and it says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.terrain import rings
from ilrs_science.environment.terrain import stack as terrain
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.rings import dems_around
from ilrs_science.environment.terrain.stack import TerrainStack, TerrainWarning, terrain_of
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace
from tests.environment.terrain_files import GEOGRAPHIC, RADIUS, polar_netcdf, write_pds, write_tif

PLACE = (-89.7, 40.0)


def rough(size: tuple[int, int], seed: int = 3) -> np.ndarray:
    """Hills of every width. [m]"""
    rng = np.random.default_rng(seed)
    fy, fx = np.fft.fftfreq(size[0])[:, None], np.fft.rfftfreq(size[1])[None, :]
    wave = np.hypot(fy, fx)
    wave[0, 0] = 1.0
    spectrum = wave**-1.8 * np.exp(2j * np.pi * rng.random(wave.shape))
    spectrum[0, 0] = 0.0
    heights = np.fft.irfft2(spectrum, size)
    return (600.0 * heights / heights.std()).astype("float32")


@pytest.fixture(scope="module")
def polar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1200 x 1200 pixels of 100 m round the south pole."""
    return write_tif(tmp_path_factory.mktemp("rings") / "polar.tif", rough((1200, 1200)))


def test_each_ring_doubles_pixel_and_radius(polar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "PIXEL_OF_DISTANCE", 0.02)
    monkeypatch.setattr(rings, "REACH_M", 45_000.0)
    dems = dems_around(polar, PLACE, radius=1000.0)
    assert [dem.name for dem in dems] == [
        "polar.tif (100 m within 11 km of 89.7 S 40 E)",
        "polar.tif (200 m within 21 km of 89.7 S 40 E)",
        "polar.tif (400 m within 41 km of 89.7 S 40 E)",
        "polar.tif (800 m within 46 km of 89.7 S 40 E)",
    ]
    assert [dem.cell for dem in dems] == [100.0, 200.0, 400.0, 800.0]
    assert sum(dem.heights.size for dem in dems) < 0.15 * 1200 * 1200


def test_a_ring_has_the_pixels_of_the_file_or_their_means(
    polar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rings, "PIXEL_OF_DISTANCE", 0.02)
    whole = Dem.open(polar)
    for dem, every in zip(dems_around(polar, PLACE), (1, 2, 4), strict=False):
        column = round((dem.x0 - 0.5 * (every - 1) * 100.0 - whole.x0) / 100.0)
        row = round((whole.y0 - dem.y0 - 0.5 * (every - 1) * 100.0) / 100.0)
        assert column % every == row % every == 0
        rows, columns = dem.heights.shape
        part = whole.heights[row : row + rows * every, column : column + columns * every].astype(float)
        means = part.reshape(rows, every, columns, every).mean(axis=(1, 3))
        assert np.allclose(dem.heights, means, atol=1e-3)


def test_a_ring_holds_its_whole_circle(polar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "PIXEL_OF_DISTANCE", 0.02)
    for dem, radius in zip(dems_around(polar, PLACE), (9_900.0, 19_700.0), strict=False):
        latitude, longitude = rings._circle(PLACE, radius)
        assert np.isfinite(dem.height(latitude, longitude)).all()


def test_the_skyline_is_that_of_the_whole_file(polar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "PIXEL_OF_DISTANCE", 4e-3)
    dems = dems_around(polar, PLACE)
    assert [dem.heights.shape[0] for dem in dems[1:]] == [600], (
        "coarser pixels of the same ground are left out"
    )
    place = SurfacePlace(*PLACE)
    cut, whole = (
        horizon(place, TerrainStack(some))["horizon_elevation"] for some in (dems, [Dem.open(polar)])
    )
    error = (cut - whole).values
    assert np.sqrt(np.mean(error**2)) < 0.004
    assert np.abs(error).max() < 0.06


@pytest.mark.parametrize("place", [(-89.7, 40.0), (-80.0, 359.9), (20.0, 181.0), (0.0, 0.2), (88.5, -100.0)])
def test_a_global_map_is_cut_anywhere(
    tmp_path: Path, place: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rings, "PIXEL_OF_DISTANCE", 0.5)
    monkeypatch.setattr(rings, "REACH_M", 200_000.0)
    path = write_tif(
        tmp_path / "globe.tif", rough((720, 1440)), crs=GEOGRAPHIC, pixel=0.25, corner=(0.0, 90.0)
    )
    (dem, *_), whole = dems_around(path, place), Dem.open(path)
    assert dem.heights.size < 0.3 * whole.heights.size
    latitude, longitude = rings._circle(place, 25_000.0)
    wide = round(dem.dx / whole.dx)
    tolerance = 1e-3 if wide == 1 else 25.0 * wide
    assert np.allclose(dem.height(latitude, longitude), whole.height(latitude, longitude), atol=tolerance)
    assert dem.dx * RADIUS * np.cos(np.radians(np.abs(latitude).min())) * np.pi / 180 < 1.1 * dem.cell


def test_a_region_that_ends_beside_the_place_gives_what_it_has(tmp_path: Path) -> None:
    path = write_tif(tmp_path / "part.tif", rough((64, 64)), crs=GEOGRAPHIC, pixel=0.01, corner=(355.0, 10.0))
    (dem,) = dems_around(path, (9.7, -4.5))
    assert dem.height(9.7, -4.5) == pytest.approx(float(Dem.open(path).height(9.7, 355.5)))


def test_a_file_out_of_reach_gives_nothing(polar: Path) -> None:
    assert dems_around(polar, (40.0, 10.0)) == []
    assert dems_around(polar, (89.0, 10.0)) == []
    assert dems_around(polar, (-75.0, 10.0)) == []


def test_images_and_netcdf_are_cut_as_well(tmp_path: Path) -> None:
    image = write_pds(tmp_path, (rough((200, 200)) * 2).astype("<i2"))[1]
    netcdf = tmp_path / "cut.nc"
    polar_netcdf(rough((200, 200))).to_netcdf(netcdf, engine="h5netcdf")
    for path in (image, netcdf):
        assert np.array_equal(dems_around(path, PLACE)[0].heights, Dem.open(path).heights[:200, :200])


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a million pixels were too many."""
    monkeypatch.setattr("ilrs_science.environment.terrain.dem.LARGEST_PIXELS", 1_200_000)
    monkeypatch.setattr(terrain, "CUT_PIXELS", 1_200_000)


def test_a_large_file_is_refused_without_a_place_and_cut_with_one(polar: Path, small_limit: None) -> None:
    with pytest.raises(
        RequestError, match=r"too large to be read whole \(1200 x 1200 pixels\); ask for one place"
    ):
        terrain_of(polar)
    nested = terrain_of(polar, around=PLACE, compare=False)
    assert nested is not None
    assert nested.names[0].startswith("polar.tif (100 m within")
    assert nested.names[-3:] == ("lola_south_1600m.tif", "lola_north_1600m.tif", "lola_global_0p25deg.tif")
    skyline = horizon(SurfacePlace(*PLACE), nested)
    assert skyline.attrs["ground_dem"] == nested.names[0]
    assert terrain_of(polar, around=PLACE, compare=False) == nested


def test_a_place_outside_every_file_is_told_who_answers(
    polar: Path, tmp_path: Path, small_limit: None
) -> None:
    small = write_tif(tmp_path / "small.tif", np.zeros((8, 8), "int16"))
    for choice in (polar, small, [small, polar]):
        with pytest.warns(TerrainWarning, match=r"ground at -80, 10; lola_south_1600m\.tif answers instead"):
            terrain_of(choice, around=(-80.0, 10.0), compare=False)
    with pytest.warns(TerrainWarning, match=r"lola_global_0p25deg\.tif answers"):
        terrain_of([small, "auto"], around=(10.0, 10.0))
    assert terrain_of("auto", around=(10.0, 10.0)) == terrain_of("auto")
