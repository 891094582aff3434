"""The horizon all around, by its data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.figures import panorama, theme
from tests.figures import data

AU_KM = 149_597_870.7


def named(figure, start):
    return [one for one in figure.data if str(one.name).startswith(start)]


def polar(days: float = 28.0, *, height: float = 0.0, earth_azimuth: float = 140.0) -> xr.Dataset:
    """The Sun goes round at one height, a little higher in the north, as if the year were 346 days long."""
    hours = np.arange(0.0, 24.0 * days)
    turn = 360.0 * hours / 708.7
    season = 1.5 * np.sin(2 * np.pi * hours / (346.6 * 24.0))
    month = 2 * np.pi * hours / (27.2 * 24.0)
    values = {
        "sun_azimuth": (-turn) % 360.0,
        "sun_elevation": height + 0.5 * np.cos(np.radians(turn)) + season,
        "sun_range": np.full(len(hours), AU_KM),
        "earth_azimuth": (earth_azimuth + 6.0 * np.cos(month)) % 360.0,
        "earth_elevation": 6.5 * np.sin(month),
        "earth_range": np.full(len(hours), 384_400.0),
    }
    return xr.Dataset({name: ("time", one) for name, one in values.items()}, {"time": data.hours(*hours)})


def scale(figure) -> float:
    return float(figure.layout.yaxis.scaleratio)


def test_the_skyline_goes_once_round_and_closes() -> None:
    (line,) = named(panorama(data.horizon()), "Terrain")
    assert (line.x[0], line.x[-1]) == (0.0, 360.0)
    assert line.y[0] == line.y[-1] == -2.0
    assert max(line.y) == 3.0


def test_everything_below_the_skyline_is_ground() -> None:
    (ground,) = named(panorama(data.horizon()), "Ground")
    assert ground.fill == "toself"
    assert min(ground.y) == -90.0


def test_the_compass_has_names_and_degrees() -> None:
    axis = panorama(data.horizon()).layout.xaxis
    assert list(axis.range) == [0, 360]
    ticks = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert [ticks[turn].split("<br>") for turn in (0, 90, 180, 270)] == [
        ["N", "0°"], ["E", "90°"], ["S", "180°"], ["W", "270°"],
    ]  # fmt: skip


def test_how_much_elevations_are_stretched_is_stated_and_kept() -> None:
    figure = panorama(data.horizon(), polar())
    layout = figure.layout
    times = int(layout.yaxis.scaleratio)
    assert times > 1
    assert f"{times} times larger" in layout.xaxis.title.text
    assert layout.yaxis.scaleanchor == "x"
    small = layout.meta["narrow"]
    assert f"{small['yaxis']['scaleratio']} times larger" in small["xaxis"]["title"]["text"]


def test_where_the_sun_stands_high_nothing_is_stretched() -> None:
    env = polar()
    env["sun_elevation"] = 70.0 * np.cos(np.radians(env["sun_azimuth"] - 180.0))
    figure = panorama(data.horizon(), env)
    assert scale(figure) == 1
    assert "times larger" not in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.range[0] > -10.0, "the Sun below the ground needs no room"


def test_the_horizontal_is_a_dashed_line_at_zero() -> None:
    (line,) = named(panorama(data.horizon()), "Horizontal")
    assert list(line.y) == [0, 0]
    assert line.line.dash == "dash"


def test_the_suns_line_is_dotted_behind_the_terrain() -> None:
    figure = panorama(data.horizon(), polar())
    (seen,), (hidden,) = named(figure, "Sun")[:1], named(figure, "Sun, hidden")
    assert seen.line.dash == "solid"
    assert hidden.line.dash == "dot"
    behind = np.asarray(hidden.x)[np.isfinite(np.asarray(hidden.y, float))]
    assert behind.min() > 269.0
    assert behind.max() < 331.0, "3 deg high in the north-west"


def test_a_track_is_not_drawn_across_the_picture_where_it_passes_north() -> None:
    (seen,) = [one for one in panorama(data.horizon(), polar()).data if one.name == "Sun"]
    x, y = np.asarray(seen.x, float), np.asarray(seen.y, float)
    jump = np.flatnonzero(np.abs(np.diff(x)) > 180.0)
    assert len(jump) == 1
    assert np.isnan(y[jump + 1]).all()


def test_days_stand_along_a_lunation_clear_of_the_sides() -> None:
    (days,) = named(panorama(data.horizon(), polar()), "Days")
    assert days.text[0].startswith("Feb 25")
    assert np.abs(np.asarray(days.x) - 180.0).max() < 168.0
    assert 5 <= len(days.text) <= 8


def test_a_year_is_a_band_between_the_suns_extremes() -> None:
    figure = panorama(data.horizon(), polar(400.0))
    high, low = named(figure, "Sun, between")
    assert low.fill == "tonexty"
    assert [high.showlegend, low.showlegend] == [False, True]
    assert (high.x[0], high.x[-1]) == (0.0, 360.0)
    assert np.all(np.asarray(high.y) > np.asarray(low.y))
    assert max(high.y) == pytest.approx(2.0, abs=0.1)
    assert min(low.y) == pytest.approx(-2.0, abs=0.1)
    assert not named(figure, "Days")


def test_a_band_tells_when_the_sun_was_there() -> None:
    high, _ = named(panorama(data.horizon(), polar(400.0)), "Sun, between")
    assert all(len(day) == 10 and day[4] == "-" for day in high.customdata)
    assert len(high.customdata) == len(high.x)


def test_a_long_span_where_the_sun_rises_and_sets_is_a_line() -> None:
    env = polar(400.0)
    env["sun_elevation"] = 40.0 * np.cos(np.radians(env["sun_azimuth"] - 180.0))
    figure = panorama(data.horizon(), env)
    assert not named(figure, "Sun, between")
    assert len(named(figure, "Sun")[0].x) <= 3001


def test_the_earth_moves_in_an_area_with_its_disc_in_the_middle() -> None:
    figure = panorama(data.horizon(), polar(56.0))
    (area,) = named(figure, "Where the Earth")
    assert min(area.x) == pytest.approx(134.0, abs=0.1)
    assert max(area.x) == pytest.approx(146.0, abs=0.1)
    assert max(area.y) == pytest.approx(6.5, abs=0.05)
    (disc,) = named(figure, "Earth's disc")
    # 2 asin(6371 / 384400) = 1.90 deg
    assert np.ptp(np.asarray(disc.y)) == pytest.approx(1.90, abs=0.01)
    assert disc.text == "Earth's disc, 1.90° across"
    assert disc.fillcolor == theme.SKY


def test_an_earth_in_the_north_is_drawn_on_both_sides() -> None:
    areas = named(panorama(data.horizon(), polar(56.0, earth_azimuth=0.0)), "Where the Earth")
    assert len(areas) == 2
    assert [area.showlegend for area in areas].count(True) == 1
    assert {round(float(np.mean([min(area.x), max(area.x)]))) for area in areas} == {0, 360}


def test_an_earth_that_stands_still_is_still_drawn() -> None:
    env = polar()
    env["earth_azimuth"][:] = 100.0
    env["earth_elevation"][:] = 3.0
    assert named(panorama(data.horizon(), env), "Earth's disc")


def test_the_suns_disc_has_its_true_size() -> None:
    # 2 asin(695700 / 149597871) = 0.533 deg
    (disc,) = named(panorama(data.horizon(), polar()), "Sun's disc")
    assert np.ptp(np.asarray(disc.y)) == pytest.approx(0.533, abs=0.002)


def test_the_caption_tells_grids_eye_and_span() -> None:
    skyline = data.horizon().assign_attrs(ground_dem="lola.tif", dem="lola.tif", mast_m=10.0, range_km=300.0)
    text = panorama(skyline, polar()).layout.title.subtitle.text.replace("<br>", " ")
    for part in ("Terrain lola.tif", "300 km", "10 m above the ground", "2031-02-24 to 2031-03-23 UTC"):
        assert part in text
    bare = panorama(skyline.assign_attrs(dem="none")).layout.title.subtitle.text
    assert bare.startswith("Bare sphere")


@pytest.mark.parametrize("env", [None, xr.Dataset(), polar().isel(time=[])])
def test_without_sun_and_earth_the_skyline_stands_alone(env) -> None:
    figure = panorama(data.horizon(), env)
    assert [one.name for one in figure.data] == ["Ground", "Terrain", "Horizontal"]
