from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import (
    AllOf,
    AnyOf,
    Constraint,
    Day,
    EarthElevation,
    Night,
    Not,
    Separation,
    SunElevation,
)
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.sky.ephemeris import coverage
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.budget import budget_of
from ilrs_science.windows.constraints import Search, find_windows, search_of

START, END = "2026-01-01", "2027-01-01"
RIDGE, NEAR = SurfacePlace(-89.45, 222.69, 1900.0), SurfacePlace(0.6875, 23.4333)
MICROSECOND = np.timedelta64(1, "us")
#: A year of searching and sampling is slow beside a law of intervals: a quarter of the examples of the profile.
FEW = settings(max_examples=settings().max_examples // 4)

places = st.builds(SurfacePlace, st.floats(-90, 90), st.floats(-180, 180), st.floats(-5000, 5000))
sun_limits, earth_limits = st.floats(-30, 60), st.floats(-10, 30)
leaves = st.one_of(
    st.just(Day()),
    st.just(Night()),
    sun_limits.map(lambda a: SunElevation(min=f"{a!r} deg")),
    sun_limits.map(lambda a: SunElevation(max=f"{a!r} deg")),
    st.floats(-2, 2).map(lambda a: SunElevation(min=f"{a!r} deg", max=f"{a + 1!r} deg")),
    earth_limits.map(lambda a: EarthElevation(min=f"{a!r} deg")),
    st.floats(0.3, 170).map(lambda a: Separation(bodies=("sun", "earth"), min=f"{a!r} deg")),
    st.floats(0.3, 170).map(lambda a: Separation(bodies=("earth", "sun"), max=f"{a!r} deg")),
)
trees = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AllOf(of=tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AnyOf(of=tuple(parts))),
        part.map(lambda one: Not(of=one)),
    ),
    max_leaves=4,
)


class Sampled:
    """Constraints decided at single epochs from azimuth and elevation, by another way than the search."""

    def __init__(self, place: SurfacePlace, times: np.ndarray) -> None:
        seen = observe(place, times)
        self.elevation = {body: seen["elevation"].sel(body=body).values for body in ("sun", "earth")}
        el, az = np.radians(seen["elevation"].values), np.radians(seen["azimuth"].values)
        unit = np.stack([np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)])
        chord = np.linalg.norm(unit[..., 0] - unit[..., 1], axis=0)
        self.separation = np.degrees(2.0 * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0)))

    def margin(self, spec: Constraint) -> np.ndarray:
        """Positive where it holds; how far from the nearest limit. [deg]"""
        match spec:
            case AllOf(of=parts):
                return np.min([self.margin(part) for part in parts], axis=0)
            case AnyOf(of=parts):
                return np.max([self.margin(part) for part in parts], axis=0)
            case Not(of=part):
                return -self.margin(part)
            case Day():
                return self.elevation["sun"]
            case Night():
                return -self.elevation["sun"]
            case Separation():
                value = self.separation
            case _:
                value = self.elevation[spec.kind.partition("_")[0]]
        low = np.inf if spec.min is None else value - spec.min
        high = np.inf if spec.max is None else spec.max - value
        return np.minimum(low, high)


def assert_sampling_agrees(spec: Constraint, place: SurfacePlace, start: str, end: str, minutes: int) -> None:
    times = np.arange(np.datetime64(start, "us"), np.datetime64(end, "us"), np.timedelta64(minutes, "m"))
    margin = Sampled(place, times).margin(spec)
    clear = np.abs(margin) > 1e-7  # the Sun moves that far in 0.7 ms
    inside = find_windows(spec, place, start, end).contains(times)
    assert (inside == (margin > 0.0))[clear].all()


# --- against sampling ---------------------------------------------------------------------------------------------


@FEW
@given(leaves, places)
def test_dense_sampling_sees_no_missed_and_no_false_window(spec: Constraint, place: SurfacePlace) -> None:
    assert_sampling_agrees(spec, place, "2026-01-01", "2027-01-01", 30)


@FEW
@given(trees, places)
def test_dense_sampling_agrees_with_any_tree_of_constraints(spec: Constraint, place: SurfacePlace) -> None:
    assert_sampling_agrees(spec, place, "2029-03-01", "2029-09-01", 60)


@FEW
@given(st.floats(-90, -88), st.floats(-180, 180), st.floats(-2.0, 2.0))
def test_a_polar_horizon_is_grazed_without_a_miss(latitude: float, longitude: float, limit: float) -> None:
    spec = SunElevation(min=f"{limit!r} deg")
    assert_sampling_agrees(spec, SurfacePlace(latitude, longitude), "2030-01-01", "2031-01-01", 30)


def test_ten_years_are_sampled_without_a_miss() -> None:
    spec = SunElevation(min="0.5 deg") & EarthElevation(min="0 deg")
    assert_sampling_agrees(spec, RIDGE, "2026-01-01", "2036-01-01", 60)


def test_a_leap_second_in_the_span_shifts_nothing() -> None:
    assert_sampling_agrees(SunElevation(min="10 deg"), NEAR, "2016-12-15", "2017-01-15", 1)


@FEW
@given(leaves, places)
def test_every_edge_is_where_the_quantity_meets_its_limit(spec: Constraint, place: SurfacePlace) -> None:
    found = find_windows(spec, place, START, END)
    edges = np.concatenate([found.starts, found.ends])
    edges = edges[(edges > np.datetime64(START)) & (edges < np.datetime64(END))]
    if len(edges):
        assert np.abs(Sampled(place, edges).margin(spec)).max() < 2e-7


# --- laws ---------------------------------------------------------------------------------------------------------


@FEW
@given(trees, trees, places)
def test_adding_a_constraint_never_adds_time(one: Constraint, two: Constraint, place: SurfacePlace) -> None:
    alone, both = find_windows(one, place, START, END), find_windows(one & two, place, START, END)
    assert both - alone == Windows()
    assert both == alone & find_windows(two, place, START, END)
    assert alone - find_windows(one | two, place, START, END) == Windows()


@FEW
@given(trees, places)
def test_a_constraint_and_its_opposite_share_the_span(spec: Constraint, place: SurfacePlace) -> None:
    holds, fails = find_windows(spec, place, START, END), find_windows(~spec, place, START, END)
    assert holds & fails == Windows()
    assert holds | fails == Windows.everything(START, END)


@FEW
@given(places, sun_limits, st.floats(0.0, 5.0))
def test_a_stricter_limit_never_adds_time(place: SurfacePlace, limit: float, more: float) -> None:
    loose, strict = (
        find_windows(SunElevation(min=f"{a!r} deg"), place, START, END) for a in (limit, limit + more)
    )
    assert (strict - loose).total <= 100 * MICROSECOND


@FEW
@given(places)
def test_day_and_night_meet_without_gap_or_overlap(place: SurfacePlace) -> None:
    day, night = (find_windows(spec, place, START, END) for spec in (Day(), Night()))
    assert night == ~day
    assert day == find_windows(SunElevation(min="0 deg"), place, START, END)


@FEW
@given(trees, places, st.integers(1, 300))
def test_a_part_of_the_span_has_the_windows_of_the_whole(
    spec: Constraint, place: SurfacePlace, days: int
) -> None:
    middle = np.datetime64(START, "us") + np.timedelta64(days, "D") + np.timedelta64(12345, "ms")
    whole = find_windows(spec, place, START, END)
    parts = [find_windows(spec, place, *span) for span in ((START, middle), (middle, END))]
    for part, span in zip(parts, ((START, middle), (middle, END)), strict=True):
        assert (part & whole).total == part.total
        assert part.total == (whole & Windows.everything(*span)).total


# --- the ends of the scale ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spec",
    [
        SunElevation(min="-90 deg"),
        SunElevation(max="90 deg"),
        SunElevation(min="-80 deg"),
        EarthElevation(min="-90 deg", max="90 deg"),
        Separation(bodies=("sun", "earth"), min="0 deg"),
        Separation(bodies=("sun", "earth"), max="180 deg"),
        Day() | Night(),
        ~(Day() & Night()),
    ],
)
def test_what_is_always_true_is_one_interval(spec: Constraint) -> None:
    found = find_windows(spec, RIDGE, START, END)
    assert list(found) == list(Windows.everything(START, END))


@pytest.mark.parametrize(
    "spec",
    [
        SunElevation(min="90 deg"),
        SunElevation(min="3 deg"),
        EarthElevation(max="-40 deg"),
        Separation(bodies=("sun", "earth"), min="180 deg"),
        Day() & Night(),
    ],
)
def test_what_is_never_true_is_no_window(spec: Constraint) -> None:
    found = find_windows(spec, RIDGE, START, END)
    assert len(found) == 0
    assert found.span == (np.datetime64(START), np.datetime64(END))


def highest(place: SurfacePlace, body: str, start: str, end: str) -> tuple[np.datetime64, float]:
    """Culmination by three rounds of ever finer sampling. [deg]"""
    low, high = np.datetime64(start, "us"), np.datetime64(end, "us")
    for _ in range(3):
        step = max((high - low) // 2000, MICROSECOND)
        times = np.arange(low, high, step)
        elevation = observe(place, times, [body])["elevation"].values[:, 0]
        best = int(elevation.argmax())
        low, high = times[max(best - 2, 0)], times[min(best + 2, len(times) - 1)]
    return times[best], float(elevation.max())


@pytest.mark.parametrize(
    ("place", "body", "start", "end"),
    [
        (NEAR, "sun", "2026-03-01", "2026-03-28"),
        (RIDGE, "sun", "2026-02-01", "2026-02-25"),
        (RIDGE, "earth", "2026-05-01", "2026-05-26"),
        (SurfacePlace(12.0, 90.0), "earth", "2026-08-01", "2026-08-26"),
    ],
)
def test_a_limit_just_below_a_culmination_is_a_short_window_and_above_it_none(
    place: SurfacePlace, body: str, start: str, end: str
) -> None:
    when, top = highest(place, body, start, end)
    kind = SunElevation if body == "sun" else EarthElevation
    day = (when - np.timedelta64(24, "h"), when + np.timedelta64(24, "h"))
    length = {}
    for below in (1e-6, 1e-8):
        found = find_windows(kind(min=f"{top - below!r} deg"), place, *day)
        assert len(found) == 1
        length[below] = found.total / np.timedelta64(1, "s")
        assert abs(found.starts[0] + found.durations[0] / 2 - when) < np.timedelta64(60, "s")
        assert len(find_windows(kind(min=f"{top + below!r} deg"), place, *day)) == 0
    # a parabola: a hundredth of the height is a tenth of the width
    assert length[1e-6] / length[1e-8] == pytest.approx(10.0, rel=0.1)
    # at the very top the rounding of the libration angle, 4e-12 rad, decides over a few seconds
    assert find_windows(kind(min=f"{top!r} deg"), place, *day).total < np.timedelta64(20, "s")


def test_windows_are_clipped_at_the_edges_of_the_span() -> None:
    year = find_windows(Day(), NEAR, START, END)
    start, end = year[3]
    inner = (start + np.timedelta64(1, "h"), end - np.timedelta64(1, "h"))
    assert list(find_windows(Day(), NEAR, *inner)) == [inner]
    assert list(find_windows(Night(), NEAR, *inner)) == []
    exact = find_windows(Day(), NEAR, start, end)
    assert exact.total >= end - start - 2 * MICROSECOND
    around = find_windows(Night(), NEAR, start - MICROSECOND, start + MICROSECOND)
    assert len(around) == 1
    assert around.total <= 2 * MICROSECOND


@pytest.mark.parametrize("microseconds", [1, 2, 1000])
def test_a_span_of_a_microsecond_is_searched(microseconds: int) -> None:
    for begin in ("2026-01-01", "2016-12-31T23:59:59.999999"):
        span = (np.datetime64(begin, "us"), np.datetime64(begin, "us") + microseconds * MICROSECOND)
        day, night = (find_windows(spec, NEAR, *span) for spec in (Day(), Night()))
        assert day.total + night.total == microseconds * MICROSECOND


def test_the_whole_of_the_kernels_can_be_searched_and_not_a_second_more() -> None:
    first, last = from_tdb(np.array(coverage())) + np.array([MICROSECOND, -MICROSECOND])
    century = find_windows(Day(), NEAR, first, last)
    # synodic month: 29.530589 d (Meeus, ch. 49)
    assert len(century) == pytest.approx((last - first) / np.timedelta64(1, "D") / 29.530589, abs=1.5)
    assert len(find_windows(Day() | Night(), NEAR, first, first + np.timedelta64(3, "D"))) == 1
    assert len(find_windows(Day() | Night(), NEAR, last - np.timedelta64(3, "D"), last)) == 1
    for span in ((first - np.timedelta64(1, "s"), last), (first, last + np.timedelta64(1, "s"))):
        with pytest.raises(CoverageError, match="the shipped kernels cover 1900-01-02 to 2050-12-30, not"):
            find_windows(Day(), NEAR, *span)


def test_windows_of_a_second_are_found() -> None:
    day, night = (find_windows(spec, NEAR, START, END) for spec in (Day(), Night()))
    crossings = np.intersect1d(np.append(day.starts, day.ends), np.append(night.starts, night.ends))
    pair = observe(NEAR, day.starts[2] + np.array([0, 1], "timedelta64[s]"), ["sun"])["elevation"].values[
        :, 0
    ]
    found = find_windows(SunElevation(min="0 deg", max=f"{pair[1] - pair[0]:.12f} deg"), NEAR, START, END)
    assert len(found) == len(crossings) == 25
    assert found.durations / np.timedelta64(1, "s") == pytest.approx(np.ones(25), abs=0.1)


# --- the door -----------------------------------------------------------------------------------------------------


def test_a_mapping_a_record_a_site_and_a_place_are_taken() -> None:
    site = Site(id="ridge", latitude=-89.45, longitude=222.69, height=1900)
    expected = find_windows(SunElevation(min="0 deg"), RIDGE, START, END)
    assert find_windows({"kind": "sun_elevation", "min": "0 deg"}, site, START, END) == expected
    assert expected.span == (np.datetime64(START), np.datetime64(END))


def test_the_second_day_of_2026_at_the_ridge_is_that_of_spice() -> None:
    # spiceypy.gfposc, elevation of the Sun > 0 at 89.45 S 222.69 E 1900 m, LT+S, tolerance 1e-6 s, step 6 h:
    # recipe in tests/oracles/spice.py
    found = find_windows(SunElevation(min="0 deg"), RIDGE, START, END)
    assert [format_epoch(edge) for edge in found[1]] == [
        "2026-03-10T20:14:10.520Z",
        "2026-03-17T17:55:37.400Z",
    ]


@pytest.mark.parametrize(
    ("spec", "start", "end", "error", "message"),
    [
        ({"kind": "sun_elevatoin"}, START, END, UnknownNameError, "did you mean sun_elevation"),
        ({"kind": "sun_elevation", "min": 3}, START, END, RequestError, "3 has no unit; write '3 deg'"),
        (Day(), END, START, EpochError, "not after its start"),
        (Day(), START, START, EpochError, "not after its start"),
        (Day(), "2026-02-30", END, EpochError, "not a possible date"),
        (Day(), "1850-01-01", END, CoverageError, "1900-01-02 to 2050-12-30, not 1850-01-01"),
        (Day(), START, "2060-01-01", CoverageError, "1900-01-02 to 2050-12-30, not 2026-01-01"),
    ],
)
def test_a_wrong_request_is_one_line(
    spec: Constraint, start: str, end: str, error: type[RequestError], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        find_windows(spec, RIDGE, start, end)
    assert "\n" not in str(caught.value)


def test_a_condition_is_searched_once_in_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    first = Search.of_leaf
    monkeypatch.setattr(Search, "of_leaf", lambda self, leaf: asked.append(leaf) or first(self, leaf))
    both = SunElevation(min="0 deg") & EarthElevation(min="5 deg")
    search = search_of(SurfacePlace(0.0, 80.0), "2026-01-01", "2026-02-01")
    whole, table = search.windows(both), budget_of(search, both)
    assert len(asked) == 2
    assert table["left_h"].iloc[-1] == pytest.approx(whole.hours)
