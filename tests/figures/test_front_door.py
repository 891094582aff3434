"""The names of the figures."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ilrs_science import figures

CODE = """
import importlib, pkgutil
import ilrs_science.figures as figures
for one in pkgutil.iter_modules(figures.__path__):
    importlib.import_module(f"ilrs_science.figures.{one.name}")
print([name for name in figures.__all__ if type(getattr(figures, name)).__name__ != "function"])
"""


def test_no_module_takes_the_place_of_a_function_of_its_name() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_names_are_sorted_and_have_homes() -> None:
    assert list(figures.__all__) == sorted(figures._HOMES)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        figures.nothing  # noqa: B018
