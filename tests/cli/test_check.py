"""``ilrs check`` tells a hundred faults, and how many more there are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.planning.problems import activity, problem


def test_a_hundred_faults_are_told_and_the_rest_counted(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    activities = [activity(f"a{number}", demands={"arm": 1}) for number in range(103)]
    file.write_text(json.dumps({"epoch": "soon", "horizon_s": 7200, "activities": activities}))
    outcome = ilrs("check", file)
    assert outcome.status == 1
    lines = outcome.out.splitlines()
    assert lines[0].startswith("epoch: ")
    assert (len(lines), lines[-1]) == (101, "and 4 more; --format json gives them all")
    assert "104 faults" in outcome.err
    assert len(json.loads(ilrs("check", file, "--format", "json").out)) == 104


def test_what_can_never_be_done_is_a_note_and_no_fault(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "P.json"
    path.write_text(problem(activity("a", windows=[])).to_json(), "utf-8")
    run = ilrs("check", path)
    assert (run.status, run.out) == (0, "")
    assert run.err.splitlines() == [
        "note: 'a' can never be done: it has no window", f"no fault, 1 note in {path}",
    ]  # fmt: skip
    assert json.loads(ilrs("check", path, "--format", "json").out) == []
