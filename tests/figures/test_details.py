"""What a reader of a figure sees at the edges: hover texts, colours, gaps, labels, by their data."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from ilrs_science.figures import elevations, sky, theme, timeline, window_budget
from ilrs_science.figures.budget import readable
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.figures.night import night_of, shade, spans_where
from ilrs_science.figures.strips import Strip, add_strips, strips_of
from ilrs_science.intervals import Windows
from tests.figures import data
from tests.figures.test_budget import ROWS, table


def named(figure: Any, name: str) -> Any:
    (found,) = [one for one in figure.data if one.name == name]
    return found


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("sun_elevation >= 0 deg", "Sun elevation ≥ 0°"),
        ("earth_elevation <= -2.5 deg", "Earth elevation ≤ −2.5°"),
        ("day", "Day"),
        ("", ""),
        (12, "12"),
        ("moon-side >= 1 deg", "Moon-side ≥ 1°"),
    ],
)
def test_labels_of_constraints_are_words(label: object, words: str) -> None:
    assert readable(label) == words


def test_hours_of_long_spans_have_no_decimals_and_thin_groups() -> None:
    rows = [("day", 1234.56, 8765.4, 0.0)]
    texts = [one.text for one in window_budget(table(rows, span=10_000.0)).layout.annotations]
    assert texts == ["<b>Whole span</b>  10 000 h", "<b>Day</b>  1 235 h left (−8 765 h)"]


def test_the_budget_reaches_a_little_beyond_the_span_and_names_three_kinds_of_bars() -> None:
    figure = window_budget(table(ROWS), title="Hours")
    assert list(figure.layout.xaxis.range) == [0, 102.0]
    assert [one.name for one in figure.data] == ["Left", "Removed by this one", "It alone is to blame"]
    assert figure.layout.title.text == "Hours"
    assert figure.data[0].hovertext[1] == "<b>Sun elevation ≥ 0°</b><br>60.0 h left, 40.0 h removed"
    assert list(figure.data[0].y) == [0, 1, 2]
    assert figure.layout.yaxis.range[0] > 2, "the first row stands at the top"


def test_a_budget_without_a_span_takes_what_is_left_and_an_empty_one_is_drawn() -> None:
    bare = table(ROWS)
    del bare.attrs["span_h"]
    assert next(iter(window_budget(bare).data[0].x)) == 60.0
    empty = pd.DataFrame(columns=["left_h", "removed_in_order_h", "sole_blame_h"])
    assert list(window_budget(empty).layout.xaxis.range) == [0, 1]


@pytest.mark.parametrize(
    ("activity", "experiment"),
    [
        ("a.1", "a"), ("a/2", "a"), ("a:3", "a"), ("a@4", "a"), ("a-5", "a"), ("a_6", "a"), ("a b#7", "a b"),
        ("a.1.2", "a.1"), ("a.x", "a.x"), ("7", "7"), (".7", ".7"), ("a7", "a7"), ("a.", "a."),
    ],
)  # fmt: skip
def test_the_number_of_a_session_is_cut_off(activity: str, experiment: str) -> None:
    assert experiment_of(activity) == experiment


def test_sessions_of_a_known_experiment_whose_id_ends_in_a_number_belong_to_it() -> None:
    assert experiment_of("probe_2.1", {"probe_2"}) == "probe_2"


def known() -> dict[str, Any]:
    labels = {"drill": "Lunar exploration and utilization", "listen": "Lunar-based observation"}
    return {
        one: SimpleNamespace(label=f"The {one}", category=SimpleNamespace(label=label))
        for one, label in labels.items()
    }


def test_experiments_give_names_and_colours() -> None:
    table = pd.DataFrame({"start": data.hours(1, 2), "end": data.hours(3, 4)}, index=["drill.1", "other.1"])
    figure = timeline(table, windows=data.windows(), experiments=known())
    texts = [one.text for one in figure.layout.annotations]
    assert texts == ["The drill", "The listen", "other"]
    assert named(figure, "Lunar exploration and utilization").marker.color == theme.BLUE
    assert named(figure, "Activities").marker.color == theme.VERMILION
    assert list(named(figure, "Activities").y) == [2]


def test_a_bar_tells_session_times_and_hours() -> None:
    bars = named(timeline(data.plan()), "Activities")
    assert bars.hovertext[0] == "<b>drill.1</b><br>2031-02-24 02:00 to 2031-02-24 06:00 UTC<br>4.0 h"
    assert [list(one) for one in bars.customdata] == [["drill.1"], ["drill.2"]]


def test_a_pale_bar_tells_how_long_it_is_possible() -> None:
    bars = named(timeline(data.plan(), windows=data.windows()), "Possible")
    assert list(bars.hovertext) == [
        "Possible for 20.0 h<br>from 2031-02-24 00:00 UTC",
        "Possible for 40.0 h<br>from 2031-02-26 02:00 UTC",
    ]


def test_the_axis_spans_the_environment_else_the_windows_else_the_plan() -> None:
    axis = timeline(data.plan(), env=data.env(), windows=data.windows()).layout.xaxis
    assert list(axis.range) == ["2031-02-24T00:00:00", "2031-02-28T00:00:00"]
    assert list(timeline(data.plan(), windows=data.windows()).layout.xaxis.range) == theme.iso(
        list(data.SPAN)
    )
    loose = {"drill": Windows(data.hours(0), data.hours(1))}
    assert timeline(data.plan(), windows=loose).layout.xaxis.range[0] == "2031-02-24T02:00:00"


def test_each_further_row_and_strip_makes_the_figure_taller() -> None:
    heights = [
        timeline(data.plan(), **given).layout.height
        for given in ({}, {"windows": data.windows()}, {"windows": data.windows(), "env": data.env()})
    ]
    assert heights[1] - heights[0] == 44
    assert heights[2] - heights[1] == 2 * (84 + 22)


def test_strips_come_in_order_and_only_where_there_are_data() -> None:
    names = [strip.name for strip in strips_of(data.env(), data.levels(), {})]
    assert names == ["Battery", "Storage", "Light", "Link"]
    assert strips_of(None, None, {}) == []
    assert strips_of(None, data.levels().iloc[:0], {}) == []
    assert [one.name for one in strips_of(None, data.levels()[["stored_data"]], {})] == ["Storage"]


def test_the_rate_of_the_link_is_preferred_to_the_sight_of_the_earth() -> None:
    both = data.env().assign(earth_visible_fraction=("time", np.ones(96)))
    (_, rate) = strips_of(both, None, {})
    assert (rate.name, rate.unit, rate.stepped) == ("Link", "Mbit/s", True)
    (_, sight) = strips_of(both.drop_vars("link_rate"), None, {})
    assert (sight.name, sight.unit, sight.stepped) == ("Link", "1", False)


def test_limits_are_named_by_their_last_word() -> None:
    limits = {"battery_capacity": 100.0, "battery_minimum": 30.0, "storage_capacity": 8.0, "other": 1.0}
    battery, storage, *_ = strips_of(data.env(), data.levels(), limits)
    assert battery.limits == (("capacity", 100.0), ("minimum", 30.0))
    assert storage.limits == (("capacity", 8.0),)


def test_a_strip_is_a_filled_line_on_its_own_axis() -> None:
    drawn = theme.figure(title="A", height=300)
    lines = Strip("Link", "Mbit/s", ["2031-01-01"], [1.0], theme.SKY, stepped=True, limits=(("top", 2.0),))
    level = Strip("Light", "1", ["2031-01-01"], [1.0], theme.ORANGE)
    add_strips(drawn, [lines, level])
    first, second = drawn.data
    assert (first.yaxis, first.line.shape, first.fill) == ("y2", "hv", "tozeroy")
    assert (second.yaxis, second.line.shape) == ("y3", "linear")
    assert "Mbit/s" in first.hovertemplate
    assert "} <br>" in second.hovertemplate, "a share has no unit"
    assert [(one.yref, one.y0, one.y1) for one in drawn.layout.shapes] == [("y2", 2.0, 2.0)]


def test_the_shade_keeps_earlier_shapes_and_is_named_once() -> None:
    drawn = theme.figure(title="A", height=300)
    drawn.add_hline(y=1)
    spans = [(data.START, data.hours(1)[0]), (data.hours(2)[0], data.hours(3)[0])]
    shade(drawn, spans, name="Night")
    assert len(drawn.layout.shapes) == 3
    assert [one.name for one in drawn.data] == ["Night"]
    shade(drawn, spans, name="Night", legend=False)
    assert len(drawn.data) == 1
    shade(drawn, [], name="Nothing")
    assert len(drawn.layout.shapes) == 5


def test_half_a_sun_is_no_night() -> None:
    env = xr.Dataset({"sun_visible_fraction": ("time", [0.5, 0.49, 0.5])}, {"time": data.hours(0, 1, 2)})
    assert night_of(env) == [(data.hours(1)[0], data.hours(2)[0])]


@pytest.mark.parametrize(
    ("mask", "spans"),
    [([], []), ([0, 0], []), ([1], [(0, 0)]), ([1, 1, 1], [(0, 2)]), ([0, 1, 0, 1], [(1, 2), (3, 3)])],
)
def test_spans_end_at_the_first_sample_after_them(mask: list[int], spans: list[tuple[int, int]]) -> None:
    assert spans_where(np.arange(len(mask)), mask) == spans


def test_a_window_tells_its_begin_end_and_length() -> None:
    figure = elevations(data.observation(), Windows(data.hours(10), data.hours(20.5), data.SPAN))
    assert named(figure, "All constraints hold").hovertext == (
        "2031-02-24 10:00:00 to<br>2031-02-24 20:30:00 UTC<br>10.5 h",
    )


def test_the_elevations_span_the_observation_and_keep_their_values() -> None:
    seen = data.observation()
    figure = elevations(seen, Windows(span=data.SPAN))
    assert list(figure.layout.xaxis.range) == ["2031-02-24T00:00:00", "2031-02-27T23:00:00"]
    np.testing.assert_allclose(named(figure, "Earth").y, seen["elevation"].sel(body="earth"), atol=1e-4)
    assert not figure.layout.shapes


def test_another_body_is_drawn_under_its_own_name() -> None:
    seen = data.observation().assign_coords(body=["sun", "mars"])
    assert named(elevations(seen, Windows(span=data.SPAN)), "mars").line.color == theme.PURPLE
    assert named(sky(seen), "mars").line.color == theme.PURPLE


def test_a_track_tells_where_and_when() -> None:
    track = named(sky(data.observation()), "Earth")
    assert "°" in track.hovertemplate
    assert track.customdata[0] == "2031-02-25 00:00", "what another piece draws is not sent twice"
    np.testing.assert_allclose(
        np.array(track.r, float), np.linspace(-2, 6, 96, endpoint=False)[24:], atol=1e-3
    )


def test_the_two_pieces_of_a_track_meet() -> None:
    seen, hidden = (named(sky(data.observation()), name) for name in ("Earth", "Earth, hidden"))
    drawn = [
        {t for t, r in zip(one.customdata, one.r, strict=True) if np.isfinite(r)} for one in (seen, hidden)
    ]
    assert len(drawn[0] & drawn[1]) == 1, "the sample at which it rises belongs to both"


def test_many_days_get_at_most_ten_labels() -> None:
    times = data.START + np.arange(0, 40 * 24) * np.timedelta64(1, "h")
    share = np.linspace(0, 1, len(times))
    shape = ("time", "body")
    month = xr.Dataset(
        {"azimuth": (shape, (360 * share)[:, None] % 360), "elevation": (shape, (1 + 4 * share)[:, None])},
        {"time": times, "body": ["sun"]},
    )
    (labels,) = [one for one in sky(month).data if one.mode == "markers+text"]
    days = [date(2031, 2, 24) + timedelta(days=number) for number in range(0, 40, 4)]
    assert set(labels.text) <= {f"{day:%b} {day.day}" for day in days}
    assert 5 <= len(labels.text) <= 10


@pytest.mark.parametrize("opacity", [0.0, 0.28, 1.0])
def test_a_faded_colour_keeps_its_channels(opacity: float) -> None:
    assert theme.faded("#E69F00", opacity) == f"rgba(230, 159, 0, {opacity:g})"


def test_a_figure_is_light_until_it_is_shown_and_keeps_its_title_and_height() -> None:
    drawn = theme.figure(title="Sky", height=321, barmode="overlay")
    assert (drawn.layout.title.text, drawn.layout.height, drawn.layout.barmode) == ("Sky", 321, "overlay")
    assert drawn.layout.template.layout.paper_bgcolor == "#FFFFFF"
    assert theme.template("dark") is theme.template("dark"), "templates are made once"
