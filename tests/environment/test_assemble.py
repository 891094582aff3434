"""The environment of a place: one CF Dataset whose names, frames and cases fit together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import ilrs_science
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.files import write_netcdf
from ilrs_science.environment.ground import standing_place
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.environment.light.horizon import horizon, sphere_dip
from ilrs_science.environment.light.illumination import angular_radius, skyline_at, visible_fraction
from ilrs_science.environment.terrain.stack import shipped_terrain, terrain_of
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnknownNameError
from ilrs_science.nomenclature import check, variables
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

RIDGE = SurfacePlace(-89.45, 222.69)
MONTH = ("2031-06-01", "2031-06-29")
GEOMETRY = {"azimuth", "elevation", "range", "visible_fraction"}
PLASMA = {"plasma_region", "magnetopause_margin", "bow_shock_margin", "lunar_wake"}
DOSES = {"dose_rate", "dose_equivalent_rate", "solar_cycle_phase"}
EVERYWHERE = (
    {f"{body}_{name}" for body in ("sun", "earth") for name in GEOMETRY}
    | {"sun_covered_fraction"}
    | PLASMA
    | DOSES
)
GROUND = {"sun_horizon_elevation", "earth_horizon_elevation", "surface_temperature"}


@pytest.fixture(scope="module")
def ridge() -> xr.Dataset:
    return environment(RIDGE, *MONTH, mast="10 m")


def test_a_site_has_sun_earth_and_skyline(ridge: xr.Dataset) -> None:
    assert set(ridge.data_vars) == EVERYWHERE | GROUND
    assert ridge.sizes == {"time": 28 * 24}
    assert ridge.time.dtype == "datetime64[us]"
    assert all(ridge[name].dims == ("time",) and not ridge[name].isnull().any() for name in ridge.data_vars)


def test_every_variable_is_of_the_nomenclature(ridge: xr.Dataset) -> None:
    assert check(ridge) is ridge
    for name in ridge.data_vars:
        assert ridge[name].attrs["units"] == variables()[str(name)].units
        assert ridge[name].attrs["long_name"]


def test_the_attributes_say_what_the_numbers_depend_on(ridge: xr.Dataset) -> None:
    assert ridge.attrs["Conventions"].startswith("CF-")
    assert ridge.attrs["ground_dem"] == "lola_south_1600m.tif"
    assert (ridge.attrs["mast_m"], ridge.attrs["range_km"]) == (10.0, 300.0)
    assert "Earth eclipses not counted" in ridge.attrs["visible_fraction_definition"]
    assert ridge.attrs["title"] == "Environment of -89.45, 222.69 on the Moon"


def test_the_parts_can_be_had_one_by_one(ridge: xr.Dataset) -> None:
    terrain = shipped_terrain()
    skyline = horizon(RIDGE, terrain, mast=10.0)
    seen = observe(RIDGE, ridge.time.values).sel(body="earth")
    np.testing.assert_array_equal(ridge.earth_elevation, seen.elevation)
    np.testing.assert_array_equal(ridge.earth_horizon_elevation, skyline_at(skyline, seen.azimuth))
    expected = visible_fraction(seen.azimuth, seen.elevation, angular_radius("earth", seen.range), skyline)
    np.testing.assert_array_equal(ridge.earth_visible_fraction, expected)


def test_a_disc_well_above_the_skyline_is_whole_and_one_well_below_is_gone(ridge: xr.Dataset) -> None:
    for body, margin in (("sun", 1.5), ("earth", 3.0)):
        above = ridge[f"{body}_elevation"] - ridge[f"{body}_horizon_elevation"]
        fraction = ridge[f"{body}_visible_fraction"]
        assert np.all(fraction.values[above.values > margin] == 1.0)
        assert np.all(fraction.values[above.values < -margin] == 0.0)


def test_a_station_adds_power_and_link() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    found = environment(station, *MONTH)
    assert set(found.data_vars) > {"array_power", "link_rate"}
    assert found.attrs["mast_m"] == station.mast
    # Never more than the rated power at perihelion, 0.9833 AU.
    assert 0.0 < float(found.array_power.max()) <= station.array.rated_power / 0.9833**2
    dark = found.sun_visible_fraction == 0.0
    assert np.all(found.array_power.values[dark.values] == 0.0)
    up = found.earth_elevation > np.maximum(found.earth_horizon_elevation, station.link.elevation_mask)
    np.testing.assert_array_equal(found.link_rate, np.where(up, station.link.rate, 0.0))


def test_a_station_may_stand_elsewhere() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    found = environment(station, *MONTH, site=SurfacePlace(0.0, 0.0), step="1 d")
    assert (found.attrs["latitude"], found.attrs["longitude"]) == (0.0, 0.0)
    assert np.all(found.link_rate > 0.0), "the Earth never sets at the middle of the near side"


def test_without_terrain_the_skyline_is_that_of_the_sphere() -> None:
    found = environment(Site(latitude=10, longitude=20, height=-500), *MONTH, terrain="none", mast="50 m")
    np.testing.assert_allclose(found.sun_horizon_elevation, sphere_dip(50.0, -500.0))
    assert found.attrs["dem"] == "none"
    half = environment(SurfacePlace(0.0, 0.0), *MONTH, terrain="none", mast=0.0).sun_visible_fraction
    # The Sun crosses the equator's horizon in an hour: a month is half light, half dark.
    assert float(half.mean()) == pytest.approx(0.5, abs=0.03)


def test_a_site_without_height_stands_on_the_terrain() -> None:
    terrain = shipped_terrain()
    assert standing_place(Site(latitude=-89.45, longitude=222.69), terrain).height == pytest.approx(
        1850.2, abs=0.1
    )
    assert standing_place(Site(latitude=-89.45, longitude=222.69), None).height == 0.0
    assert standing_place(Site(latitude=-89.45, longitude=222.69, height=1955), terrain).height == 1955.0


def test_a_users_grid_lies_over_the_shipped_ones(shared_dir: Path) -> None:
    tile = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not tile.is_file():
        pytest.skip(f"the 10 m tile {tile.name} is not here")
    found = environment(RIDGE, *MONTH, terrain=[str(tile), "auto"], step="6 h")
    assert found.attrs["ground_dem"] == tile.name
    assert found.attrs["observer_height_m"] == pytest.approx(1956.7, abs=0.1)


def test_the_package_of_the_same_name_can_be_called_too() -> None:
    direct = environment(RIDGE, "2026-01-01", "2026-01-02", step="6 h")
    assert ilrs_science.environment(RIDGE, "2026-01-01", "2026-01-02", step="6 h").identical(direct)


def test_the_file_holds_what_the_dataset_holds(ridge: xr.Dataset, tmp_path: Path) -> None:
    path = write_netcdf(ridge, tmp_path / "ridge.nc")
    with xr.open_dataset(path, engine="h5netcdf") as stored:
        for name in ridge.data_vars:
            np.testing.assert_array_equal(stored[name].values, ridge[name].values)
            assert stored[name].attrs["units"] == ridge[name].attrs["units"]
        np.testing.assert_array_equal(stored.time.values.astype("datetime64[us]"), ridge.time.values)
        assert stored.attrs["Conventions"] == ridge.attrs["Conventions"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["ridge.nc"], "nothing half written stays"


def test_a_file_that_cannot_be_written_is_one_clear_error(ridge: xr.Dataset, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"cannot write .*absent"):
        write_netcdf(ridge, tmp_path / "absent" / "ridge.nc")


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"start": "2031-02-01", "end": "2031-01-01"}, EpochError),
        ({"start": "2031-02-30", "end": "2031-03-01"}, EpochError),
        ({"start": "2099-01-01", "end": "2099-02-01"}, CoverageError),
        ({"start": "2031-01-01", "end": "2031-02-01", "step": "0 h"}, EpochError),
        ({"start": "2031-01-01", "end": "2031-02-01", "mast": "-3 m"}, RequestError),
        ({"start": "2031-01-01", "end": "2031-02-01", "terrain": "absent.tif"}, RequestError),
    ],
)
def test_a_wrong_request_is_one_line(request_: dict[str, str], error: type[Exception]) -> None:
    start, end = request_.pop("start"), request_.pop("end")
    with pytest.raises(error) as caught:
        environment(RIDGE, start, end, **request_)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_terrain_is_read_once_and_horizons_are_kept() -> None:
    one, two = terrain_of("auto"), terrain_of("auto")
    assert one is not None
    assert two is not None
    assert one.dems[0] is two.dems[0]


@pytest.fixture(scope="module")
def station() -> xr.Dataset:
    return environment("connecting_ridge_station", "2031-02-20", "2031-03-10", "2 h")


def test_a_station_adds_plant_and_link(station: xr.Dataset) -> None:
    power = {"array_power", "source_power", "power_available"}
    assert set(station.data_vars) == EVERYWHERE | GROUND | power | {"link_rate", "light_time"}
    assert float(station["source_power"].min()) == 20.0
    assert (station["power_available"] <= 1000.0).all()
    assert station.attrs["mast_m"] == 10.0
    # 356 500 to 406 700 km at 299 792.458 km/s
    assert 1.18 < float(station["light_time"].min()) < float(station["light_time"].max()) < 1.37


def test_every_model_behind_a_station_is_named(station: xr.Dataset) -> None:
    for name, word in {
        "plasma_model": "Shue",
        "radiation_model": "Zhang",
        "thermal_model": "Hayne",
        "source": "DE421",
        "dem": "lola_south_1600m.tif",
    }.items():
        assert word in station.attrs[name]
    assert station["plasma_region"].attrs["flag_meanings"].split() == [
        "solar_wind",
        "magnetosheath",
        "magnetotail",
    ]


@pytest.mark.parametrize("orbit", ["queqiao2", load_catalogue().orbits["queqiao2"]])
def test_an_orbiter_has_what_applies_to_it(orbit: object) -> None:
    aloft = environment(orbit, "2026-03-01", "2026-03-02", "10 min")
    assert set(aloft.data_vars) == EVERYWHERE | {"sub_latitude", "sub_longitude", "altitude", "solar_beta"}
    assert not any(aloft[name].isnull().any() for name in aloft.data_vars)
    assert aloft.attrs["title"] == "Environment of queqiao2 at the Moon"


def test_an_orbiter_has_neither_mast_nor_site() -> None:
    with pytest.raises(RequestError, match="neither mast nor site"):
        environment("queqiao2", "2026-03-01", "2026-03-02", mast="2 m")


def test_no_such_place_is_one_line() -> None:
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        environment("conecting_ridge", "2026-03-01", "2026-03-02")


def test_an_orbiter_survives_a_round_trip_through_netcdf(tmp_path: Path) -> None:
    aloft = environment("queqiao2", "2026-03-01", "2026-03-02", "1 h")
    with xr.open_dataset(write_netcdf(aloft, tmp_path / "aloft.nc"), engine="h5netcdf") as again:
        np.testing.assert_allclose(again["altitude"], aloft["altitude"])
        assert again["plasma_region"].attrs["flag_meanings"] == aloft["plasma_region"].attrs["flag_meanings"]


def test_a_station_in_orbit_has_power_and_link_without_ground() -> None:
    flying = load_catalogue().stations["connecting_ridge_station"].replace(site=None, orbit="queqiao2")
    aloft = environment(flying, "2031-03-01", "2031-03-02", "10 min")
    power = {"array_power", "source_power", "power_available"}
    extra = {"sub_latitude", "sub_longitude", "altitude", "solar_beta", "link_rate", "light_time"}
    assert set(aloft.data_vars) == EVERYWHERE | power | extra
    dark = aloft["sun_visible_fraction"] == 0.0
    assert (aloft["array_power"].where(dark, 0.0) == 0.0).all()
    assert float(aloft["array_power"].max()) > 0.0


def test_a_station_in_orbit_stands_on_no_ground() -> None:
    flying = load_catalogue().stations["connecting_ridge_station"].replace(site=None, orbit="queqiao2")
    with pytest.raises(RequestError, match="stands on no ground"):
        surface_temperature(flying, "2031-03-01", "2031-03-02")


def test_shadowed_ground_is_warmer_among_its_surroundings() -> None:
    shadow, span = SurfacePlace(-89.67, 129.0), ("2031-01-01", "2031-01-02", "6 h")
    alone, among = (environment(shadow, *span, surroundings=how) for how in ("none", "terrain"))
    assert float(alone["sun_visible_fraction"].max()) == 0.0
    assert (among["surface_temperature"] > alone["surface_temperature"] + 10.0).all()
    assert "slope 0 deg" in among["surface_temperature"].attrs["comment"]
