"""What beats what, and how sure a ranking is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ilrs_science.studies.siting.front import dominated, ranked, robustness


@given(arrays.arrays(float, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=st.integers(0, 4)))
def test_dominated_by_comparing_each_with_each(gains: np.ndarray) -> None:
    expected = [any((one <= other).all() and (one < other).any() for other in gains) for one in gains]
    assert list(dominated(gains)) == expected


def test_weights_decide_and_robustness_counts() -> None:
    gains = pd.DataFrame({"a": [0.0, 1.0, 0.5], "b": [1.0, 0.0, 0.5]}, ["x", "y", "z"])
    assert list(ranked(gains, {"a": 3, "b": 1}).index) == ["y", "z", "x"]
    assert list(ranked(gains, {"a": 1, "b": 3})) == [0.75, 0.5, 0.25]
    sure = robustness([gains], {"a": 3, "b": 1}, 0.0, 5, 0)
    assert list(sure["first"]) == [1.0, 0.0, 0.0]
    torn = robustness([gains], {"a": 1, "b": 1}, 0.5, 4000, 0)
    assert torn.loc["x", "first"] == pytest.approx(0.5, abs=0.03)
    assert torn.loc["z", "worst_rank"] == 2
    opposite = 1 - gains
    both = robustness([gains, opposite], {"a": 1}, 0.2, 10, 0)
    assert both.loc["y", "first"] == both.loc["x", "first"] == 0.5
    assert sum(both["first"]) == pytest.approx(1)
