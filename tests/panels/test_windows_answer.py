"""What follows from the choices: words, budget, sky and months, at sites and on orbits."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import ilrs_science as ilrs
from ilrs_science.panels.windows_answer import WindowsAnswer
from ilrs_science.panels.windows_model import LONGEST_DAYS, WindowsModel

LIT, LINK = {"kind": "sun_elevation", "min": "-1.4 deg"}, {"kind": "earth_elevation", "min": "2 deg"}
HIGH = {"kind": "sun_elevation", "min": "80 deg"}


def answer(**choices: Any) -> WindowsAnswer:
    return WindowsModel(**choices).answer()


def test_the_budget_ends_with_the_windows() -> None:
    found = answer(conditions=[LIT, LINK])
    assert found.table is not None
    assert found.table["left_h"].iloc[-1] == pytest.approx(found.windows.hours)
    assert found.table.attrs["span_h"] == found.span_h == 672


def test_each_condition_is_told_with_its_windows() -> None:
    found = answer(conditions=[LIT, LINK])
    assert list(found.parts) == ["sun_elevation >= -1.4 deg", "earth_elevation >= 2 deg"]
    one, two = found.parts.values()
    assert one & two == found.windows


def test_of_any_condition_there_is_no_funnel() -> None:
    found = answer(conditions=[LIT, LINK], join="any")
    assert found.table is None
    one, two = found.parts.values()
    assert one | two == found.windows
    assert found.name == "Any condition holds"


def test_without_conditions_all_is_open() -> None:
    found = answer(conditions=[], days=3)
    assert (found.windows.hours, found.table, found.parts, found.name) == (72, None, {}, "Open")
    assert found.sentence == "No condition is set, so all 72 h are open. Add one."
    assert found.limits == {}


def test_windows_are_counted_and_the_longest_named() -> None:
    assert answer(conditions=[LIT, LINK]).sentence == (
        "2 windows, 205.9 h of 672 h (31%). The longest lasts 187.1 h from 2031-03-16 04:55 UTC."
    )
    assert answer(conditions=[{"kind": "night"}], days=2).sentence.startswith(
        "1 window, 48.0 h of 48 h (100%)."
    )


def test_short_windows_are_told_in_minutes() -> None:
    found = answer(
        place="llo_100", conditions=[{"kind": "pass_over", "site": "malapert", "min": "10 deg"}], days=1
    )
    assert found.sentence.startswith("12 windows, ")
    assert " min from 2031-02-24 " in found.sentence


def test_no_window_is_said_with_what_was_nearest() -> None:
    words = answer(conditions=[HIGH, LINK]).sentence
    # the Sun at its highest while the Earth stands above 2 deg: 1.5 deg below the sphere's plane, in late March
    assert re.fullmatch(
        r"No window in these 672 h\. Nearest on 2031-03-\d\d \d\d:\d\d UTC: "
        r"Sun elevation ≥ 80° is short by 80\.\d deg, and all else holds\.",
        words,
    )


def test_where_nothing_ever_holds_together_the_worst_condition_is_said() -> None:
    words = answer(conditions=[HIGH, {"kind": "earth_elevation", "min": "60 deg"}]).sentence
    assert words.endswith("removes 672 h by itself.")


def test_a_short_span_is_sampled_finely_and_a_long_one_coarsely() -> None:
    short, long = (answer(days=days).observation for days in (1, LONGEST_DAYS))
    assert np.diff(short["time"].values[:2])[0] == np.timedelta64(10, "m")
    assert long.sizes["time"] <= 901


def test_the_sky_of_an_orbiter_is_that_of_some_revolutions() -> None:
    found = answer(place="llo_100", conditions=[{"kind": "eclipse", "by": "moon"}], days=1)
    assert found.windows == ilrs.find_windows(ilrs.Eclipse(by="moon"), "llo_100", "2031-02-24", "2031-02-25")
    length = found.observation["time"].values[[0, -1]]
    # five revolutions of 1.96 h at 100 km
    assert np.timedelta64(9, "h") < length[1] - length[0] < np.timedelta64(11, "h")
    assert found.table is not None


def test_months_are_told_of_long_spans() -> None:
    assert answer(days=60).months is None
    months = answer(days=61).months
    assert months is not None
    assert list(months.index) == ["2031-02", "2031-03", "2031-04"]
    assert months["open_h"].sum() == pytest.approx(answer(days=61).windows.hours)


def test_limits_of_sun_and_earth_are_drawn() -> None:
    upper = {"kind": "earth_elevation", "min": "2 deg", "max": "9 deg"}
    assert answer(conditions=[LIT, upper], days=1).limits == {"sun": (-1.4, None), "earth": (2.0, 9.0)}
    assert answer(conditions=[{"kind": "day"}], days=1).limits == {}


def test_names_come_from_the_catalogue_of_the_model(tmp_path: Any) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "mine.yaml").write_text(
        "- {id: dale, latitude: 3 deg, longitude: 5 deg, basis: {default: estimate}}\n", "utf-8"
    )
    model = WindowsModel(
        ilrs.load_catalogue(tmp_path), place="dale", conditions=[LIT, {"kind": "day"}], days=2
    )
    assert model.answer().table is not None
