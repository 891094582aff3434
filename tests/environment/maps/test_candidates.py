"""Candidates: the best pixels of a map, apart, level enough, and with the numbers of their own series."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from ilrs_science.environment.maps.candidates import candidates
from ilrs_science.environment.maps.lightmap import illumination_map
from ilrs_science.environment.maps.projection import vectors
from ilrs_science.environment.statistics import illumination_statistics
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

AREA, SPAN = "-89.45,222.69,50 km", ("2026-01-01", "2027-01-01")


@cache
def light() -> xr.Dataset:
    return illumination_map("auto", AREA, *SPAN, step="12 h", quantities=("sun", "slope"))


@cache
def table() -> pd.DataFrame:
    return candidates(light(), "auto", count=2, apart="5 km", steepest=8.0)


def test_they_are_ranked_by_their_own_mean() -> None:
    found = table()
    assert list(found.index) == [1, 2]
    assert found.index.name == "rank"
    assert found.mean_fraction.is_monotonic_decreasing


def test_their_numbers_are_those_of_the_series() -> None:
    best = table().iloc[0]
    place = SurfacePlace(best.latitude, best.longitude)
    exact = illumination_statistics(place, *SPAN, mast=2.0, step="12 h")
    assert best.mean_fraction == exact.mean_fraction
    assert best.longest_dark_days == exact.longest_dark_days
    assert best.lit_fraction == exact.lit_fraction
    assert [best.mean_low, best.mean_high] == exact.spread["one_pixel"]["mean_fraction"]
    assert best.map_mean_fraction == pytest.approx(best.mean_fraction, abs=0.033)


def test_they_are_apart_and_not_too_steep() -> None:
    found = table()
    toward = vectors(found.latitude.to_numpy(), found.longitude.to_numpy())
    gaps = 1737.4 * np.arccos(np.clip(toward @ toward.T, -1.0, 1.0))[np.triu_indices(2, 1)]
    assert gaps.min() >= 5.0
    assert found.slope.max() <= 8.0


def test_the_best_pixel_that_is_level_enough_is_among_them() -> None:
    mean = light().sun_mean_fraction.where(light().slope <= 8.0)
    assert table().map_mean_fraction.max() == float(mean.max())


def test_the_table_says_what_its_numbers_depend_on() -> None:
    assert table().attrs["mast_m"] == 2.0
    assert table().attrs["ground_dem"] == "lola_south_1600m.tif"
    assert table().attrs["start"].startswith("2026-01-01")


def test_fewer_are_given_where_there_are_no_more() -> None:
    told: list[tuple[int, int]] = []
    small = light().isel(y=slice(0, 2), x=slice(0, 2))
    found = candidates(
        small, "auto", count=9, apart="100 km", steepest=90.0, progress=lambda *step: told.append(step)
    )
    assert len(found) == 1
    assert told == [(0, 1), (1, 1)]
    assert len(candidates(small, "auto", steepest=-1.0)) == 0


def test_a_map_that_will_not_do_is_refused_with_the_reason() -> None:
    with pytest.raises(RequestError, match="the map has no slope; ask for quantities 'sun' and 'slope'"):
        candidates(light().drop_vars("slope"), "auto")
    with pytest.raises(RequestError, match="the map is of other grids"):
        candidates(light().assign_attrs(dem="other.tif"), "auto")
    with pytest.raises(RequestError, match="ask for at least one"):
        candidates(light(), "auto", count=0)
