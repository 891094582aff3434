"""Files to take away: they are what the lines of Python write."""

from __future__ import annotations

import base64
import pathlib
import re
from typing import Any

import pytest

from ilrs_science.panels.plan_downloads import download_lines, downloads
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.panels.planned import small_model


def test_every_file_is_what_its_line_writes(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = small_model()
    page = downloads(model.loaded, model.shown)
    files = {
        name: base64.b64decode(content)
        for name, content in re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', page)
    }
    stem = "polar_winter-plan1"
    assert set(files) == {f"{stem}.json", f"{stem}.csv", f"{stem}.ics", f"{stem}-problem.json"}
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {"pathlib": pathlib, "plan1": model.result}
    exec(download_lines(model.loaded, model.shown), known)
    for name, content in files.items():
        assert (tmp_path / name).read_bytes() == content
    problem, plan = (
        Problem.from_json(tmp_path / f"{stem}-problem.json"),
        Plan.from_json(tmp_path / f"{stem}.json"),
    )
    assert check(problem, plan) == []
    assert files[f"{stem}.ics"].count(b"BEGIN:VEVENT") == len(plan)


def test_without_a_plan_there_is_nothing_to_save() -> None:
    model = small_model(opened=False)
    assert "as soon as there is one" in downloads(model.loaded, None)
    assert download_lines(model.loaded, None) == ""
