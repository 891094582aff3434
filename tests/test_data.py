"""The shipped data are what their papers say: every file listed, with its digest, origin and licence."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|(?P<cells>.*)\| `(?P<digest>[0-9a-f]{64})` \|$", re.MULTILINE)


@cache
def listed() -> dict[str, str]:
    """Digest by file, from SHA256SUMS."""
    lines = (DATA / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


@cache
def described() -> dict[str, str]:
    """Digest by file, from SOURCES.md."""
    return {row["file"]: row["digest"] for row in ROW.finditer((DATA / "SOURCES.md").read_text("utf-8"))}


def binaries() -> list[str]:
    """Kernels and grids in the data folder."""
    folders = (DATA / "gravity", DATA / "kernels", DATA / "terrain")
    return sorted(path.relative_to(DATA).as_posix() for folder in folders for path in folder.iterdir())


def test_the_digests_list_every_kernel_and_grid_and_nothing_else() -> None:
    assert sorted(listed()) == binaries()


def test_the_sources_describe_every_kernel_and_grid_by_the_same_digest() -> None:
    assert described() == listed()


@pytest.mark.parametrize("name", binaries())
def test_a_shipped_file_is_unaltered(name: str) -> None:
    with (DATA / name).open("rb") as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == listed()[name]


def test_every_described_file_says_how_it_got_here() -> None:
    rows = ROW.finditer((DATA / "SOURCES.md").read_text("utf-8"))
    assert [row["file"] for row in rows if "Python package" not in row["cells"]] == []
