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
