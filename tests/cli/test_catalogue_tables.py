"""``ilrs catalogue diff, search, interference, traceability``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli import catalogue_tables


@pytest.fixture
def rows(ilrs: Callable[..., Any]) -> Callable[..., list[dict[str, str]]]:
    def run(*words: object) -> list[dict[str, str]]:
        outcome = ilrs("catalogue", *words, "--format", "json")
        assert outcome.status == 0, outcome.err
        found: list[dict[str, str]] = json.loads(outcome.out)
        return found

    return run


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(
        "sites:\n- {extends: malapert, name: Mine}\n"
        "- {id: hill, latitude: 1 deg, longitude: 1 deg, basis: {default: estimate}}\n",
        "utf-8",
    )
    return tmp_path


def test_diff_tells_what_a_folder_changes(rows: Callable[..., list[dict[str, str]]], mine: Path) -> None:
    added, changed = rows("diff", mine)
    assert (added["id"], added["change"]) == ("hill", "added")
    shipped = load_catalogue().sites["malapert"].name
    assert (changed["field"], changed["before"], changed["after"]) == ("name", shipped, "Mine")


def test_diff_between_two_folders(
    rows: Callable[..., list[dict[str, str]]], mine: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert rows("diff", mine, mine) == []
    other = tmp_path_factory.mktemp("other")
    hill = "{id: hill, latitude: 1 deg, longitude: 1 deg, basis: {default: estimate}}"
    (other / "mine.yaml").write_text(f"sites:\n- {hill}\n", "utf-8")
    assert [(row["id"], row["change"]) for row in rows("diff", mine, other)] == [("malapert", "changed")]


def test_diff_of_a_folder_that_is_not_there_is_one_line(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("catalogue", "diff", "nowhere")
    assert (outcome.status, outcome.out) == (2, "")
    assert "is not a folder" in outcome.err


def test_search_finds_by_words_and_forgives_an_error(rows: Callable[..., list[dict[str, str]]]) -> None:
    assert rows("search", "ultraviolet", "telescope")[0]["id"] == "near_uv_telescope"
    assert any(row["kind"] == "instrument" for row in rows("search", "seismomter"))
    assert len(rows("search", "radar", "--limit", 1)) == 1


def test_search_without_success_says_so(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("catalogue", "search", "qqqqqqqq")
    assert outcome.status == 0
    assert "nothing found" in outcome.err


def test_search_looks_into_a_folder(rows: Callable[..., list[dict[str, str]]], mine: Path) -> None:
    assert rows("search", "hill", "--folder", mine)[0]["id"] == "hill"


def test_interference_of_a_campaign(rows: Callable[..., list[dict[str, str]]]) -> None:
    found = rows("interference", "--campaign", "polar_winter")
    pairs = {(row["source"], row["victim"]) for row in found}
    assert ("subsurface_radar_profile", "solar_radio_bursts") in pairs
    assert all(row["reason"] and row["reach"] for row in found)
    assert len(rows("interference")) >= len(found)


def test_traceability_has_a_line_for_every_experiment(rows: Callable[..., list[dict[str, str]]]) -> None:
    found = rows("traceability")
    assert {row["experiment"] for row in found} == set(load_catalogue().experiments)
    assert any(row["requirement"] for row in found)
    assert set(found[0]) == {"experiment", "objective", "measurement", "instrument", "requirement", "basis"}


@pytest.mark.parametrize("words", [[""], ["  "], ["'", "-"]])
def test_an_empty_search_is_refused_in_one_line(ilrs: Callable[..., Any], words: list[str]) -> None:
    outcome = ilrs("catalogue", "search", *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert "search for what?" in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_search_marks_doubt_as_list_does(rows: Callable[..., list[dict[str, str]]]) -> None:
    listed = {(row["kind"], row["id"]): row for row in rows("list")}
    assert all(row == listed[row["kind"], row["id"]] for row in rows("search", "telescope"))


def test_nothing_to_show_is_said(ilrs: Callable[..., Any], mine: Path) -> None:
    assert "no difference" in ilrs("catalogue", "diff", mine, mine).err


def test_on_a_narrow_screen_reasons_and_objectives_leave_the_table(
    ilrs: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("catalogue", "interference", "--campaign", "polar_winter")
    wide = ilrs(*asked).out.splitlines()
    assert "reason" in wide[0].split()
    monkeypatch.setattr(catalogue_tables, "is_narrow", lambda form, output: True)
    narrow = ilrs(*asked).out.splitlines()
    assert narrow[0].split() == ["source", "victim", "disturbance", "reach"]
    assert any(line.startswith("dust: dust settles") for line in narrow)
    lines = ilrs("catalogue", "traceability").out.splitlines()
    assert lines[0].split() == ["experiment", "measurement", "instrument", "requirement", "basis"]
    assert lines[-1].startswith("Objectives: ")
