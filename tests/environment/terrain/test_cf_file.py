"""netCDF files of heights: CF's ways to say where and what, and what is ambiguous."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from rasterio.crs import CRS

from ilrs_science.environment.terrain.cf_file import is_netcdf
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import RADIUS, SOUTH, polar_netcdf, write_tif

ROWS, COLUMNS = np.mgrid[0:16, 0:20]
GROUND = (7.0 * COLUMNS - 3 * ROWS + ROWS * COLUMNS).astype("float32")


def saved(dataset: xr.Dataset, path: Path, **options: object) -> Path:
    dataset.to_netcdf(path, engine="h5netcdf", **options)
    return path


def refused(path: Path, *words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Dem.open(path)
    for word in (path.name, *words):
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_netcdf_and_geotiff_of_the_same_ground_agree(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    latitude = -90.0 + np.degrees(rng.uniform(100, 700, 50) / RADIUS)
    longitude = rng.uniform(0, 360, 50)
    tif = Dem.open(write_tif(tmp_path / "a.tif", GROUND[::-1].copy())).height(latitude, longitude)
    netcdf = Dem.open(saved(polar_netcdf(GROUND), tmp_path / "a.nc")).height(latitude, longitude)
    assert np.isfinite(tif).all()
    assert np.allclose(tif, netcdf, atol=1e-3)


def test_classic_netcdf_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "classic.grd"
    polar_netcdf(GROUND).to_netcdf(path, engine="scipy")
    assert is_netcdf(path)
    assert np.array_equal(Dem.open(path).heights, GROUND)


@pytest.mark.parametrize("key", ["crs_wkt", "spatial_ref", "proj4"])
def test_the_grid_mapping_may_be_text(tmp_path: Path, key: str) -> None:
    dataset = polar_netcdf(GROUND)
    text = SOUTH if key == "proj4" else CRS.from_user_input(SOUTH).to_wkt()
    dataset["polar"].attrs = {key: text}
    assert np.array_equal(Dem.open(saved(dataset, tmp_path / "text.nc")).heights, GROUND)


@pytest.mark.parametrize("on_variable", [True, False])
def test_an_attribute_crs_will_do(tmp_path: Path, on_variable: bool) -> None:
    dataset = polar_netcdf(GROUND).drop_vars("polar")
    del dataset["elevation"].attrs["grid_mapping"]
    (dataset["elevation"] if on_variable else dataset).attrs["crs"] = "IAU_2015:30135"
    assert Dem.open(saved(dataset, tmp_path / "attr.nc")).projection.kind == -1
    (dataset["elevation"] if on_variable else dataset).attrs["crs"] = "the Moon, roughly"
    refused(saved(dataset, tmp_path / "wrong.nc"), "reference system that cannot be read")


def test_latitude_and_longitude_with_their_sphere(tmp_path: Path) -> None:
    heights = (("lat", "lon"), 0.02 * GROUND, {"units": "km", "grid_mapping": "moon"})
    mapping = {
        "grid_mapping_name": "latitude_longitude",
        "semi_major_axis": RADIUS,
        "inverse_flattening": 0.0,
    }
    coordinates = {"lat": np.arange(16.0) - 60.0, "lon": np.arange(20.0) + 100.0}
    dataset = xr.Dataset({"topo": heights, "moon": ((), 0, mapping)}, coordinates)
    dem = Dem.open(saved(dataset, tmp_path / "geographic.nc"))
    assert dem.height(-59.0, 102.0) == pytest.approx(20.0 * GROUND[1, 2], abs=0.01)
    dataset["moon"].attrs["inverse_flattening"] = 298.25
    refused(saved(dataset, tmp_path / "flat.nc"), "1737400")
    dataset["moon"].attrs = {"grid_mapping_name": "lambert_conformal_conic", "earth_radius": RADIUS}
    refused(saved(dataset, tmp_path / "conic.nc"), "lambert_conformal_conic")


def test_without_a_grid_mapping_the_body_is_unknown(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND).drop_vars("polar")
    refused(saved(dataset, tmp_path / "nowhere.nc"), "no coordinate reference system")


def test_packed_heights_and_fill_values_are_unpacked(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND.copy())
    dataset["elevation"].data[2, 3] = np.nan
    packing = {"dtype": "int16", "scale_factor": 0.5, "add_offset": 100.0, "_FillValue": -32768}
    dem = Dem.open(saved(dataset, tmp_path / "packed.nc", encoding={"elevation": packing}))
    assert np.argwhere(np.isnan(dem.heights)).tolist() == [[2, 3]]
    assert dem.heights[5, 6] == GROUND[5, 6]


def test_an_extra_dimension_of_one_is_no_matter(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND).expand_dims("time")
    assert Dem.open(saved(dataset, tmp_path / "time.nc")).heights.shape == (16, 20)


def with_more(**more: dict[str, str]) -> xr.Dataset:
    dataset = polar_netcdf(GROUND).rename(elevation="first")
    for name, attributes in more.items():
        dataset[name] = (("y", "x"), GROUND + 1.0, {"grid_mapping": "polar"} | attributes)
    return dataset


def test_the_variable_of_heights_is_told_by_standard_name_then_name_then_unit(tmp_path: Path) -> None:
    dataset = with_more(slope={"units": "deg"})
    assert Dem.open(saved(dataset, tmp_path / "unit.nc")).heights[0, 0] == GROUND[0, 0]
    dataset = with_more(z={"units": "m"}, counts={})
    assert Dem.open(saved(dataset, tmp_path / "name.nc")).heights[0, 0] == GROUND[0, 0] + 1.0
    dataset = with_more(z={"units": "m"})
    dataset["first"].attrs["standard_name"] = "surface_altitude"
    assert Dem.open(saved(dataset, tmp_path / "standard.nc")).heights[0, 0] == GROUND[0, 0]


def test_ambiguous_heights_are_listed(tmp_path: Path) -> None:
    dataset = with_more(second={"units": "m"})
    refused(saved(dataset, tmp_path / "two.nc"), "2 variables", "first [m], second [m]", "surface_altitude")
    refused(
        saved(xr.Dataset({"one": ("x", [1.0])}), tmp_path / "none.nc"), "no variable over two coordinates"
    )


def test_uneven_coordinates_and_other_units_are_refused(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND)
    dataset = dataset.assign_coords(x=dataset["x"] + 30.0 * (np.arange(20) == 7))
    refused(saved(dataset, tmp_path / "uneven.nc"), "uneven coordinate 'x'")
    dataset = polar_netcdf(GROUND, units="deg")
    refused(saved(dataset, tmp_path / "degrees.nc"), "'elevation' in 'deg'")


def test_coordinates_may_be_in_kilometres_and_single_precision(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND)
    small = {
        name: (name, (dataset[name].values / 1000.0).astype("float32"), {"units": "km"})
        for name in ("x", "y")
    }
    dem = Dem.open(saved(dataset.assign_coords(small), tmp_path / "small.nc"))
    assert (dem.x0, dem.y0, dem.dx, dem.dy) == pytest.approx((-950.0, -750.0, 100.0, 100.0), rel=1e-5)


def test_what_the_file_says_of_itself_is_kept(tmp_path: Path) -> None:
    dataset = polar_netcdf(GROUND).assign_attrs(title="the ridge", references="We (2026)")
    with open_grid(saved(dataset, tmp_path / "a.nc")) as grid:
        assert dict(grid.tags).items() >= {"title": "the ridge", "references": "We (2026)"}.items()
