"""The sky, by its data."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.figures import sky
from tests.figures import data


def named(figure, name):
    return [one for one in figure.data if one.name == name]


def test_north_is_up_and_azimuth_runs_clockwise() -> None:
    axis = sky(data.observation()).layout.polar.angularaxis
    assert (axis.direction, axis.rotation) == ("clockwise", 90)
    assert [axis.ticktext[axis.tickvals.index(turn)] for turn in (0, 90, 180, 270)] == ["N", "E", "S", "W"]


def test_the_middle_is_above_everything_that_is_drawn() -> None:
    high, low = sky(data.observation(), data.horizon()).layout.polar.radialaxis.range
    assert 6 < high <= 12
    assert -4 < low <= -2


def test_a_sun_high_in_the_sky_gets_the_whole_dome() -> None:
    high_sun = data.observation()
    high_sun["elevation"][:, 0] = 75.0
    assert sky(high_sun).layout.polar.radialaxis.range[0] == 90


def test_the_sun_is_dotted_where_terrain_hides_it() -> None:
    figure = sky(data.observation(), data.horizon())
    (hidden,) = named(figure, "Sun, hidden")
    (seen,) = named(figure, "Sun")
    drawn = np.array(hidden.theta)[np.isfinite(np.array(hidden.r, float))]
    assert drawn.min() > 260
    assert drawn.max() < 345
    assert hidden.line.dash == "dot"
    assert np.isfinite(np.array(seen.r, float)).sum() > 60


def test_the_ground_is_filled_from_the_horizon_to_the_edge() -> None:
    ground = sky(data.observation(), data.horizon()).data[0]
    low = sky(data.observation(), data.horizon()).layout.polar.radialaxis.range[1]
    assert ground.fill == "toself"
    assert min(ground.r) == pytest.approx(low)
    assert max(ground.r) == pytest.approx(3.0)


def test_without_terrain_the_horizon_is_said_to_be_flat() -> None:
    assert named(sky(data.observation()), "Flat horizon")
    assert named(sky(data.observation(), data.horizon()), "Terrain horizon")


def test_days_are_named_and_none_lies_on_another() -> None:
    figure = sky(data.observation(), data.horizon())
    labels = [one for one in figure.data if one.mode == "markers+text"]
    high, low = figure.layout.polar.radialaxis.range
    places = [
        (high - r) / (high - low) * np.exp(1j * np.radians(theta))
        for one in labels
        for r, theta in zip(one.r, one.theta, strict=True)
    ]
    assert {text for one in labels for text in one.text} >= {"Feb 24"}
    apart = [abs(a - b) for i, a in enumerate(places) for b in places[i + 1 :]]
    assert min(apart) > 0.15


def test_a_body_far_below_the_horizon_is_left_out() -> None:
    deep = data.observation()
    deep["elevation"][:, 1] = -60.0
    figure = sky(deep)
    assert not named(figure, "Earth")
    assert figure.layout.polar.radialaxis.range[1] >= -12


def test_dates_keep_clear_of_each_other_by_their_width_and_height_and_of_the_scale() -> None:
    figure = sky(data.observation(), data.horizon())
    high, low = figure.layout.polar.radialaxis.range
    labels = [one for one in figure.data if one.mode == "markers+text"]
    places = [
        (high - r) / (high - low) * np.exp(1j * np.radians(theta))
        for one in labels
        for r, theta in zip(one.r, one.theta, strict=True)
    ]
    scale = [step * np.exp(0.25j * np.pi) for step in np.linspace(0, 1, 6)]
    for i, a in enumerate(places):
        for b in [*places[i + 1 :], *scale]:
            assert abs((a - b).imag) > 0.39 or abs((a - b).real) > 0.14


def moment() -> np.datetime64:
    return data.START + np.timedelta64(90, "h")


def test_at_an_instant_each_body_has_a_marker_and_no_dates() -> None:
    figure = sky(data.observation(), data.horizon(), moment=moment())
    (earth,) = named(figure, "Earth now")
    assert earth.r[0] == pytest.approx(-2 + 8 * 90 / 96, abs=1e-3)
    assert earth.theta[0] == pytest.approx(140.0)
    assert not [one for one in figure.data if one.mode == "markers+text"]


def test_what_is_far_below_has_no_marker() -> None:
    deep = data.observation()
    deep["elevation"][:, 1] = -60.0
    assert not named(sky(deep, moment=moment()), "Earth now")


def test_names_are_those_that_are_given() -> None:
    assert named(sky(data.observation(), names={"earth": "Home"}), "Home")


def test_from_an_orbiter_the_limb_is_the_horizon_and_the_nadir_the_edge() -> None:
    aloft = data.observation()
    aloft["limb_elevation"] = ("time", np.linspace(-20.0, -30.0, aloft.sizes["time"]))
    figure = sky(aloft, moment=moment())
    (limb,) = named(figure, "Lunar limb")
    assert limb.r[0] == pytest.approx(float(aloft["limb_elevation"].sel(time=moment())))
    assert list(figure.layout.polar.radialaxis.range) == [90.0, -90.0]
    assert not named(figure, "Sun, hidden"), "at -1 deg it is above the limb"


def test_a_bold_part_stands_on_a_faint_whole() -> None:
    bold = {"sun": (moment() - np.timedelta64(5, "h"), moment())}
    faint, strong = named(sky(data.observation(), moment=moment(), bold=bold), "Sun, hidden")
    assert faint.line.width == 1
    assert len(strong.r) == 6
    assert not faint.showlegend


def test_a_track_that_leaps_across_the_picture_is_cut() -> None:
    leaping = data.observation()
    leaping["azimuth"][:, 1] = np.where(np.arange(leaping.sizes["time"]) < 50, 90.0, 270.0)
    leaping["elevation"][:, 1] = 3.0
    (track,) = named(sky(leaping), "Earth")
    assert np.isnan(np.array(track.r, float)).sum() == 1
