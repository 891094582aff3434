"""Dependencies are declared once, in pyproject.toml; the locks and the conda environment agree with it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")
CONDA_NAMES = {"ortools": "ortools-python"}  # conda-forge calls it by another name
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+)(?: *;(?P<marker>[^\\]*))?", re.MULTILINE)


@cache
def project() -> dict[str, object]:
    """The parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def declared(extra: str | None = None) -> dict[str, Requirement]:
    """Requirements by name."""
    table = project()["project"]
    listed = table["optional-dependencies"][extra] if extra else table["dependencies"]
    return {canonicalize_name(one.name): one for one in map(Requirement, listed)}


def pinned(lock: str) -> dict[str, Version]:
    """Version by name that a lock pins."""
    text = (ROOT / lock).read_text("utf-8")
    return {canonicalize_name(one["name"]): Version(one["version"]) for one in PIN.finditer(text)}


def tracked() -> list[Path]:
    """Files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_every_dependency_at_a_version_that_is_allowed(lock: str) -> None:
    pins = pinned(lock)
    wanted = declared() | (declared("test") if lock == "requirements-test.lock" else {})
    wrong = [str(one) for name, one in wanted.items() if name not in pins or pins[name] not in one.specifier]
    assert wrong == []


def test_the_run_lock_pins_what_builds_and_installs_the_project() -> None:
    needed = [*project()["build-system"]["requires"], *project()["dependency-groups"]["install"]]
    pins = pinned("requirements.lock")
    wrong = [
        one for one in map(Requirement, needed) if pins.get(canonicalize_name(one.name)) not in one.specifier
    ]
    assert wrong == []


def test_the_test_lock_holds_the_run_lock_unchanged() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-test.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[\w.-]+==)", (ROOT / lock).read_text("utf-8"))
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_package_has_one_version_for_every_machine(lock: str) -> None:
    names = [canonicalize_name(one["name"]) for one in PIN.finditer((ROOT / lock).read_text("utf-8"))]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\S*(?:://|file:|--index|--find-links|(?:^|\s)/)\S*", text) == []


def test_the_conda_environment_lists_the_same_dependencies() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = dict(one.partition(" ")[::2] for one in listed if one != "pip")
    expected = {CONDA_NAMES.get(name, name): str(one.specifier) for name, one in declared().items()}
    assert {name: spec for name, spec in conda.items() if name not in ("python", "hatchling")} == expected


def test_the_conda_environment_has_a_python_that_is_allowed() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    python = next(one for one in listed if one.startswith("python "))
    assert python.split()[1].startswith(project()["project"]["requires-python"])


def test_no_tracked_file_names_a_registry_host_or_a_folder_of_one_machine() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb.debian" + ".org")
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        text = content.decode("utf-8", "replace")
        found += [(str(path.relative_to(ROOT)), host) for host in hosts if host in text]
        homes = re.findall(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/", text)
        found += [(str(path.relative_to(ROOT)), home) for home in homes]
    assert found == []
