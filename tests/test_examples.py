"""Every example in a docstring, and the README's lines of Python, run and give what they say."""

from __future__ import annotations

import doctest
import importlib
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
