"""Download: one file over HTTP that goes on where it stopped, and is kept only if it is what it should be."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.client
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from ilrs_science.errors import RequestError

__all__ = ["Progress", "download", "file_name"]

Progress = Callable[[int, int], None]
"""Is told how many bytes there are and how many there will be; 0 if that is not known."""

TIMEOUT_S = 30.0
"""A server that is silent for longer has gone. [s]"""

CHUNK_BYTES = 1 << 16
"""Read and written at a time, so that a stop costs no more than this. [byte]"""

SPARE_BYTES = 50_000_000
"""Left free on the disk. [byte]"""


@dataclass(frozen=True)
class _Start:
    """What was got before: how many bytes, and what says that the file is still the same."""

    size: int = 0
    validator: str = ""


def file_name(url: str) -> str:
    """Name of the file at an address.

    Parameters
    ----------
    url : str
        http or https.

    Returns
    -------
    str
        Last part of its path.

    Raises
    ------
    RequestError
        If it is no address of a file.
    """
    try:
        parts = urlsplit(url)
        name = Path(unquote(parts.path)).name
    except ValueError:
        parts, name = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.netloc or not name or name.startswith("."):
        raise RequestError(f"{url!r} is not the address of a file; give http(s)://.../FILE")
    return name


def download(url: str, target: Path, *, sha256: str = "", progress: Progress | None = None) -> str:
    """Get a file, or the rest of it.

    Parameters
    ----------
    url : str
        http or https.
    target : Path
        Where the file shall be; until it is whole and checked it is beside it, with ``.part`` at the end.
    sha256 : str
        Digest it must have, hexadecimal; any if empty.
    progress : callable, optional
        Is told how far it is.

    Returns
    -------
    str
        SHA-256 of the file, hexadecimal.

    Raises
    ------
    RequestError
        If the server cannot be reached, has no such file or breaks off, if the disk is full, or if the digest is
        another one. A broken part is kept and continued next time; a file with a wrong digest is not kept.

    Notes
    -----
    The rest is asked for with ``Range`` and ``If-Range``: a file that has changed since (by its ETag, else by its
    date) comes whole, and so does one of a server that knows neither.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as stream:
            _lock(stream, target)
            try:
                _fill(url, part, stream, progress or (lambda done, total: None))
            finally:
                stream.flush()
                if not part.stat().st_size:
                    with contextlib.suppress(OSError):  # Windows keeps open files; it is empty anyway
                        _forget(part)
        with part.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if sha256 and found != sha256.lower():
            _forget(part)
            raise RequestError(f"{url} has SHA-256 {found}, expected {sha256.lower()}; the file is not kept")
        part.replace(target)
        _note(part).unlink(missing_ok=True)
    except OSError as error:
        raise RequestError(_reason(url, error)) from error
    return found


def _fill(url: str, part: Path, stream: IO[bytes], progress: Progress) -> None:
    """Bring the part to its full length."""
    start = _begun(url, part)
    with _answer(url, start) as answer:
        if answer is None:  # the server has nothing beyond what we have
            return
        begin = start.size if answer.status == 206 and _range_start(answer) == start.size else 0
        if answer.status == 206 and not begin:
            raise RequestError(f"{url} gave another part than asked for; remove {part} and fetch again")
        stream.truncate(begin)
        _note(part).write_text(json.dumps({"url": url, "validator": _validator(answer)}), "utf-8")
        length = int(answer.headers.get("Content-Length") or 0)
        total = begin + length if length else 0
        free = shutil.disk_usage(part.parent).free
        if length > free - SPARE_BYTES:
            raise RequestError(
                f"{url} needs {length} bytes, {part.parent} has {free} free; nothing was fetched"
            )
        done = begin
        progress(done, total)
        while chunk := _chunk(url, answer):
            stream.write(chunk)
            done += len(chunk)
            progress(done, total)
        if done < total:
            raise RequestError(
                f"{url} broke off after {done} of {total} bytes; fetch again to go on from there"
            )


def _begun(url: str, part: Path) -> _Start:
    try:
        told = json.loads(_note(part).read_text("utf-8"))
        if told["url"] == url and told["validator"]:
            return _Start(part.stat().st_size, str(told["validator"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _Start()


@contextlib.contextmanager
def _answer(url: str, start: _Start) -> Iterator[Any]:
    headers = {"User-Agent": "ilrs-science", "Accept-Encoding": "identity"}
    if start.size:
        headers |= {"Range": f"bytes={start.size}-", "If-Range": start.validator}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            yield answer
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 416 and error.headers.get("Content-Range") == f"bytes */{start.size}":
                yield None
                return
        what = {
            404: "is not there",
            410: "is no longer there",
            403: "may not be fetched",
            401: "needs a password",
        }
        said = what.get(error.code, "could not be fetched")
        raise RequestError(f"{url} {said} (HTTP {error.code} {error.reason})") from error


def _chunk(url: str, answer: Any) -> bytes:
    try:
        return bytes(answer.read1(CHUNK_BYTES))
    except http.client.HTTPException as error:
        raise RequestError(
            f"{url} broke off ({type(error).__name__}); fetch again to go on from there"
        ) from error


def _range_start(answer: Any) -> int:
    text = str(answer.headers.get("Content-Range", "")).removeprefix("bytes ").split("-")[0]
    return int(text) if text.isdigit() else -1


def _validator(answer: Any) -> str:
    """A strong ETag, else a date: a weak ETag does not promise the same bytes (RFC 9110, 13.1.5)."""
    tag = str(answer.headers.get("ETag") or "")
    return tag if tag and not tag.startswith("W/") else str(answer.headers.get("Last-Modified") or "")


def _lock(stream: IO[bytes], target: Path) -> None:
    """Keep a second process from writing into the same part; where there is no such lock, do without."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RequestError(f"{target.name} is being fetched by another process") from None


def _note(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)


def _reason(url: str, error: OSError) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{url}: the disk is full; make room and fetch again to go on from there"
    if isinstance(cause, TimeoutError):
        return f"{url}: no answer for {TIMEOUT_S:g} s; fetch again to go on from there"
    if isinstance(error, urllib.error.URLError) or isinstance(cause, ConnectionError):
        said = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
        return f"{urlsplit(url).netloc} cannot be reached ({said}); check the connection and fetch again"
    return f"{url} cannot be kept: {cause.strerror if isinstance(cause, OSError) else cause}"
