from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.polynomial import chebyshev

from ilrs_science.sky.chebyshev import Floats, half_matrices, node_matrix, nodes, values
from ilrs_science.windows.search import positive_intervals, roots

COUNT = 14
#: Below this a place in a segment is not told apart from another: 1e-12 of 4 days is 0.3 microseconds.
NEAR = 1e-9


def from_roots(*places: float) -> Floats:
    """Series of one segment with the given roots in [-1, 1]."""
    series = np.zeros((1, COUNT))
    series[0, : len(places) + 1] = chebyshev.chebfromroots(places)
    return series


def sampled(function: Callable[[Floats], Floats], count: int) -> Floats:
    """Series on `count` segments of unit length of a function of time."""
    at = np.arange(count)[:, None] + (nodes(COUNT) + 1.0) / 2.0
    return np.asarray(function(at) @ node_matrix(COUNT).T)


def intervals(series: Floats, start: float, length: float) -> tuple[Floats, Floats]:
    """Where a series on equal segments is positive."""
    return positive_intervals(series, start + length * np.arange(len(series) + 1))


def found(series: Floats) -> list[float]:
    """Crossings by the windows' edges, in units of segments."""
    starts, ends = intervals(series, 0.0, 1.0)
    inner = np.concatenate([starts, ends])
    return sorted(inner[(inner > 0.0) & (inner < len(series))].tolist())


def place(x: float) -> float:
    """Time in a segment of unit length."""
    return (x + 1.0) / 2.0


# --- single segments ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "places",
    [
        (0.3,),
        (-0.9, 0.9),
        (-0.5, 0.0, 0.5),
        (0.1, 0.1 + 1e-6),
        (-1e-7, 1e-7),
        (-0.99, -0.98, 0.0, 0.01, 0.5, 0.999),
        tuple(np.linspace(-0.95, 0.95, 13)),
    ],
)
def test_every_root_of_a_segment_is_found(places: tuple[float, ...]) -> None:
    assert found(from_roots(*places)) == pytest.approx([place(x) for x in places], abs=NEAR)


@pytest.mark.parametrize("places", [(0.0,), (0.5,), (-0.5, 0.25), (0.0, 0.5, 0.75), (0.125, 0.375, 0.625)])
def test_a_root_where_pieces_are_halved_is_not_lost(places: tuple[float, ...]) -> None:
    others = (-0.81, 0.43, 0.93)  # make the first halvings necessary
    everything = sorted({*places, *others})
    assert found(from_roots(*everything)) == pytest.approx([place(x) for x in everything], abs=NEAR)


@pytest.mark.parametrize("degree", [3, 5, 7, 9, 11, 13])
def test_a_chebyshev_polynomial_of_odd_degree_has_a_root_in_the_middle(degree: int) -> None:
    series = np.zeros((1, COUNT))
    series[0, degree] = 1.0
    expected = (1.0 + np.cos(np.pi * (np.arange(degree) + 0.5) / degree)) / 2.0
    assert found(series) == pytest.approx(sorted(expected), abs=1e-14)


def test_a_flat_crossing_is_found() -> None:
    # x^3 and x^5 have no slope where they cross zero, so that no bound can certify a single crossing
    for power in (3, 5):
        assert found(from_roots(*[0.2] * power)) == pytest.approx(
            [place(0.2)], abs=1e-3 if power == 5 else 1e-5
        )


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("x", [0.0, 0.1, -0.5, 0.7310585, 1.0, -1.0])
def test_a_touch_of_zero_neither_opens_nor_closes(sign: float, x: float) -> None:
    starts, ends = intervals(sign * from_roots(x, x), 0.0, 1.0)
    if sign > 0:
        assert starts.tolist() == [0.0]
        assert ends.tolist() == [1.0]
    else:
        assert not len(starts)


@pytest.mark.parametrize("above", [1e-3, 1e-6, 1e-9, 1e-12])
def test_a_maximum_just_above_zero_is_a_short_window(above: float) -> None:
    # above - (x - 0.3)^2 is positive for sqrt(above) on each side
    series = -from_roots(0.3, 0.3)
    series[0, 0] += above
    starts, ends = intervals(series, 0.0, 2.0)
    assert (ends - starts)[0] == pytest.approx(2.0 * np.sqrt(above), rel=1e-3)
    series[0, 0] -= 2.0 * above
    assert not len(intervals(series, 0.0, 2.0)[0])


def test_constant_segments_have_no_root() -> None:
    for constant, expected in ((1.0, [[0.0], [3.0]]), (-1.0, [[], []]), (0.0, [[], []])):
        series = np.zeros((3, COUNT))
        series[:, 0] = constant
        assert [part.tolist() for part in intervals(series, 0.0, 1.0)] == expected
    assert len(roots(np.zeros(COUNT))) == 0


@given(st.integers(0, 2**32 - 1))
def test_rounding_noise_ends_in_finite_time_and_keeps_its_sign(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=(4, COUNT)) * 1e-17
    noise[:, 0] += 1e-3
    assert [part.tolist() for part in intervals(noise, 0.0, 1.0)] == [[0.0], [4.0]]
    noise[:, 0] -= 1e-3
    starts, ends = intervals(noise, 0.0, 1.0)
    assert (starts < ends).all()


def test_a_slope_that_nearly_vanishes_next_to_a_root_does_not_stop_newton() -> None:
    # x + 0.4995 x^2 has the slope 0.001 at -1: Newton's method only halves its error until it is close
    for x in (-0.999999, -0.99999, -0.999, -0.99):
        series = np.zeros((1, COUNT))
        series[0, :3] = [0.4995 / 2.0, 1.0, 0.4995 / 2.0]
        series[0, 0] -= x + 0.4995 * x * x
        assert found(series) == pytest.approx([place(x)], abs=1e-12)


# --- many segments ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_root_on_the_border_of_two_segments_is_one_edge(count: int) -> None:
    for border in range(1, count):
        for sign in (1.0, -1.0):
            series = sampled(lambda t, b=border, s=sign: s * (t - b), count)
            assert found(series) == pytest.approx([border], abs=NEAR)
            exact = np.zeros((count, COUNT))  # the border's value is exactly zero on both sides
            exact[:, 0], exact[:, 1] = sign * (np.arange(count) + 0.5 - border), sign * 0.5
            assert found(exact) == [border]


def test_a_jump_over_zero_between_two_segments_is_an_edge() -> None:
    series = np.zeros((2, COUNT))
    series[:, 0] = [-1e-9, 1e-9]
    assert found(series) == [1.0]
    assert found(-series) == [1.0]


def test_edges_are_in_the_units_of_the_segments() -> None:
    starts, ends = intervals(sampled(lambda t: t - 1.25, 3), 1000.0, 40.0)
    assert starts == pytest.approx([1050.0])
    assert ends.tolist() == [1120.0]


waves = st.lists(
    st.tuples(st.floats(0.05, 1.0), st.floats(0.2, 2.5), st.floats(0.0, 6.3)), min_size=1, max_size=4
)


@given(waves, st.floats(-1.0, 1.0), st.integers(1, 40))
def test_dense_sampling_sees_no_missed_and_no_false_window(
    parts: list[tuple[float, float, float]], level: float, count: int
) -> None:
    def signal(t: Floats) -> Floats:
        return np.asarray(sum(size * np.sin(rate * t + phase) for size, rate, phase in parts) - level)

    starts, ends = intervals(sampled(signal, count), 0.0, 1.0)
    assert (starts < ends).all()
    assert (ends[:-1] < starts[1:]).all()
    epochs = np.linspace(0.0, count, 400 * count, endpoint=False) + 1e-4
    inside = np.searchsorted(starts, epochs, side="right") > np.searchsorted(ends, epochs, side="right")
    clear = np.abs(signal(epochs)) > 1e-8  # 14 nodes resolve 2.5 rad a segment to 1e-9
    assert (inside == (signal(epochs) > 0.0))[clear].all()
    inner = np.concatenate([starts[starts > 0.0], ends[ends < count]])
    assert (np.abs(signal(inner)) < 1e-8).all()


@given(waves, st.floats(-1.0, 1.0))
def test_a_signal_and_its_opposite_share_the_time(
    parts: list[tuple[float, float, float]], level: float
) -> None:
    series = sampled(lambda t: np.asarray(sum(a * np.sin(w * t + p) for a, w, p in parts) - level), 10)
    total = sum(
        float((ends - starts).sum()) for starts, ends in (intervals(s, 0.0, 1.0) for s in (series, -series))
    )
    assert total == pytest.approx(10.0, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_random_series_have_the_roots_that_numpy_finds(seed: int, count: int) -> None:
    series = np.random.default_rng(seed).normal(size=(count, COUNT))
    for one in series:
        theirs = chebyshev.chebroots(one)
        theirs = np.sort(theirs[(np.abs(theirs.imag) < 1e-12) & (np.abs(theirs.real) < 1.0)].real)
        ours = roots(one)
        assert len(ours) == len(theirs)
        assert ours == pytest.approx(theirs, abs=1e-8)
        assert (np.abs(values(np.repeat(one[None], len(ours), 0), ours)) < 1e-9).all()


def test_pieces_may_differ_in_length_and_be_compared_with_a_limit_from_either_side() -> None:
    edges = np.array([10.0, 11.0, 15.0, 15.5])
    middle, half = (edges[1:] + edges[:-1]) / 2.0, np.diff(edges) / 2.0
    series = np.zeros((3, COUNT))
    series[:, 0], series[:, 1] = middle, half  # the signal is the time itself
    for limit in (10.25, 12.0, 15.25):
        above = positive_intervals(series, edges, limit=limit)
        below = positive_intervals(series, edges, limit=limit, sign=-1.0)
        assert [part.tolist() for part in above] == [[pytest.approx(limit, abs=1e-13)], [15.5]]
        assert [part.tolist() for part in below] == [[10.0], [pytest.approx(limit, abs=1e-13)]]


def test_many_windows_do_not_overflow() -> None:
    series = sampled(lambda t: np.sin(2.0 * np.pi * t), 1000)
    starts, ends = intervals(series, 0.0, 1.0)
    assert (len(starts), len(ends)) == (1000, 1000)
    assert ends - starts == pytest.approx(np.full(1000, 0.5), abs=1e-6)


def test_pieces_keep_their_roots_when_a_segment_is_cut_by_hand() -> None:
    series = from_roots(-0.7, -0.2, 0.0, 0.3, 0.9)
    left, right = half_matrices(COUNT)
    cut = np.concatenate([series @ left.T, series @ right.T])
    assert found(cut) == pytest.approx([2.0 * t for t in found(series)], abs=NEAR)
