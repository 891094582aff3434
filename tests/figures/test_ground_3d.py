"""The relief in three dimensions, by its data."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import RequestError
from ilrs_science.figures import terrain_3d
from ilrs_science.sky.place import SurfacePlace
from tests.figures.ground import SITE, MadeUp, cone, plane

GROUND = MadeUp(cone)


def named(figure, start):
    return [one for one in figure.data if str(one.name).startswith(start)]


def test_the_surface_has_the_heights_of_the_ground() -> None:
    (ground,) = named(terrain_3d(GROUND, SITE, "4 km"), "Ground")
    z, x, y = (np.asarray(part) for part in (ground.z, ground.x, ground.y))
    np.testing.assert_allclose(z, cone(x[None, :], y[:, None]), atol=0.1)


def test_the_page_stays_light() -> None:
    (ground,) = named(terrain_3d(GROUND, SITE, "40 km"), "Ground")
    assert np.asarray(ground.z).shape == (201, 201)


@pytest.mark.parametrize("times", [1.0, 3.0])
def test_proportions_are_true_but_for_the_stated_exaggeration(times: float) -> None:
    figure = terrain_3d(GROUND, SITE, "4 km", exaggeration=times)
    scene = figure.layout.scene
    low, high = scene.zaxis.range
    assert scene.aspectmode == "manual"
    assert scene.aspectratio.z == pytest.approx((high - low) / 1000.0 / 4.0 * times)
    said = figure.layout.title.subtitle.text.replace("<br>", " ")
    assert ("heights to scale" if times == 1.0 else "heights drawn 3 times larger") in said


@pytest.mark.parametrize("times", [0.0, -1.0, 1000.0, float("nan")])
def test_an_impossible_exaggeration_is_an_error(times: float) -> None:
    with pytest.raises(RequestError, match="exaggeration"):
        terrain_3d(GROUND, SITE, "4 km", exaggeration=times)


def test_axes_have_units() -> None:
    scene = terrain_3d(GROUND, SITE, "4 km").layout.scene
    titles = [axis.title.text for axis in (scene.xaxis, scene.yaxis, scene.zaxis)]
    assert titles == ["East [km]", "North [km]", "Height [m]"]


def test_the_site_has_a_flag_that_tells_the_mast() -> None:
    (flag,) = named(terrain_3d(GROUND, SITE, "4 km", mast=10.0), "Site")
    assert flag.z[0] == pytest.approx(1000.0)
    assert flag.z[1] > flag.z[0]
    assert "mast of 10 m" in flag.hovertext[0]
    assert "not to scale" in flag.hovertext[0]


def test_the_arrow_points_to_the_sun_to_scale() -> None:
    (arrow,) = named(terrain_3d(GROUND, SITE, "4 km", sun=(90.0, 30.0)), "Sun")
    assert arrow.name == "Sun at 30.0°, azimuth 90°"
    assert arrow.x[1] > 0.0
    assert arrow.y[1] == pytest.approx(0.0, abs=1e-9)
    rise_km = (arrow.z[1] - arrow.z[0]) / 1000.0
    assert rise_km / arrow.x[1] == pytest.approx(np.tan(np.radians(30.0)))


def test_without_a_sun_there_is_no_arrow_and_the_caption_says_whose_light_it_is() -> None:
    figure = terrain_3d(GROUND, SITE, "4 km")
    assert not named(figure, "Sun")
    assert "not the Sun's" in figure.layout.title.subtitle.text.replace("<br>", " ")


def test_ground_towards_the_sun_is_the_brighter() -> None:
    (ground,) = named(terrain_3d(GROUND, SITE, "4 km", sun=(90.0, 2.0)), "Ground")
    shade = np.asarray(ground.surfacecolor)
    middle = shade.shape[0] // 2
    assert shade[middle, -1] > shade[middle, 0]


def test_all_that_is_drawn_lies_within_the_axes() -> None:
    figure = terrain_3d(MadeUp(plane), SITE, "4 km", sun=(10.0, 40.0))
    low, high = figure.layout.scene.zaxis.range
    tops = [np.nanmax(np.asarray(one.z, float)) for one in figure.data]
    assert low < max(tops) <= high + 1e-9


def test_the_shipped_grid_is_drawn_around_the_ridge() -> None:
    figure = terrain_3d(shipped_terrain(), SurfacePlace(-89.45, 222.69), "60 km", exaggeration=2.0)
    assert "1600 m a pixel" in figure.layout.title.subtitle.text
    assert len(named(figure, "Site")) == 1
