"""The windows model without widgets: bounded choices, the answer, its words and its code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilrs_science as ilrs
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.conditions import MOST, Condition
from ilrs_science.panels.windows_model import DEFAULT, LONGEST_DAYS, LONGEST_ORBIT_DAYS, WindowsModel

SITE = "connecting_ridge"
LINK = ilrs.EarthElevation(min="2 deg")


@pytest.fixture(scope="module")
def model() -> WindowsModel:
    return WindowsModel()


def test_the_answer_is_that_of_the_library() -> None:
    constraint = ilrs.SunElevation(min="-1.2 deg") & ilrs.EarthElevation(min="0 deg")
    answer = WindowsModel(constraint=constraint).answer()
    assert answer.constraint == constraint
    assert answer.windows == ilrs.find_windows(constraint, SITE, "2031-02-24", "2031-03-24")
    assert answer.table["left_h"].iloc[-1] == pytest.approx(answer.windows.hours)
    assert list(answer.parts) == ["sun_elevation >= -1.2 deg", "earth_elevation >= 0 deg"]
    assert answer.miss is None
    assert answer.months is None


@pytest.mark.parametrize(
    "constraint",
    [
        ilrs.SunElevation(min="-1.2 deg", max="40 deg")
        & ~ilrs.Separation(bodies=("sun", "earth"), max="10 deg"),
        ilrs.LocalSolarTime(min="22 h", max="2 h") | ilrs.RadioQuiet(margin="1 deg"),
        ilrs.TargetElevation(target="jupiter", min="5 deg"),
        None,
    ],
)
def test_the_code_gives_the_same_windows(constraint: ilrs.AllOf | None) -> None:
    model = WindowsModel(constraint=constraint, days=10)
    scope: dict = {}
    exec(model.code(), scope)
    assert scope["windows"] == model.answer().windows


def test_without_a_condition_everything_is_possible() -> None:
    answer = WindowsModel(constraint=None, days=3).answer()
    assert answer.windows.hours == 72
    assert "1 window" in answer.sentence
    assert list(answer.table.index) == []


def test_an_orbiter_is_a_place_and_its_sky_is_that_of_some_revolutions() -> None:
    model = WindowsModel(place="llo_100", start="2026-01-01", days=1, constraint=ilrs.Eclipse(by="moon"))
    answer = model.answer()
    assert answer.windows == ilrs.find_windows(ilrs.Eclipse(by="moon"), "llo_100", "2026-01-01", "2026-01-02")
    length = answer.observation["time"].values[[0, -1]]
    assert np.timedelta64(9, "h") < length[1] - length[0] < np.timedelta64(11, "h")
    scope: dict = {}
    exec(model.code(), scope)
    assert scope["windows"] == answer.windows


@pytest.mark.parametrize(
    "constraint", [ilrs.PassOver(orbiter="llo_100"), ilrs.RangeTo(body="dro", max="9e4 km")]
)
def test_where_an_orbiter_takes_part_long_spans_are_refused(constraint: ilrs.PassOver) -> None:
    model = WindowsModel(constraint=constraint, days=LONGEST_ORBIT_DAYS + 1, start="2026-01-01")
    with pytest.raises(RequestError, match="followed over 60 days at the most here, not 61"):
        model.answer()


def test_an_orbit_far_from_its_epoch_is_refused_in_a_sentence() -> None:
    model = WindowsModel(place="nrho_9_2", start="2035-01-01", days=3, constraint={"kind": "day"})
    with pytest.raises(RequestError, match="is followed from 2025-12-02 to 2026-06-15 only"):
        model.answer()


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


def test_an_unknown_place_is_refused_and_the_nearest_named(model: WindowsModel) -> None:
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        model.place = "conecting_ridge"


def test_more_rows_than_fit_are_refused(model: WindowsModel) -> None:
    with pytest.raises(RequestError, match=f"at most {MOST} conditions"):
        model.conditions = tuple(Condition.fresh("day") for _ in range(MOST + 1))
    assert len(model.conditions) == len(DEFAULT["of"])


def test_a_short_span_is_sampled_finely_and_a_long_one_coarsely() -> None:
    short = WindowsModel(days=1).answer().observation["time"].values
    long = WindowsModel(days=LONGEST_DAYS).answer().observation["time"].values
    assert np.diff(short[:2])[0] == np.timedelta64(10, "m")
    assert len(long) <= 901


def test_a_long_span_has_a_table_of_months() -> None:
    answer = WindowsModel(days=120).answer()
    assert answer.months is not None
    assert answer.months["open_h"].sum() == pytest.approx(answer.windows.hours)


def test_no_window_is_said_with_what_was_nearest() -> None:
    words = WindowsModel(constraint=ilrs.SunElevation(min="80 deg") & LINK).answer().sentence
    assert words.startswith("No window in these 672 h. Nearest on 2031-")
    assert "everything else holds, and Sun elevation ≥ 80° is short by " in words


def test_where_nothing_ever_holds_together_the_worst_condition_is_said() -> None:
    spec = ilrs.SunElevation(min="80 deg") & ilrs.EarthElevation(min="60 deg")
    words = WindowsModel(constraint=spec).answer().sentence
    assert "removes 672 h by itself." in words


def test_repr_is_one_honest_line(model: WindowsModel) -> None:
    assert repr(WindowsModel()) == "<WindowsModel connecting_ridge, 28 d from 2031-02-24, 2 conditions>"
