"""A direct link is all or nothing above the higher of mask and skyline."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.route import Route
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

PLACE = SurfacePlace(2.0, 88.0)  # the Earth rises and sets by libration
SPAN = ("2026-01-01", "2026-03-01")
TIMES = np.arange(*SPAN, np.timedelta64(3, "h"), dtype="datetime64[us]")
EARTH = observe(PLACE, TIMES, ["earth"])["elevation"].values[:, 0]


def route(mask: float, mast: float = 0.0) -> Route:
    link = Link(rate="10 Mbit/s", elevation_mask=f"{mask!r} deg")  # type: ignore[arg-type]
    return routes(PLACE, "earth", *SPAN, link=link, terrain="none", mast=mast)[0]


@given(st.floats(-5.0, 5.0))
def test_the_link_is_all_or_nothing_above_the_higher_of_both(mask: float) -> None:
    clear = np.abs(EARTH - max(mask, 0.0)) > 1e-6
    found = route(mask).rate(TIMES)
    assert (found == np.where(max(mask, 0.0) < EARTH, 10.0, 0.0))[clear].all()


@pytest.mark.parametrize("mask", [-1.0, 0.0, 2.0])
def test_at_the_very_edge_there_is_no_link(mask: float) -> None:
    one = route(mask)
    edge = np.abs(EARTH - max(mask, 0.0)).argmin()
    clearance = one.clearance(TIMES[edge : edge + 1])
    assert (one.rate(TIMES[edge : edge + 1]) > 0.0) == (clearance > 0.0)


def test_a_lowered_mask_uses_a_lowered_skyline() -> None:
    # from a mast of 1 km the horizon is 1.94 deg down: acos(1737.4 / 1738.4)
    high, low = (route(-90.0, mast=height).rate(TIMES) for height in (1000.0, 0.0))
    assert (high >= low).all()
    down = (EARTH > -1.9) & (EARTH < -0.1)
    assert down.any()
    assert (high[down] == 10.0).all()
    assert (low[down] == 0.0).all()
