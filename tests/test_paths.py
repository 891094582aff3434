from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ilrs_science import paths
from ilrs_science.errors import DataFileError
from ilrs_science.paths import checksums, data_folder, data_path, share_folder, verified_path
from ilrs_science.sky import kernels

LEAP_SECONDS = "kernels/naif0012.tls"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder, the large files linked, in use through ILRS_DATA."""
    source = share_folder("data")
    for relative in checksums(source):
        target = tmp_path / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if (source / relative).stat().st_size > 100_000:
            target.symlink_to(source / relative)
        else:
            target.write_bytes((source / relative).read_bytes())
    (tmp_path / "SHA256SUMS").write_bytes((source / "SHA256SUMS").read_bytes())
    monkeypatch.setenv("ILRS_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def cold_kernels() -> Iterator[None]:
    """Kernels read anew in the test and after it."""
    caches = (kernels.ephemeris_series, kernels.orientation_series)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_checkout_is_found_without_ilrs_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ILRS_DATA", raising=False)
    assert data_folder() == share_folder("data")
    monkeypatch.setenv("ILRS_DATA", "")
    assert data_folder() == share_folder("data")


def test_ilrs_data_comes_first(copied: Path) -> None:
    assert data_folder() == copied
    assert verified_path(LEAP_SECONDS) == copied / LEAP_SECONDS


def test_ilrs_data_must_be_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILRS_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataFileError, match=r"ILRS_DATA=.*nowhere' is not a folder"):
        data_folder()


def test_an_installed_package_brings_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "ilrs_science"
    (package / "_share" / "data").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert share_folder("data") == package / "_share" / "data"
    with pytest.raises(DataFileError, match="the notebooks folder is missing"):
        share_folder("notebooks")


@pytest.mark.parametrize("relative", sorted(checksums(share_folder("data"))))
def test_every_shipped_binary_file_is_unaltered(relative: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ILRS_DATA", raising=False)
    assert verified_path(relative).is_file()


def test_a_missing_file_is_one_error_that_names_it(copied: Path) -> None:
    (copied / LEAP_SECONDS).unlink()
    for find in (data_path, verified_path):
        with pytest.raises(DataFileError) as caught:
            find(LEAP_SECONDS)
        assert LEAP_SECONDS in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_altered_file_is_one_error_that_names_it(copied: Path) -> None:
    verified_path(LEAP_SECONDS)
    text = (copied / LEAP_SECONDS).read_text("ascii")
    (copied / LEAP_SECONDS).write_text(text.replace("37,   @2017-JAN-1", "38,   @2017-JAN-1"), "ascii")
    with pytest.raises(DataFileError, match=r"naif0012\.tls is altered: SHA-256"):
        verified_path(LEAP_SECONDS)


def test_a_file_altered_without_a_change_of_length_is_noticed(copied: Path) -> None:
    before = (copied / LEAP_SECONDS).stat()
    verified_path(LEAP_SECONDS)
    content = (copied / LEAP_SECONDS).read_bytes()
    (copied / LEAP_SECONDS).write_bytes(content[:-1] + b"X")
    os.utime(copied / LEAP_SECONDS, ns=(before.st_atime_ns, before.st_mtime_ns + 1000))
    with pytest.raises(DataFileError, match="altered"):
        verified_path(LEAP_SECONDS)


def test_an_unlisted_file_is_refused(copied: Path) -> None:
    (copied / "kernels" / "mine.tls").write_text("mine")
    with pytest.raises(DataFileError, match=r"kernels/mine\.tls is not listed in .*SHA256SUMS"):
        verified_path("kernels/mine.tls")


@pytest.mark.parametrize("content", [None, b"abcdef\n", b"\xff\xfe\n"])
def test_a_missing_or_altered_list_of_checksums_is_named(copied: Path, content: bytes | None) -> None:
    listing = copied / "SHA256SUMS"
    listing.unlink()
    if content is not None:
        listing.write_bytes(content)
    checksums.cache_clear()
    with pytest.raises(DataFileError, match="SHA256SUMS is"):
        verified_path(LEAP_SECONDS)


def test_checksums_read_the_binary_form_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("12ab *kernels/a.bsp\n\n34cd  b c.tif\n")
    assert checksums(tmp_path) == {"kernels/a.bsp": "12ab", "b c.tif": "34cd"}


@pytest.mark.usefixtures("cold_kernels")
@pytest.mark.parametrize(
    ("relative", "read"),
    [
        (kernels.EPHEMERIS, kernels.ephemeris_series),
        (kernels.LUNAR_ORIENTATION, kernels.orientation_series),
    ],
)
@pytest.mark.parametrize("state", ["missing", "altered"])
def test_a_kernel_that_is_missing_or_altered_is_named_by_its_reader(
    copied: Path, relative: str, read: Callable[[], object], state: str
) -> None:
    (copied / relative).unlink()
    if state == "altered":
        (copied / relative).write_bytes(b"DAF/SPK " + bytes(2000))
    with pytest.raises(DataFileError, match=f"{relative} is {state}"):
        read()
