"""A record as one line of a table."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.rows import rows_of
from ilrs_science.cli.catalogue_lines import COLUMNS, is_narrow, line_of


def test_a_line_has_the_columns() -> None:
    for kind, record in load_catalogue().records():
        line = line_of(kind, record)
        assert tuple(line) == COLUMNS
        assert (line["kind"], line["id"]) == (kind, record.id)


def test_a_line_tells_no_estimate_that_show_does_not() -> None:
    for kind, record in load_catalogue().records():
        line = line_of(kind, record)
        bases = {row["basis"] for row in rows_of(record)}
        assert ("~" in line["summary"]) <= line["basis"].startswith("estimate"), record.id
        assert line["basis"] in {*bases, ""}, record.id


@pytest.mark.parametrize(("columns", "narrow"), [(100, True), (200, False)])
def test_only_a_screen_is_narrow(monkeypatch: pytest.MonkeyPatch, columns: int, narrow: bool) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, 50)))
    assert not is_narrow("table", None)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert is_narrow("table", None) is narrow
    assert not is_narrow("csv", None)
    assert not is_narrow("table", Path("x.txt"))
