"""Words of measures and candidates."""

from __future__ import annotations

from ilrs_science.figures.siting_words import amount, axis_title, broken_name, measure_name


def test_measures_are_words_with_units() -> None:
    assert measure_name("launch_mass") == "Launch mass"
    assert axis_title("launch_mass") == "Launch mass [kg]"
    assert axis_title("value") == "Value [1]"


def test_amounts_are_readable() -> None:
    assert amount("volume", 427239.4) == "427239 Mbit"
    assert amount("sunlight", 0.66092) == "0.6609"
    assert amount("coldest", float("nan")) == "none"


def test_a_pair_stands_in_two_lines_and_markup_is_text() -> None:
    assert broken_name("a+b") == "a<br>+ b"
    assert broken_name("<i>") == "&lt;i&gt;"
