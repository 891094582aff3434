"""Radiation: measured where it was measured, and between the published ends of the solar cycle."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.radiation import dose_rates, open_sky, solar_cycle_phase


def at(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[us]")


def test_in_the_weeks_of_its_measurement_the_dose_is_the_measured_one() -> None:
    # Zhang et al. 2020: 13.2 +- 1 uGy/h and 57.1 +- 10.6 uSv/h in January and February 2019
    ds = dose_rates(at("2019-01-03", "2019-02-28"))
    assert np.all(np.abs(ds.dose_rate - 13.2) < 1.0)
    assert np.all(np.abs(ds.dose_equivalent_rate - 57.1) < 10.6)


def test_at_the_minimum_a_year_gives_half_a_sievert() -> None:
    # 1369 uSv a day (Zhang et al. 2020), 500 mSv a year
    day = 24.0 * float(dose_rates(at("2019-12-16")).dose_equivalent_rate[0])
    assert day == pytest.approx(1369.0, abs=2.0)


def test_a_maximum_gives_less_by_the_published_ratio() -> None:
    # Reitz et al. 2012: 380 mSv a year at solar minimum, 110 mSv at maximum
    low, high = dose_rates(at("2024-10-16", "2019-12-16")).dose_equivalent_rate.values
    assert low / high == pytest.approx(110.0 / 380.0, rel=1e-6)


def test_the_measured_error_is_told_and_what_is_left_out() -> None:
    ds = dose_rates(at("2030-01-01"))
    assert "+-19 %" in ds.dose_equivalent_rate.attrs["comment"]
    assert "+-8 %" in ds.dose_rate.attrs["comment"]
    assert "solar particle events are not included" in ds.dose_rate.attrs["comment"]
    assert ds.dose_equivalent_rate.attrs["units"] == "uSv/h"
    assert "aaz1334" in ds.attrs["source"]


@pytest.mark.parametrize(
    ("epoch", "phase"),
    [
        ("1996-08-16", 0.0),
        ("2001-11-16", 0.5),
        ("2008-12-16", 0.0),
        ("2014-04-16", 0.5),
        ("2019-12-16", 0.0),
        ("2024-10-16", 0.5),
        ("2022-05-17", 0.25),
    ],
)
def test_phases_are_those_of_the_sunspots(epoch: str, phase: float) -> None:
    found = float(solar_cycle_phase(at(epoch))[0])
    assert abs((found - phase + 0.5) % 1.0 - 0.5) < 0.003


def test_later_cycles_are_mean_ones_and_the_dose_is_never_outside_the_ends() -> None:
    times = np.arange(at("1950-01-01")[0], at("2051-01-01")[0], np.timedelta64(30, "D"))
    phase = solar_cycle_phase(times)
    assert np.all((phase >= 0.0) & (phase < 1.0))
    wraps = times[1:][np.diff(phase) < 0.0]
    assert np.all(np.abs(np.diff(wraps) / np.timedelta64(365, "D") - 11.0) < 1.6)
    rate = dose_rates(times).dose_equivalent_rate.values
    assert rate.max() <= 57.1 + 1e-9
    assert rate.min() >= 57.1 * 110.0 / 380.0 - 1e-9
    assert np.abs(np.diff(rate)).max() < 2.0  # nothing jumps


@pytest.mark.parametrize(
    ("altitude", "part"),
    # a Moon of angular radius rho leaves (1 + cos rho) / 2 open: asin(1737.4 / 1837.4) = 71.0 deg at 100 km
    [(0.0, 0.5), (100.0, 0.5 * (1.0 + np.cos(np.radians(71.01)))), (1e9, 1.0)],
)
def test_the_moon_leaves_half_of_the_sky_open_on_the_ground_and_all_of_it_far_out(
    altitude: float, part: float
) -> None:
    assert float(open_sky(altitude)) == pytest.approx(part, abs=2e-4)


def test_the_dose_in_orbit_grows_with_the_open_sky() -> None:
    when = np.array(["2031-01-01", "2031-01-02"], "datetime64[us]")
    ground, low, far = (dose_rates(when, height)["dose_rate"] for height in (0.0, 100.0, 16_000.0))
    assert float((low / ground).mean()) == pytest.approx(1.33, abs=0.02)
    assert 1.95 < float((far / ground).mean()) < 2.0
    assert dose_rates(when, [0.0, 100.0])["dose_rate"].values == pytest.approx(np.array([ground[0], low[1]]))
