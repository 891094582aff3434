"""One line for each record: of every kind, and never empty."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.record import Record
from ilrs_science.cli.summaries import readable, summary

CATALOGUE = load_catalogue()


def test_every_shipped_record_has_one_line() -> None:
    for _, record in CATALOGUE.records():
        assert summary(record)
        assert "\n" not in summary(record)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("site/von_karman", "-45.4446 deg, 177.599 deg E, far side"),
        ("orbit/queqiao2", "200 x 16000 km, 62.4 deg, 24.32 h"),
        ("partner/venezuela", "state, member, 2023-07"),
        ("partner/bolivia", "state, member, by 2025-04"),
        ("mission/luna_27", "planned, 2029 to 2030, russia"),
        ("mission/ilrs_1", "planned, 2031, china, russia"),
        ("phase/utilization", "from 2036, roadmap_2021"),
        ("station/ilrs_orbital_station", "ilrs_llo_staging, 12000 W, 40000 Wh"),
        ("asset/power_reactor", "ilrs_surface_base, from construction_2, long_term_support"),
        ("comparison/relay_orbits", "5 places: queqiao1, queqiao2, elfo_12h, elfo_24h, eml2"),
        ("compliance_item/heritage_nasa", "recommendation, check heritage"),
        ("compliance_item/ost_iv", "treaty, a person decides"),
        ("facility/science", "holds the instruments and laboratories, on the ground and in orbit"),
    ],
)  # fmt: skip
def test_a_line_tells_what_matters(name: str, line: str) -> None:
    ((_, record),) = CATALOGUE.find(name)
    assert summary(record) == line


def test_a_kind_that_is_not_known_has_no_line() -> None:
    assert summary(Record(id="x")) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [("7200 s", "2 h"), ("90 s", "1.5 min"), ("59 s", "59 s"), ("3 km", "3 km"), ("x", "x")],
)
def test_long_durations_are_told_in_hours(text: str, words: str) -> None:
    assert readable(text) == words
