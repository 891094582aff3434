"""``ilrs illumination``: numbers, what they depend on, and how far they may be off."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

SPAN = ("--start", "2026-01-01", "--end", "2027-01-01", "--step", "6 h")
PLACE = ("--site=-89.45,222.69", "--mast", "10 m", *SPAN)


def test_json_is_the_contract(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("illumination", *PLACE)
    found = json.loads(outcome.out)
    assert outcome.status == 0
    assert list(found)[:4] == ["mean_fraction", "lit_fraction", "longest_dark_days", "longest_lit_days"]
    assert {"dem", "mast_m", "start", "end", "spread"} <= set(found)
    # Mazarico et al. 2011 give 93.1 % over 18.6 years; a year differs by a point, the 1600 m grid by two.
    assert abs(found["mean_fraction"] - 0.931) < 0.03
    assert found["mast_m"] == 10.0
    low, high = found["spread"]["one_pixel"]["mean_fraction"]
    assert low < found["mean_fraction"] <= high


def test_the_table_shows_the_widest_spread(ilrs: Callable[..., Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(ilrs("illumination", *PLACE, "--format", "csv").out)))
    mean = next(row for row in rows if row["name"] == "mean_fraction")
    assert float(mean["low"]) < float(mean["value"]) <= float(mean["high"])
    assert mean["single_years"] == "", "one year alone tells nothing about years"
    assert next(row for row in rows if row["name"] == "ground_dem")["value"] == "lola_south_1600m.tif"


def test_the_table_says_what_its_numbers_depend_on(ilrs: Callable[..., Any]) -> None:
    two = (
        "--site=-89.45,222.69",
        "--mast",
        "10 m",
        "--start",
        "2026-01-01",
        "--end",
        "2028-01-01",
        "--step",
        "6 h",
    )
    table = ilrs("illumination", *two, "--format", "table").out
    for name in ("dem", "ground_dem", "mast_m", "range_km", "start", "end", "step_s", "definition"):
        assert f"\n{name} " in table
    assert "area of the uniform solar disc" in table
    rows_of_numbers = table.split("\ndefinition ")[0].splitlines()[:6]
    assert max(map(len, rows_of_numbers)) <= 125, "a long text stands below and pushes no column aside"
    rows = list(csv.DictReader(io.StringIO(ilrs("illumination", *two, "--format", "csv").out)))
    mean = rows[0]
    least = [
        float(mean[case].split(" to ")[0]) for case in ("one_pixel", "half_and_double_mast", "single_years")
    ]
    most = [
        float(mean[case].split(" to ")[1]) for case in ("one_pixel", "half_and_double_mast", "single_years")
    ]
    assert (min(least), max(most)) == (float(mean["low"]), float(mean["high"]))
    assert least[2] < float(mean["value"]) < most[2], "730 days are two years, and no two are alike"
    assert rows[2]["single_years"] == "", "the longest darkness of a single year says nothing about the span"


def test_the_bare_sphere_is_refused(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("illumination", *PLACE, "--terrain", "none")
    assert outcome.status == 2
    assert "need terrain" in outcome.err


def test_the_help_says_why_json_comes_first_and_that_terrain_may_be_repeated(
    ilrs: Callable[..., Any],
) -> None:
    told = " ".join(ilrs("illumination", "--help").out.split())
    assert "json, unlike elsewhere" in told
    assert "[default: json]" in told
    assert "finest first; may be repeated" in told
