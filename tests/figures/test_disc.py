"""Round maps: the projection is Lambert's, there and back, and the relief is clear beyond the rim."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.figures.disc import DISCS, Disc, disc_relief

EVERYWHERE = [Disc("all", one.latitude, one.longitude, 179.0) for one in DISCS]


@given(
    st.sampled_from(EVERYWHERE),
    st.floats(-89.9, 89.9),
    st.floats(-179.9, 179.9),
)
def test_there_and_back(disc: Disc, latitude: float, longitude: float) -> None:
    x, y = disc.plane(latitude, longitude)
    if np.isfinite(x) and np.hypot(x, y) > 1e-6:
        back_latitude, back_longitude = disc.ground(x, y)
        assert back_latitude == pytest.approx(latitude, abs=1e-5)
        turn = (float(back_longitude) - longitude + 180.0) % 360.0 - 180.0
        assert abs(turn) * np.cos(np.radians(latitude)) < 1e-5


@pytest.mark.parametrize("disc", DISCS)
def test_the_middle_is_the_middle_and_the_rim_is_the_rim(disc: Disc) -> None:
    x, y = disc.plane(disc.latitude, disc.longitude)
    assert (float(x), float(y)) == pytest.approx((0.0, 0.0), abs=1e-9)
    latitude, longitude = disc.ground(0.0, disc.radius)
    middle, edge = np.radians(disc.latitude), np.radians(float(latitude))
    near = np.sin(middle) * np.sin(edge) + np.cos(middle) * np.cos(edge) * np.cos(
        np.radians(float(longitude) - disc.longitude)
    )
    assert np.degrees(np.arccos(near)) == pytest.approx(disc.reach, abs=1e-6)


def test_areas_are_true() -> None:
    """A hemisphere of a unit sphere has 2 pi, its disc has pi r^2 with r = sqrt(2); a cap 2 pi (1 - cos reach)."""
    for disc in DISCS:
        cap = 2.0 * np.pi * (1.0 - np.cos(np.radians(disc.reach)))
        assert np.pi * disc.radius**2 == pytest.approx(cap)


def test_north_is_up_and_east_is_right_on_the_near_side() -> None:
    near = DISCS[0]
    assert near.plane(10.0, 0.0)[1] > 0
    assert near.plane(0.0, 10.0)[0] > 0


def test_each_side_shows_only_itself() -> None:
    near, far, south, north = DISCS
    tycho, daedalus, shackleton = (-43.3, -11.2), (-5.8, 179.4), (-89.7, 129.8)
    seen = [[bool(np.isfinite(disc.plane(*place)[0])) for disc in (near, far, south, north)]
            for place in (tycho, daedalus, shackleton)]  # fmt: skip
    assert seen == [
        [True, False, False, False],
        [False, True, False, False],
        [False, True, True, False],
    ]


def test_the_relief_is_small_and_clear_beyond_the_rim() -> None:
    for disc in DISCS:
        kind, _, text = disc_relief(disc).partition(",")
        png = base64.b64decode(text)
        assert kind == "data:image/png;base64"
        assert png.startswith(b"\x89PNG")
        assert b"tRNS\x00\xff" in png
        assert len(png) < 90_000
