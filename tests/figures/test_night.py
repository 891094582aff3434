"""Spans of a sampled signal."""

from __future__ import annotations

import numpy as np
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.figures.night import night_of, spans_where
from tests.figures import data


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_spans_hold_exactly_the_true_samples(mask: list[bool]) -> None:
    times = np.arange(len(mask))
    spans = spans_where(times, mask)
    inside = np.zeros(len(mask), bool)
    for start, end in spans:
        inside[(times >= start) & (times < end)] = True
    if mask[-1]:
        inside[-1] = True
    assert list(inside) == mask


def test_the_night_comes_from_light_else_from_the_suns_elevation() -> None:
    assert [(str(a), str(b)) for a, b in night_of(data.env())] == [
        ("2031-02-25T00:00:00.000000", "2031-02-26T00:00:00.000000")
    ]
    time = data.hours(0, 1, 2)
    sun = xr.Dataset({"sun_elevation": ("time", [-1.0, 1.0, 1.0])}, {"time": time})
    assert night_of(sun) == [(time[0], time[1])]
    assert night_of(xr.Dataset()) == []
