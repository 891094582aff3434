"""``ilrs nights``: the dark periods of a station, and whether it survives them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

import ilrs_science as package
from ilrs_science.epochs import format_epoch

STATION = ("--station", "connecting_ridge_station")
SPAN = ("--start", "2031-03-01", "--end", "2031-05-01", "--step", "2 h")


def test_each_night_is_that_of_the_library(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("nights", *STATION, *SPAN, "--format", "json")
    station = package.load_catalogue().stations["connecting_ridge_station"]
    table = package.night_survival(station, "2031-03-01", "2031-05-01", step="2 h").table
    rows = json.loads(outcome.out)
    assert len(rows) == len(table) > 3
    for row, (_, night) in zip(rows, table.iterrows(), strict=True):
        assert row["start"] == format_epoch(night["start"].to_datetime64(), "s")
        assert row["duration_h"] == pytest.approx(night["duration_h"], abs=0.006)
        assert row["margin_kWh"] == pytest.approx(night["margin_Wh"] / 1e3, rel=1e-3)
        assert row["energy_kWh"] == pytest.approx(night["energy_Wh"] / 1e3, rel=1e-3)
        assert row["survives"] == "yes"


def test_a_station_that_lasts_is_zero_and_one_line_sums_up(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("nights", *STATION, *SPAN)
    head, *lines = outcome.out.splitlines()
    assert outcome.status == 0
    assert head.split()[:4] == ["start", "end", "duration_h", "energy_kWh"]
    assert {line.split()[-1] for line in lines} == {"yes"}
    assert outcome.err.startswith(
        f"connecting_ridge_station: {len(lines)} dark periods, none lost; least margin "
    )
    assert outcome.err.count("\n") == 1


def test_a_night_that_is_lost_is_status_one(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("nights", *STATION, *SPAN, "--load", "2 kW", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert outcome.status == 1, "a check that answers no"
    assert {row["survives"] for row in rows} == {"no"}
    assert all(float(row["margin_kWh"]) < 0.0 < float(row["unmet_kWh"]) for row in rows)
    assert f"{len(rows)} lost" in outcome.err


def test_no_night_is_an_answer(ilrs: Callable[..., Any]) -> None:
    """The Sun stands above the ridge through the southern summer."""
    summer = ("--start", "2031-10-20", "--end", "2031-10-25", "--step", "2 h", "--mast", "10 m")
    outcome = ilrs("nights", *STATION, *summer, "--format", "json")
    assert (outcome.status, json.loads(outcome.out)) == (0, [])
    assert outcome.err == "connecting_ridge_station: no dark period\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (SPAN, "Missing option '--station'"),
        (("--station", "connecting_ridge_staton", *SPAN), "did you mean connecting_ridge_station"),
        (("--station", "nrho_station", *SPAN), "it stands on no ground"),
        ((*STATION, *SPAN, "--load", "2"), "write '2 W'"),
        ((*STATION, *SPAN, "--mast", "-2 m"), "mast"),
        ((*STATION, "--start", "2031-03-02", "--end", "2031-03-01"), "2031-03-0"),
        ((*STATION, *SPAN, "--terrain", "none", "--terrain", "auto"), "'none' cannot stand"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("nights", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
