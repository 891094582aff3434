"""The page on siting: its lines run in order, and its numbers are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ilrs_science import figures
from ilrs_science.cli.siting import COLUMNS, siting
from ilrs_science.studies.siting import place, transport
from ilrs_science.studies.siting.measures import MEASURES

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "SITING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the lines of the page make."""
    made: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        assert len(block.strip().splitlines()) <= 6, block
        exec(block, made)
    return made


def test_the_lines_compare_a_site_an_orbit_and_both(names: dict[str, Any]) -> None:
    expected = {"connecting_ridge", "ilrs_llo_staging", "connecting_ridge+ilrs_llo_staging"}
    assert set(names["table"].index) == expected
    assert set(names["ranking"].index) == set(names["sure"].index) == expected
    assert names["sure"]["first"].sum() == pytest.approx(1.0)
    assert not names["front"]["dominated"].all()
    assert names["never"].loc[("ilrs_llo_staging", "volatile_drilling"), "impossible"] == "needs polar"
    assert names["everything"].sizes["candidate"] == 3


def test_a_pair_adds_up_and_bears_the_worst_as_the_page_says(names: dict[str, Any]) -> None:
    table = names["table"]
    site, orbit, pair = table.loc["connecting_ridge"], table.loc["ilrs_llo_staging"], table.iloc[-1]
    for name in ("power", "battery", "contact", "volume", "mass", "launch_mass"):
        assert pair[name] == pytest.approx(site[name] + orbit[name]), name
    assert pair["darkness"] == max(site["darkness"], orbit["darkness"])
    assert pair["sunlight"] == min(site["sunlight"], orbit["sunlight"])
    assert pair["earth"] == max(site["earth"], orbit["earth"])


def test_the_figures_take_what_the_lines_make(names: dict[str, Any]) -> None:
    found = names["found"]
    assert figures.siting_front(found).data[0].name == "Front"
    assert len(figures.siting_profile(found).data) == 3
    assert len([one for one in figures.siting_experiments(found).data if one.type == "bar"]) == 3
    for name in ("siting_front", "siting_profile", "siting_experiments", "siting_map"):
        assert f"`{name}`" in PAGE


def test_the_table_tells_every_measure_as_it_is() -> None:
    better = {1: "more", -1: "less", 0: ""}
    for name, one in MEASURES.items():
        row = f"| `{name}` | {one.unit} | {better[one.better]} | {one.meaning} |"
        assert re.sub(r"\s+", " ", row) in re.sub(r"[ \t]+", " ", PAGE), name


def test_what_is_assumed_is_what_is_computed() -> None:
    for number in (
        f"margin of {place.MARGIN - 1:.0%}".replace("%", " %"),
        f"{place.BATTERY_WH_KG:g} Wh",
        f"{place.STATION_KG:g} kg",
        *(f"{speed:g} km/s" for speed in transport.DELTA_V.values()),
        f"Specific impulse {transport.SPECIFIC_IMPULSE_S:g} s",
        f"stage {transport.TANKS:.0%}".replace("%", " %"),
        f"up to {transport.LOW_KM:g} km",
    ):
        assert number in PAGE, number
    assert f"{transport.HIGH_KM:.0f} km" in PAGE


def test_the_command_is_one_that_is_understood() -> None:
    (line,) = re.findall(r"^ilrs siting (.*)$", PAGE, re.MULTILINE)
    assert line == 'polar_winter connecting_ridge ilrs_llo_staging --time-limit "1 s"'
    said = CliRunner().invoke(siting, ["--help"]).output
    assert "--time-limit" in said
    head = next(row for row in PAGE.splitlines() if row.startswith("| candidate"))
    shown = [re.sub(r" \[.*\]", "", cell.strip()).replace(" ", "_") for cell in head.strip("|").split("|")]
    assert shown == ["candidate", *COLUMNS, "plan"]


def test_the_page_is_linked() -> None:
    assert "(docs/SITING.md)" in (ROOT / "README.md").read_text("utf-8")
