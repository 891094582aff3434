"""UTC to TDB and back against SPICE ``str2et`` and ``et2utc`` with the shipped leap seconds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.epochs import format_epoch, from_tdb, parse_epoch, to_tdb
from tests.oracles import spice


@pytest.fixture(scope="module", autouse=True)
def loaded() -> Iterator[None]:
    with spice.kernels():
        yield


def random_epochs(count: int) -> np.ndarray:
    draw = np.random.default_rng(20260101)
    first, last = (int(np.datetime64(day, "us").astype(np.int64)) for day in ("1960-01-01", "2060-01-01"))
    return draw.integers(first, last, count).astype("datetime64[us]")


def test_tdb_is_that_of_str2et_to_a_rounding() -> None:
    epochs = random_epochs(2000)
    # a float64 of 1e9 s has steps of 1.2e-7 s
    assert np.abs(to_tdb(epochs) - spice.et(epochs)).max() < 3e-7


def test_every_leap_second_is_where_str2et_has_it() -> None:
    midnights = np.array([f"{y}-{m:02d}-01" for y in range(1970, 2022) for m in (1, 7)], "datetime64[us]")
    around = np.concatenate([midnights + np.timedelta64(ms, "ms") for ms in (-1500, -500, 0, 500)])
    assert np.abs(to_tdb(around) - spice.et(around)).max() < 3e-7


def test_utc_is_that_of_et2utc_to_the_microsecond() -> None:
    ets = to_tdb(random_epochs(500))
    ours = from_tdb(ets)
    theirs = np.array([parse_epoch(spiceypy.et2utc(t, "ISOC", 6)) for t in ets])
    assert np.abs(ours - theirs).max() <= np.timedelta64(1, "us")


def test_inside_a_leap_second_utc_is_held_where_et2utc_counts_60() -> None:
    inside = spiceypy.str2et("2016-12-31T23:59:60.5")
    assert spiceypy.et2utc(inside, "ISOC", 1) == "2016-12-31T23:59:60.5"
    assert format_epoch(from_tdb(inside), "us") == "2016-12-31T23:59:59.999999Z"
