"""The store of a user's terrain: where it is, what its records say, and names that stand for files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain import store
from ilrs_science.environment.terrain.deposit import add_file
from ilrs_science.environment.terrain.stack import terrain_of
from ilrs_science.environment.terrain.store import (
    RECORD,
    entries,
    entry_of,
    remove_entry,
    store_folder,
    terrain_file,
)
from ilrs_science.errors import DataFileError, RequestError, UnknownNameError
from tests.environment.terrain_files import write_tif


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ILRS_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def hill(tmp_path: Path) -> Path:
    return write_tif(tmp_path / "hill.tif", np.arange(256, dtype="int16").reshape(16, 16))


def test_a_variable_names_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store_folder() == folder
    monkeypatch.setenv("ILRS_STORE", "~/moon")
    monkeypatch.setenv("HOME", "/homes/someone")
    monkeypatch.setenv("USERPROFILE", "/homes/someone")
    assert store_folder() == Path("/homes/someone/moon")


@pytest.mark.parametrize(
    ("system", "variable", "value", "expected"),
    [
        ("linux", "XDG_DATA_HOME", "/data", "/data/ilrs_science"),
        ("linux", "XDG_DATA_HOME", "", "/homes/someone/.local/share/ilrs_science"),
        ("darwin", "XDG_DATA_HOME", "/data", "/homes/someone/Library/Application Support/ilrs_science"),
        ("win32", "LOCALAPPDATA", "/local", "/local/ilrs_science"),
    ],
)
def test_otherwise_it_is_where_the_system_keeps_a_users_data(
    monkeypatch: pytest.MonkeyPatch, system: str, variable: str, value: str, expected: str
) -> None:
    monkeypatch.delenv("ILRS_STORE")
    monkeypatch.setenv("HOME", "/homes/someone")
    monkeypatch.setenv(variable, value)
    monkeypatch.setattr(store.sys, "platform", system)
    assert store_folder() == Path(expected)


def test_without_any_folder_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ILRS_STORE")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(store.sys, "platform", "win32")
    with pytest.raises(RequestError, match="set ILRS_STORE"):
        store_folder()


def test_a_store_that_is_not_there_is_empty(folder: Path) -> None:
    assert entries() == []
    assert not folder.exists()


def test_a_record_tells_all_there_is_to_know(hill: Path, folder: Path) -> None:
    entry, _ = add_file(hill)
    assert entries() == [entry] == [entry_of("hill")]
    assert entry.path == folder / "hill" / "hill.tif"
    assert (entry.pixel_m, entry.rows, entry.columns, entry.projection) == (100.0, 16, 16, "south polar")
    assert entry.bounds == (-800.0, -800.0, 800.0, 800.0)
    assert entry.size == hill.stat().st_size
    told = json.loads((folder / "hill" / RECORD).read_text("utf-8"))
    assert set(told) == {
        "name", "source", "added", "files", "projection", "pixel_m", "rows", "columns", "bounds", "licence", "citation",
        "tags",
    }  # fmt: skip
    assert set(told["files"][0]) == {"name", "url", "size", "sha256", "digest_from"}


def test_a_broken_record_is_named(hill: Path, folder: Path) -> None:
    add_file(hill)
    (folder / "hill" / RECORD).write_text('{"name": "hill"}')
    with pytest.raises(DataFileError, match=r"hill/record\.json cannot be read"):
        entries()


def test_files_go_before_names(hill: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, _ = add_file(hill, name="ridge")
    assert terrain_file("ridge") == terrain_file("RIDGE") == entry.path
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ridge").write_bytes(b"")
    assert terrain_file("ridge") == Path("ridge")
    assert terrain_file(Path("anything")) == Path("anything")
    assert terrain_file("some/where") == Path("some/where")
    assert terrain_file("absent.tif") == Path("absent.tif")


def test_an_unknown_name_lists_the_nearest(hill: Path) -> None:
    add_file(hill, name="malapert")
    with pytest.raises(UnknownNameError, match=r"unknown terrain 'malapart'; did you mean malapert\?"):
        terrain_file("malapart")


def test_a_known_product_that_was_not_fetched_says_how() -> None:
    with pytest.raises(RequestError, match="get it with: ilrs data fetch site01_5m"):
        terrain_of("site01_5m")


def test_names_serve_as_terrain_wherever_files_do(hill: Path) -> None:
    add_file(hill, name="ridge")
    by_name, by_file = terrain_of("ridge"), terrain_of(hill)
    assert by_name == by_file
    assert by_name is not None
    assert by_name.names[0] == "hill.tif"
    assert terrain_of(["ridge", "auto"]) == by_file


def test_a_file_of_the_store_that_was_altered_is_named(hill: Path) -> None:
    entry, _ = add_file(hill, name="ridge")
    with entry.path.open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(DataFileError, match=r"hill\.tif has \d+ bytes, its record says \d+; remove"):
        terrain_of("ridge")
    entry.path.unlink()
    with pytest.raises(DataFileError, match=r"hill\.tif has 0 bytes"):
        terrain_of("ridge")


def test_an_entry_is_removed_with_its_files(hill: Path, folder: Path) -> None:
    entry, _ = add_file(hill, name="ridge")
    assert remove_entry("ridge") == entry
    assert entries() == []
    assert list(folder.iterdir()) == []
    with pytest.raises(UnknownNameError, match="unknown terrain 'ridge'"):
        remove_entry("ridge")
