"""What is on the shelf is whole, or it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.studies.ensemble.shelf import Shelf, code_digest, digest_of


def test_what_was_put_there_is_there(tmp_path: Path) -> None:
    shelf, name = Shelf(tmp_path / "kept"), digest_of({"a": 1})
    assert shelf.get(name) is None
    shelf.put(name, {"value": 1.25, "charge": float("nan")})
    found = Shelf(tmp_path / "kept").get(name)
    assert found is not None
    assert found["value"] == 1.25
    assert found["charge"] != found["charge"]
    assert [path.name for path in (tmp_path / "kept").rglob("*.*")] == [f"{name}.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"digest": "other", "kept": {}}', '{"kept": {"value": 1}}'])
def test_what_is_damaged_is_not_there(tmp_path: Path, text: str) -> None:
    shelf, name = Shelf(tmp_path), digest_of({"a": 1})
    shelf.put(name, {"value": 1})
    next(tmp_path.rglob("*.json")).write_text(text, "utf-8")
    assert shelf.get(name) is None
    shelf.put(name, {"value": 2})
    assert shelf.get(name) == {"value": 2}


def test_no_folder_keeps_nothing() -> None:
    shelf = Shelf(None)
    shelf.put("ab", {"value": 1})
    assert shelf.get("ab") is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RequestError, match="cannot write"):
        Shelf(tmp_path / "file").put("ab", {})


def test_digests_do_not_depend_on_order_and_the_code_has_one() -> None:
    assert digest_of({"a": 1, "b": [2.5]}) == digest_of({"b": [2.5], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert len(code_digest()) == 64
