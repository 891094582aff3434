"""Temperature through a lunation, by its data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.figures import lunation_temperature, theme
from tests.figures import data


def ground(days: float = 40.0, depths: tuple[float, ...] = ()) -> xr.Dataset:
    """Warmest, 380 K, after a quarter of 29.53 days, coldest, 100 K, after three quarters."""
    hours = np.arange(0.0, 24.0 * days)
    wave = 240.0 + 140.0 * np.sin(2 * np.pi * hours / 708.7)
    found = xr.Dataset({"surface_temperature": ("time", wave)}, {"time": data.hours(*hours)})
    if depths:
        below = np.stack([240.0 + 0 * wave + 10 * depth for depth in depths], axis=1)
        found["temperature"] = (("time", "depth"), below)
        found = found.assign_coords(depth=list(depths))
    return found.assign_attrs(model="a model")


def env(days: float = 40.0) -> xr.Dataset:
    hours = np.arange(0.0, 24.0 * days)
    up = np.sin(2 * np.pi * hours / 708.7)
    # the Sun goes from the eastern horizon over the zenith to the western one, as seen from the equator
    values = {
        "sun_visible_fraction": (up > 0).astype(float),
        "sun_azimuth": np.where(np.cos(2 * np.pi * hours / 708.7) > 0, 90.0, 270.0),
        "sun_elevation": np.degrees(np.arcsin(up)),
    }
    return xr.Dataset(
        {name: ("time", one) for name, one in values.items()}, {"time": data.hours(*hours)}, {"latitude": 0.0}
    )


def box(days: float = 40.0) -> xr.Dataset:
    count = int(24 * days)
    values = {"box_temperature": np.full(count, 280.0), "heater_power": np.full(count, 12.0)}
    return xr.Dataset(
        {name: ("time", one) for name, one in values.items()}, {"time": data.hours(*range(count))}
    )


def named(figure, start):
    return [one for one in figure.data if str(one.name).startswith(start)]


def test_one_lunation_is_shown_however_long_the_data_are() -> None:
    (surface,) = named(lunation_temperature(ground(90.0)), "Surface")
    assert len(surface.x) == 709, "29.53 d of hours, both ends"
    assert surface.x[0] == "2031-02-24T00:00:00"


def test_the_warmest_and_the_coldest_hour_are_named() -> None:
    figure = lunation_temperature(ground())
    (warm,), (cold,) = named(figure, "warmest"), named(figure, "coldest")
    assert warm.text[0] == "warmest, 380 K"
    assert cold.text[0] == "coldest, 100 K"
    assert warm.x[0] == "2031-03-03T09:00:00", "a quarter of 708.7 h after the start"
    assert "top" in warm.textposition
    assert "bottom" in cold.textposition


def test_names_at_the_sides_point_inward() -> None:
    early = ground().isel(time=slice(170, 880))
    (warm,) = named(lunation_temperature(early), "warmest")
    assert warm.textposition == "top right"


def test_depths_are_lines_of_their_own_with_their_length() -> None:
    figure = lunation_temperature(ground(depths=(0.1, 1.5)))
    assert [one.name for one in named(figure, "10 cm")] == ["10 cm below"]
    assert np.asarray(named(figure, "1.5 m")[0].y)[0] == pytest.approx(255.0)


def test_the_night_is_shaded_and_noon_and_midnight_are_named() -> None:
    figure = lunation_temperature(ground(), env())
    words = [note.text for note in figure.layout.annotations]
    assert words.count("local noon") == 1
    assert words.count("local midnight") == 1
    noon = next(note.x for note in figure.layout.annotations if note.text == "local noon")
    assert noon.startswith("2031-03-03"), "7.4 d after sunrise"
    assert named(figure, "Less than half of the Sun")
    assert any(shape.fillcolor == theme.NIGHT for shape in figure.layout.shapes)


def test_a_sun_without_a_known_latitude_shades_and_names_no_hours() -> None:
    figure = lunation_temperature(ground(), env().drop_attrs())
    assert not figure.layout.annotations
    assert figure.layout.shapes


def test_a_box_has_its_temperature_its_limits_and_its_heater() -> None:
    figure = lunation_temperature(ground(), box=box(), limits=(263.0, 313.0))
    (warm,), (heater,) = named(figure, "Box"), named(figure, "Heater")
    assert np.asarray(warm.y)[0] == 280.0
    assert heater.yaxis == "y2"
    assert figure.layout.yaxis2.title.text == "Heater [W]"
    assert [note.text for note in figure.layout.annotations] == ["box limit 263 K", "box limit 313 K"]
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]


def test_without_a_heater_there_is_one_strip() -> None:
    figure = lunation_temperature(ground(), box=box().drop_vars("heater_power"))
    assert list(figure.layout.yaxis.domain) == [0, 1]
    assert not figure.layout.yaxis2.visible


def test_the_axis_has_room_for_everything_in_kelvin() -> None:
    figure = lunation_temperature(ground(), box=box(), limits=(50.0, 450.0))
    low, high = figure.layout.yaxis.range
    assert 0.0 <= low < 50.0
    assert high > 450.0
    assert figure.layout.yaxis.title.text == "Temperature [K]"


def test_the_caption_names_the_model() -> None:
    assert lunation_temperature(ground()).layout.title.subtitle.text == "a model"
    assert lunation_temperature(ground().drop_attrs()).layout.title.subtitle.text == "Ground at the site"


@pytest.mark.parametrize("nothing", [xr.Dataset(), ground().isel(time=[0])])
def test_without_temperatures_a_sentence_says_what_to_give(nothing) -> None:
    figure = lunation_temperature(nothing)
    assert "surface_temperature" in figure.layout.annotations[0].text
    assert len(figure.data) == 0


@pytest.mark.parametrize("below", [0.0, 5.0, 10.0, 20.0])
def test_the_name_of_the_coldest_hour_lies_on_no_line(below: float) -> None:
    found = ground(depths=(0.1,)).isel(time=slice(530, None))
    found["temperature"] = found["temperature"] * 0.0 + 100.0 - below
    figure = lunation_temperature(found)
    (cold,) = named(figure, "coldest")
    low, high = figure.layout.yaxis.range
    kelvin = (high - low) / 270.0  # of a pixel: the picture is 270 px high
    top, bottom = cold.y[0] - 5 * kelvin, cold.y[0] - 18 * kelvin
    assert cold.y[0] <= 100.1
    assert not bottom < 100.0 - below < top


def test_a_name_that_no_line_crosses_stays_at_its_point() -> None:
    (cold,) = named(lunation_temperature(ground()), "coldest")
    assert cold.y[0] == pytest.approx(100.0, abs=0.1)
