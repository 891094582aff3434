"""``ilrs catalogue schema`` and ``new``, and what ``show`` tells of sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.catalogue.library.kinds import KINDS


@pytest.mark.parametrize("kind", ["experiments", "experiment"])
def test_the_schema_of_a_kind_by_either_name(ilrs: Callable[..., Any], kind: str) -> None:
    outcome = ilrs("catalogue", "schema", kind)
    assert outcome.status == 0
    assert json.loads(outcome.out)["title"] == "experiments of the catalogue"


def test_the_schema_without_a_kind_is_that_of_a_file_with_several(ilrs: Callable[..., Any]) -> None:
    assert set(json.loads(ilrs("catalogue", "schema").out)["properties"]) == {*KINDS, "sources"}


def test_schemas_of_all_kinds_go_into_a_folder(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    outcome = ilrs("catalogue", "schema", "--output", tmp_path / "schemas")
    assert (outcome.status, outcome.out) == (0, "")
    written = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert written == {f"{kind}.schema.json" for kind in (*KINDS, "catalogue")}


def test_a_folder_that_cannot_be_made_is_one_line(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    outcome = ilrs("catalogue", "schema", "sites", "--output", tmp_path / "file" / "in")
    assert outcome.status == 2
    assert "cannot write" in outcome.err


@pytest.mark.parametrize("command", ["schema", "new"])
def test_an_unknown_kind_names_the_nearest(ilrs: Callable[..., Any], command: str) -> None:
    outcome = ilrs("catalogue", command, "orbitz")
    assert outcome.status == 2
    assert "did you mean orbit" in outcome.err


def test_new_writes_what_check_accepts(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "experiments").mkdir()
    target = tmp_path / "experiments" / "mine.yaml"
    assert ilrs("catalogue", "new", "experiment", "--output", target).status == 0
    assert ilrs("catalogue", "check", tmp_path).status == 0
    shown = ilrs("catalogue", "show", "my_experiment", tmp_path)
    assert "experiment my_experiment" in shown.out


def test_new_never_writes_over_a_file(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    target.write_text("mine", "utf-8")
    outcome = ilrs("catalogue", "new", "site", "--output", target)
    assert outcome.status == 2
    assert "is there already" in outcome.err
    assert target.read_text("utf-8") == "mine"


def test_new_goes_to_the_screen_without_a_file(ilrs: Callable[..., Any]) -> None:
    assert "\nid: my_site\n" in ilrs("catalogue", "new", "site").out


def test_show_tells_what_its_sources_are_and_which_numbers_are_estimates(ilrs: Callable[..., Any]) -> None:
    lines = ilrs("catalogue", "show", "near_uv_telescope").out.splitlines()
    assert any(line.startswith("S28: ") for line in lines)
    (mass,) = (line for line in lines if line.startswith("mass "))
    assert "estimate L" in mass
    (field,) = (line for line in lines if line.startswith("field_of_view "))
    assert "sourced H" in field
    assert "S28" in field


def test_a_line_of_a_data_sheet_has_its_own_basis(ilrs: Callable[..., Any]) -> None:
    rows = json.loads(
        json.dumps(list(_csv(ilrs("catalogue", "show", "near_uv_telescope", "--format", "csv").out)))
    )
    sheet = [row for row in rows if row["field"].startswith("characteristics[")]
    assert sheet
    assert all(row["field"].endswith(".value") and row["basis"] for row in sheet)


def _csv(text: str) -> Any:
    import csv
    import io

    return csv.DictReader(io.StringIO(text))


def test_new_makes_the_folders_of_its_file(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    target = tmp_path / "mine" / "sites" / "hill.yaml"
    assert ilrs("catalogue", "new", "site", "--output", target).status == 0
    assert ilrs("catalogue", "check", tmp_path / "mine").status == 0
    again = ilrs("catalogue", "new", "site", "--output", target)
    assert (again.status, "is there already" in again.err) == (2, True)
