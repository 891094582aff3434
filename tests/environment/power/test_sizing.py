"""Size of the battery: closed forms in made-up light, and the ridge at the south pole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.power.array import array_power
from ilrs_science.environment.power.battery import battery_charge, battery_needed
from ilrs_science.environment.power.plant import plant_power
from ilrs_science.environment.power.sizing import Losses, battery_curve, battery_for
from ilrs_science.environment.power.supply import site_light
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

SPOT_1 = SurfacePlace(-89.4395, 222.8066)
RIDGE = SurfacePlace(-89.45, 222.69)
YEAR = ("2031-01-01", "2032-01-01")
TWENTY_YEARS = ("2015-12-24", "2035-12-24")
ARRAYS_W = (1200.0, 1500.0, 2000.0, 3000.0)

EARLIER_KWH = (515.0, 212.0, 191.0, 169.0)
"""Spot 1, mast 2 m, 1 kW, 20 years hourly, by array as above: an earlier study of this project."""


def square(day_h: int, night_h: int, cycles: int, power: float) -> tuple[np.ndarray, np.ndarray]:
    """Days and nights whose edges take a second."""
    edges = np.cumsum(np.tile([day_h * 3600, 1, night_h * 3600 - 2, 1], cycles))
    seconds = np.concatenate([[0], edges])
    level = np.concatenate([[power], np.tile([power, 0.0, 0.0, power], cycles)])
    return level, np.datetime64("2031-01-01", "us") + seconds.astype("timedelta64[s]")


def test_a_lunar_night_asks_for_its_length_times_the_load() -> None:
    supply, times = square(354, 354, 3, 3000.0)
    load = np.full(supply.size, 1000.0)
    assert battery_needed(supply, load, times) == pytest.approx(354e3, abs=1.0)
    losses = {"charge_efficiency": 0.9, "discharge_efficiency": 0.8, "depth_of_discharge": 0.5}
    assert battery_needed(supply, load, times, **losses) == pytest.approx(354e3 / 0.8 / 0.5, abs=2.0)


def test_what_the_days_do_not_give_back_adds_up() -> None:
    # 200 W above the load for 10 h give 2 kWh (1.8 stored) of the 5 that each night of 5 h takes.
    supply, times = square(10, 5, 4, 1200.0)
    load = np.full(supply.size, 1000.0)
    assert battery_needed(supply, load, times) == pytest.approx(5e3 + 3 * 3e3, abs=3.0)
    assert battery_needed(supply, load, times, charge_efficiency=0.9) == pytest.approx(
        5e3 + 3 * 3.2e3, abs=3.0
    )


@cache
def light_of(tile: Path | None = None) -> xr.Dataset:
    return site_light(SPOT_1, *TWENTY_YEARS, terrain=tile or "auto")


def needs(seen: xr.Dataset, distance: np.ndarray | float) -> list[float]:
    """Battery by array. [kWh]"""
    found = []
    for power in ARRAYS_W:
        supply = array_power(
            SolarArray(nominal_power=f"{power} W"),
            visible=seen["sun_visible_fraction"],
            elevation=seen["sun_elevation"],
            distance=distance,
        )
        found.append(battery_needed(supply, np.full(supply.size, 1000.0), seen["time"].values) / 1000.0)
    return found


def test_the_shipped_grid_gives_the_batteries_of_an_earlier_study_with_the_sun_at_1_au() -> None:
    # No losses, no eclipses, the Sun at 1 AU, the disc's visible fraction on the 1600 m grid: that is what the
    # study must have assumed, since every other choice tried is further off. What is left, up to 3 %, is supposed to
    # be another horizon; half a degree between rays moves the first number by 0.1 %, other 20 years by 0.5 %.
    found = needs(light_of(), ASTRONOMICAL_UNIT_KM)
    assert found == pytest.approx(EARLIER_KWH, rel=0.035)


def test_the_distance_of_the_sun_counts_where_the_array_is_hardly_enough() -> None:
    seen = light_of()
    far, near = needs(seen, seen["sun_range"].values), needs(seen, ASTRONOMICAL_UNIT_KM)
    # What the docstring of battery_for says of this grid.
    assert far == pytest.approx([576.0, 236.0, 193.0, 170.0], rel=0.01)
    more = np.array(far) / near - 1.0
    assert 0.05 < more[0] < 0.15
    assert np.all(np.abs(more[2:]) < 0.02)


def test_the_longest_darkness_sets_the_battery_of_a_large_array() -> None:
    seen = light_of()
    supply = array_power(
        SolarArray(nominal_power="1000 kW"),
        visible=(seen["sun_visible_fraction"] > 0.0).astype(float),
        elevation=0.0,
        distance=ASTRONOMICAL_UNIT_KM,
    )
    need = battery_needed(supply, np.full(supply.size, 1000.0), seen["time"].values)
    dark = seen["sun_visible_fraction"].values == 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(int)))
    longest = (edges[1::2] - edges[::2]).max()
    assert need / 1000.0 == pytest.approx(longest - 1.0, abs=0.01), (
        "between the first and the last dark epoch"
    )


def test_battery_for_is_the_recursion_on_the_power_of_the_place() -> None:
    seen = light_of()
    for power, expected in zip(ARRAYS_W, needs(seen, seen["sun_range"].values), strict=True):
        found = battery_for(1000.0, SPOT_1, *TWENTY_YEARS, array=f"{power} W")
        assert found / 1000.0 == pytest.approx(expected, rel=1e-3), "but for the eclipses"


def test_a_fine_tile_asks_for_more_than_the_coarse_grid(shared_dir: Path) -> None:
    tile = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not tile.is_file():
        pytest.skip(f"the 10 m tile {tile.name} is not here")
    found = needs(light_of(tile), ASTRONOMICAL_UNIT_KM)
    # Our own figures of 2026-11, kept so that a change of the horizon is seen; the earlier study has a half of them,
    # with the same recipe on the 1600 m grid.
    assert found == pytest.approx([789.0, 472.0, 297.0, 291.0], rel=0.03)
    far = needs(light_of(tile), light_of(tile)["sun_range"].values)
    assert far == pytest.approx([833.0, 507.0, 297.0, 291.0], rel=0.03)


def test_the_capacity_just_survives_the_simulation_and_1_percent_less_does_not() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    need = battery_for(station.base_load, station, *YEAR)
    seen = site_light(station, *YEAR)
    power = plant_power(station, seen)
    load = np.where(power["array_power"] > 0.0, station.base_load.day, station.base_load.night)

    def lacking(capacity: float) -> float:
        cell: Battery = station.battery.replace(capacity=f"{capacity:.9f} Wh")
        found = battery_charge(cell, power["power_available"].values, load, seen["time"].values)
        return float(found["unmet_power"].max())

    assert lacking(need) < 1e-6
    assert lacking(0.99 * need) > 1.0


def test_a_station_brings_its_losses_and_what_is_given_goes_before() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    assert Losses.of(station, charge_efficiency=None, depth_of_discharge=0.5) == Losses(0.95, 1.0, 0.5)
    assert Losses.of(RIDGE, charge_efficiency=None) == Losses()
    span = ("2031-03-01", "2031-05-01")
    own = battery_for("90 W", station, *span)
    whole = battery_for("90 W", station, *span, depth_of_discharge=1.0)
    assert whole == pytest.approx(0.8 * own)
    assert battery_for("90 W", station, *span, array="2 kW") < own


def test_more_array_never_needs_more_battery_and_too_little_is_missing() -> None:
    powers = ["0.4 kW", "0.6 kW", "1 kW", "1.2 kW", "2 kW", "5 kW"]
    curve = battery_curve(["0.5 kW", "1 kW"], RIDGE, *YEAR, array_power=powers, mast="10 m")[
        "battery_capacity"
    ]
    assert curve.dims == ("array_power", "load")
    assert curve.attrs["units"] == "W h"
    assert np.isnan(curve.sel(array_power=400.0)).all()
    assert np.isnan(curve.sel(array_power=1000.0, load=1000.0))
    for load in (500.0, 1000.0):
        known = curve.sel(load=load).dropna("array_power").values
        assert known.size >= 3
        assert np.all(np.diff(known) <= 0.0)
    # Half the load with half the array is half the battery.
    assert float(curve.sel(array_power=600.0, load=500.0)) == pytest.approx(
        float(curve.sel(array_power=1200.0, load=1000.0)) / 2.0
    )


def test_a_curve_has_the_values_of_battery_for() -> None:
    wall = SolarArray(nominal_power="1 W", tracking="vertical", ageing={"since": "2021-01-01", "dust": "1 %"})
    span = ("2031-03-01", "2031-06-01")
    curve = battery_curve(500.0, RIDGE, *span, array_power=[1500], array=wall, charge_efficiency=0.9)
    alone = battery_for(
        500.0, RIDGE, *span, array=wall.replace(nominal_power="1.5 kW"), charge_efficiency=0.9
    )
    assert curve["battery_capacity"].dims == ("array_power",)
    assert curve["battery_capacity"].values.tolist() == [alone]
    assert curve.attrs["ground_dem"] == "lola_south_1600m.tif"


def test_a_curve_of_a_station_keeps_its_sources_and_how_its_array_stands() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    span = ("2031-03-01", "2031-06-01")
    power = [station.rated_power]
    curve = battery_curve(station.base_load, station, *span, array_power=power)
    assert float(curve["battery_capacity"][0]) == pytest.approx(
        battery_for(station.base_load, station, *span)
    )


def test_a_supply_that_does_not_suffice_asks_for_an_infinite_battery() -> None:
    assert battery_for("1 kW", RIDGE, *YEAR, array="0.9 kW", mast="10 m") == np.inf
    assert battery_for("0 W", RIDGE, *YEAR, array="0.9 kW", mast="10 m") == 0.0


def test_an_array_must_be_given_and_give_something() -> None:
    with pytest.raises(RequestError, match="which array"):
        battery_for("1 kW", RIDGE, *YEAR)
    with pytest.raises(RequestError, match="above zero"):
        battery_for("1 kW", RIDGE, *YEAR, array="0 W")


def test_text_is_the_id_of_a_site() -> None:
    span = ("2031-03-01", "2031-04-01")
    site = load_catalogue().sites["connecting_ridge"]
    assert battery_for("1 kW", "connecting_ridge", *span, array="3 kW") == battery_for(
        "1 kW", site, *span, array="3 kW"
    )
