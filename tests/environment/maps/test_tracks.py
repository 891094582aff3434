"""Tracks of Sun and Earth in the sky of places."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.light.illumination import angular_radius
from ilrs_science.environment.maps.tracks import CELLS, STRIPS, laid_track, seen_from, track_of
from ilrs_science.epochs import grid
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

TIMES = grid("2026-01-01", "2026-03-01", "5 h")


@pytest.mark.parametrize("body", ["sun", "earth"])
@pytest.mark.parametrize("there", [(-89.0, 40.0), (-84.0, 200.0), (-90.0, 0.0)])
def test_a_track_is_what_another_place_observes(body: str, there: tuple[float, float]) -> None:
    # 150 km apart the Earth stands 0.02 deg elsewhere; that is counted. Aberration differs by 1e-6 deg.
    track = track_of(body, -89.45, 222.69, TIMES)
    seen = observe(SurfacePlace(*there), TIMES, [body]).isel(body=0)
    azimuth, elevation, radius = seen_from(track, *there)
    turn = (azimuth - seen.azimuth.values + 180.0) % 360.0 - 180.0
    assert np.abs(turn).max() < 1e-4
    assert np.abs(elevation - seen.elevation.values).max() < 1e-4
    assert np.allclose(radius, angular_radius(body, seen["range"].values), rtol=1e-5)


def test_the_strips_hold_the_time_that_the_disc_spends_in_them() -> None:
    azimuth, elevation, radius = seen_from(track_of("sun", -89.45, 222.69, TIMES), -89.45, 222.69)
    laid = laid_track(azimuth, elevation, radius)
    assert laid.above.shape == (STRIPS, CELLS + 1)
    assert laid.above[:, 0].sum() == pytest.approx(1.0)
    wide = laid.above[:, 0].reshape(36, -1).sum(axis=1)  # 10 deg each
    counted = np.histogram(azimuth, 36, (0.0, 360.0))[0] / azimuth.size
    assert np.allclose(wide, counted, atol=0.006)


def test_a_strip_that_the_disc_never_meets_is_empty() -> None:
    azimuth, elevation, radius = seen_from(track_of("earth", -89.45, 222.69, TIMES), -89.45, 222.69)
    laid = laid_track(azimuth, elevation, radius)
    empty = laid.above[:, 0] == 0.0
    assert 0.9 < empty.mean() < 1.0
    assert np.isfinite(laid.low).all()
    assert (laid.per_degree > 0.0).all()
