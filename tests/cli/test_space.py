"""``ilrs space``: plasma, meteoroids and dose of a span, as three tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ilrs_science as package
from ilrs_science.epochs import format_epoch

SPAN = ("--start", "2026-12-01", "--end", "2027-01-01")
TITLES = ["Stays in magnetosheath", "Meteoroid showers", "Dose rates"]


def test_three_tables_stand_apart(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("space", *SPAN)
    tables = outcome.out.split("\n\n")
    assert (outcome.status, outcome.err) == (0, "")
    assert [table.startswith(title) for table, title in zip(tables, TITLES, strict=True)] == [True] * 3
    assert "solar wind at all other times" in tables[0]
    assert "solar particle events are not included" in tables[2]


def test_each_row_is_that_of_the_library(ilrs: Callable[..., Any]) -> None:
    found = json.loads(ilrs("space", "--site", "malapert", *SPAN, "--format", "json").out)
    assert list(found) == ["crossings", "showers", "doses"]
    site = package.load_catalogue().sites["malapert"]
    stays = package.plasma_crossings(*SPAN[1::2], site)
    assert [row["region"] for row in found["crossings"]] == list(stays["region"])
    for row, hours in zip(found["crossings"], stays["duration"] / 3600.0, strict=True):
        assert row["duration_h"] == pytest.approx(hours, abs=0.006)
    showers = package.meteoroid_showers(*SPAN[1::2], site)
    assert [row["shower"] for row in found["showers"]] == list(showers["shower"])
    for row, (_, shower) in zip(found["showers"], showers.iterrows(), strict=True):
        assert row["peak"] == format_epoch(shower["peak"].to_datetime64(), "s")
        assert row["radiant_elevation_deg"] == pytest.approx(shower["radiant_elevation"], abs=0.06)
    dose = package.dose_rates(["2026-12-01"])["dose_equivalent_rate"].item()
    row = next(row for row in found["doses"] if row["variable"] == "dose_equivalent_rate")
    assert row["least"] <= dose <= row["greatest"]
    assert row["unit"] == "uSv/h"


def test_without_a_place_no_radiant_stands_above_a_horizon(ilrs: Callable[..., Any]) -> None:
    showers = json.loads(ilrs("space", *SPAN, "--only", "showers", "--format", "json").out)
    assert list(showers) == ["showers"]
    geminids = next(row for row in showers["showers"] if row["shower"] == "geminids")
    assert geminids["radiant_elevation_deg"] is None
    # The Earth's Geminids of 2026 peak on 14 December, solar longitude 262.2 deg (IMO calendar).
    assert geminids["peak"].startswith("2026-12-14")


def test_an_orbiter_has_more_sky_and_more_dose(ilrs: Callable[..., Any]) -> None:
    day = ("--start", "2026-12-01", "--end", "2026-12-02", "--format", "json")
    ground, above = (
        json.loads(ilrs("space", *place, *day).out)["doses"][0]["mean"]
        for place in ((), ("--orbit", "llo_100"))
    )
    # Half of the sky on the ground; at 100 km (1 + sqrt(1 - (1737.4 / 1837.4)^2)) / 2 = 0.6627.
    assert above / ground == pytest.approx(2.0 * 0.6627, rel=0.01)


def test_a_span_of_minutes_has_a_dose_too(ilrs: Callable[..., Any]) -> None:
    minutes = ("--start", "2026-12-01", "--end", "2026-12-01T00:10", "--only", "doses", "--format", "json")
    (equivalent, absorbed) = json.loads(ilrs("space", *minutes).out)["doses"]
    assert equivalent["least"] == equivalent["greatest"] > absorbed["least"] > 0.0


def test_csv_holds_one_table(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    outcome = ilrs("space", *SPAN, "--format", "csv")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "ilrs: csv holds one table; add --only crossings, --only showers or --only doses\n"
    path = tmp_path / "plasma.csv"
    outcome = ilrs("space", *SPAN, "--only", "crossings", "--format", "csv", "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert [row["region"] for row in rows] == ["magnetosheath", "magnetotail", "magnetosheath"]
    assert rows[0]["end"] == rows[1]["start"]


def test_a_file_holds_the_three_tables_of_the_screen(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "space.txt"
    outcome = ilrs("space", *SPAN, "--output", path)
    assert (outcome.out, outcome.err) == ("", f"wrote {path}\n")
    assert path.read_text("utf-8") == ilrs("space", *SPAN).out


def test_a_span_without_plasma_or_showers_is_an_answer(ilrs: Callable[..., Any]) -> None:
    quiet = ("--start", "2027-02-12", "--end", "2027-02-13", "--format", "json")
    found = json.loads(ilrs("space", *quiet).out)
    assert (found["crossings"], found["showers"]) == ([], [])
    assert len(found["doses"]) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--site", "nowhere", *SPAN), "unknown site 'nowhere'"),
        (("--site", "jiamusi", *SPAN), "is a ground station on the Earth"),
        (("--orbit", "llo_101", *SPAN), "unknown orbit 'llo_101'"),
        (("--site", "0,0", "--orbit", "llo_100", *SPAN), "either --site or"),
        (("--start", "2031-01-02", "--end", "2031-01-01"), "2031-01-0"),
        (("--start", "2070-01-01", "--end", "2070-01-02"), "cover"),
        ((*SPAN, "--only", "plasma"), "--only"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("space", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
