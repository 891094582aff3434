"""The two commands, the hooks and the rules of the tests are as the papers say."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


def read(name: str) -> str:
    """Text of a file of the project."""
    return (ROOT / name).read_text("utf-8")


def test_the_readme_names_both_commands() -> None:
    assert "make workbench" in read("README.md")
    assert "make test" in read("README.md")


def test_continuous_integration_runs_what_a_person_runs() -> None:
    assert "make test" in read(".ci/run")


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for a POSIX shell")
@pytest.mark.parametrize("script", [".ci/run", ".ci/venv"])
def test_a_script_is_executable_and_parses(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    shell = "bash" if "bash" in read(script).splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(ROOT / script)], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_every_target_that_the_makefile_explains_exists() -> None:
    explained = [line.split()[2] for line in read("Makefile").splitlines() if line.startswith("# make ")]
    phony = next(line for line in read("Makefile").splitlines() if line.startswith(".PHONY:")).split()[1:]
    assert {"workbench", "test", "check", "lock"} <= set(explained) <= set(phony)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
@pytest.mark.parametrize(("serve", "served"), [("0", False), ("1", True)])
def test_workbench_serves_unless_told_not_to(serve: str, served: bool) -> None:
    command = ["make", "--dry-run", "--no-print-directory", "workbench", f"SERVE={serve}"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "ilrs plan polar_winter" in shown
    assert ("ilrs dashboards" in shown) is served


def test_the_hooks_need_no_network() -> None:
    assert [
        repository["repo"] for repository in yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    ] == ["local"]


def test_the_version_is_the_same_everywhere() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    assert f'version = "{citation["version"]}"' in read("pyproject.toml")


def test_a_test_cannot_leave_this_machine() -> None:
    # 192.0.2.1 belongs to nobody (RFC 5737); the guard stops the call before anything is sent.
    with socket.socket() as plug, pytest.raises((RuntimeError, UserWarning), match="connect"):
        plug.connect(("192.0.2.1", 80))


def test_a_test_may_talk_to_its_own_server() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as plug,
    ):
        assert plug.getpeername() == server.getsockname()
