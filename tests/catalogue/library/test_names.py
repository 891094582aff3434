"""Names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.names import aliases, folded, near_ids
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.wording import listed, unknown


@pytest.mark.parametrize(
    ("typed", "plain"), [("Chang'e-6", "change6"), ("CE7_LPR", "ce7lpr"), ("Rømer Á", "rømera"), ("-", "")]
)
def test_case_accents_and_signs_do_not_count(typed: str, plain: str) -> None:
    assert folded(typed) == plain


@given(st.text(max_size=40))
def test_a_folded_name_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_record_is_called_by_the_parts_of_its_name() -> None:
    site = Site(id="hill_7", name="High Hill (Mons Altus)", latitude=0, longitude=0)
    assert [text for _, text in aliases(site) if text] == [
        "hill7",
        "highhillmonsaltus",
        "highhill",
        "monsaltus",
    ]


def test_what_is_called_so_is_nearer_than_what_is_spelt_so() -> None:
    instruments = list(load_catalogue().instruments.values())
    assert near_ids("ASAN", instruments) == ["neutral_analyser"]
    assert near_ids("near_uv_telscope", instruments)[0] == "near_uv_telescope"
    assert near_ids("qqqqqqq", instruments) == []


def test_few_names_are_listed_and_many_are_counted() -> None:
    assert listed(["a", "b"], "ilrs x") == "a, b"
    assert listed(map(str, range(40)), "ilrs x") == "one of 40; see: ilrs x"


def test_an_unknown_name_is_told_with_its_neighbours() -> None:
    assert unknown("field", "lenght", ["length", "mass"]) == "unknown field 'lenght'; did you mean length?"
    assert len(unknown("field", "x" * 900, ["mass"])) < 100
