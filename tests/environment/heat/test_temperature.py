"""Temperature as a function of time: at its own epochs the series, between them close to a denser one."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
import xarray as xr

from ilrs_science.environment.heat.heated import between, heated_ground
from ilrs_science.environment.heat.temperature import TemperatureSeries, temperature_series
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.errors import CoverageError, EpochError, RequestError
from ilrs_science.sky.place import SurfacePlace

EQUATOR = SurfacePlace(0.0, 0.0)
RIDGE = SurfacePlace(-89.45, 222.69)
MONTH = ("2026-04-01", "2026-05-01")
"""Without eclipses."""

ECLIPSE = ("2026-03-03", "2026-03-04")
"""With one, from 9:50 to 13:17 UTC."""


@cache
def series(place: SurfacePlace = EQUATOR, start: str = MONTH[0], end: str = MONTH[1]) -> TemperatureSeries:
    return temperature_series(place, start, end, terrain="none" if place is EQUATOR else "auto")


@cache
def dense(
    place: SurfacePlace, start: str, end: str
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.float64]]:
    """Epochs 100 s apart and the temperature there, computed as densely."""
    ground = heated_ground(place, terrain="none" if place is EQUATOR else "auto")
    span = np.array([start, end], "datetime64[us]")
    times = between(span, int((span[1] - span[0]) / np.timedelta64(100, "s")))
    return times, ground.temperature(times)[:, 0]


def test_at_its_epochs_it_is_the_series_of_the_ground() -> None:
    found = surface_temperature(EQUATOR, *MONTH, "1 h", terrain="none").surface_temperature
    np.testing.assert_allclose(series()(found.time.values), found.values, atol=0.1)


@pytest.mark.parametrize(
    ("place", "start", "end"), [(EQUATOR, *MONTH), (EQUATOR, *ECLIPSE), (RIDGE, "2031-06-01", "2031-06-29")]
)
def test_interpolation_is_a_hundredth_of_a_kelvin_off_but_in_an_eclipse(
    place: SurfacePlace, start: str, end: str
) -> None:
    # Each third of values 100 s apart, and the curve through those at the other two.
    times, values = dense(place, start, end)
    coarse = TemperatureSeries(heated_ground(place, terrain="none"), 0.0, times[::3], values[::3])
    off = np.abs(coarse(times) - values)
    assert off.max() < (0.01 if (start, end) != ECLIPSE else 1.0)
    assert np.mean(off) < 0.01


def test_steps_of_five_minutes_are_a_hundredth_of_a_kelvin_off_but_in_an_eclipse() -> None:
    times, values = dense(EQUATOR, *MONTH)
    assert np.abs(series()(times) - values).max() < 0.01
    times, values = dense(EQUATOR, *ECLIPSE)
    eclipsed = series(EQUATOR, *ECLIPSE)
    assert np.abs(eclipsed(times) - values).max() < 2.5


def test_epochs_may_come_in_any_order_and_shape() -> None:
    curve = series()
    times = np.datetime64("2026-04-10", "us") + np.array([5, 1, 3, 2]) * np.timedelta64(7777, "s")
    one_by_one = [float(curve(time)) for time in times]
    np.testing.assert_array_equal(curve(times), one_by_one)
    assert curve(times[:0]).shape == (0,)
    assert curve("2026-04-10").shape == ()


def test_it_is_continuous_and_never_beyond_its_neighbours() -> None:
    curve = series()
    inside = curve.times[:-1] + np.timedelta64(111, "s")
    low, high = (which(curve.values[:-1], curve.values[1:]) for which in (np.minimum, np.maximum))
    assert np.all((curve(inside) >= low - 1e-9) & (curve(inside) <= high + 1e-9))
    near = curve(curve.times[1:-1] + np.timedelta64(1, "us"))
    np.testing.assert_allclose(near, curve.values[1:-1], atol=1e-4)


def test_both_ends_belong_to_it_and_nothing_beyond() -> None:
    curve = series()
    assert np.isfinite(curve(np.array(MONTH, "datetime64[us]"))).all()
    with pytest.raises(CoverageError, match=r"2026-05-01T00:00:01Z is outside the series of temperature"):
        curve("2026-05-01T00:00:01")
    with pytest.raises(CoverageError, match=r"2026-03-31T23:59:59Z is outside"):
        curve(np.array(["2026-04-02", "2026-03-31T23:59:59"], "datetime64[us]"))


def test_a_span_that_is_no_multiple_of_the_step_is_cut_evenly() -> None:
    curve = temperature_series(EQUATOR, "2026-04-01", "2026-04-01T01:39:50", terrain="none")
    steps = np.diff(curve.times) / np.timedelta64(1, "s")
    assert len(steps) == 20
    np.testing.assert_allclose(steps, 299.5, atol=1e-5)


def test_deeper_ground_is_steadier() -> None:
    deep = temperature_series(EQUATOR, *MONTH, terrain="none", depth="30 cm")
    assert np.ptp(deep.values) < 5.0 < np.ptp(series().values)
    assert deep.depth == 0.3


def test_one_honest_line() -> None:
    assert repr(series()).startswith("<TemperatureSeries 0 m deep, 9")
    assert repr(series()).endswith("K, 2026-04-01T00:00:00Z to 2026-05-01T00:00:00Z>")


def test_surroundings_and_slope_reach_it() -> None:
    span = ("2031-06-01", "2031-06-03")
    place = SurfacePlace(-89.67, 129.2)
    alone = temperature_series(place, *span)
    among = temperature_series(place, *span, surroundings="terrain")
    assert np.all(among.values > alone.values + 5.0)
    sloping = temperature_series(place, *span, slope="terrain")
    assert sloping.ground.facet.slope > 0.0


def test_impossible_series_are_refused() -> None:
    with pytest.raises(RequestError, match="depth of 3 m is outside 0 to 2 m"):
        temperature_series(EQUATOR, *MONTH, depth="3 m")
    with pytest.raises(EpochError):
        temperature_series(EQUATOR, *MONTH[::-1])
    with pytest.raises(CoverageError):
        temperature_series(EQUATOR, "2300-01-01", "2300-02-01", terrain="none")


def test_the_series_gives_what_a_search_needs() -> None:
    # Warm enough to work: the crossing of 253 K in the morning, found by halving on the function itself.
    curve = series()
    warm = curve.values > 253.0
    rise = int(np.flatnonzero(warm[1:] & ~warm[:-1])[0])
    low, high = curve.times[rise], curve.times[rise + 1]
    while high - low > np.timedelta64(100, "us"):
        middle = low + (high - low) // 2
        low, high = (middle, high) if float(curve(middle)) < 253.0 else (low, middle)
    assert float(curve(high)) == pytest.approx(253.0, abs=1e-4)
    dataset = xr.Dataset({"surface_temperature": ("time", curve(np.array([low, high])))})
    assert dataset.sizes["time"] == 2


def test_many_years_are_no_trouble() -> None:
    curve = temperature_series(EQUATOR, "2026-01-01", "2034-01-01", terrain="none")
    assert np.all(np.diff(curve.times) == np.timedelta64(300, "s"))
    assert curve.values.min() > 90.0
    assert 380.0 < curve.values.max() < 395.0
