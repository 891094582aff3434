"""``ilrs plan``: what is printed, in which form, and with which status; the search itself has tests of its own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from ilrs_science.cli import plan as command
from ilrs_science.errors import RequestError
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, battery, problem

EXPERIMENT = SimpleNamespace(id="drill", name="Drilling", label="Drilling", repeats=2)
PROBLEM = problem(
    activity("drill.1", 3, value=2, energy_W=6),
    activity("drill.2", 3, value=2, energy_W=6, windows=[]),
    resources=(battery(10, 10),),
)


class Task:
    """A campaign whose problem is given."""

    experiments = (EXPERIMENT,)
    windows: ClassVar = {"drill": SimpleNamespace(hours=2.0)}
    problem = PROBLEM

    def __init__(self, record: Any, catalogue: Any) -> None:
        self.record = record

    def __repr__(self) -> str:
        return f"<Campaign {self.record.id}>"

    def prepare(self, progress: Callable[[str, str], None]) -> Any:
        progress("windows", "1 of 1, drill")
        return self.problem

    def plan(self, **options: Any) -> Any:
        assert options.pop("isolate"), "the command line searches in a process of its own"
        return solve(self.problem, **options)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> type[Task]:
    monkeypatch.setattr(command, "Campaign", Task)
    return Task


@pytest.fixture
def bundles(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that a bundle was asked for."""
    asked: list[Path] = []

    def write(folder: Path, task: Any, result: Any) -> Path:
        asked.append(folder)
        return folder

    monkeypatch.setattr(command, "write_bundle", write)
    return asked


pytestmark = pytest.mark.usefixtures("planned")


def test_the_table_has_the_sessions_the_sums_and_the_verdict(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("plan", "polar_winter", "--time-limit", "5 s")
    assert outcome.status == 0
    sessions, sums, left, verdict = outcome.out.strip().split("\n\n")
    assert sessions.splitlines()[-1].split() == [
        "drill.1", "Drilling", "2031-01-01", "00:00", "2031-01-01", "00:30", "0.5", "6", "0", "2",
    ]  # fmt: skip
    assert sums.splitlines()[0].split()[:2] == ["id", "experiment"]
    assert sums.splitlines()[-1].split() == ["drill", "Drilling", "2", "1", "2", "2"]
    assert left.splitlines()[0] == "Left out"
    assert left.splitlines()[-1].split(maxsplit=2) == ["drill.2", "2", "never possible in this span"]
    assert verdict.startswith("<PlanResult OPTIMAL: 1 of 2, value 2.0 (bound 2.0), checked> in ")
    lines = outcome.err.splitlines()
    assert lines[0] == "<Campaign polar_winter>"
    assert lines[1].endswith(" s: windows: 1 of 1, drill")
    assert lines[2].startswith("<Problem ")


def test_csv_and_json_are_the_sessions_alone(ilrs: Callable[..., Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(ilrs("plan", "polar_winter", "--format=csv").out)))
    assert rows == json.loads(ilrs("plan", "polar_winter", "--format=json").out)
    assert rows == [
        {
            "id": "drill.1",
            "experiment": "Drilling",
            "start [UTC]": "2031-01-01 00:00",
            "end [UTC]": "2031-01-01 00:30",
            "length [h]": "0.5",
            "power [W]": "6",
            "data [Mbit]": "0",
            "value": "2",
        }
    ]


def test_without_a_plan_the_status_is_1(
    ilrs: Callable[..., Any], planned: type[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    dark = problem(activity("drill.1"), resources=(battery(10, 5, load=[(0, 60.0)]),))
    monkeypatch.setattr(planned, "problem", dark)
    outcome = ilrs("plan", "polar_winter")
    assert outcome.status == 1
    assert "no plan exists" in outcome.out


def test_the_folder_of_the_bundle_is_told(
    ilrs: Callable[..., Any], bundles: list[Path], tmp_path: Path
) -> None:
    outcome = ilrs("plan", "polar_winter", "--output", tmp_path / "out")
    assert bundles == [tmp_path / "out"]
    assert f"wrote {tmp_path / 'out'}" in outcome.err


@pytest.mark.parametrize("there", [False, True])
def test_the_plan_of_a_killed_search_never_takes_the_place_of_an_earlier_bundle(
    ilrs: Callable[..., Any],
    planned: type[Task],
    bundles: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    there: bool,
) -> None:
    def killed(self: Task, **options: Any) -> Any:
        result = solve(self.problem, time_limit="5 s")
        dead = result.certificate.model_copy(update={"stopped": "killed", "note": "the solver died"})
        return result.model_copy(update={"certificate": dead})

    monkeypatch.setattr(planned, "plan", killed)
    folder = tmp_path / "out"
    if there:
        folder.mkdir()
    outcome = ilrs("plan", "polar_winter", "--output", folder)
    assert outcome.status == 3
    assert bundles == ([] if there else [folder])
    left = f"; {folder} was left as it is" if there else ""
    assert outcome.err.splitlines()[-1] == f"ilrs: the solver died; this is the best plan until then{left}"


def test_the_bundle_is_written_before_anything_is_printed(
    ilrs: Callable[..., Any], bundles: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(task: Any, result: Any) -> Any:
        raise RequestError("no table")

    monkeypatch.setattr(command, "plan_table", broken)
    assert ilrs("plan", "polar_winter", "--output", tmp_path / "out").status == 2
    assert bundles == [tmp_path / "out"]


def test_without_a_folder_nothing_is_written(ilrs: Callable[..., Any], bundles: list[Path]) -> None:
    assert ilrs("plan", "polar_winter").status == 0
    assert bundles == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("polar_wintr",), "unknown campaign 'polar_wintr'; did you mean polar_winter"),
        (("polar_winter", "--time-limit", "60"), "no unit"),
        (("polar_winter", "--seed", "2147483648"), "--seed"),
        (("polar_winter", "--catalogue", "nowhere"), "'nowhere' is not a folder"),
        (("polar_winter", "--format", "xml"), "--format"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("plan", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
