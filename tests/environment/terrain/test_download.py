"""A download goes on where it stopped, notices what changed, and keeps nothing that is wrong."""

from __future__ import annotations

import errno
import hashlib
import shutil
import socket
import threading
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain import download as module
from ilrs_science.environment.terrain.download import download, file_name
from ilrs_science.errors import RequestError
from tests.environment.range_server import serving

CONTENT = np.random.default_rng(1).bytes(3_000_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def fails(url: str, target: Path, *words: str, sha256: str = "") -> None:
    with pytest.raises(RequestError) as caught:
        download(url, target, sha256=sha256)
    for word in words:
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_comes_whole_with_its_digest(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with serving(a__tif=CONTENT) as site:
        found = download(
            f"{site.url}/a.tif", tmp_path / "a.tif", progress=lambda done, total: seen.append((done, total))
        )
    assert found == DIGEST
    assert (tmp_path / "a.tif").read_bytes() == CONTENT
    assert names(tmp_path) == ["a.tif"]
    assert (seen[0], seen[-1]) == ((0, len(CONTENT)), (len(CONTENT), len(CONTENT)))
    assert site.asked == [("/a.tif", None)]


@pytest.mark.parametrize("tags", [True, False])
def test_after_a_break_only_the_rest_is_asked_for(tmp_path: Path, tags: bool) -> None:
    with serving(a__tif=CONTENT) as site:
        site.tags, site.break_after = tags, 1_200_000
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "broke off", "fetch again")
        part = (tmp_path / "a.tif.part").stat().st_size
        assert 0 < part <= 1_200_000
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif", sha256=DIGEST) == DIGEST
    assert site.asked[1:] == [("/a.tif", f"bytes={part}-")]
    assert names(tmp_path) == ["a.tif"]


def test_a_file_that_changed_meanwhile_comes_whole(tmp_path: Path) -> None:
    with serving(a__tif=CONTENT) as site:
        site.break_after = 1_200_000
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "broke off")
        site.files["/a.tif"] = other = CONTENT[::-1]
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif") == hashlib.sha256(other).hexdigest()
    assert (tmp_path / "a.tif").read_bytes() == other


@pytest.mark.parametrize("knows", ["no ranges", "no validators"])
def test_servers_that_cannot_go_on_begin_anew(tmp_path: Path, knows: str) -> None:
    with serving(a__tif=CONTENT) as site:
        if knows == "no ranges":
            site.ranges = False
        else:
            site.tags = site.dates = False
        site.break_after = 1_200_000
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "broke off")
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif") == DIGEST
        if knows == "no validators":
            assert site.asked[1] == ("/a.tif", None)


def test_a_part_of_another_address_is_not_continued(tmp_path: Path) -> None:
    with serving(a__tif=CONTENT, b__tif=CONTENT[::-1]) as site:
        site.break_after = 1_200_000
        fails(f"{site.url}/a.tif", tmp_path / "x.tif", "broke off")
        download(f"{site.url}/b.tif", tmp_path / "x.tif")
        assert site.asked[1] == ("/b.tif", None)
    assert (tmp_path / "x.tif").read_bytes() == CONTENT[::-1]


def test_a_part_that_is_whole_already_is_taken(tmp_path: Path) -> None:
    with serving(a__tif=CONTENT) as site:
        site.break_after = len(CONTENT) - 1
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "broke off")
        with (tmp_path / "a.tif.part").open("ab") as stream:
            stream.write(CONTENT[stream.tell() :])
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif", sha256=DIGEST) == DIGEST


def test_a_wrong_digest_leaves_nothing_behind(tmp_path: Path) -> None:
    with serving(a__tif=CONTENT) as site:
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", DIGEST, "0" * 64, "not kept", sha256="0" * 64)
        assert names(tmp_path) == []
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif", sha256=DIGEST.upper()) == DIGEST


def test_what_a_server_refuses_is_said(tmp_path: Path) -> None:
    with serving() as site:
        fails(f"{site.url}/gone.tif", tmp_path / "gone.tif", f"{site.url}/gone.tif is not there (HTTP 404")
    assert names(tmp_path) == []


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fails(
        f"http://127.0.0.1:{port}/a.tif", tmp_path / "a.tif", f"127.0.0.1:{port} cannot be reached", "refused"
    )


def test_a_server_that_falls_silent_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.tif"
        fails(url, tmp_path / "a.tif", "no answer for 0.2 s")


def test_a_full_disk_is_seen_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 10, 1_000_000))
    with serving(a__tif=CONTENT) as site:
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "needs 3000000 bytes", "1000000 free")


def test_a_disk_that_fills_up_is_said(tmp_path: Path) -> None:
    def full(done: int, total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with serving(a__tif=CONTENT) as site, pytest.raises(RequestError, match="the disk is full; make room"):
        download(f"{site.url}/a.tif", tmp_path / "a.tif", progress=full)


def test_a_person_who_stops_keeps_what_has_come(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done >= 1_000_000:
            raise KeyboardInterrupt

    with serving(a__tif=CONTENT) as site:
        with pytest.raises(KeyboardInterrupt):
            download(f"{site.url}/a.tif", tmp_path / "a.tif", progress=stop)
        part = (tmp_path / "a.tif.part").stat().st_size
        assert part >= 1_000_000
        assert download(f"{site.url}/a.tif", tmp_path / "a.tif") == DIGEST
        assert site.asked[-1] == ("/a.tif", f"bytes={part}-")


def test_a_small_file_that_is_stopped_goes_on_too(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with serving(a__tif=CONTENT[:400_000]) as site:
        with pytest.raises(KeyboardInterrupt):
            download(f"{site.url}/a.tif", tmp_path / "a.tif", progress=stop)
        part = (tmp_path / "a.tif.part").stat().st_size
        assert 0 < part <= 65_536, "no more than a block is lost, and what has come is there"
        download(f"{site.url}/a.tif", tmp_path / "a.tif")
        assert site.asked[-1] == ("/a.tif", f"bytes={part}-")
    assert (tmp_path / "a.tif").read_bytes() == CONTENT[:400_000]


def test_what_has_come_is_kept_while_the_server_is_slow(tmp_path: Path) -> None:
    """A block is written when it comes, not when a whole one is full."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a.tif"
        thread = threading.Thread(target=_dribble, args=(server,), daemon=True)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            download(url, tmp_path / "a.tif", progress=_stopped_after(1_000))
        thread.join()
    assert (tmp_path / "a.tif.part").stat().st_size == 1_000


def _dribble(server: socket.socket) -> None:
    """Answer with the first thousand bytes of many, and then nothing."""
    asked, _ = server.accept()
    with asked:
        asked.recv(65_536)
        asked.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nETag: "x"\r\n\r\n' + bytes(1_000))
        asked.settimeout(5.0)
        asked.recv(1)  # until the other side hangs up


def _stopped_after(size: int) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if done >= size:
            raise KeyboardInterrupt

    return told


def test_two_at_once_do_not_write_into_one_part(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (tmp_path / "a.tif.part").open("ab") as other, serving(a__tif=CONTENT) as site:
        fcntl.flock(other, fcntl.LOCK_EX)
        fails(f"{site.url}/a.tif", tmp_path / "a.tif", "a.tif is being fetched by another process")
        assert site.asked == []
        assert names(tmp_path) == ["a.tif.part"], "the part of the other is left alone"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with serving(a__tif=CONTENT) as site:
        fails(f"{site.url}/a.tif", tmp_path / "file" / "a.tif", "cannot be kept")


@pytest.mark.parametrize(
    "url", ["ftp://host/a.tif", "http:///a.tif", "https://host", "https://host/", "a.tif", "file:///a"]
)
def test_only_addresses_of_files_are_addresses(url: str) -> None:
    with pytest.raises(RequestError, match="is not the address of a file"):
        file_name(url)


def test_the_name_is_the_end_of_the_path() -> None:
    assert file_name("https://host/data/Site01%20a.tif?x=1#y") == "Site01 a.tif"
