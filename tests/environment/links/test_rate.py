"""Link rate: all or nothing at the higher of mask and skyline."""

from __future__ import annotations

from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links import link_rate


def test_the_link_works_above_mask_and_skyline() -> None:
    link = Link(rate="10 Mbit/s", elevation_mask="2 deg")  # type: ignore[arg-type]
    found = link_rate(link, elevation=[1.0, 3.0, 3.0, 5.0], horizon_elevation=[-2.0, -2.0, 4.0, 4.0])
    assert found.tolist() == [0.0, 10.0, 0.0, 10.0]


def test_a_lowered_mask_uses_a_lowered_skyline() -> None:
    link = Link(rate="1 Mbit/s", elevation_mask="-90 deg")  # type: ignore[arg-type]
    assert link_rate(link, elevation=-1.0, horizon_elevation=-2.0) == 1.0
