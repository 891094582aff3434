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
