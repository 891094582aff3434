"""What is told of a file counts before what the file says of itself."""

from __future__ import annotations

from ilrs_science.environment.terrain.origin import Origin, origin_of


def test_what_was_told_counts_first() -> None:
    told = Origin("ours", "CC0", "We (2026)")
    assert origin_of(told, {"source": "theirs", "licence": "none", "citation": "They"}, "/a.tif") == told


def test_what_was_not_told_is_taken_from_the_file() -> None:
    tags = {"TIFFTAG_IMAGEDESCRIPTION": "Heights", "TIFFTAG_COPYRIGHT": "CC-BY", "References": "They (2021)"}
    assert origin_of(Origin(), tags, "/a.tif") == Origin("Heights", "CC-BY", "They (2021)")


def test_a_file_that_says_nothing_comes_from_its_place() -> None:
    assert origin_of(Origin(), {"source": " ", "AREA_OR_POINT": "Area"}, "/a.tif") == Origin("/a.tif")


def test_a_source_is_more_than_a_description() -> None:
    assert origin_of(Origin(), {"description": "z", "source": "LOLA"}, "/a.tif").source == "LOLA"
