"""Light by lunar day and local hour, by its data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.epochs import grid
from ilrs_science.figures import year_strip
from ilrs_science.figures.lunar_days import local_solar_time
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from tests.figures import data

DAY_H = 29.530589 * 24.0


def env(days: float = 365.25, step_h: float = 1.0, **more: object) -> xr.Dataset:
    """Dark for the first quarter of each mean lunar day."""
    hours = np.arange(0.0, 24.0 * days, step_h)
    light = np.where(hours % DAY_H < DAY_H / 4.0, 0.0, 1.0)
    return xr.Dataset({"sun_visible_fraction": ("time", light)}, {"time": data.hours(*hours)}).assign(**more)


def rasters(figure):
    return [one for one in figure.data if one.type == "heatmap"]


def test_each_column_is_a_lunar_day_and_each_row_a_local_hour() -> None:
    (sun,) = rasters(year_strip(env()))
    z = np.asarray(sun.z)
    assert len(sun.x) == 13, "12.4 lunar days in a year"
    assert z.shape == (240, 13)
    assert (sun.y[0], sun.y[-1]) == (0.05, 23.95)
    np.testing.assert_array_equal(z[:59, :12], 0.0)
    np.testing.assert_array_equal(z[61:, :12], 1.0)


def test_a_column_lies_where_its_lunar_day_is() -> None:
    (sun,) = rasters(year_strip(env()))
    noon = data.START + np.timedelta64(round(DAY_H / 2 * 3600), "s")
    assert sun.x[0] == str(noon)[:19]


def test_the_axis_begins_and_ends_with_the_lunar_days() -> None:
    first, last = map(np.datetime64, year_strip(env()).layout.xaxis.range)
    assert first == data.START
    assert (last - first) / np.timedelta64(1, "h") == pytest.approx(13 * DAY_H, abs=0.01)


def test_hours_that_were_not_sampled_are_empty() -> None:
    (sun,) = rasters(year_strip(env()))
    last = np.asarray(sun.z)[:, -1]
    assert np.isnan(last).any()
    assert np.isfinite(last).any()


def test_nineteen_years_are_235_columns_in_a_light_page() -> None:
    (sun,) = rasters(year_strip(env(19 * 365.25, 3.0)))
    assert np.asarray(sun.z).shape == (120, 235)


def test_coarse_samples_make_coarse_rows_and_no_holes() -> None:
    (sun,) = rasters(year_strip(env(200.0, 12.0)))
    z = np.asarray(sun.z)
    assert z.shape[0] == 59
    assert np.isfinite(z[:, :6]).mean() > 0.98


def test_the_mean_of_a_cell_is_that_of_its_samples() -> None:
    fine = env(29.5, 0.5)
    fine["sun_visible_fraction"][:] = np.linspace(0.0, 1.0, fine.sizes["time"])
    (sun,) = rasters(year_strip(fine))
    assert float(np.nanmean(np.asarray(sun.z))) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("latitude", "azimuth", "elevation", "hour"),
    [
        (0.0, 90.0, 0.0, 6.0),
        (0.0, 270.0, 0.0, 18.0),
        (44.0, 180.0, 46.0, 12.0),
        (-45.0, 0.0, 45.0, 12.0),
        (-89.5, 0.0, 2.0, 12.0),
        (-89.5, 180.0, 1.0, 0.0),
        (89.0, 180.0, 2.0, 12.0),
    ],
)
def test_local_time_follows_the_sun(latitude: float, azimuth: float, elevation: float, hour: float) -> None:
    found = local_solar_time(np.array([azimuth]), np.array([elevation]), latitude)
    assert (found[0] - hour + 12.0) % 24.0 - 12.0 == pytest.approx(0.0, abs=0.02)


@pytest.mark.parametrize("latitude", [-89.45, -45.0, 10.0, 80.0])
def test_local_time_of_the_true_sun_runs_forward_by_a_day_a_lunation(latitude: float) -> None:
    times = grid("2031-01-01", "2031-03-01", "6 h")
    seen = observe(SurfacePlace(latitude, 30.0), times, ["sun"]).isel(body=0)
    hour = local_solar_time(seen["azimuth"].values, seen["elevation"].values, latitude)
    steps = np.diff(np.unwrap(hour, period=24.0))
    # the synodic month is 29.27 to 29.83 d long; 6 h are then 0.2012 to 0.2050 local hours, a little more in between
    assert steps.min() > 0.19
    assert steps.max() < 0.22


def test_with_the_sun_known_rows_are_its_own_hours() -> None:
    times = grid("2031-01-01", "2031-04-01", "1 h")
    seen = observe(SurfacePlace(10.0, 30.0), times, ["sun"]).isel(body=0)
    up = (seen["elevation"].values > 0.0).astype(float)
    sky = xr.Dataset(
        {
            "sun_visible_fraction": ("time", up),
            "sun_azimuth": ("time", seen["azimuth"].values),
            "sun_elevation": ("time", seen["elevation"].values),
        },
        {"time": times},
        {"latitude": 10.0},
    )
    (sun,) = rasters(year_strip(sky))
    z, hour = np.asarray(sun.z), np.asarray(sun.y)
    known = np.isfinite(z)
    assert (z[(hour > 6.3) & (hour < 17.7)][known[(hour > 6.3) & (hour < 17.7)]] == 1.0).all()
    assert (z[(hour < 5.7) | (hour > 18.3)][known[(hour < 5.7) | (hour > 18.3)]] == 0.0).all()
    assert "24 local hours" in year_strip(sky).layout.title.subtitle.text.replace("<br>", " ")


def test_the_earth_has_a_strip_of_its_own_below() -> None:
    full = env()
    full = full.assign(earth_visible_fraction=1.0 - full["sun_visible_fraction"])
    figure = year_strip(full)
    sun, earth = rasters(figure)
    assert (sun.yaxis, earth.yaxis) == ("y", "y2")
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]
    np.testing.assert_allclose(np.asarray(earth.z), 1.0 - np.asarray(sun.z), atol=2e-3)
    assert not year_strip(env()).layout.yaxis2.visible


def test_eclipses_are_marked_with_their_depth_and_date() -> None:
    covered = np.zeros(env().sizes["time"])
    covered[1000:1004] = (0.2, 0.9, 0.7, 0.1)
    figure = year_strip(env(sun_covered_fraction=("time", covered)))
    (mark,) = [one for one in figure.data if one.name == "Eclipse by the Earth"]
    assert mark.customdata[0][1] == pytest.approx(90.0)
    assert mark.customdata[0][0].startswith("2031-04-06 ")
    assert len(mark.x) == 1
    assert figure.layout.showlegend, "a mark alone would not be named"


def test_without_eclipses_nothing_is_marked() -> None:
    figure = year_strip(env(sun_covered_fraction=("time", np.zeros(env().sizes["time"]))))
    assert len(figure.data) == 1


def test_the_caption_has_the_mean_the_mast_and_the_definition() -> None:
    text = year_strip(env().assign_attrs(mast_m=2.0, ground_dem="lola.tif")).layout.title.subtitle.text
    # 365.25 d are 12.37 lunar days with 13 dark quarters: 1 - 3.25 / 12.37
    for part in ("the Sun 73.7 %", "2 m above the ground", "lola.tif", "eclipses by the Earth not counted"):
        assert part in text.replace("<br>", " ")


def test_colours_go_from_nothing_to_the_whole_disc_and_axes_have_units() -> None:
    figure = year_strip(env())
    (sun,) = rasters(figure)
    assert (sun.zmin, sun.zmax) == (0.0, 1.0)
    assert sun.colorbar.title.text == "Sun [1]"
    assert figure.layout.yaxis.title.text == "Local solar time [h]"
    assert figure.layout.xaxis.title.text.startswith("Date [UTC]")


@pytest.mark.parametrize(
    "nothing", [xr.Dataset(), env().isel(time=[]), env().drop_vars("sun_visible_fraction")]
)
def test_without_light_a_sentence_says_what_to_give(nothing) -> None:
    figure = year_strip(nothing)
    assert "sun_visible_fraction" in figure.layout.annotations[0].text.replace("<br>", " ")
    assert len(figure.data) == 0
