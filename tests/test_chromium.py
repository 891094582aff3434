"""The browser tests find a Chromium, or one line says what to install."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import chromium


def executable(folder: Path, name: str) -> Path:
    """A program that does nothing."""
    path = folder / name
    path.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser and without apt-get; the folder is its whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ILRS_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    return tmp_path


def test_the_browser_of_the_system_is_found(bare: Path) -> None:
    expected = executable(bare, "chromium")
    assert chromium.find() == expected


def test_the_named_browser_goes_before_the_one_of_the_system(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(bare, "chromium")
    mine = executable(bare, "my-browser")
    monkeypatch.setenv("ILRS_CHROMIUM", str(mine))
    assert chromium.find() == mine


def test_a_named_browser_that_is_missing_is_not_replaced(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(bare, "chromium")
    monkeypatch.setenv("ILRS_CHROMIUM", str(bare / "gone"))
    assert chromium.find() is None
    assert chromium.main() == 1


def test_without_a_browser_one_line_says_what_to_install(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chromium.main() == 1
    assert capsys.readouterr().err.splitlines() == [chromium.ADVICE]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="apt-get is for Debian")
def test_a_user_who_may_install_gets_the_package_of_debian(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin")
    monkeypatch.setattr(chromium, "NAMES", ("chromium-of-this-test",))
    apt = executable(bare, "apt-get")
    browser = bare / "chromium-of-this-test"
    apt.write_text(f'#!/bin/sh\n[ "$1" = install ] && cp "$0" {browser}\nexit 0\n', "utf-8")
    assert chromium.main() == 0
    assert chromium.find() == browser


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="apt-get is for Debian")
def test_a_user_who_may_not_install_is_told_and_nothing_is_tried(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    apt = executable(bare, "apt-get")
    apt.write_text(f"#!/bin/sh\ntouch {bare}/tried\n", "utf-8")
    assert chromium.main() == 1
    assert not (bare / "tried").exists()
