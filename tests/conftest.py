"""What all tests share: the optional reference data, the browser, the property-test profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import chromium

ROOT = Path(__file__).resolve().parents[1]

# Examples are drawn from a fixed seed, so that a red run can be repeated; ILRS_HYPOTHESIS=search looks further.
settings.register_profile("default", derandomize=True, deadline=None, max_examples=60, database=None)
settings.register_profile(
    "search", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("ILRS_HYPOTHESIS", "default"))


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in its own hook of this name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one file on one worker, so that what they share is made once; a mark may join files."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Folder of reference data beside the checkout; a test that needs it is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference data beside the checkout (../shared) are not here")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Executable of the Chromium that ``make test`` made sure of."""
    found = chromium.find()
    if found is None:
        pytest.skip(chromium.ADVICE)
    return found
