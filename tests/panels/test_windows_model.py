"""The windows model without widgets: bounded choices, the answer, its words and its code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilrs_science as ilrs
from ilrs_science.errors import EpochError, UnknownNameError
from ilrs_science.panels.windows_model import LONGEST_DAYS, WindowsModel

SITE = "connecting_ridge"


@pytest.fixture(scope="module")
def model() -> WindowsModel:
    return WindowsModel()


def test_the_answer_is_that_of_the_library() -> None:
    model = WindowsModel(sun=(-1.2, 90.0), earth=(0.0, 90.0))
    constraint = ilrs.SunElevation(min="-1.2 deg") & ilrs.EarthElevation(min="0 deg")
    site = ilrs.load_catalogue().sites[SITE]
    answer = model.answer()
    assert answer.constraint == constraint
    assert answer.windows == ilrs.find_windows(constraint, site, "2031-02-24", "2031-03-24")
    assert answer.table["left_h"].iloc[-1] == pytest.approx(answer.windows.hours)


def test_the_code_gives_the_same_windows() -> None:
    model = WindowsModel(sun=(-1.2, 40.0), separation=(10.0, 170.0), days=10)
    scope: dict = {}
    exec(model.code(), scope)
    assert scope["windows"] == model.answer().windows


def test_the_code_without_constraints_gives_the_whole_span() -> None:
    model = WindowsModel(sun=(-90.0, 90.0), earth=(-90.0, 90.0), days=3)
    scope: dict = {}
    exec(model.code(), scope)
    assert scope["windows"] == model.answer().windows
    assert model.answer().windows.hours == 72
    assert "1 window" in model.answer().sentence


def test_fully_open_ranges_are_no_constraint() -> None:
    model = WindowsModel(sun=(-90.0, 90.0), earth=(2.0, 90.0))
    assert model.constraint.label == "earth_elevation >= 2 deg"


def test_one_side_of_a_range_may_stand_alone() -> None:
    model = WindowsModel(sun=(-90.0, -0.5), earth=(-90.0, 90.0))
    assert model.constraint.label == "sun_elevation <= -0.5 deg"


@given(st.tuples(st.floats(), st.floats()))
def test_elevations_are_brought_into_their_range(pair: tuple[float, float]) -> None:
    model = WindowsModel()
    model.sun = pair
    low, high = model.sun
    assert -90 <= low < high <= 90


@given(st.integers())
def test_spans_are_brought_into_their_range(days: int) -> None:
    model = WindowsModel()
    model.days = days
    assert 1 <= model.days <= LONGEST_DAYS


@pytest.mark.parametrize("text", ["", "2031-02-30", "soon", "2031-13-01", "20310230T", "x" * 1000])
def test_an_impossible_date_is_refused_in_a_sentence(model: WindowsModel, text: str) -> None:
    with pytest.raises(EpochError, match="write it as 2031-02-24"):
        model.start = text
    assert model.start == "2031-02-24"


def test_an_unknown_site_is_refused_and_the_nearest_named(model: WindowsModel) -> None:
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        model.site = "conecting_ridge"


def test_a_short_span_is_sampled_finely_and_a_long_one_coarsely() -> None:
    short = WindowsModel(days=1).answer().observation["time"].values
    long = WindowsModel(days=LONGEST_DAYS).answer().observation["time"].values
    assert np.diff(short[:2])[0] == np.timedelta64(10, "m")
    assert len(long) <= 901


def test_no_window_is_said_with_the_worst_condition() -> None:
    words = WindowsModel(sun=(80.0, 90.0)).answer().sentence
    assert words.startswith("No window in these 672 h.")
    assert "Sun elevation ≥ 80° removes 672 h by itself." in words


def test_repr_is_one_honest_line(model: WindowsModel) -> None:
    assert repr(WindowsModel()) == "<WindowsModel connecting_ridge, 28 d from 2031-02-24>"
