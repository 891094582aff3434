"""Maps of light against the series of single places."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.illumination import angular_radius, visible_fraction
from ilrs_science.environment.maps.horizons import horizon_map
from ilrs_science.environment.maps.lightmap import illumination_map
from ilrs_science.environment.statistics import longest_run
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.epochs import grid
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from tests.environment.maps.ground import polar, stack

AREA, SPAN, STEP = "-89.45,222.69,80 km", ("2026-01-01", "2028-01-01"), "3 h"


@cache
def light() -> xr.Dataset:
    return illumination_map("auto", AREA, *SPAN, step=STEP)


@cache
def series() -> list[dict[str, float]]:
    """Twenty random pixels, each with its own skyline at 0.25 deg and its own sky, epoch by epoch."""
    random, found, times = np.random.default_rng(11), light(), grid(*SPAN, STEP)
    out = []
    for _ in range(20):
        i, j = int(random.integers(found.sizes["y"])), int(random.integers(found.sizes["x"]))
        place = SurfacePlace(float(found.latitude[i, j]), float(found.longitude[i, j]))
        seen, skyline = observe(place, times), horizon(place, shipped_terrain())
        row: dict[str, float] = {"i": i, "j": j}
        for body in ("sun", "earth"):
            one = seen.sel(body=body)
            radius = angular_radius(body, one["range"].values)
            row[body] = visible_fraction(one.azimuth.values, one.elevation.values, radius, skyline)
        out.append(row)
    return out


@pytest.mark.parametrize(("body", "bias", "rms"), [("sun", 0.5, 1.0), ("earth", 0.5, 1.0)])
def test_means_of_the_map_are_those_of_the_series(body: str, bias: float, rms: float) -> None:
    # Measured: bias 0.2, rms 0.3 points for the Sun; 0.1 and 0.1 for the Earth.
    mean = light()[f"{body}_mean_fraction"].values
    wrong = np.array([100.0 * (mean[row["i"], row["j"]] - row[body].mean()) for row in series()])
    assert abs(wrong.mean()) < bias
    assert np.sqrt((wrong**2).mean()) < rms


def test_the_longest_darkness_is_that_of_the_series() -> None:
    found = light().sun_longest_dark.values
    exact = np.array([longest_run(row["sun"] == 0.0) * 3.0 / 24.0 for row in series()])
    mapped = np.array([found[row["i"], row["j"]] for row in series()])
    # A notch that one skyline has and the other has not may cut a darkness in two: the median is what holds.
    assert np.median(np.abs(mapped - exact)) <= 0.125
    assert np.mean(np.abs(mapped - exact) < 1.0) >= 0.85


def test_the_lit_part_is_that_of_the_series_and_never_less_than_the_mean() -> None:
    lit = light().sun_lit_part.values
    wrong = [100.0 * (lit[row["i"], row["j"]] - np.mean(row["sun"] > 0.0)) for row in series()]
    assert np.sqrt(np.mean(np.square(wrong))) < 1.0
    assert (lit >= light().sun_mean_fraction.values - 0.005).all()


def test_skylines_that_are_known_give_the_same() -> None:
    known = horizon_map("auto", AREA)
    found = illumination_map("auto", AREA, *SPAN, step=STEP, horizons=known, quantities=("sun", "earth"))
    assert list(found.data_vars) == ["sun_mean_fraction", "earth_mean_fraction"]
    assert np.array_equal(found.sun_mean_fraction.values, light().sun_mean_fraction.values)
    lazy = known.chunk({"y": 32, "x": 32})
    again = illumination_map("auto", AREA, *SPAN, step=STEP, horizons=lazy, quantities=("earth",))
    assert np.array_equal(again.earth_mean_fraction.values, light().earth_mean_fraction.values)


def test_skylines_of_another_map_are_refused() -> None:
    known = horizon_map("auto", AREA, azimuth_step=15.0)
    with pytest.raises(RequestError, match="the given horizons are of another area"):
        illumination_map("auto", AREA, *SPAN, horizons=known)


def test_on_level_ground_the_pole_has_half_the_sun() -> None:
    # At the pole of a bare sphere the Sun's centre is up half of the time; the mast sees 0.1 deg farther down.
    terrain = stack(polar(lambda x, y: 0 * x))
    found = illumination_map(
        terrain, "-90,0,5 km", "2007-01-01", "2025-08-01", step="12 h", mast=0.0, azimuth_step=5.0
    )
    assert np.allclose(found.sun_mean_fraction.values, 0.5, atol=0.02)
    assert np.allclose(found.earth_mean_fraction.values, 0.5, atol=0.02)
    assert (found.slope.values == 0.0).all()
    # From sunset to sunrise: half a year less a few days of a disc that sinks by 0.13 deg an eighth of a month.
    assert float(found.sun_longest_dark.mean()) == pytest.approx(160.0, abs=15.0)


def test_a_pixel_without_data_has_no_light() -> None:
    dem = polar(lambda x, y: np.where((np.abs(x) < 500.0) & (np.abs(y) < 500.0), np.nan, 0.0))
    found = illumination_map(stack(dem), "-90,0,5 km", "2026-01-01", "2026-02-01", azimuth_step=15.0)
    for name in found.data_vars:
        assert int(np.isnan(found[name].values).sum()) == 1, name


def test_quantities_are_named_and_told() -> None:
    assert set(light().data_vars) == {
        "sun_mean_fraction", "earth_mean_fraction", "sun_longest_dark", "sun_lit_part", "slope"
    }  # fmt: skip
    assert light().attrs["start"] == "2026-01-01T00:00:00Z"
    assert light().attrs["step_s"] == 10800.0
    assert "eclipses by the Earth not counted" in light().attrs["definition"]
    with pytest.raises(UnknownNameError, match="unknown quantity 'moon'"):
        illumination_map("auto", AREA, *SPAN, quantities=("moon",))  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="name at least one quantity"):
        illumination_map("auto", AREA, *SPAN, quantities=())
