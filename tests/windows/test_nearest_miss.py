"""Where a window almost opens."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    PassOver,
    RangeTo,
    Separation,
    SunElevation,
)
from ilrs_science.errors import RequestError
from ilrs_science.sky.observe import observe
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.nearest_miss import nearest_miss

SITE = "connecting_ridge"
SPAN = ("2031-02-24", "2031-03-24")
TIMES = np.arange("2031-02-24", "2031-03-24", np.timedelta64(10, "m"), dtype="datetime64[us]")


def elevation(body: str) -> np.ndarray:
    return observe(SITE, TIMES, [body])["elevation"].values[:, 0]


def test_alone_the_best_value_is_the_extreme_of_the_span() -> None:
    row = nearest_miss(SunElevation(min="3 deg"), SITE, *SPAN).iloc[0]
    assert row["best"] == pytest.approx(elevation("sun").max(), abs=1e-3)
    assert (row["limit"], row["unit"], row["others_hold"]) == (pytest.approx(3.0), "deg", True)
    assert row["short_by"] == pytest.approx(3.0 - row["best"])
    low = nearest_miss(SunElevation(max="-5 deg"), SITE, *SPAN).iloc[0]
    assert low["best"] == pytest.approx(elevation("sun").min(), abs=1e-3)
    assert low["short_by"] == pytest.approx(low["best"] + 5.0)


def test_the_best_instant_is_one_at_which_all_others_hold() -> None:
    link = EarthElevation(min="2 deg")
    table = nearest_miss(SunElevation(min="2 deg") & link, SITE, *SPAN)
    row = table.loc["sun_elevation >= 2 deg"]
    open_ = find_windows(link, SITE, *SPAN)
    inside = open_.contains(TIMES)
    assert row["best"] == pytest.approx(elevation("sun")[inside].max(), abs=0.01)
    assert open_.expand("1 ms").contains(row["when"])
    assert not table.loc["earth_elevation >= 2 deg", "others_hold"]  # the Sun never reaches 2 deg


def test_a_window_that_opens_is_short_by_nothing() -> None:
    for spec in (EarthElevation(min="2 deg"), ~EarthElevation(min="2 deg"), SunElevation(min="-2 deg")):
        assert len(find_windows(spec, SITE, *SPAN))
        row = nearest_miss(spec, SITE, *SPAN).iloc[0]
        assert (row["short_by"], row["others_hold"]) == (0.0, True)


@pytest.mark.parametrize(
    "spec",
    [
        SunElevation(min="3 deg"),
        EarthElevation(max="-9 deg"),
        Separation(bodies=("sun", "earth"), max="2 deg"),
        RangeTo(body="earth", max="350000 km"),
        ~EarthElevation(min="-9 deg"),
        ~(EarthElevation(min="-9 deg") | SunElevation(min="9 deg")),
    ],
)
def test_moving_the_limit_by_what_is_missing_opens_a_window_there(spec: Constraint) -> None:
    assert not len(find_windows(spec, SITE, *SPAN))
    row = nearest_miss(spec, SITE, *SPAN).iloc[0]
    assert row["short_by"] > 0.0
    text = spec.model_dump_json()
    limit, unit = row["limit"], row["unit"]
    step = 1.0001 * (row["best"] - limit)
    written = f"{limit:g} {unit}"
    assert written in text
    moved = type(spec).model_validate_json(text.replace(written, f"{limit + step:.9g} {unit}"))
    found = find_windows(moved, SITE, *SPAN)
    assert len(found)
    assert found.expand("1 d").contains(row["when"])


def test_limits_on_both_sides_are_two_rows() -> None:
    table = nearest_miss(SunElevation(min="3 deg", max="4 deg"), SITE, *SPAN)
    assert table["limit"].to_numpy() == pytest.approx([3.0, 4.0])
    assert table["others_hold"].tolist() == [True, False]  # below 4 deg it is always, above 3 never


def test_every_part_of_any_of_is_an_alternative() -> None:
    spec = SunElevation(min="3 deg") | RangeTo(body="earth", max="350000 km")
    table = nearest_miss(spec, SITE, *SPAN)
    assert table["others_hold"].all()
    assert set(table["unit"]) == {"deg", "km"}


def test_hours_and_angles_that_fall_with_the_signal_are_told_as_such() -> None:
    row = nearest_miss(LocalSolarTime(min="1 h", max="2 h"), SITE, "2031-02-24", "2031-02-26").iloc[0]
    assert (row["unit"], row["limit"]) == ("h", pytest.approx(0.5))  # from the middle of the hours
    assert row["short_by"] > 0.0
    row = nearest_miss(Magnetotail(), SITE, "2031-02-20", "2031-03-01").iloc[0]
    assert (row["unit"], row["limit"]) == ("deg", pytest.approx(27.0))
    assert row["best"] > 27.0


def test_an_eclipse_is_looked_at_by_its_outer_contact_and_on_an_orbiter_by_both_covers() -> None:
    umbra = nearest_miss(Eclipse(phase="umbra"), SITE, *SPAN)
    assert list(umbra.index) == ["eclipse (umbra)"]
    both = nearest_miss(Eclipse(), "llo_100", "2026-01-01", "2026-01-01T06:00")
    assert set(both.index) == {"eclipse by the Earth", "eclipse by the Moon"}
    assert both.loc["eclipse by the Moon", "short_by"] == 0.0


def test_the_highest_pass_is_found() -> None:
    row = nearest_miss(PassOver(orbiter="llo_100", min="89.9 deg"), SITE, "2026-01-01", "2026-01-08").iloc[0]
    assert 85.0 < row["best"] < 90.0
    spec = PassOver(orbiter="llo_100", min=f"{row['best'] - 1e-4} deg")
    found = find_windows(spec, SITE, "2026-01-01", "2026-01-08")
    assert len(found) == 1
    assert found.contains(row["when"])
    assert found.longest < np.timedelta64(2, "s")


def test_what_cannot_be_searched_is_an_error() -> None:
    with pytest.raises(RequestError, match="needs min or max"):
        nearest_miss({"kind": "sun_elevation"}, SITE, *SPAN)
