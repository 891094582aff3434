"""A record as rows: numbers and dates with a basis each, and the basis of everything else."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.rows import readable, rows_of, sources_of

CATALOGUE = load_catalogue()


def shown(name: str) -> dict[str, tuple[str, str, str]]:
    ((_, record),) = CATALOGUE.find(name)
    return {row["field"]: (row["value"], row["basis"], row["source"]) for row in rows_of(record)}


def test_dates_say_where_they_come_from() -> None:
    assert shown("partner/egypt")["joined"] == ("2023-12", "recall H", "")
    assert shown("partner/venezuela")["joined"] == ("2023-07", "sourced H", "S5")
    assert shown("mission/change_6")["landing"] == ("2024-06-01T22:23Z", "sourced H", "S53c")
    assert shown("phase/utilization")["start"] == ("2036", "sourced H", "S3")


def test_words_have_the_basis_of_the_last_row() -> None:
    assert shown("compliance_item/ost_i")["rule"][1:] == ("", "")
    assert shown("compliance_item/ost_i")["(anything else)"] == ("", "sourced H", "S88")
    assert list(shown("facility/science"))[-1] == "(anything else)"


def test_a_record_without_numbers_and_basis_has_rows_all_the_same() -> None:
    campaign = CATALOGUE.campaigns["polar_winter"]
    rows = list(rows_of(campaign))
    assert isinstance(campaign, Campaign)
    assert "(anything else)" not in {row["field"] for row in rows}
    assert {row["basis"] for row in rows} == {""}


def test_parts_are_named_by_their_ids() -> None:
    rows = shown("mission/change_7")
    assert rows["crafts[hopper].life"] == ("4392 h", "sourced M", "S19")
    assert rows["crafts[orbiter].payloads"][0].startswith("stereo mapping camera, ")


def test_sources_are_told_once_each() -> None:
    rows = list(rows_of(CATALOGUE.missions["change_6"]))
    notes = sources_of(rows, CATALOGUE.sources)
    assert len(notes) == len(set(notes))
    assert any(note.startswith("S71: ") for note in notes)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("94672800 s", "3 yr"),
        ("31557600 s", "8766 h"),
        ("7200 s", "2 h"),
        ("253.15 K", "253.15 K (-20 degC)"),
        ("5 kg", "5 kg"),
    ],
)
def test_long_times_and_temperatures_are_told_as_people_think_of_them(text: str, told: str) -> None:
    assert readable(text) == told
