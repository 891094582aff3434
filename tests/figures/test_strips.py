"""Strips of one station, and of several with the name of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ilrs_science.figures import theme
from ilrs_science.figures.campaign import campaign_timeline
from ilrs_science.figures.strips import Strip, add_strips, strips_of
from ilrs_science.planning.plan import Plan
from tests.results.stations import BASE, ORBITER, two_stations


def test_each_battery_and_storage_has_a_strip_with_its_own_limits() -> None:
    index = pd.DatetimeIndex(np.datetime64("2031-01-01", "us") + np.arange(2).astype("timedelta64[h]"))
    columns = {f"battery_charge:battery/{place}": [5.0, 4.0] for place in ("base", "orbiter")}
    levels = pd.DataFrame({**columns, "stored_data:memory": [0.0, 1.0]}, index=index)
    limits = {"battery_minimum:battery/orbiter": 2.0, "battery_minimum": 9.0}
    strips = strips_of(None, levels, limits)
    assert [(strip.name, strip.whose) for strip in strips] == [
        ("Battery", "base"),
        ("Battery", "orbiter"),
        ("Storage", "memory"),
    ]
    assert [strip.limits for strip in strips] == [(), (("minimum", 2.0),), ()]
    assert strips[2].values == [0.0, 1.0]
    named = strips_of(None, levels, limits, {"base": "The base"})
    assert [strip.whose for strip in named] == ["The base", "orbiter", "memory"]


@pytest.mark.parametrize(
    ("values", "place"),
    [([9, 9, 9, 9, 9], 1.0), ([9, 9, 9, 9, 2], 0.0), ([2, 9, 9, 9, 2], 0.5), ([2, 2, 2, 2, 2], 1.0)],
)
def test_the_name_of_a_limit_keeps_clear_of_the_curve(values: list[float], place: float) -> None:
    times = theme.iso(np.datetime64("2031-01-01") + np.arange(5).astype("timedelta64[h]"))
    strip = Strip("Battery", "Wh", times, values, theme.GREEN, limits=(("minimum", 2.0),))
    drawn = theme.figure(title="t", height=200, yaxis2={"domain": [0, 1]})
    add_strips(drawn, [strip])
    assert [note.x for note in drawn.layout.annotations if note.text == "minimum"] == [place]


def test_the_timeline_of_a_campaign_at_two_stations_shows_both() -> None:
    campaign = two_stations()
    figure = campaign_timeline(campaign, Plan.of(campaign.problem, {}))
    told = [note.text for note in figure.layout.annotations]
    for place in (BASE, ORBITER):
        assert told.count(campaign.catalogue.stations[place].label) == 4, "one name, not id and name"
    assert told.count("minimum") == told.count("capacity") == 2
