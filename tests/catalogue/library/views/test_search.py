from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.search import Index
from ilrs_science.catalogue.site import Site


def found(words: str, limit: int = 20) -> list[str]:
    return [hit.record.id for hit in load_catalogue().search(words, limit=limit)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("malapert", "malapert"),
        ("malapert massif", "malapert"),
        ("ultraviolet telescope", "near_uv_telescope"),
        ("TELESCOPE ULTRAVIOLET", "near_uv_telescope"),
        ("polar winter", "polar_winter"),
        ("queqiao relay", "queqiao2_relay"),
        ("CE7_LPR", "penetrating_radar"),
    ],
)
def test_the_best_record_comes_first(words: str, first: str) -> None:
    assert found(words)[0] == first or first in found(words, 3)


@pytest.mark.parametrize(("words", "meant"), [("malapart", "malapert"), ("telescpoe", "near_uv_telescope")])
def test_a_typing_error_is_forgiven(words: str, meant: str) -> None:
    assert meant in found(words)


def test_records_with_more_of_the_words_come_first() -> None:
    hits = found("ultraviolet telescope ridge")
    assert hits.index("near_uv_telescope") < hits.index("connecting_ridge")


def test_nothing_is_found_for_nothing() -> None:
    assert found("") == []
    assert found("the of and") == []
    assert found("qqqqqqqqqq") == []
    assert found("radar", 0) == []


def test_hits_know_their_kind_and_say_so() -> None:
    hit = load_catalogue().search("connecting ridge")[0]
    assert hit.kind in {"site", "station"}
    assert repr(hit).startswith(f"<{hit.kind} {hit.record.id}: ")


def test_of_equals_the_shorter_name_comes_first() -> None:
    sites = [
        Site(id=name, name=text, latitude=0, longitude=0)
        for name, text in (("a", "Hill A east"), ("b", "Hill B"))
    ]
    assert [hit.record.id for hit in Index(("site", one) for one in sites).search("hill", 5)] == ["b", "a"]


def test_a_long_request_takes_no_long_time() -> None:
    begin = time.perf_counter()
    load_catalogue().search("qwertzuiop " * 10_000)
    load_catalogue().search("x" * 1_000_000)
    assert time.perf_counter() - begin < 5


@given(st.text(max_size=60))
def test_any_words_give_hits_in_falling_order_of_words_held(words: str) -> None:
    hits = load_catalogue().search(words, limit=5)
    assert len(hits) <= 5
    assert all(hit.score > 0 for hit in hits)
    assert len({(hit.kind, hit.record.id) for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("CE-6", "change_6"),
        ("ce6", "change_6"),
        ("Chang\u2019e 6", "change_6"),
        ("change_6", "change_6"),
        ("luna 27", "luna_27"),
        ("ILRS 3", "ilrs_3"),
        ("asan", "neutral_analyser"),
        ("100 km orbit", "llo_100"),
        ("construction 2", "construction_2"),
    ],
)
def test_what_is_called_so_comes_first(words: str, first: str) -> None:
    assert found(words)[0] == first


@pytest.mark.parametrize("words", ["chang'e 6 site", "chngee 6 sammpel", "change 6 landing", "6 change"])
def test_the_number_of_a_mission_counts_and_a_typing_error_does_not(words: str) -> None:
    assert "change_6" in found(words, 3)


def hills(*names: str) -> Index:
    sites = [Site(id=f"s{n}", name=name, latitude=0, longitude=0) for n, name in enumerate(names)]
    return Index(("site", one) for one in sites)


def ids(index: Index, words: str) -> list[str]:
    return [hit.record.id for hit in index.search(words, 9)]


def test_words_side_by_side_come_before_words_apart() -> None:
    assert ids(hills("Far hill by the south side", "Hill on the far side, south"), "far side")[0] == "s1"


def test_a_number_is_itself_and_not_a_part_of_another() -> None:
    index = hills("Hill 1", "Hill 12", "Hill 112")
    assert ids(index, "12") == ["s1"]
    assert ids(index, "hill 12")[0] == "s1"
    assert ids(hills("Crater7", "Crater8"), "cratr8") == ["s1"]


def test_a_number_counts_more_in_a_name_than_in_a_note() -> None:
    one = Site(id="a", name="Hill", note="page 6 of 6", latitude=0, longitude=0)
    two = Site(id="b", name="Hill 6 of the north", latitude=0, longitude=0)
    assert ids(Index([("site", one), ("site", two)]), "6") == ["b", "a"]


def test_a_plural_finds_the_singular() -> None:
    assert ids(hills("Crater", "Rille"), "craters") == ["s0"]
