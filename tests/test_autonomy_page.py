"""The page on autonomy: its lines run in order, and its tables tell what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

import ilrs_science
from ilrs_science.catalogue.risk import DisruptionKind, Exposure, Risk, Role
from ilrs_science.planning.execution.executive import Executive

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "AUTONOMY.md").read_text("utf-8")
PLANNER = (ROOT / "docs" / "PLANNER.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The problem of the page on the planner and the files of this one, in the folder where its lines run."""
    (problem,) = re.findall(r"```json\n(.*?)```", PLANNER, re.DOTALL)
    (tmp_path / "PROBLEM.json").write_text(problem, "utf-8")
    for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_run_in_order(folder: Path) -> None:
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        assert 1 <= len(block.strip().splitlines()) <= 6, block
        exec(block, names)
    ran, said = names["ran"], re.search(r"# (<Execution .*>)", PAGE)[1]
    assert len(names["wrong"]) == 3
    assert re.sub(r"\d+", "N", said) == re.sub(
        r"\d+", "N", repr(ran)
    )  # of several best plans any may be found
    assert ran.value < ran.planned_value
    assert set(names["history"].data_vars) >= {"battery_charge", "storage_level", "station_asleep"}
    assert {one.name for one in names["drawn"]} & {"drill_stuck"}
    assert names["slept"].asleep
    assert names["new"].value is not None
    assert 0 < names["new"].kept <= names["new"].asked
    assert names["lived"].value >= ran.value
    assert names["days"] == min(days for days in names["alone"].limits.values() if days is not None)
    assert list(names["costs"].index) == [0.0, 0.5, 1.0]
    assert dict(names["many"].sizes) == {"mode": 2, "scenario": 1, "seed": 4}
    assert set(names["reasons"].values.flat) == {""}
    assert names["uneven"] != ilrs_science.execute(names["problem"], names["plan"])


def test_the_commands_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ilrs_science.cli import main

    problem = ilrs_science.Problem.from_json("PROBLEM.json")
    Path("RESULT.json").write_text(ilrs_science.solve(problem, time_limit="3 s").to_json(), "utf-8")
    lines = re.findall(r"^ilrs ((?:execute|replan|autonomy|ensemble) .*?)(?:\s+#.*)?$", PAGE, re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line))
        assert ended.value.code in (0, None), (line, capsys.readouterr().err)
    assert (folder / "OUT" / "history.nc").exists()
    assert ilrs_science.Plan.from_json("NEW.json").epoch == problem.epoch
    assert (folder / "lives" / "ensemble.nc").exists()


def test_the_recipes_for_clusters_are_python() -> None:
    recipes = re.findall(r"```py\n(.*?)```", PAGE, re.DOTALL)
    assert [compile(recipe, "recipe", "exec").co_names[0] for recipe in recipes] == [
        "dask_jobqueue", "dask_kubernetes.operator", "dask_gateway",
    ]  # fmt: skip


def test_the_tables_tell_of_every_kind_role_exposure_and_rule() -> None:
    words = {*get_args(DisruptionKind), *Role, *Exposure}
    fields = {
        name
        for name in Risk.model_fields
        if name not in ("id", "name", "note", "basis", "disruption", "grows_in")
    }
    rules = set(Executive.model_fields) - {"sleep_sun_deg"}
    assert [word for word in sorted(words | fields | rules) if f"`{word}`" not in PAGE] == []


def test_the_page_is_linked() -> None:
    assert "(docs/AUTONOMY.md)" in (ROOT / "README.md").read_text("utf-8")
