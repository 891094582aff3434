"""When the Moon is in the solar wind, the magnetosheath or the magnetotail."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Magnetotail, PlasmaRegion, parse_constraint
from ilrs_science.environment.plasma import PLASMA_REGIONS, magnetopause_margin, plasma_region
from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.nearest_miss import nearest_miss

START, END = "2026-01-01", "2026-07-01"
PLACE = SurfacePlace(-45.0, 178.0)
MS = np.timedelta64(1, "ms")


def windows(region: str, place: object = PLACE) -> Windows:
    return find_windows(PlasmaRegion(region=region), place, START, END)


def test_the_three_regions_fill_the_time_without_overlap() -> None:
    found = [windows(region) for region in PLASMA_REGIONS]
    assert sum(one.hours for one in found) == pytest.approx(181 * 24, abs=1e-5)
    assert reduce(lambda a, b: a | b, found).hours == pytest.approx(181 * 24, abs=1e-5)


@pytest.mark.parametrize("region", PLASMA_REGIONS)
def test_windows_are_where_the_region_says_so(region: str) -> None:
    times = np.arange(START, END, np.timedelta64(47, "m"), dtype="datetime64[us]")
    codes = plasma_region(times, PLACE)
    assert (windows(region).contains(times) == (codes == PLASMA_REGIONS.index(region))).all()


def test_the_edge_of_the_tail_is_the_magnetopause_to_a_millisecond() -> None:
    found = windows("magnetotail")
    assert len(found) in (6, 7)
    assert (magnetopause_margin(found.starts[1:] + MS, PLACE) > 0.0).all()
    assert (magnetopause_margin(found.starts[1:] - MS, PLACE) < 0.0).all()


def test_the_blown_tail_is_reached_hours_before_the_cone_about_the_sun_line() -> None:
    # 4.3 deg aside at 12.2 deg a day: its middle comes 8.4 h before full Moon
    cone, tail = find_windows(Magnetotail(half_width="25.7 deg"), PLACE, START, END), windows("magnetotail")
    middle = [one.starts[1:5] + (one.ends[1:5] - one.starts[1:5]) // 2 for one in (tail, cone)]
    hours = (middle[1] - middle[0]) / np.timedelta64(1, "h")
    assert hours == pytest.approx(8.4, abs=1.5)


def test_a_miss_is_told_in_degrees() -> None:
    row = nearest_miss(PlasmaRegion(region="magnetotail"), PLACE, "2026-01-16", "2026-01-20").iloc[0]
    assert row["unit"] == "deg"
    assert row["best"] < 0.0 < row["short_by"]


def test_an_orbiter_crosses_the_same_regions() -> None:
    site, orbiter = (
        find_windows(PlasmaRegion(region="magnetotail"), place, "2026-03-01", "2026-03-06")
        for place in (PLACE, "queqiao2")
    )
    assert len(site) == 1
    assert abs(orbiter.hours - site.hours) < 6.0


def test_unknown_regions_and_the_earth_are_refused() -> None:
    with pytest.raises(RequestError, match="region"):
        parse_constraint({"kind": "plasma_region", "region": "heliopause"})
    with pytest.raises(RequestError, match="belongs to the Moon"):
        windows("magnetotail", "jiamusi")
