"""Seeds that can be used, and times between events seen from any moment."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.luck import between, residual, whole_seed


def test_a_seed_is_a_whole_number_from_0_on() -> None:
    assert [whole_seed(one) for one in (0, 10**40, np.int64(7))] == [0, 10**40, 7]
    for wrong in (-1, 1.5, "x", None, True):
        with pytest.raises(RequestError, match="seed must be a whole number from 0 on"):
            whole_seed(wrong)


@pytest.mark.parametrize("shape", [0.5, 0.7, 1.0, 3.0])
def test_the_mean_count_of_any_span_is_that_of_the_record(shape: float) -> None:
    dice, lives = np.random.default_rng(1), 6000
    count = 0
    for _ in range(lives):
        time = residual(1.0, shape, dice)
        while time < 0.5:
            count += 1
            time += between(1.0, shape, dice)
    assert count / lives == pytest.approx(0.5, rel=0.06)


def test_a_clock_that_starts_afresh_would_count_more_where_the_new_fails_first() -> None:
    dice = np.random.default_rng(1)
    fresh, left = (np.mean([law(1.0, 0.5, dice) for _ in range(4000)]) for law in (between, residual))
    assert left == pytest.approx(3.0, rel=0.15)  # half of E[x^2] / E[x]
    assert fresh == pytest.approx(1.0, rel=0.15)
