"""Events: what the tables say is what the library finds."""

from __future__ import annotations

import re

import numpy as np
import pytest

import ilrs_science as ilrs
from ilrs_science.panels.sky_events import MOST_ROWS, EventList, events_of, highest
from ilrs_science.panels.sky_model import SkyModel

SPAN = "2026-02-24", "2026-03-24"


def events(**choices: object) -> tuple[EventList, ...]:
    model = SkyModel(**choices)
    return events_of(model.choices, model.catalogue)


@pytest.fixture(scope="module")
def ridge() -> tuple[EventList, ...]:
    return events()


def test_the_sun_rises_and_sets_as_the_library_says(ridge: tuple[EventList, ...]) -> None:
    sun = ridge[0]
    ((start, end),) = ilrs.find_windows(ilrs.Day(), "connecting_ridge", *SPAN)
    (row,) = sun.rows
    for cell, edge in zip(row, (start, end), strict=False):
        assert abs(np.datetime64(cell) - edge) < np.timedelta64(1, "s")
    assert float(row[2]) == pytest.approx((end - start) / np.timedelta64(1, "h"), abs=1e-3)
    assert sun.caption == "Sun above the horizontal, 165.7 h of 672.0 h"


def test_what_is_cut_by_the_span_is_no_rise_and_no_set(ridge: tuple[EventList, ...]) -> None:
    earth = ridge[1]
    assert earth.rows[0][0] == "up at start"
    assert earth.rows[-1][1] == "up at end"


def test_the_total_eclipse_of_march_2026_is_listed_with_its_umbra(ridge: tuple[EventList, ...]) -> None:
    (row,) = ridge[2].rows
    assert row[3] == "Earth"
    assert row[0].startswith("2026-03-03 09:")
    # totality seen from the Moon's limb of Earth's shadow: shorter than the eclipse of the Moon as a whole, 58 min
    assert 0.9 < float(row[4]) < 1.3


def test_every_instant_is_utc_to_the_second_and_every_number_has_its_unit(
    ridge: tuple[EventList, ...],
) -> None:
    stamp = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|(up|before|after).*")
    for found in ridge:
        for row in found.rows:
            for name, cell in zip(found.columns, row, strict=True):
                if "[UTC]" in name:
                    assert stamp.fullmatch(cell)
                else:
                    assert "[" in name or name == "By"


def test_long_lists_are_cut_and_say_so(ridge: tuple[EventList, ...]) -> None:
    passes = ridge[3]
    assert len(passes.rows) == MOST_ROWS
    assert passes.caption.endswith(f"the first {MOST_ROWS} of 28")


def test_the_highest_elevation_is_that_of_a_fine_search() -> None:
    found = ilrs.find_windows(
        ilrs.PassOver(orbiter="llo_100"), "connecting_ridge", "2026-02-24", "2026-02-25"
    )
    span = found.span
    tops = highest("connecting_ridge", "llo_100", found, span, ilrs.load_catalogue())
    assert len(tops) == len(found) == 12
    for (start, end), (when, top) in list(zip(found, tops, strict=True))[:3]:
        fine = start + np.arange(0, int((end - start) / np.timedelta64(1, "us")), 500_000).astype(
            "timedelta64[us]"
        )
        seen = ilrs.observe(
            "connecting_ridge", np.r_[span[0], fine, span[1] - np.timedelta64(1, "s")], ["llo_100"]
        )
        height = seen["elevation"].values[1:-1, 0]
        assert top == pytest.approx(height.max(), abs=0.02)
        assert abs(when - fine[np.argmax(height)]) < np.timedelta64(3, "s")


def test_no_pass_has_no_highest_point() -> None:
    nothing = ilrs.Windows(span=tuple(np.array(SPAN, "datetime64[us]")))
    assert highest("connecting_ridge", "llo_100", nothing, nothing.span, ilrs.load_catalogue()) == []


def test_from_an_orbiter_the_limb_takes_the_place_of_the_horizontal() -> None:
    sun, earth, eclipses, passes = events(place="llo_100", days=1.0, start="2026-03-18")
    assert sun.caption.startswith("Sun above the limb")
    hidden = ilrs.find_windows(ilrs.Occultation(target="earth"), "llo_100", "2026-03-18", "2026-03-19")
    assert earth.caption.startswith(f"Earth above the limb, {24 - hidden.hours:.1f} h of 24.0 h")
    assert {row[3] for row in eclipses.rows} == {"Moon"}
    assert passes.caption.startswith("Passes of Low polar orbit, 100 km over Connecting Ridge")


def test_an_orbiter_is_eclipsed_by_both_bodies_in_the_order_of_time() -> None:
    eclipses = events(place="dro")[2]
    assert [row[3] for row in eclipses.rows] == ["Earth", "Moon"]
    starts = [row[0] for row in eclipses.rows if row[0][0] == "2"]
    assert starts == sorted(starts)


def test_what_does_not_happen_is_said_in_words() -> None:
    sun, _earth, eclipses, passes = events(days=0.25, other="dro", start="2026-02-24")
    assert sun.rows == ()
    assert sun.empty == "The Sun is never above the horizontal in these 6 hours."
    assert eclipses.empty == "No eclipse in these 6 hours."
    assert "does not rise over Connecting Ridge in these 6 hours" in passes.empty


def test_a_partial_eclipse_is_said_to_be_partial() -> None:
    rows = [row for row in events(place="llo_100", days=8.0)[2].rows if row[3] == "Earth"]
    assert "none: partial" in {row[4] for row in rows}
