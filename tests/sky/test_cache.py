"""The cache gives back what was put in, sees damage, and is never needed."""

import os
import stat

import numpy as np
import pytest

from ilrs_science.sky import cache
from ilrs_science.sky.cache import cache_folder, cached, digest

ARRAYS = {"a": np.arange(5.0), "b": np.array([[1.5]])}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache of this test."""
    monkeypatch.setenv("ILRS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Builder:
    """Counts how often it is asked."""

    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return ARRAYS


def test_a_result_is_built_once(folder):
    build = Builder()
    first, second = cached("k" * 64, build), cached("k" * 64, build)
    assert build.calls == 1
    assert all(np.array_equal(first[name], second[name]) for name in ARRAYS)
    assert [path.name for path in folder.iterdir()] == ["k" * 64 + ".npz"]


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:200] + b"x" + b[201:], lambda b: b"\0" * 50]
)
def test_a_damaged_entry_is_seen_and_built_anew(folder, damage):
    build = Builder()
    cached("k", build)
    path = folder / "k.npz"
    path.write_bytes(damage(path.read_bytes()))
    again = cached("k", build)
    assert build.calls == 2
    assert np.array_equal(again["a"], ARRAYS["a"])
    cached("k", build)
    assert build.calls == 2


@pytest.mark.parametrize("word", ["off", "OFF", "0", "no"])
def test_the_cache_can_be_switched_off(monkeypatch, tmp_path, word):
    monkeypatch.setenv("ILRS_CACHE", word)
    monkeypatch.chdir(tmp_path)
    build = Builder()
    cached("k", build)
    cached("k", build)
    assert build.calls == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ILRS_CACHE", str(tmp_path / "file" / "cache"))
    assert cached("k", Builder()) is ARRAYS


def test_no_half_written_entry_stays_behind(folder, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fdopen", full)
    assert cached("k", Builder()) is ARRAYS
    assert list(folder.iterdir()) == []


def test_the_oldest_entries_go_when_the_folder_is_full(folder, monkeypatch):
    cached("old", Builder())
    size = (folder / "old.npz").stat().st_size
    os.utime(folder / "old.npz", (1, 1))
    monkeypatch.setattr(cache, "_CAPACITY", 2 * size)
    cached("middle", Builder())
    cached("new", Builder())
    assert sorted(path.stem for path in folder.iterdir()) == ["middle", "new"]


def test_the_folder_follows_the_desktop_rules(monkeypatch, tmp_path):
    monkeypatch.delenv("ILRS_CACHE", raising=False)
    monkeypatch.setattr(cache.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "ilrs_science"
    monkeypatch.setattr(cache.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder() == tmp_path / "local" / "ilrs_science"
    monkeypatch.delenv("LOCALAPPDATA")
    assert cache_folder() is None


def test_the_digest_depends_on_every_bit_and_not_on_the_order():
    one = digest({"a": 1.0, "b": np.array([1.0, 2.0])})
    assert one == digest({"b": [1.0, 2.0], "a": 1.0})
    assert one != digest({"a": np.nextafter(1.0, 2.0), "b": [1.0, 2.0]})
    assert len(one) == 64


def test_entries_are_private_to_the_user(folder):
    cached("k", Builder())
    assert not (folder / "k.npz").stat().st_mode & stat.S_IWOTH
