"""Elevation over time, by its data."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.figures import sky_tracks, theme
from tests.figures import data

MOMENT = data.START + np.timedelta64(30, "h")


def named(figure, name):
    (found,) = [one for one in figure.data if one.name == name]
    return found


def test_each_body_is_a_line_with_its_name_and_colour() -> None:
    figure = sky_tracks(data.observation(), names={"earth": "Home"})
    assert named(figure, "Home").line.color == theme.SKY
    np.testing.assert_allclose(
        named(figure, "Home").y, data.observation()["elevation"].sel(body="earth"), atol=1e-3
    )


def test_axes_have_units_and_span_the_observation() -> None:
    layout = sky_tracks(data.observation()).layout
    assert layout.yaxis.title.text == "Elevation [deg]"
    assert layout.xaxis.title.text == "Time [UTC]"
    assert list(layout.xaxis.range) == ["2031-02-24T00:00:00", "2031-02-27T23:00:00"]


def test_the_instant_is_a_line_and_a_marker_on_each_curve() -> None:
    figure = sky_tracks(data.observation(), moment=MOMENT)
    marker = named(figure, "Earth now")
    assert list(marker.x) == ["2031-02-25T06:00:00"]
    assert marker.y[0] == pytest.approx(-2 + 8 * 30 / 96, abs=1e-3)
    assert any(shape.x0 == "2031-02-25T06:00:00" for shape in figure.layout.shapes)


def test_night_is_shaded_where_the_sun_is_down() -> None:
    assert named(sky_tracks(data.observation()), "The Sun's centre is down").mode == "markers"
    high = data.observation()
    high["elevation"][:, 0] = 10.0
    assert not sky_tracks(high).layout.shapes


def test_from_an_orbiter_the_limb_is_drawn_and_decides_on_night() -> None:
    aloft = data.observation()
    aloft["limb_elevation"] = ("time", np.full(aloft.sizes["time"], -19.0))
    figure = sky_tracks(aloft)
    assert named(figure, "Lunar limb").line.dash == "dash"
    assert not figure.layout.shapes, "the Sun at -1 deg is above a limb at -19 deg"


def test_what_has_no_elevation_at_the_instant_has_no_marker() -> None:
    gone = data.observation()
    gone["elevation"][:, 1] = np.nan
    assert "Earth now" not in [one.name for one in sky_tracks(gone, moment=MOMENT).data]


def test_nothing_to_look_at_is_said() -> None:
    figure = sky_tracks(data.observation().isel(body=[]))
    assert [note.text for note in figure.layout.annotations] == ["Choose something to look at"]


def test_the_legend_gets_the_room_it_needs_on_a_small_screen() -> None:
    many = data.observation().isel(body=[0, 1] * 4).assign_coords(body=[f"b{i}" for i in range(8)])
    few, full = (sky_tracks(one).layout.meta["narrow"] for one in (data.observation(), many))
    assert full["margin"]["b"] - few["margin"]["b"] == 120
    assert full["height"] > few["height"]
