"""Area of a disc above a broken line, piece by piece."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.disc import disc_fraction, disc_fractions

small = st.floats(-2.0, 2.0)


@given(azimuth=st.floats(0.0, 360.0), slope=st.floats(-3.0, 3.0), offset=small)
def test_a_straight_slope_cuts_a_segment_at_its_distance(azimuth: float, slope: float, offset: float) -> None:
    # A line y = offset + slope x passes the centre at offset / sqrt(1 + slope^2), whatever its rays.
    radius, spacing = 0.25, 0.5
    at = (np.arange(720) * spacing - azimuth + 180.0) % 360.0 - 180.0
    skyline = np.where(np.abs(at) < 2.0, radius * offset + slope * at, 0.0)
    distance = np.clip(offset / np.hypot(1.0, slope), -1.0, 1.0)
    segment = (np.arccos(distance) - distance * np.sqrt(1.0 - distance**2)) / np.pi
    # Elevation 0: the azimuth is not squeezed.
    assert disc_fraction(azimuth, 0.0, radius, skyline) == pytest.approx(segment, abs=1e-7)


@given(height=small, half=st.floats(0.05, 0.9))
def test_a_wall_beside_the_disc_hides_its_side(height: float, half: float) -> None:
    # Rays every 0.001 deg: a wall up to x = half, open beyond; the open side is a vertical segment.
    radius = 0.25
    at = (np.arange(360_000) * 1e-3 + 180.0) % 360.0 - 180.0
    skyline = np.where(at < radius * half, 5.0, -5.0)
    open_side = (np.arccos(half) - half * np.sqrt(1.0 - half**2)) / np.pi
    assert disc_fraction(0.0, 0.0, radius, skyline) == pytest.approx(open_side, abs=5e-3)


def test_only_the_asked_discs_are_filled() -> None:
    out = np.full(4, -1.0)
    disc_fractions(np.zeros(4), np.full(4, 5.0), np.full(4, 0.25), np.zeros(720), 1, 3, out)
    assert out.tolist() == [-1.0, 1.0, 1.0, -1.0]


def test_high_in_the_sky_the_disc_spans_more_azimuth() -> None:
    # At 60 deg elevation a disc of 1 deg spans 2 deg of azimuth on each side: a narrow peak hides half as much.
    peak = np.zeros(720)
    low, high = peak.copy(), peak.copy()
    low[20:23] = 80.0
    high[20:23] = 80.0
    assert disc_fraction(10.5, 10.0, 1.0, low) < disc_fraction(10.5, 60.0, 1.0, high)
