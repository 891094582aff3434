"""Cache: arrays on disk, found by the digest of all that they were computed from; a convenience, never required."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from ilrs_science.sky.chebyshev import Floats

__all__ = ["cache_folder", "cached", "digest"]

#: Bytes that the folder may hold; beyond it the entries that were made first go.
_CAPACITY = 2_000_000_000
_DIGEST_BYTES = 32


def cache_folder() -> Path | None:
    """Folder in which results are kept.

    Returns
    -------
    Path or None
        What ``ILRS_CACHE`` names, else the user's cache folder on this system; None if ``ILRS_CACHE`` is ``off``.
    """
    named = os.environ.get("ILRS_CACHE")
    if named:
        return None if named.lower() in ("off", "0", "no") else Path(named).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "ilrs_science" if base else None
    except RuntimeError:  # there is no home folder
        return None


def digest(parts: Mapping[str, object]) -> str:
    """Name of a result: the digest of everything it depends on.

    Parameters
    ----------
    parts : mapping
        Names to numbers, text, or lists of them; floats count to the last bit.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    text = json.dumps(parts, sort_keys=True, default=lambda value: np.asarray(value).tolist())
    return hashlib.sha256(text.encode()).hexdigest()


def cached(key: str, build: Callable[[], dict[str, Floats]]) -> dict[str, Floats]:
    """Arrays from the cache, or built and put there.

    Parameters
    ----------
    key : str
        From `digest`.
    build : callable
        Makes the arrays by name if there is no sound entry.

    Returns
    -------
    dict
        Arrays by name.

    Notes
    -----
    An entry begins with the SHA-256 of the rest, so that a damaged one is seen and built anew. It is written beside its
    place and then moved there, so that a reader never sees half of it. A folder that cannot be written is no fault.
    """
    folder = cache_folder()
    if folder is None:
        return build()
    path = folder / f"{key}.npz"
    found = _read(path)
    if found is not None:
        return found
    arrays = build()
    with contextlib.suppress(OSError):  # full, or not ours to write: the result is good without
        _write(path, arrays)
    return arrays


def _read(path: Path) -> dict[str, Floats] | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content[_DIGEST_BYTES:]).digest() != content[:_DIGEST_BYTES]:
        return None
    with np.load(io.BytesIO(content[_DIGEST_BYTES:]), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _write(path: Path, arrays: Mapping[str, Floats]) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    content = buffer.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).digest() + content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _make_room(path.parent)


def _make_room(folder: Path) -> None:
    entries = sorted(
        ((one.stat().st_mtime, one.stat().st_size, one) for one in folder.glob("*.npz")), reverse=True
    )
    total = 0
    for _, size, path in entries:
        total += size
        if total > _CAPACITY:
            path.unlink(missing_ok=True)
