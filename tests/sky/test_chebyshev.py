from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.polynomial import chebyshev

from ilrs_science.sky.chebyshev import (
    Floats,
    derivative_matrix,
    half_matrices,
    node_matrix,
    nodes,
    values,
    vander,
)

COUNT = 14
series = arrays(np.float64, (3, COUNT), elements=st.floats(-10, 10, allow_subnormal=False))
points = arrays(np.float64, 3, elements=st.floats(-1, 1))


@given(series, points)
def test_values_are_those_of_numpy(coefficients: Floats, x: Floats) -> None:
    expected = [chebyshev.chebval(point, row) for row, point in zip(coefficients, x, strict=True)]
    assert values(coefficients, x) == pytest.approx(np.array(expected), abs=1e-12)


@pytest.mark.parametrize("derivative", [0, 1, 2])
@given(series, points)
def test_derivatives_are_those_of_numpy(derivative: int, coefficients: Floats, x: Floats) -> None:
    expected = [
        chebyshev.chebval(p, chebyshev.chebder(row, derivative))
        for row, p in zip(coefficients, x, strict=True)
    ]
    found = np.einsum("nk,nk->n", vander(x, COUNT, derivative), coefficients)
    assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9)
    if derivative == 1:
        assert values(coefficients @ derivative_matrix(COUNT).T, x) == pytest.approx(
            found, rel=1e-9, abs=1e-9
        )


@given(series)
def test_values_at_the_nodes_give_the_series_back(coefficients: Floats) -> None:
    at_nodes = coefficients @ vander(nodes(COUNT), COUNT).T
    assert at_nodes @ node_matrix(COUNT).T == pytest.approx(coefficients, abs=1e-12)


@given(series, points)
def test_halves_are_the_same_polynomial(coefficients: Floats, x: Floats) -> None:
    left, right = half_matrices(COUNT)
    for matrix, shift in ((left, -1.0), (right, 1.0)):
        expected = values(coefficients, (x + shift) / 2.0)
        assert values(coefficients @ matrix.T, x) == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("count", [1, 2, 5, 14])
def test_nodes_are_the_roots_of_the_next_polynomial(count: int) -> None:
    assert (np.diff(nodes(count)) > 0).all()
    assert chebyshev.chebval(nodes(count), np.eye(count + 1)[count]) == pytest.approx(
        np.zeros(count), abs=1e-13
    )


def test_a_constant_has_no_slope() -> None:
    assert (derivative_matrix(1) == 0).all()
    assert values(np.array([[3.0]]), np.array([0.3])) == pytest.approx([3.0])
