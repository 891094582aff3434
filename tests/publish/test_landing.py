"""What the landing page knows of the notebooks."""

from __future__ import annotations

import json
from pathlib import Path

from ilrs_science.paths import share_folder
from ilrs_science.publish.landing import dashboards_in


def book(folder: Path, name: str, metadata: object) -> None:
    (folder / name).write_text(json.dumps({"metadata": metadata, "cells": []}), "utf-8")


def test_notebooks_without_a_summary_are_not_published(tmp_path: Path) -> None:
    book(tmp_path, "02_b.ipynb", {"title": "B", "ilrs": {"summary": "About B."}})
    book(tmp_path, "01_a.ipynb", {"title": "A", "ilrs": {"summary": "About A."}})
    book(tmp_path, "03_c.ipynb", {"title": "C"})
    assert [board.title for board in dashboards_in(tmp_path, tmp_path)] == ["A", "B"]


def test_each_shipped_dashboard_has_a_title_a_sentence_and_a_picture() -> None:
    boards = dashboards_in(share_folder("notebooks"), share_folder("dashboards") / "pictures")
    assert {board.file for board in boards} >= {
        "04_windows.ipynb",
        "05_plan.ipynb",
        "06_replan.ipynb",
        "07_siting.ipynb",
    }
    for board in boards:
        assert board.title
        assert board.summary.endswith(".")
        assert 'aria-label="' in board.picture


def test_no_page_asset_names_another_host() -> None:
    folder = share_folder("dashboards")
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in {".css", ".js", ".html", ".j2", ".json", ".svg"}:
            text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text, path
            assert "https://" not in text, path
