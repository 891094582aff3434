"""One table says which units text may state."""

from ilrs_science.unit_names import QUANTITIES, conversions, spellings, symbols


def test_each_canonical_unit_is_one_of_its_own() -> None:
    for unit in QUANTITIES - {"1"}:
        assert conversions(unit)[unit] == (1.0, 0.0)
        assert symbols(unit).split(", ")[0] == unit
        assert spellings(unit)[0] == unit


def test_symbols_come_with_names_in_the_plural_and_with_signs_of_powers() -> None:
    assert {"h", "hr", "hour", "hours"} <= set(spellings("s"))
    assert {"m**2", "m^2"} <= set(spellings("m**2"))
    assert symbols("s") == "s, min, h, d, yr, ms"


def test_what_is_no_quantity_of_records_is_its_own_symbol() -> None:
    assert (conversions("W/m**2"), symbols("W/m**2")) == ({}, "W/m**2")
