"""Figures of the sky dashboard: names, colours and the chosen instant are the same in all."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science import load_catalogue
from ilrs_science.figures import theme
from ilrs_science.panels import sky_figures
from ilrs_science.panels.sky_model import SkyModel
from ilrs_science.panels.sky_scene import SkyScene, scene_of


def scene(**choices: object) -> SkyScene:
    model = SkyModel(**choices)
    return scene_of(model.choices, model.catalogue)


@pytest.fixture(scope="module")
def first() -> SkyScene:
    return scene()


def names(figure) -> list[str]:
    return [one.name for one in figure.data]


def test_the_dome_marks_what_is_up_at_the_instant(first: SkyScene) -> None:
    figure = sky_figures.dome_of(first, load_catalogue())
    (relay,) = [one for one in figure.data if one.name == "Queqiao-2 relay now"]
    now = first.observation.sel(time=first.choices.moment, body="queqiao2")
    assert relay.r[0] == pytest.approx(float(now["elevation"]), abs=1e-3)
    assert relay.theta[0] == pytest.approx(float(now["azimuth"]), abs=1e-3)
    assert figure.layout.title.text == "Sky of Connecting Ridge"


def test_the_revolution_around_the_instant_stands_out(first: SkyScene) -> None:
    figure = sky_figures.dome_of(first, load_catalogue())
    relay = [one for one in figure.data if one.name == "Queqiao-2 relay"]
    assert [one.line.width for one in relay] == [1, 3]
    assert [one.showlegend for one in relay] == [False, True]
    assert len(relay[1].r) < len(relay[0].r) / 10


def test_seen_from_an_orbiter_the_moon_is_the_ground() -> None:
    halo = scene(place="nrho_9_2")
    figure = sky_figures.dome_of(halo, load_catalogue())
    assert "Lunar limb" in names(figure)
    assert list(figure.layout.polar.radialaxis.range) == [90.0, -90.0]


def test_an_orbiter_has_one_colour_in_all_figures(first: SkyScene) -> None:
    catalogue = load_catalogue()
    pictures = sky_figures.tracks_of(first, catalogue), sky_figures.map_of(first, catalogue)
    colours = {
        one.line.color for figure in pictures for one in figure.data
        if one.name == "Queqiao-2 relay" and one.line.color and one.line.color[0] == "#"
    }  # fmt: skip
    path = sky_figures.path_of(first).data[0]
    assert colours | {path.line.color} == {theme.PURPLE}


def test_the_map_shows_every_site_and_stars_the_one_in_question(first: SkyScene) -> None:
    figure = sky_figures.map_of(first, load_catalogue())
    (sites,) = [one for one in figure.data if one.name == "Sites"]
    (star,) = [one for one in figure.data if one.name == "Connecting Ridge"]
    assert len(sites.x) == len(load_catalogue().sites) - 1
    assert star.marker.symbol == "star"
    assert np.abs(np.array(sites.x)).max() <= 180


def test_the_path_says_the_time_of_a_revolution() -> None:
    notes = sky_figures.path_of(scene(other="nrho_9_2")).layout.annotations
    assert "one revolution in 6.56 d" in notes[0].text


def test_a_span_without_a_revolution_says_that_the_time_is_that_of_the_record() -> None:
    assert sky_figures.revolution_in_words(scene(other="dro", days=2.0)) == (
        "one revolution in 13.92 d by its record"
    )


def test_a_quick_orbit_is_drawn_by_its_envelope_in_a_long_span() -> None:
    quick = scene(other="llo_100", days=8.0)
    assert "Height" not in names(sky_figures.heights_of(quick))
    assert "Height" in names(sky_figures.heights_of(scene(other="llo_100", days=1.0)))
    assert len(sky_figures.path_of(quick).data[0].x) < 800


def test_what_is_drawn_in_part_says_so() -> None:
    quick = scene(shown=("llo_100",), days=8.0)
    assert "Low polar orbit, 100 km (near the time)" in names(sky_figures.tracks_of(quick, load_catalogue()))


def test_the_skyline_is_traced_once() -> None:
    site = load_catalogue().sites["connecting_ridge"]
    assert sky_figures.skyline(site) is sky_figures.skyline(site)
