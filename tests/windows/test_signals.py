from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import Constraint, Day, EarthElevation, Night, Separation, SunElevation
from ilrs_science.epochs import from_tdb
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import values, vander
from ilrs_science.sky.ephemeris import coverage, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows import signals
from ilrs_science.windows.aims import resolver
from ilrs_science.windows.signals import NODES, SEGMENT, Leaf, node_series, segment_grid

PLACE = SurfacePlace(-89.45, 222.69, 1900.0)
KINDS = [
    SunElevation(min="1 deg"),
    EarthElevation(max="2 deg"),
    Separation(bodies=("sun", "earth"), min="30 deg"),
]


def leaf_of(spec: Constraint, place: SurfacePlace | None = None) -> Leaf:
    return signals.leaf_of(spec, resolver(), place or PLACE)


@given(st.floats(*coverage()), st.floats(0.0, 1e9))
def test_segments_cover_the_span_and_no_more_than_they_must(first: float, length: float) -> None:
    start, count = segment_grid(first, first + length)
    assert start <= first < start + SEGMENT
    assert start + (count - 1) * SEGMENT <= max(first + length, first) <= start + count * SEGMENT
    assert count >= 1


def test_a_span_on_a_border_is_one_segment() -> None:
    start, _ = segment_grid(0.0, 1.0)
    assert segment_grid(start, start) == (start, 1)
    assert segment_grid(start, start + SEGMENT) == (start, 1)
    assert segment_grid(start, start + SEGMENT + 1e-6) == (start, 2)


@pytest.mark.parametrize("spec", KINDS)
@pytest.mark.parametrize("place", [PLACE, SurfacePlace(0.0, 0.0), SurfacePlace(12.0, 90.0)])
def test_the_series_is_the_signal_to_two_microseconds_of_the_sun(
    spec: SunElevation, place: SurfacePlace
) -> None:
    leaf, (start, count) = leaf_of(spec), segment_grid(8e8, 8.5e8)
    series = node_series(leaf, place, start, count)
    assert series.shape == (count, NODES)
    x = np.linspace(-1.0, 1.0, 23)
    epochs = start + (np.arange(count)[:, None] + (x + 1.0) / 2.0) * SEGMENT
    truth = leaf.signal(sky_at(epochs.ravel()), place).reshape(count, -1)
    # the Sun moves 2.7e-6 rad/s; the libration angle W itself is rounded to 4e-12 rad
    assert np.abs(series @ vander(x, NODES).T - truth).max() < 6e-12


@pytest.mark.parametrize("spec", KINDS)
def test_signals_rise_with_what_they_stand_for(spec: SunElevation | Separation) -> None:
    epochs = np.linspace(8e8, 8.02e8, 50)
    leaf, seen = leaf_of(spec), observe(PLACE, from_tdb(epochs))
    if isinstance(spec, Separation):
        el, az = np.radians(seen["elevation"].values), np.radians(seen["azimuth"].values)
        cosine = np.sin(el).prod(axis=1) + np.cos(el).prod(axis=1) * np.cos(az[:, 0] - az[:, 1])
        quantity = np.arccos(cosine)
    else:
        quantity = seen["elevation"].sel(body=spec.kind.partition("_")[0]).values
    assert (np.argsort(leaf.signal(sky_at(epochs), PLACE)) == np.argsort(quantity)).all()


def test_limits_are_in_the_scale_of_the_signal() -> None:
    leaf = leaf_of(SunElevation(min="30 deg", max="60 deg"))
    assert (leaf.low, leaf.high) == pytest.approx((0.5, np.sqrt(0.75)))
    leaf = leaf_of(Separation(bodies=("sun", "earth"), min="60 deg", max="90 deg"))
    assert (leaf.low, leaf.high) == pytest.approx((-0.5, 0.0))
    assert (leaf_of(Day()).low, leaf_of(Day()).high) == (0.0, None)
    assert (leaf_of(Night()).low, leaf_of(Night()).high) == (None, 0.0)


def test_a_limit_at_the_end_of_the_possible_excludes_nothing() -> None:
    for spec in (SunElevation(min="-90 deg"), EarthElevation(max="90 deg")):
        assert (leaf_of(spec).low, leaf_of(spec).high) == (None, None)
    leaf = leaf_of(Separation(bodies=("sun", "earth"), min="0 deg", max="180 deg"))
    assert (leaf.low, leaf.high) == (None, None)
    assert leaf_of(SunElevation(min="90 deg")).low == 1.0


def test_a_group_has_no_signal() -> None:
    with pytest.raises(RequestError, match="all_of has no signal that is smooth in time"):
        leaf_of(Day() & Night())


def test_segments_reach_the_ends_of_the_kernels() -> None:
    leaf = leaf_of(Day())
    for end in coverage():
        start, count = segment_grid(end, end)
        series = node_series(leaf, PLACE, start, count)
        x = np.array([2.0 * (end - start) / SEGMENT - 1.0])
        assert values(series, x) == pytest.approx(leaf.signal(sky_at(np.array([end])), PLACE), abs=1e-11)
