"""Colours and symbols of what is in the sky."""

from __future__ import annotations

from ilrs_science.figures import theme
from ilrs_science.figures.looks import looks


def test_sun_and_earth_keep_their_colours_wherever_they_stand() -> None:
    found = looks(["vega", "earth", "mars", "sun"])
    assert found["sun"].colour == theme.ORANGE
    assert found["earth"].colour == theme.SKY
    assert list(found) == ["vega", "earth", "mars", "sun"]


def test_six_others_differ_in_colour_and_in_symbol() -> None:
    found = looks([f"body_{number}" for number in range(6)])
    assert len({one.colour for one in found.values()}) == 6
    assert len({one.symbol for one in found.values()}) == 6


def test_naming_one_twice_changes_nothing() -> None:
    assert looks(["a", "a", "b"]) == looks(["a", "b"])
