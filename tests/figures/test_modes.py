"""Bars of power by mode: each says its number and where from, and what nobody stated is grey."""

from __future__ import annotations

from ilrs_science.figures import theme
from ilrs_science.figures.modes import power_modes

POWER = {"off": 0.0, "standby": 1.0, "warm_up": 6.0, "operate": 6.0, "peak": 14.0}


def test_each_bar_says_where_its_number_comes_from() -> None:
    (bars,) = power_modes(POWER, {"standby": "estimate L", "operate": "recall L"}, title="A").data
    assert list(bars.y) == ["Off", "Standby", "Warm-up", "Operate", "Peak"]
    assert list(bars.text) == [
        "0 W · not stated",
        "1 W · estimate L",
        "6 W · not stated",
        "6 W · recall L",
        "14 W · not stated",
    ]


def test_what_is_not_stated_is_grey() -> None:
    (bars,) = power_modes(POWER, {"standby": "", "operate": ""}, title="A").data
    assert [colour == theme.BLUE for colour in bars.marker.color] == [False, True, False, True, False]


def test_the_unit_is_told_and_the_texts_have_room() -> None:
    drawn = power_modes(POWER, {}, title="A")
    assert drawn.layout.xaxis.title.text == "Power [W]"
    assert drawn.layout.xaxis.range[1] > 14.0


def test_a_passive_instrument_can_be_drawn() -> None:
    drawn = power_modes(dict.fromkeys(POWER, 0.0), {}, title="Reflector")
    assert drawn.layout.xaxis.range[1] > 0.0
