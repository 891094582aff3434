"""The map of a site, by its data."""

from __future__ import annotations

import base64

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import RequestError
from ilrs_science.figures import site_map, theme
from ilrs_science.figures.ground_map import contour_step
from ilrs_science.figures.patch import from_local
from ilrs_science.sky.place import SurfacePlace
from tests.figures.ground import SITE, MadeUp, cone, plane

GROUND = MadeUp(plane)


def named(figure, start):
    return [one for one in figure.data if str(one.name).startswith(start)]


def light(half_km: float = 1.0, count: int = 21) -> xr.DataArray:
    """A map that grows towards the east, from 0 to 1."""
    across = np.linspace(-half_km, half_km, count)
    latitude, longitude = from_local(SITE, across[None, :], across[:, None])
    values = np.broadcast_to(np.linspace(0.0, 1.0, count), (count, count))
    where = {"latitude": (("y", "x"), latitude), "longitude": (("y", "x"), longitude)}
    return xr.DataArray(
        values, where, ("y", "x"), name="sun_mean_fraction", attrs={"long_name": "Mean light", "units": "1"}
    )


def table(*points: tuple[float, float], **columns: list[float]) -> pd.DataFrame:
    east, north = np.transpose(points)
    latitude, longitude = from_local(SITE, east, north)
    return pd.DataFrame({"latitude": latitude, "longitude": longitude, **columns})


@pytest.mark.parametrize(
    ("lowest", "highest", "step"),
    [(0, 1200, 100), (-3000, 3000, 500), (0, 30, 2), (0, 0, 0.1), (1900, 1960, 5)],
)
def test_contours_are_round_numbers_apart(lowest: float, highest: float, step: float) -> None:
    assert contour_step(lowest, highest) == pytest.approx(step)


def test_the_picture_covers_the_ground_and_comes_with_the_figure() -> None:
    figure = site_map(GROUND, SITE, "2 km")
    (image,) = figure.layout.images
    assert image.source.startswith("data:image/png;base64,")
    assert base64.b64decode(image.source.partition(",")[2])[1:4] == b"PNG"
    assert image.sizex == image.sizey == pytest.approx(2.02), "half a pixel more on each side"
    assert (image.x, image.y) == (pytest.approx(-1.01), pytest.approx(1.01))
    assert image.layer == "below"


def test_axes_are_kilometres_from_the_site_on_equal_scales() -> None:
    layout = site_map(GROUND, SITE, "2 km").layout
    assert layout.xaxis.title.text == "East of the site [km]"
    assert layout.yaxis.title.text == "North of the site [km]"
    assert layout.yaxis.scaleanchor == "x"
    assert layout.title.text == "Hill"


def test_the_caption_tells_grid_pixel_north_and_light() -> None:
    text = site_map(GROUND, SITE, "2 km").layout.title.subtitle.text.replace("<br>", " ")
    for part in (
        "made_up.tif, 20 m a pixel",
        "1737.4 km sphere",
        "up is north",
        "azimuth 315°",
        "not the Sun's",
    ):
        assert part in text


def test_contours_are_named_in_metres_and_tell_heights() -> None:
    lines, legend = named(site_map(GROUND, SITE, "2 km"), "Height")
    assert legend.name == lines.name
    assert legend.line.color == theme.GREY, "seen on white and on near-black"
    assert [lines.showlegend, legend.showlegend] == [False, None]
    assert lines.contours.showlabels
    assert lines.name == "Height, every 20 m"
    assert "%{z:.0f} m" in lines.hovertemplate
    np.testing.assert_allclose(
        np.asarray(lines.z), plane(np.asarray(lines.x), np.asarray(lines.y)[:, None]), atol=0.06
    )


def test_large_maps_are_thinned() -> None:
    lines, _legend = named(site_map(GROUND, SITE, "10 km"), "Height")
    assert len(lines.x) <= 201
    assert lines.x[0] == -lines.x[-1] == pytest.approx(-5.0)


def test_slope_is_in_colour_with_its_unit_and_baseline() -> None:
    figure = site_map(MadeUp(cone), SITE, "2 km", what="slope")
    (slope,) = named(figure, "Slope over 40 m")
    assert float(np.median(np.asarray(slope.z))) == pytest.approx(np.degrees(np.arctan(0.2)), abs=0.1)
    assert any(note.text == "Slope over 40 m [deg]" for note in figure.layout.annotations)
    assert figure.layout.coloraxis.cmin == 0.0
    assert named(figure, "Height")[0].hoverinfo == "skip", "the colour tells its own value"


def test_any_map_with_coordinates_is_drawn_where_it_is() -> None:
    (values,) = named(site_map(GROUND, SITE, "2 km", what=light()), "Mean light")
    east = np.asarray(values.x)
    middle = np.asarray(values.z)[len(east) // 2]
    np.testing.assert_allclose(middle, (east + 1.0) / 2.0, atol=0.03)


def test_beyond_a_map_nothing_is_said() -> None:
    (values,) = named(site_map(GROUND, SITE, "6 km", what=light()), "Mean light")
    z, east = np.asarray(values.z), np.asarray(values.x)
    assert np.isnan(z[:, np.abs(east) > 1.2]).all()
    assert np.isfinite(z[np.abs(east) < 0.9][:, np.abs(east) < 0.9]).all()


def test_a_transposed_map_is_the_same_map() -> None:
    figures = [site_map(GROUND, SITE, "2 km", what=one) for one in (light(), light().transpose())]
    first, second = (np.asarray(named(one, "Mean light")[0].z) for one in figures)
    np.testing.assert_array_equal(first, second)


def test_a_map_without_a_long_name_uses_its_own() -> None:
    bare = light()
    bare.attrs = {}
    figure = site_map(GROUND, SITE, "2 km", what=bare)
    assert any(note.text == "Sun mean fraction" for note in figure.layout.annotations)


def test_an_unknown_quantity_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(RequestError, match="give 'height', 'slope' or a DataArray"):
        site_map(GROUND, SITE, "2 km", what="colour")


def test_candidates_are_numbered_and_told_with_units() -> None:
    best = table(
        (0.5, 0.0), (-0.5, 0.2), mean_fraction=[0.91, 0.88], longest_dark_days=[3.0, 4.25], slope=[2.0, 7.5]
    )
    (marks,) = named(site_map(GROUND, SITE, "2 km", candidates=best), "Candidates")
    assert list(marks.text) == ["2", "1"], "the best is drawn last, on top"
    assert marks.x[1] == pytest.approx(0.5, abs=1e-3)
    told = marks.hovertext[1]
    for part in ("Candidate 1", "mean 91.0%", "longest dark 3.00 d", "slope 2°"):
        assert part in told


def test_candidates_off_the_map_are_left_out_and_keep_their_numbers() -> None:
    (marks,) = named(site_map(GROUND, SITE, "2 km", candidates=table((9.0, 0.0), (0.1, 0.1))), "Candidates")
    assert list(marks.text) == ["2"]


@pytest.mark.parametrize("none", [None, pd.DataFrame({"latitude": [], "longitude": []})])
def test_without_candidates_there_are_no_marks(none) -> None:
    assert not named(site_map(GROUND, SITE, "2 km", candidates=none), "Candidates")


def test_the_site_is_a_star_that_tells_its_height() -> None:
    (star,) = named(site_map(GROUND, SITE, "2 km"), "Site")
    assert star.marker.symbol == "star"
    assert "Hill" in star.hovertext[0]
    assert "ground at 500 m" in star.hovertext[0]


def test_the_pole_is_marked_if_it_is_on_the_map() -> None:
    (pole,) = named(site_map(GROUND, SITE, "80 km"), "South pole")
    assert pole.x[0] == pytest.approx(0.0, abs=1e-3)
    assert pole.y[0] == pytest.approx(-30.32, abs=0.01)  # one degree of the 1737.4 km sphere
    assert not named(site_map(GROUND, SITE, "2 km"), "South pole")


def test_ground_without_heights_is_drawn_flat_and_without_contours() -> None:
    unknown = MadeUp(lambda east, north: np.full(np.broadcast(east, north).shape, np.nan))
    assert not named(site_map(unknown, SITE, "2 km"), "Height")


def test_a_place_without_a_name_is_called_by_its_coordinates() -> None:
    figure = site_map(shipped_terrain(), SurfacePlace(-89.45, 222.69), "60 km")
    assert figure.layout.title.text == "-89.4500°, 222.6900°"
    assert "lola_south_1600m.tif, 1600 m a pixel" in figure.layout.title.subtitle.text.replace("<br>", " ")
    assert named(figure, "South pole")


def test_the_map_stands_in_the_middle_of_a_wide_card() -> None:
    layout = site_map(GROUND, SITE, "2 km").layout
    assert layout.xaxis.constraintoward == "center"
    assert layout.yaxis.constraintoward == "top"
