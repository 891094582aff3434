"""Contacts on their rows, by their data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ilrs_science.figures import contact_timeline
from tests.figures import data


def contacts(**changes: object) -> pd.DataFrame:
    """Two contacts with a dish and one, the fastest, with a relay."""
    return pd.DataFrame(
        {
            "start": data.hours(0.0, 24.0, 10.0),
            "end": data.hours(6.0, 30.5, 10.5),
            "duration": [21600.0, 23400.0, 1800.0],
            "link": ["Jiamusi", "Jiamusi", "Queqiao-2"],
            "peak_elevation": [4.0, 5.5, 60.0],
            "max_rate": [0.5, 1.0, 10.0],
            "volume": [10_800.0, 23_400.0, 18_000.0],
        }
    ).assign(**changes)


def bars(figure):
    return [one for one in figure.data if one.type == "bar"]


def words(figure):
    return [note.text for note in figure.layout.annotations]


def test_each_link_is_a_row_of_its_own() -> None:
    figure = contact_timeline(contacts())
    dish, relay = bars(figure)
    assert [dish.name, relay.name] == ["Jiamusi", "Queqiao-2"]
    assert len(dish.x) == 2
    assert set(dish.y) != set(relay.y)


def test_a_bar_begins_and_ends_with_its_contact() -> None:
    dish = bars(contact_timeline(contacts()))[0]
    assert list(dish.base) == ["2031-02-24T00:00:00", "2031-02-25T00:00:00"]
    assert list(dish.x) == [6 * 3.6e6, 6.5 * 3.6e6]


def test_bars_are_coloured_by_rate_on_one_scale() -> None:
    figure = contact_timeline(contacts())
    assert all(one.marker.coloraxis == "coloraxis" for one in bars(figure))
    assert list(bars(figure)[1].marker.color) == [10.0]
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (0.0, 10.0)
    assert "Highest rate [Mbit/s]" in words(figure)


def test_sums_stand_above_each_row() -> None:
    said = words(contact_timeline(contacts()))
    assert "<b>Jiamusi</b>  2 contacts, 12.5 h, 34.2 Gbit" in said
    assert "<b>Queqiao-2</b>  1 contact, 30 min, 18 Gbit" in said


def test_a_bar_tells_all_that_is_known_with_units() -> None:
    told = bars(contact_timeline(contacts()))[1].hovertext[0]
    for part in ("Queqiao-2", "2031-02-24 10:00", "30 min", "highest at 60.0°", "up to 10 Mbit/s", "18 Gbit"):
        assert part in told


def test_without_rates_bars_have_one_colour_and_no_scale() -> None:
    figure = contact_timeline(contacts(max_rate=np.nan, volume=np.nan))
    assert all(isinstance(one.marker.color, str) for one in bars(figure))
    assert words(figure) == ["<b>Jiamusi</b>  2 contacts, 12.5 h", "<b>Queqiao-2</b>  1 contact, 30 min"]
    assert "rates unknown" in figure.layout.title.subtitle.text
    assert "Mbit" not in bars(figure)[0].hovertext[0]


def test_columns_that_are_missing_are_left_out() -> None:
    figure = contact_timeline(contacts()[["link", "start", "end"]])
    assert len(bars(figure)) == 2
    assert "°" not in bars(figure)[0].hovertext[0]


def test_times_with_a_zone_are_the_same_instants() -> None:
    aware = contacts()
    for name in ("start", "end"):
        aware[name] = aware[name].dt.tz_localize("UTC")
    assert list(bars(contact_timeline(aware))[0].base) == list(bars(contact_timeline(contacts()))[0].base)


def test_the_axis_covers_the_contacts_or_the_span_that_is_told() -> None:
    assert list(contact_timeline(contacts()).layout.xaxis.range) == [
        "2031-02-24T00:00:00",
        "2031-02-25T06:30:00",
    ]
    told = contacts()
    told.attrs["span"] = data.SPAN
    assert list(contact_timeline(told).layout.xaxis.range) == ["2031-02-24T00:00:00", "2031-02-28T00:00:00"]


def test_the_caption_sums_up() -> None:
    assert (
        contact_timeline(contacts()).layout.title.subtitle.text == "3 contacts over 2 links; 52.2 Gbit in all"
    )


@pytest.mark.parametrize("nothing", [contacts().iloc[:0], pd.DataFrame()])
def test_no_contact_is_said_in_a_sentence(nothing: pd.DataFrame) -> None:
    figure = contact_timeline(nothing)
    assert words(figure) == ["No contact in this span."]
    assert len(figure.data) == 0


def test_caption_scale_and_rows_have_room_of_their_own() -> None:
    layout = contact_timeline(contacts()).layout
    # title 46 px, a line of caption 16 px, the scale with its name 62 px: nothing may touch
    assert layout.margin.t >= 46 + 16 + 62
