"""Levels are written with their unit, as every other number."""

from __future__ import annotations

import json

import pytest

from ilrs_science.catalogue.decibel import Decibels, FigureOfMerit, Gain
from ilrs_science.catalogue.frozen import Frozen
from ilrs_science.errors import RequestError


class Chain(Frozen):
    """Three levels."""

    gain: Gain = 0.0
    loss: Decibels = 0.0
    merit: FigureOfMerit = 0.0


def test_levels_are_read_with_their_unit_and_written_with_it() -> None:
    chain = Chain(gain="44 dBi", loss=" 1.5dB ", merit="-3.25 dB/K")
    assert (chain.gain, chain.loss, chain.merit) == (44.0, 1.5, -3.25)
    assert json.loads(chain.model_dump_json()) == {"gain": "44 dBi", "loss": "1.5 dB", "merit": "-3.25 dB/K"}
    assert Chain(**chain.model_dump(mode="json")) == chain


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("gain", 44, "44 has no unit; write '44 dBi'"),
        ("gain", "44", "'44' has no unit; write '44 dBi'"),
        ("gain", "44 dB", "'dB' is not a unit here; use dBi"),
        ("loss", "3 W", "'W' is not a unit here; use dB"),
        ("merit", "1 dB", "'dB' is not a unit here; use dB/K"),
        ("loss", "much", "'much' is not a level, such as '3 dB'"),
        ("loss", "inf dB", "is not a level"),
        ("loss", True, "'True' is not a level"),
        ("loss", None, "'None' is not a level"),
        ("gain", "9" * 80 + " dBi", "is not a level"),
    ],
)
def test_a_wrong_level_is_one_line_that_says_why(field: str, value: object, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Chain(**{field: value})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_schema_names_the_unit() -> None:
    assert Chain.model_json_schema()["properties"]["gain"]["description"] == "in dBi"
