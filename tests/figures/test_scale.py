"""The bar of colours, by where it lies."""

from __future__ import annotations

import pytest

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.scale import SCALE_PX, add_scale


@pytest.fixture
def drawn():
    figure = theme.figure(title="A", height=500, margin={"t": 46 + SCALE_PX}, narrow={"height": 400})
    add_caption(figure, "word " * 30)
    add_scale(figure, "Slope [deg]", colorscale="Viridis", cmin=0.0, cmax=9.0)
    return figure


def test_the_bar_lies_between_caption_and_picture(drawn) -> None:
    bar, layout = drawn.layout.coloraxis.colorbar, drawn.layout
    top_px = (1.0 - bar.y) * layout.height
    caption_px = layout.margin.t - SCALE_PX
    assert caption_px < top_px < layout.margin.t - 20
    assert bar.yref == "container", "from the picture, the bar would push the title out"


def test_on_a_small_screen_it_lies_there_too(drawn) -> None:
    small = drawn.layout.meta["narrow"]
    top_px = (1.0 - small["coloraxis"]["colorbar"]["y"]) * small["height"]
    assert small["margin"]["t"] - SCALE_PX < top_px < small["margin"]["t"] - 20


def test_its_name_and_unit_stand_above_it(drawn) -> None:
    (note,) = drawn.layout.annotations
    assert note.text == "Slope [deg]"
    assert note.yshift > 30


def test_it_takes_the_colours_and_their_ends(drawn) -> None:
    axis = drawn.layout.coloraxis
    assert (axis.cmin, axis.cmax) == (0.0, 9.0)
    assert axis.colorbar.orientation == "h"
