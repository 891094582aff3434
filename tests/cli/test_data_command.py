"""``ilrs data``: what is here, what can be fetched, and how it comes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.environment.range_server import serving
from tests.environment.terrain_files import moon_like, write_tif

Ilrs = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ILRS_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def hill(tmp_path: Path) -> Path:
    return write_tif(tmp_path / "hill.tif", np.arange(400, dtype="int16").reshape(20, 20))


def test_the_list_has_shipped_grids_and_known_products(ilrs: Ilrs, folder: Path) -> None:
    told = ilrs("data", "list")
    assert told.status == 0
    lines = told.out.splitlines()
    assert lines[0] == f"store: {folder}"
    assert lines[1].split() == ["name", "state", "pixel_m", "size", "what"]
    assert sum(" shipped " in line for line in lines) == 3
    assert any(line.startswith("south_20m") and "to fetch" in line and "2.7 GB" in line for line in lines)
    assert any(line.startswith("site01_5m") and "unknown" in line for line in lines)
    assert not folder.exists()


def test_a_file_that_was_added_is_listed_and_usable(ilrs: Ilrs, hill: Path, folder: Path) -> None:
    told = ilrs("data", "add", hill, "--name", "ridge", "--source", "our survey", "--licence", "CC0")
    assert told.status == 0
    assert told.out.startswith("ridge is now in the store: 100 m, south polar,")
    assert told.err == ""
    rows = json.loads(ilrs("data", "list", "--format", "json").out)
    (row,) = [row for row in rows if row["state"] == "stored"]
    assert (row["name"], row["what"], row["licence"]) == ("ridge", "our survey", "CC0")
    assert row["sha256"] == hashlib.sha256(hill.read_bytes()).hexdigest()
    assert row["bounds"] == "-1000 -1000 1000 1000"
    assert ilrs("data", "add", hill, "--name", "ridge").out.startswith("ridge was in the store already")
    span = ("--start", "2030-01-01", "--end", "2030-01-02", "--step", "12 h")
    told = ilrs("illumination", "--site", "-89.99,0", *span, "--terrain", "ridge")
    assert told.status == 0
    assert "hill.tif" in told.out


def test_the_list_is_csv_too(ilrs: Ilrs, hill: Path, tmp_path: Path) -> None:
    ilrs("data", "add", hill)
    assert ilrs("data", "list", "--format", "csv", "--output", tmp_path / "list.csv").out == ""
    rows = list(csv.DictReader(io.StringIO((tmp_path / "list.csv").read_text("utf-8"))))
    assert [row["name"] for row in rows if row["state"] == "stored"] == ["hill"]
    assert {row["note"][:17] for row in rows if row["state"] == "to fetch"} == {"address not tried"}


def test_a_fetch_says_that_the_digest_is_first_seen(ilrs: Ilrs, hill: Path) -> None:
    digest = hashlib.sha256(hill.read_bytes()).hexdigest()
    with serving(a__tif=hill.read_bytes()) as site:
        told = ilrs("data", "fetch", f"{site.url}/a.tif")
        assert told.status == 0
        assert told.out.startswith("a is now in the store: 100 m")
        assert f"recorded as first seen: a.tif {digest}" in told.err
        told = ilrs("data", "fetch", f"{site.url}/a.tif", "--name", "b", "--sha256", digest)
        assert (told.status, told.err) == (0, "")


def test_what_goes_wrong_is_one_line_and_nothing_is_kept(
    ilrs: Ilrs, hill: Path, folder: Path, tmp_path: Path
) -> None:
    with serving(a__tif=hill.read_bytes()) as site:
        for arguments, words in (
            (("fetch", f"{site.url}/gone.tif"), "is not there (HTTP 404"),
            (("fetch", f"{site.url}/a.tif", "--sha256", "0" * 64), "not kept"),
            (("fetch", "site1_5m"), "did you mean"),
            (("add", tmp_path / "absent.tif"), "does not exist"),
            (("add", hill, "--name", "a.b"), "cannot be a name"),
        ):
            told = ilrs("data", *arguments)
            assert told.status == 2
            assert told.out == ""
            assert told.err.startswith("ilrs: ")
            assert len(told.err.splitlines()) == 1
            assert words in told.err
    assert list(folder.rglob("*.tif")) == []


def test_all_that_is_recorded_is_shown(ilrs: Ilrs, tmp_path: Path) -> None:
    tagged = write_tif(
        tmp_path / "tagged.tif",
        moon_like(20, 100.0),
        tags={"source": "the survey of 2029", "citation": "Surveyor (2029)"},
    )
    ilrs("data", "add", tagged, "--licence", "CC0")
    told = ilrs("data", "show", "tagged")
    assert (told.status, told.err) == (0, "")
    for line in (
        "licence CC0",
        "citation Surveyor (2029)",
        "what the survey of 2029",
        "rows 20",
        "tag source the survey of 2029",
        f"sha256 tagged.tif {hashlib.sha256(tagged.read_bytes()).hexdigest()} (first seen)",
    ):
        assert line in [" ".join(one.split()) for one in told.out.splitlines()]
    rows = json.loads(ilrs("data", "show", "tagged", "--format", "json").out)
    assert {"field": "file tagged.tif", "value": f"{tagged.stat().st_size} bytes from {tagged}"} in rows


def test_products_and_shipped_grids_are_shown_too(ilrs: Ilrs) -> None:
    assert "to fetch" in ilrs("data", "show", "SITE01_5M").out
    assert "shipped" in ilrs("data", "show", "lola_south_1600m.tif").out
    told = ilrs("data", "show", "nothing")
    assert told.status == 2
    assert "unknown terrain 'nothing'" in told.err


def test_what_is_removed_is_said_and_gone(ilrs: Ilrs, hill: Path, folder: Path) -> None:
    ilrs("data", "add", hill)
    told = ilrs("data", "remove", "hill")
    assert told.status == 0
    assert told.out.startswith("removed hill from the store: hill.tif, ")
    assert list(folder.iterdir()) == []
    assert hill.exists(), "the file it was copied from stays"
    for name, words in (
        ("hill", "unknown terrain 'hill'"),
        ("lola_south_1600m.tif", "comes with the package"),
        ("site01_5m", "is not in the store yet"),
    ):
        told = ilrs("data", "remove", name)
        assert told.status == 2
        assert words in told.err


def test_the_name_of_a_product_is_its_own(ilrs: Ilrs, hill: Path) -> None:
    told = ilrs("data", "add", hill, "--name", "site01_5m")
    assert told.status == 2
    assert "site01_5m is a known product and hill.tif is not its file" in told.err
    assert "ilrs data fetch site01_5m" in told.err


@pytest.mark.filterwarnings("always")
def test_a_map_that_is_odd_is_said_in_one_line_and_a_wrong_one_is_refused(ilrs: Ilrs, tmp_path: Path) -> None:
    high = write_tif(tmp_path / "high.tif", moon_like(100, 400.0) + 5000.0, pixel=400.0)
    told = ilrs("data", "add", high)
    assert told.status == 0
    assert told.err.startswith("ilrs: terrain file high.tif lies 5.0 km above LOLA")
    flipped = write_tif(tmp_path / "flipped.tif", moon_like(100, 400.0)[::-1].copy(), pixel=400.0)
    told = ilrs("data", "add", flipped)
    assert told.status == 2
    assert "upside down" in told.err
    assert len(told.err.splitlines()) == 1


def test_an_unknown_terrain_names_the_nearest(ilrs: Ilrs, hill: Path) -> None:
    ilrs("data", "add", hill, "--name", "malapert")
    span = ("--start", "2030-01-01", "--end", "2030-01-02")
    told = ilrs("illumination", "--site", "-89.9,0", *span, "--terrain", "malapart")
    assert told.status == 2
    assert "did you mean malapert?" in told.err


@pytest.mark.filterwarnings("always")
def test_a_site_outside_the_file_is_told_who_answers_in_one_line(ilrs: Ilrs, hill: Path) -> None:
    span = ("--start", "2030-01-01", "--end", "2030-01-02", "--step", "12 h")
    told = ilrs("illumination", "--site", "-85,0", *span, "--terrain", hill)
    assert told.status == 0
    assert told.err.splitlines() == [
        "ilrs: no given terrain file knows the ground at -85, 0; lola_south_1600m.tif answers instead"
    ]


def test_a_fetch_that_a_person_stops_says_that_it_can_go_on(
    ilrs: Ilrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ilrs_science.cli.data.fetch", stopped)
    told = ilrs("data", "fetch", "site01_5m")
    assert told.status == 3
    first, *_, last = told.err.splitlines()
    assert first == "what has come is kept; the same command goes on from there"
    assert last == "ilrs: stopped"
