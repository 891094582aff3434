"""Every example in a docstring, and the README's lines of Python, run and give what they say."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import numpy as np
import pytest

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
