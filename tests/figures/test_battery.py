"""The battery over the array, by its data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.figures import battery_curve

POWERS = [800.0, 1000.0, 1200.0, 1500.0, 3000.0]
# kWh of 1 kW at Connecting Ridge as the project's notes have them, and half of it
NEED = np.array([np.nan, np.inf, 515e3, 212e3, 169e3])


def sizes(need=NEED, **attrs: object) -> xr.Dataset:
    return xr.Dataset({"battery_capacity": ("array_power", need)}, {"array_power": POWERS}, attrs)


def two() -> xr.Dataset:
    both = np.stack([NEED, np.array([300e3, 200e3, 150e3, 100e3, 80e3])], axis=1)
    dims = ("array_power", "load")
    return xr.Dataset({"battery_capacity": (dims, both)}, {"array_power": POWERS, "load": [1000.0, 500.0]})


def named(figure, start):
    return [one for one in figure.data if str(one.name).startswith(start)]


def test_kilowatt_hours_stand_over_kilowatts() -> None:
    figure = battery_curve(sizes())
    (line,) = named(figure, "Battery")
    np.testing.assert_allclose(line.x, [0.8, 1.0, 1.2, 1.5, 3.0])
    np.testing.assert_allclose(np.asarray(line.y)[2:], [515, 212, 169])
    assert figure.layout.xaxis.title.text.endswith("[kW]")
    assert figure.layout.yaxis.title.text == "Battery [kWh]"


def test_what_does_not_suffice_is_a_gap_and_never_a_number() -> None:
    (line,) = named(battery_curve(sizes()), "Battery")
    assert np.isnan(np.asarray(line.y)[:2]).all()
    assert not line.connectgaps


def test_the_powers_that_suffice_for_no_load_are_shaded() -> None:
    figure = battery_curve(sizes())
    (shape,) = figure.layout.shapes
    assert (shape.x0, shape.x1) == (0, 1.2)
    assert named(figure, "No battery suffices")


def test_where_some_load_can_be_carried_nothing_is_shaded() -> None:
    figure = battery_curve(two())
    assert not figure.layout.shapes
    assert not named(figure, "No battery suffices")


def test_each_load_is_a_line_with_its_name() -> None:
    figure = battery_curve(two())
    assert [one.name for one in named(figure, "Load")] == ["Load of 1 kW", "Load of 500 W"]
    assert len({one.line.color for one in named(figure, "Load")}) == 2


def test_the_order_of_dimensions_does_not_matter() -> None:
    (first, _), (again, _) = (named(battery_curve(one), "Load") for one in (two(), two().transpose()))
    np.testing.assert_array_equal(np.asarray(first.y), np.asarray(again.y))


def test_a_station_is_a_star_within_the_axes() -> None:
    figure = battery_curve(sizes(), chosen=(5000.0, 16_000.0))
    (star,) = named(figure, "The station")
    assert (star.x[0], star.y[0]) == (5.0, 16.0)
    assert "array 5 kW, battery 16 kWh" in star.hovertext[0]
    assert figure.layout.xaxis.range[1] > 5.0


def test_where_nothing_ever_suffices_a_sentence_says_so() -> None:
    figure = battery_curve(sizes(np.full(5, np.nan)))
    assert "At none of these powers" in figure.layout.annotations[0].text
    assert figure.layout.shapes[0].x1 == 3.0


def test_the_caption_tells_mast_and_grid() -> None:
    text = battery_curve(sizes(mast_m=2.0, ground_dem="lola.tif")).layout.title.subtitle.text
    assert "array 2 m above the ground" in text
    assert "terrain lola.tif" in text


@pytest.mark.parametrize("nothing", [xr.Dataset(), sizes().isel(array_power=[])])
def test_without_sizes_a_sentence_says_what_to_give(nothing) -> None:
    figure = battery_curve(nothing)
    assert "battery_curve" in figure.layout.annotations[0].text
    assert len(figure.data) == 0
