"""Finished members on disk, each under the digest of all that it follows from; what is there is not done again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ilrs_science.errors import RequestError

__all__ = ["Shelf", "code_digest", "digest_of"]

#: Rooms whose code decides what comes of a member.
_ROOMS = ("planning", "studies/ensemble")


@cache
def code_digest() -> str:
    """Digest of the code that decides what comes of a member, the solver's version included.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    package = Path(__file__).resolve().parents[2]
    found = hashlib.sha256(f"ortools {version('ortools')}".encode())
    for path in sorted(path for room in _ROOMS for path in (package / room).rglob("*.py")):
        found.update(f"\n{path.relative_to(package).as_posix()}\n".encode())
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def digest_of(parts: Mapping[str, Any]) -> str:
    """Digest of what JSON can hold.

    Parameters
    ----------
    parts : mapping
        Names to numbers, text, lists and mappings of them.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class Shelf:
    """A folder of finished work, or none.

    Parameters
    ----------
    folder : Path or None
        Where; made when the first thing is put there. None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, name: str) -> dict[str, Any] | None:
        """What was put there under a digest.

        Parameters
        ----------
        name : str
            The digest.

        Returns
        -------
        dict or None
            None if nothing whole is there.
        """
        if self.folder is None:
            return None
        try:
            found = json.loads(self._path(name).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        whole = (
            isinstance(found, dict) and found.get("digest") == name and isinstance(found.get("kept"), dict)
        )
        return found["kept"] if whole else None

    def put(self, name: str, kept: Mapping[str, Any]) -> None:
        """Put something there; it appears whole or not at all.

        Parameters
        ----------
        name : str
            The digest.
        kept : mapping
            What JSON can hold.

        Raises
        ------
        RequestError
            If the folder cannot be written.
        """
        if self.folder is None:
            return
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                    json.dump({"digest": name, "kept": dict(kept)}, stream)
                Path(draft).replace(path)
            except BaseException:
                Path(draft).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise RequestError(f"cannot write {str(path.parent)!r}: {error.strerror or error}") from error

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / name[:2] / f"{name}.json"
