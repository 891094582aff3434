"""What is on the shelf is not done again; a wish to stop is heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ilrs_science.studies.ensemble.case import Case
from ilrs_science.studies.ensemble.lives import Member
from ilrs_science.studies.ensemble.run import Run
from ilrs_science.studies.ensemble.shelf import Shelf
from tests.studies.ensemble.small import station
from tests.studies.ensemble.test_case import LIFE

OPTIONS = {"time_limit": "1 s", "seed": 1, "workers": 1}


def test_what_is_finished_is_taken_from_the_shelf(tmp_path: Path) -> None:
    case = Case(*station())
    member = Member((0, 3), case, LIFE)
    with Run(Shelf(tmp_path), None, 0, lambda: False) as run:
        ((place, first),) = run.members([member])
        ((_, planned),) = run.plans([case.problem], OPTIONS)
    assert place == (0, 3)
    with Run(Shelf(tmp_path), None, 0, lambda: True) as run:  # nothing may be done any more
        assert list(run.members([member])) == [((0, 3), first)]
        assert list(run.plans([case.problem], OPTIONS)) == [(case.problem, planned)]
        assert list(run.plans([case.problem], OPTIONS | {"seed": 2})) == []


def test_what_failed_is_told_and_tried_again(tmp_path: Path) -> None:
    case = Case(*station())
    wrong = replace(LIFE, disruptions=(LIFE.disruptions[0].model_copy(update={"resources": ("x",)}),))
    with Run(Shelf(tmp_path), None, 0, lambda: False) as run:
        ((_, answer),) = run.members([Member((0,), case, wrong)])
    assert "failure" in answer
    assert list(tmp_path.rglob("*.json")) == []
