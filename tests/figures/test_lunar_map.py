"""The map of the Moon, by its data."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.figures import moon_map, theme
from ilrs_science.figures.lunar_map import Ground, pieces, terminator

SITES = {"Ridge": (-89.5, -137.0), "Mare": (44.1, -19.5)}


def named(figure, name):
    return [one for one in figure.data if one.name == name]


def drawn(**more):
    return moon_map(sun=(1.5, 30.0), earth=(-5.0, 3.0), sites=SITES, **more)


@pytest.mark.parametrize("height", [1.5, -1.5, 0.2, -0.01])
@pytest.mark.parametrize("east", [0.0, 137.0, -179.0])
def test_along_the_terminator_the_sun_is_on_the_horizontal(height: float, east: float) -> None:
    longitude = np.linspace(-180, 180, 41)
    latitude = np.radians(terminator((height, east), longitude))
    sun, hour = np.radians(height), np.radians(longitude - east)
    up = np.sin(latitude) * np.sin(sun) + np.cos(latitude) * np.cos(sun) * np.cos(hour)
    np.testing.assert_allclose(up, 0.0, atol=1e-12)


def test_at_an_equinox_there_is_still_a_terminator() -> None:
    assert np.isfinite(terminator((0.0, 10.0), np.linspace(-180, 180, 100))).all()


@pytest.mark.parametrize(("height", "dark_pole"), [(1.5, -90.0), (-1.5, 90.0)])
def test_the_night_reaches_the_pole_that_the_sun_does_not(height: float, dark_pole: float) -> None:
    figure = moon_map(sun=(height, 0.0), earth=(0.0, 0.0), sites=SITES)
    (night,) = named(figure, "Night")
    assert night.y[0] == night.y[-1] == dark_pole
    assert night.fill == "toself"


def test_a_track_is_cut_where_it_leaves_the_map() -> None:
    latitude, longitude = pieces([0.0, 1.0, 2.0, 3.0], [170.0, 179.0, -179.0, -170.0])
    np.testing.assert_array_equal(np.isnan(longitude), [False, False, True, False, False])
    np.testing.assert_array_equal(np.isnan(latitude), np.isnan(longitude))


def test_a_track_is_cut_where_it_crosses_a_pole() -> None:
    _, longitude = pieces([80.0, 89.0, 88.0, 80.0], [10.0, 12.0, -170.0, -169.0])
    assert np.isnan(longitude).sum() == 1


def test_a_track_that_stays_on_the_map_is_left_whole() -> None:
    latitude, longitude = pieces([0.0, 10.0], [-20.0, 60.0])
    assert not np.isnan(latitude).any()
    assert len(longitude) == 2


def test_sun_and_earth_stand_where_they_are_said_to() -> None:
    figure = drawn()
    (sun,), (earth,) = named(figure, "Under the Sun"), named(figure, "Under the Earth")
    assert (sun.x[0], sun.y[0]) == (30.0, 1.5)
    assert (earth.x[0], earth.y[0]) == (3.0, -5.0)
    assert earth.marker.size < sun.marker.size, "in an eclipse both are seen"


def test_the_place_is_a_star_and_the_others_are_dots() -> None:
    figure = drawn(place="Ridge")
    assert named(figure, "Ridge")[0].marker.symbol == "star"
    assert list(named(figure, "Sites")[0].text) == ["Mare"]
    assert list(named(drawn(), "Sites")[0].text) == ["Ridge", "Mare"]


def test_an_orbiter_has_a_faint_track_a_bold_turn_and_a_marker() -> None:
    turn = np.array([0.0, 5.0]), np.array([0.0, 5.0])
    ground = Ground("Relay", [0.0, 1.0, 2.0], [0.0, 1.0, 2.0], theme.PURPLE, (1.0, 1.5), turn)
    faint, bold, marker = named(drawn(grounds=[ground]), "Relay")
    assert (faint.line.width, bold.line.width) == (1, 3)
    assert bold.line.color == theme.PURPLE
    assert (marker.x[0], marker.y[0]) == (1.5, 1.0)
    assert [one.showlegend for one in (faint, marker)] == [False, False]


def test_a_track_alone_is_in_the_legend() -> None:
    (track,) = named(drawn(grounds=[Ground("Relay", [0.0, 1.0], [0.0, 1.0])]), "Relay")
    assert track.showlegend


def test_many_tracks_are_fainter_than_a_few() -> None:
    around = np.tile([170.0, -170.0], 200)
    (many,) = named(drawn(grounds=[Ground("Low", np.zeros(400), around)]), "Low")
    (few,) = named(drawn(grounds=[Ground("Low", np.zeros(4), around[:4])]), "Low")
    assert float(many.line.color.split(",")[-1][:-1]) < float(few.line.color.split(",")[-1][:-1])


def test_the_picture_needs_nothing_from_elsewhere_and_covers_the_map() -> None:
    (image,) = drawn().layout.images
    assert image.source.startswith("data:image/png;base64,")
    assert (image.x, image.y, image.sizex, image.sizey, image.layer) == (-180, 90, 360, 180, "below")


def test_axes_have_units_and_equal_scales() -> None:
    layout = drawn().layout
    assert layout.xaxis.title.text == "Longitude, east positive [deg]"
    assert layout.yaxis.title.text == "Latitude [deg]"
    assert layout.yaxis.scaleanchor == "x"
    assert list(layout.yaxis.range) == [-90, 90]
