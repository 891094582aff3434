"""``ilrs contacts``: who hears a place, as a table, csv or json."""

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

STATION = ("--station", "connecting_ridge_station")
SPAN = ("--start", "2031-01-01", "--end", "2031-01-03")
COLUMNS = (
    "start", "end", "duration_h", "link", "peak_elevation_deg", "mean_rate_Mbit_s", "max_rate_Mbit_s", "volume_Gbit",
    "min_range_km", "light_time_s",
)  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    """Lines of csv by column."""
    return list(csv.DictReader(io.StringIO(text)))


def test_each_contact_is_that_of_the_library(ilrs: Callable[..., Any]) -> None:
    found = rows(
        ilrs("contacts", *STATION, "--via", "jiamusi", "--via", "earth", *SPAN, "--format", "csv").out
    )
    table = package.contacts(
        package.load_catalogue().stations["connecting_ridge_station"], *SPAN[1::2], ["jiamusi", "earth"]
    )
    assert tuple(found[0]) == COLUMNS
    assert [row["link"] for row in found] == list(table["link"])
    for row, (_, contact) in zip(found, table.iterrows(), strict=True):
        assert row["start"] == format_epoch(contact["start"].to_datetime64())
        assert float(row["duration_h"]) == pytest.approx(contact["duration"] / 3600.0, abs=5e-5)
        assert float(row["volume_Gbit"]) == pytest.approx(contact["volume"] / 1000.0, rel=1e-3)
        assert float(row["light_time_s"]) == pytest.approx(contact["light_time"], abs=5e-4)


def test_the_volume_is_the_rate_times_the_time(ilrs: Callable[..., Any]) -> None:
    found = json.loads(ilrs("contacts", *STATION, "--via", "jiamusi", *SPAN, "--format", "json").out)
    for row in found:
        volume = row["mean_rate_Mbit_s"] * row["duration_h"] * 3.6
        assert row["volume_Gbit"] == pytest.approx(volume, rel=2e-3)
        # light at 299792.458 km/s over the distance of the Moon
        assert row["light_time_s"] == pytest.approx(row["min_range_km"] / 299792.458, abs=1e-3)


def test_a_site_has_contacts_without_rates(ilrs: Callable[..., Any]) -> None:
    given = ("contacts", "--site", "malapert", "--via", "jiamusi", *SPAN)
    found = json.loads(ilrs(*given, "--format", "json").out)
    assert len(found) >= 2
    assert {row["mean_rate_Mbit_s"] for row in found} == {None}
    assert all(row["duration_h"] > 0.0 for row in found)
    assert {row["volume_Gbit"] for row in rows(ilrs(*given, "--format", "csv").out)} == {""}


def test_a_relay_is_seen_at_the_pole_and_can_keep_data(ilrs: Callable[..., Any]) -> None:
    through, stored = (
        rows(
            ilrs(
                "contacts", *STATION, "--via", "queqiao2_relay", "--relaying", way, *SPAN, "--format", "csv"
            ).out
        )
        for way in ("through", "stored")
    )
    hours = [sum(float(row["duration_h"]) for row in found) for found in (through, stored)]
    assert 0.0 < hours[0] <= hours[1] + 1e-3, "a relay that keeps data need not see the Earth meanwhile"
    assert {row["link"] for row in through} == {"queqiao2_relay"}


def test_an_orbiter_sends_too(ilrs: Callable[..., Any]) -> None:
    given = ("--orbit", "llo_100", "--via", "jiamusi", "--start", "2031-01-01", "--end", "2031-01-01T12:00")
    outcome = ilrs("contacts", *given)
    assert outcome.status == 0
    title, header, *lines = outcome.out.splitlines()
    assert title == f"{len(lines)} contacts, UTC"
    assert tuple(header.split()) == COLUMNS


def test_no_contact_is_an_answer_and_leaves_the_header(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    far_side = ("--site", "0,180", "--via", "jiamusi", *SPAN)
    outcome = ilrs("contacts", *far_side, "--format", "csv")
    assert (outcome.status, outcome.out, outcome.err) == (0, ",".join(COLUMNS) + "\n", "")
    path = tmp_path / "none.json"
    outcome = ilrs("contacts", *far_side, "--format", "json", "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    assert json.loads(path.read_text("utf-8")) == []


def test_a_higher_mast_sees_the_dish_for_longer(ilrs: Callable[..., Any]) -> None:
    given = (
        "contacts",
        "--site=-89.45,222.69",
        "--via",
        "earth",
        "--start",
        "2031-01-01",
        "--end",
        "2031-01-29",
    )
    low, high = (
        sum(float(row["duration_h"]) for row in rows(ilrs(*given, "--mast", mast, "--format", "csv").out))
        for mast in ("0 m", "500 m")
    )
    assert low < high


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--via", "jiamusi", *SPAN), "either --site or --station or --orbit"),
        ((*STATION, "--site", "0,0", "--via", "jiamusi", *SPAN), "either --site or --station or --orbit"),
        ((*STATION, *SPAN), "Missing option '--via'"),
        ((*STATION, "--via", "jiamusy", *SPAN), "did you mean jiamusi"),
        ((*STATION, "--via", "yevpatoria", *SPAN), "out of use"),
        (("--site", "jiamusi", "--via", "earth", *SPAN), "is a ground station on the Earth"),
        (("--orbit", "llo_100", "--via", "earth", "--terrain", "none", *SPAN), "--terrain belongs to a site"),
        ((*STATION, "--via", "earth", "--mast", "-1 m", *SPAN), "below the ground"),
        ((*STATION, "--via", "earth", "--start", "2031-01-02", "--end", "2031-01-01"), "2031-01-0"),
        ((*STATION, "--via", "earth", "--start", "2070-01-01", "--end", "2070-01-02"), "cover"),
        ((*STATION, "--via", "earth", "--relaying", "later", *SPAN), "--relaying"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("contacts", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
