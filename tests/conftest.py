"""What all tests share: the optional reference data, the browser, the property-test profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests import chromium

ROOT = Path(__file__).resolve().parents[1]

# Examples are drawn from a fixed seed, so that a red run can be repeated; ILRS_HYPOTHESIS=search looks further.
settings.register_profile("default", derandomize=True, deadline=None, max_examples=60, database=None)
settings.register_profile(
    "search", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("ILRS_HYPOTHESIS", "default"))


class ByFile(LoadScopeScheduling):
    """Keep the tests of one file on one worker, and those of the browser on one too: what they share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "browser" if "browser" in Path(file).parts else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Hand out tests by file. Groups by mark do not work with xdist 3.8 under pytest 9."""
    return ByFile(config, log)


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
