"""A search takes a seed and a number of workers that its solver takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.model.limits import Limits


@pytest.mark.parametrize(
    "wrong", [{"seed": -1}, {"seed": 2**31}, {"seed": 0.5}, {"seed": True}, {"workers": 0}]
)
def test_a_seed_or_number_of_workers_out_of_range_is_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(RequestError, match=f"^{name} .* must be a whole number from "):
        Limits(1.0, **wrong)


def test_the_ends_of_the_range_are_allowed() -> None:
    assert Limits(1.0, seed=np.int64(2**31 - 1), workers=256).workers == 256  # type: ignore[arg-type]


def test_the_greedy_plan_has_an_eighth_of_the_time_within_bounds() -> None:
    assert [Limits(time).floor_s for time in (1.0, 16.0, 600.0)] == [1.0, 2.0, 4.0]
    assert Limits(1.0, deterministic=True).floor_s == float("inf")
