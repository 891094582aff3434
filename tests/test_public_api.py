"""The front door: what ``import ilrs_science`` gives, and what it does not cost."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest
from numpydoc.validate import validate

import ilrs_science

HEAVY = [
    "anywidget", "click", "dask", "distributed", "h5netcdf", "icalendar", "ipywidgets", "jplephem", "jupyterlab",
    "numba", "numpy", "ortools", "pandas", "pint", "plotly", "pydantic", "rasterio", "rich", "scipy", "tornado",
    "voila", "xarray", "yaml", "zarr",
]  # fmt: skip


def run(code: str) -> object:
    """What a fresh interpreter prints as JSON."""
    command = [sys.executable, "-c", f"import json, sys; {code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    return json.loads(done.stdout)


def test_the_list_of_public_names_is_sorted() -> None:
    assert list(ilrs_science.__all__) == sorted(set(ilrs_science.__all__))


def test_the_public_names_are_what_dir_shows() -> None:
    shown = [name for name in dir(ilrs_science) if not name.startswith("_")]
    assert set(ilrs_science.__all__) <= {*shown, "__version__"}


@pytest.mark.parametrize("name", ilrs_science.__all__)
def test_a_public_name_can_be_had_and_is_documented(name: str) -> None:
    value = getattr(ilrs_science, name)
    if inspect.isclass(value) or callable(value) or inspect.ismodule(value):
        assert inspect.getdoc(value)


@pytest.mark.parametrize("name", ilrs_science.__all__)
def test_a_public_function_documents_every_parameter(name: str) -> None:
    value = getattr(ilrs_science, name)
    if inspect.isfunction(value):
        faults = validate(f"{value.__module__}.{value.__qualname__}")["errors"]
        assert [fault for fault in faults if fault[0] in ("PR01", "PR02", "PR07")] == []


def test_an_unknown_name_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="find_window"):
        _ = ilrs_science.find_window


def test_importing_the_package_loads_no_third_party_package() -> None:
    loaded = run(f"import ilrs_science; print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))")
    assert loaded == []


def test_importing_the_package_loads_few_modules() -> None:
    """Time depends on the machine; what is loaded does not. Measured 2026-11: 0.03 s, against a budget of 0.3 s."""
    count = run(
        "before = len(sys.modules); import ilrs_science; print(json.dumps(len(sys.modules) - before))"
    )
    assert isinstance(count, int)
    assert count < 40


def test_importing_the_package_prints_nothing_and_starts_no_thread() -> None:
    threads = run("import threading, ilrs_science; print(json.dumps(threading.active_count()))")
    assert threads == 1


def test_a_star_import_gives_every_public_name() -> None:
    names = run("space = {}; exec('from ilrs_science import *', space); print(json.dumps(sorted(space)))")
    assert set(ilrs_science.__all__) <= set(names)
