"""Every example in a docstring, and the README's lines of Python, run and give what they say."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

import ilrs_science
from ilrs_science.catalogue.library.kinds import KINDS

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "ilrs_science").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted > 0
    assert found.failed == 0


def test_there_are_examples_on_every_floor() -> None:
    floors = {name.split(".")[1] for name in MODULES}
    assert {"units", "epochs", "intervals", "catalogue", "environment", "windows"} <= floors


def test_the_lines_of_the_readme_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 1
    names: dict[str, object] = {}
    exec(blocks[0].replace(".show()", "").replace('time_limit="20 s"', 'time_limit="3 s"'), names)
    assert names["result"].checked
    assert np.isfinite(names["result"].objective)


def test_the_examples_of_the_page_on_places_run_in_order() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "PLACE.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        assert 1 <= len(block.strip().splitlines()) <= 6, block
        exec(block.replace(".show()", ""), names)
    assert 0.9 < names["mean"] < 0.96
    low, high = names["over_pixels"]
    assert low < names["mean"] <= high
    assert names["windows"].hours > 0.0
    assert float(names["ground"].surface_temperature.min()) < float(
        names["ground"].temperature.sel(depth=1.0).mean()
    )
    assert 60e3 < names["need"] < 240e3
    assert list(names["best"].columns)[:2] == ["latitude", "longitude"]
    assert (names["seen_by"]["volume"] > 0.0).all()
    assert float(names["passed_on"].delivered_volume[-1]) > 0.0
    assert "geminids" in set(names["showers"]["shower"])


def test_the_commands_of_the_page_on_places_exist(capsys: pytest.CaptureFixture[str]) -> None:
    from ilrs_science.cli import _COMMANDS, main

    page = (ROOT / "docs" / "PLACE.md").read_text("utf-8")
    lines = re.findall(r"^ilrs (.*?)(?:\s+#.*)?$", page, re.MULTILINE)
    assert len(lines) >= 7
    for line in lines:
        words = line.split()
        path = words[:2] if words[0] in ("data", "catalogue") else words[:1]
        assert path[0] in _COMMANDS
        with pytest.raises(SystemExit) as ended:
            main([*path, "--help"])
        assert ended.value.code in (0, None)
        offered = capsys.readouterr().out
        assert [word for word in words if word.startswith("--") and word not in offered] == []


def test_the_page_on_places_is_short_and_linked() -> None:
    assert len((ROOT / "docs" / "PLACE.md").read_text("utf-8").splitlines()) <= 200
    assert "(docs/PLACE.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(PLACE.md)" in (ROOT / "docs" / "REFERENCE.md").read_text("utf-8")


CATALOGUE_PAGE = (ROOT / "docs" / "CATALOGUE.md").read_text("utf-8")


@pytest.fixture
def my_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the page on the catalogue, in the folder where its lines run."""
    ((name, text),) = re.findall(r"```yaml\n# (\S+)\n(.*?)```", CATALOGUE_PAGE, re.DOTALL)
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "my_folder"


def test_the_examples_of_the_page_on_the_catalogue_run_in_order(my_folder: Path) -> None:
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", CATALOGUE_PAGE, re.DOTALL):
        assert 1 <= len(block.strip().splitlines()) <= 6, block
        exec(block, names)
    assert str(names["trust"]) == "estimate L"
    same = ilrs_science.Instrument(**names["radar"].model_dump(mode="json"))
    assert same == names["radar"]
    assert hash(same) == hash(names["radar"])
    assert names["camera"].data_rate == pytest.approx(16 / 60)
    assert (names["radar"].mass, names["radar"].power.operate, names["lighter"].mass) == (3.5, 14.0, 3.0)
    assert names["table"].attrs["units"]["mass"] == "kg"
    assert 0 < len(names["light"]) < 89
    assert names["found"][0].record.id == "farside_seismic_suite"
    assert "continuous_seismology" in {edge.id for edge in names["users"]}
    assert set(names["changed"]["id"]) == {"my_radar", "ice_profile"}
    assert set(names["changed"]["change"]) == {"added"}
    assert list(names["pairs"]["victim"]) == ["solar_radio_bursts"]
    assert {pair.disturbance for pair in names["aloud"]} == {"vibration"}
    assert names["findings"]
    assert names["broken"] == []


def test_the_commands_of_the_page_on_the_catalogue_run(
    my_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ilrs_science.cli import main

    lines = re.findall(r"^ilrs (catalogue .*?)(?:\s+#.*)?$", CATALOGUE_PAGE, re.MULTILINE)
    assert len({line.split()[1] for line in lines}) == 12
    for line in lines:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line))
        assert ended.value.code in (0, None), line
        assert any(capsys.readouterr())


def test_the_page_on_the_catalogue_counts_what_is_there() -> None:
    counts = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", CATALOGUE_PAGE, re.MULTILINE))
    catalogue = ilrs_science.load_catalogue()
    assert counts == {folder: str(len(getattr(catalogue, folder))) for folder in KINDS}


def test_the_page_on_the_catalogue_counts_what_a_person_decides() -> None:
    items = ilrs_science.load_catalogue().compliance.values()
    checked = [item for item in items if item.automatic]
    said = (
        f"Of {len(items)} items {len(checked)} have a check",
        f"For {len(items) - len(checked)} items a program can do nothing",
        f"{sum(bool(item.decide) for item in checked)} of the others leave something",
    )
    assert [words for words in said if words not in CATALOGUE_PAGE] == []


def test_more_than_half_of_the_shipped_numbers_are_estimates() -> None:
    bases = [
        record.provenance_of(path).basis
        for _, record in ilrs_science.load_catalogue().records()
        for path, _ in record.numbers()
    ]
    assert 0.5 < bases.count("estimate") / len(bases) < 0.65


def test_the_page_on_the_catalogue_is_short_and_linked() -> None:
    assert len(CATALOGUE_PAGE.splitlines()) <= 150
    assert "(docs/CATALOGUE.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(CATALOGUE.md)" in (ROOT / "docs" / "REFERENCE.md").read_text("utf-8")


PLANNER_PAGE = (ROOT / "docs" / "PLANNER.md").read_text("utf-8")
(PROBLEM_TEXT,) = re.findall(r"```json\n(.*?)```", PLANNER_PAGE, re.DOTALL)


@pytest.fixture
def problem_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the lines of the page on the planner run."""
    (tmp_path / "PROBLEM.json").write_text(PROBLEM_TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_problem_of_the_page_on_the_planner_shows_every_field() -> None:
    from ilrs_science.planning.problem.problem import PARTS

    fields = json.loads(PROBLEM_TEXT)
    assert ilrs_science.Problem.from_fields(fields).activities
    assert set(fields) == set(ilrs_science.Problem.model_fields)
    written = {name for entry in fields["activities"] for name in entry}
    assert set(PARTS["activities"].model_fields) - written == {"optional"}
    for entry in fields["resources"]:
        assert set(entry) <= set(PARTS[entry["kind"]].model_fields)
    for kind in ("renewable", "battery", "storage", "link"):
        there = {name for entry in fields["resources"] if entry["kind"] == kind for name in entry}
        assert there == set(PARTS[kind].model_fields)
    explained = PLANNER_PAGE.partition("## A problem")[2]
    named = {name for name in PARTS["activities"].model_fields if f"`{name}`" in explained}
    assert set(PARTS["activities"].model_fields) - named == {"name"}


def test_the_examples_of_the_page_on_the_planner_run_in_order(problem_folder: Path) -> None:
    from ilrs_science.planning.judge.certificate import verify

    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PLANNER_PAGE, re.DOTALL):
        assert 1 <= len(block.strip().splitlines()) <= 6, block
        exec(block, names)
    problem, result = names["problem"], names["result"]
    assert result.status == "OPTIMAL"
    assert set(result.plan.left_out) == set(names["reasons"]["id"])
    assert names["why"].price.cost == pytest.approx(0.5)
    assert names["moved"].plan.starts["listen"] == 43200
    assert names["moved"].checked
    assert len(names["front"].points) == 3
    altered = ilrs_science.PlanResult.from_json(names["altered"])
    said = re.search(r"ilrs check: ('drive'.*)", PLANNER_PAGE)[1]
    assert said in str([str(one) for one in verify(problem, altered.plan, altered.certificate)])
    assert names["calendar"].count("BEGIN:VEVENT") == len(result.plan)


def test_the_commands_of_the_page_on_the_planner_run_in_order(
    problem_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ilrs_science.cli import main

    lines = re.findall(r"^ilrs (.*?)(?:\s+#.*)?$", PLANNER_PAGE, re.MULTILINE)
    assert {line.split()[0] for line in lines} == {"schema", "check", "solve", "explain", "export"}
    for line in lines:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line))
        assert ended.value.code in (0, None), (line, capsys.readouterr().err)
    assert {"problem.schema.json", "RESULT.json", "AGAIN.json", "plan.ics"} <= {
        path.name for path in problem_folder.iterdir()
    }


def test_the_page_on_the_planner_tells_faults_as_they_are_told(
    problem_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from ilrs_science.cli import main

    rows = re.findall(r"^\| `(\w+)` \| `(.*?)` \| (.*) \|$", PLANNER_PAGE, re.MULTILINE)
    assert len(rows) == 8
    for name, written, said in rows:
        fields = json.loads(PROBLEM_TEXT)
        (entry,) = (one for one in fields["activities"] + fields["resources"] if one["id"] == name)
        entry.update(json.loads(f"{{{written}}}"))
        (problem_folder / "PROBLEM.json").write_text(json.dumps(fields), "utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["check", "PROBLEM.json"])
        assert ended.value.code == 1
        assert said in capsys.readouterr().out.splitlines()


def test_the_page_on_the_planner_is_short_and_linked() -> None:
    assert len(PLANNER_PAGE.splitlines()) <= 200
    assert "(docs/PLANNER.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(PLANNER.md)" in (ROOT / "docs" / "REFERENCE.md").read_text("utf-8")
