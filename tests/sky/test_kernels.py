from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import CoverageError
from ilrs_science.sky.ephemeris import coverage
from ilrs_science.sky.kernels import Series, ephemeris_series, orientation_series
from ilrs_science.windows.grid import SEGMENT, segments

USED = [(0, 10), (0, 3), (3, 301), (3, 399)]
DAY = 86400.0


def every_series() -> list[Series]:
    return [*(ephemeris_series()[link] for link in USED), orientation_series()]


def test_the_ephemeris_holds_the_sun_the_moon_and_the_planets() -> None:
    assert set(USED) < set(ephemeris_series())
    assert len(ephemeris_series()) == 15


def test_records_are_whole_numbers_of_segments_and_share_their_phase() -> None:
    origin = segments(0.0, 1.0).origin
    for series in every_series():
        assert series.step % SEGMENT == 0.0
        assert (series.start - origin) % SEGMENT == 0.0


def test_records_cover_what_the_file_says() -> None:
    for series in every_series():
        assert series.start <= series.valid[0] < series.valid[1] <= series.end


def test_the_moon_is_where_it_was_at_j2000() -> None:
    # spiceypy.spkgeo(301, 0.0, "J2000", 399) with de421.bsp
    expected = [-291608.38530964, -266716.83294679, -76102.48714678]
    moon = [ephemeris_series()[link].at(np.zeros(1))[0] for link in ((3, 301), (3, 399))]
    assert moon[0] - moon[1] == pytest.approx(expected, abs=1e-5)


@given(st.integers(0, 13000), st.integers(1, 40), st.integers(0, 2))
def test_segments_give_the_values_of_single_epochs(first: int, count: int, derivative: int) -> None:
    start = segments(coverage()[0], coverage()[0] + 1.0).origin
    begin = start + first * SEGMENT
    points = np.array([-1.0, -0.3, 0.0, 0.9])
    epochs = begin + (np.arange(count)[:, None] + (points + 1.0) / 2.0) * SEGMENT
    for series in every_series():
        together = series.on_segments(begin, SEGMENT, count, points)[derivative]
        singly = series.at(epochs.ravel(), derivative).reshape(together.shape)
        assert together == pytest.approx(singly, rel=1e-9, abs=1e-12 * np.abs(together).max())


def test_neighbouring_records_meet() -> None:
    # the JPL ephemerides join position and velocity at the records' borders; here to a centimetre
    for link in USED:
        series = ephemeris_series()[link]
        ends = series.coefficients.sum(axis=2)[:-1]
        starts = (series.coefficients * (-1.0) ** np.arange(series.coefficients.shape[2])).sum(axis=2)[1:]
        assert np.abs(ends - starts).max() < 1e-5


def test_an_epoch_outside_the_records_is_refused() -> None:
    series = orientation_series()
    for epoch in (series.start - 1.0, series.end + 1.0):
        with pytest.raises(CoverageError, match="outside the ephemeris"):
            series.at(np.array([epoch]))
    assert series.at(np.array([series.start, series.end])).shape == (2, 3)
    assert series.at(np.empty(0)).shape == (0, 3)
