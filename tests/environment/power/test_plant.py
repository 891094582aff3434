"""The power plant of a station in given light."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.station import BaseLoad, Station
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.sky import light
from ilrs_science.environment.power.plant import load_power, plant_power
from ilrs_science.epochs import grid
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check
from ilrs_science.sky.place import SurfacePlace


def station(**changes: object) -> Station:
    return load_catalogue().stations["connecting_ridge_station"].replace(**changes)


def sky(visible: list[float], covered: float = 0.0, azimuth: float = 90.0, year: str = "2031") -> xr.Dataset:
    count = len(visible)
    data = {
        "sun_azimuth": np.full(count, azimuth),
        "sun_elevation": np.zeros(count),
        "sun_range": np.full(count, ASTRONOMICAL_UNIT_KM),
        "sun_visible_fraction": np.array(visible),
        "sun_covered_fraction": np.full(count, covered),
    }
    times = np.datetime64(f"{year}-01-01", "us") + np.arange(count) * np.timedelta64(1, "h")
    return xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times})


def available(plant: Station, seen: xr.Dataset) -> list[float]:
    return plant_power(plant, seen)["power_available"].values.round(6).tolist()


def test_arrays_and_sources_add_up_to_what_the_bus_delivers() -> None:
    plant = station(
        array={"nominal_power": "400 W"}, sources=[{"id": "unit", "power": "20 W"}], power_limit="300 W"
    )
    power = plant_power(plant, sky([1.0, 0.5, 0.0]))
    assert power["array_power"].values.tolist() == [400.0, 200.0, 0.0]
    assert power["source_power"].values.tolist() == [20.0, 20.0, 20.0]
    assert power["power_available"].values.tolist() == [300.0, 220.0, 20.0]
    assert check(power) is power


def test_without_a_limit_everything_is_delivered() -> None:
    plant = station(array={"nominal_power": "400 W"}, sources=[], power_limit=None)
    assert available(plant, sky([1.0])) == [400.0]


def test_every_array_looks_its_own_way() -> None:
    east = {"nominal_power": "100 W", "tracking": "fixed", "tilt": "90 deg", "azimuth": "90 deg"}
    plant = station(array=east, more_arrays=[{**east, "azimuth": "270 deg"}], sources=[])
    assert (
        available(plant, sky([1.0], azimuth=90.0)) == available(plant, sky([1.0], azimuth=270.0)) == [100.0]
    )
    assert available(plant, sky([1.0], azimuth=0.0)) == [0.0]


def test_an_eclipse_and_age_count() -> None:
    plant = station(
        array={"nominal_power": "400 W", "ageing": {"since": "2021-01-01", "dust": "1 %"}},
        sources=[{"id": "rtg", "power": "100 W", "half_life": "10 yr", "since": "2021-01-01"}],
    )
    # Ten calendar years are 3652 days, ten Julian ones 3652.5.
    assert available(plant, sky([1.0], covered=0.5)) == pytest.approx([200.0 * 0.99**10 + 50.0], rel=1e-4)


def test_power_is_a_function_of_the_epoch_alone() -> None:
    place = SurfacePlace(-89.45, 222.69)
    skyline, times = horizon(place, None, mast="10 m"), grid("2031-03-01", "2031-04-01", "7 h")
    plant = station(array={"nominal_power": "1 kW", "ageing": {"since": "2031-03-10", "radiation": "5 %"}})
    forward = plant_power(plant, light(place, times, skyline))
    shuffled = np.random.default_rng(0).permutation(times)
    backward = plant_power(plant, light(place, shuffled, skyline))
    for name in forward:
        np.testing.assert_allclose(backward[name], forward[name].sel(time=shuffled), rtol=1e-9, atol=1e-9)


def test_the_night_load_is_drawn_where_the_array_gives_nothing() -> None:
    drawn = load_power(BaseLoad(day="160 W", night="90 W"), np.array([5.0, 0.0, 1e-9]))
    assert drawn.tolist() == [160.0, 90.0, 160.0]


@pytest.mark.parametrize("load", ["1 kW", 1000.0, 1000, np.full(2, 1000.0), xr.DataArray([1000.0, 1000.0])])
def test_a_load_may_be_said_in_many_ways(load: object) -> None:
    assert load_power(load, np.zeros(2)).tolist() == [1000.0, 1000.0]


@pytest.mark.parametrize(
    ("load", "words"),
    [
        ("-1 W", "zero or more"),
        (np.nan, "zero or more"),
        (np.ones(3), "3 values does not fit 2"),
        ("1 m", "use W"),
    ],
)
def test_an_impossible_load_is_refused(load: object, words: str) -> None:
    with pytest.raises((RequestError, ValueError), match=words):
        load_power(load, np.zeros(2))
