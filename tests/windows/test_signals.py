from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Constraint, Day, EarthElevation, Night, Separation, SunElevation
from ilrs_science.epochs import from_tdb
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import values, vander
from ilrs_science.sky.ephemeris import coverage, sky_after, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import resolver
from ilrs_science.windows.grid import SEGMENT, segments
from ilrs_science.windows.leaf import Leaf
from ilrs_science.windows.pieces import NODES, approximate
from ilrs_science.windows.signals import leaves_of
from ilrs_science.windows.view import View

PLACE = SurfacePlace(-89.45, 222.69, 1900.0)
KINDS = [
    SunElevation(min="1 deg"),
    EarthElevation(max="2 deg"),
    Separation(bodies=("sun", "earth"), min="30 deg"),
]


SPAN = (np.datetime64("2026-01-01", "us"), np.datetime64("2027-01-01", "us"))
VIEW = View(PLACE)


def leaf_of(spec: Constraint) -> Leaf:
    (leaf,) = leaves_of(spec, resolver(SPAN), VIEW)
    return leaf


@pytest.mark.parametrize("spec", KINDS)
@pytest.mark.parametrize("place", [PLACE, SurfacePlace(0.0, 0.0), SurfacePlace(12.0, 90.0)])
def test_the_series_is_the_signal_to_two_microseconds_of_the_sun(
    spec: SunElevation, place: SurfacePlace
) -> None:
    leaf, view, grid = leaf_of(spec), View(place), segments(8e8, 8.5e8)
    pieces = approximate(lambda sky: leaf.signal(sky, view), grid)
    count, x = len(pieces.edges) - 1, np.linspace(-1.0, 1.0, 23)
    assert count < 1.4 * len(grid.edges)  # four days with 14 nodes are mostly enough, but not under a zenith
    assert pieces.coefficients.shape == (count, NODES)
    epochs = pieces.edges[:-1, None] + np.diff(pieces.edges)[:, None] * ((x + 1.0) / 2.0)
    truth = leaf.signal(sky_after(grid.origin, epochs), view)
    # the Sun moves 2.7e-6 rad/s
    assert np.abs(pieces.coefficients @ vander(x, NODES).T - truth).max() < 1e-11


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
    assert (np.argsort(leaf.signal(sky_at(epochs), VIEW)) == np.argsort(quantity)).all()


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
        grid = segments(end, end)
        pieces = approximate(lambda sky: leaf.signal(sky, VIEW), grid)
        x = np.array([2.0 * (end - grid.origin) / SEGMENT - 1.0])
        expected = leaf.signal(sky_at(np.array([end])), VIEW)
        assert values(pieces.coefficients, x) == pytest.approx(expected, abs=1e-11)
