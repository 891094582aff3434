"""Where the data files are: ``ILRS_DATA``, the repository, or the installed package."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from ilrs_science.errors import DataFileError

__all__ = ["checksums", "data_folder", "data_path", "share_folder", "verified_path"]

_PACKAGE = Path(__file__).resolve().parent


def share_folder(name: str) -> Path:
    """Folder of project files that travel with the package.

    Parameters
    ----------
    name : str
        ``"data"``, ``"notebooks"`` or ``"dashboards"``.

    Returns
    -------
    Path
        The repository's folder if the package runs from a checkout, else the installed copy.

    Raises
    ------
    DataFileError
        If neither is there.
    """
    for folder in (_PACKAGE.parent / name, _PACKAGE / "_share" / name):
        if folder.is_dir():
            return folder
    raise DataFileError(f"the {name} folder is missing beside {_PACKAGE}; install the project again")


def data_folder() -> Path:
    """Folder of the shipped data; ``ILRS_DATA`` overrides it.

    Returns
    -------
    Path
        An existing folder.

    Raises
    ------
    DataFileError
        If ``ILRS_DATA`` names no folder, or no data came with the package.
    """
    override = os.environ.get("ILRS_DATA")
    if not override:
        return share_folder("data")
    if not Path(override).is_dir():
        raise DataFileError(f"ILRS_DATA={override!r} is not a folder")
    return Path(override)


def data_path(relative: str) -> Path:
    """Path of one data file.

    Parameters
    ----------
    relative : str
        Path inside the data folder, such as ``"kernels/de421.bsp"``.

    Returns
    -------
    Path
        An existing file.

    Raises
    ------
    DataFileError
        If the file is missing.
    """
    path = data_folder() / relative
    if not path.is_file():
        raise DataFileError(f"data file {relative} is missing from {data_folder()}; see data/SOURCES.md")
    return path


@cache
def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each shipped binary file, from ``SHA256SUMS``.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    dict
        Relative path to hexadecimal digest.
    """
    listing = folder / "SHA256SUMS"
    if not listing.is_file():
        raise DataFileError(f"data file SHA256SUMS is missing from {folder}")
    try:
        pairs = [line.split(maxsplit=1) for line in listing.read_text("utf-8").splitlines() if line.strip()]
        return {name.strip().lstrip("*"): digest for digest, name in pairs}
    except ValueError as error:  # not text, or a line without a name
        raise DataFileError(f"data file {listing} is altered: {error}; restore it from git") from error


def verified_path(relative: str) -> Path:
    """Path of one data file whose content has been compared with ``SHA256SUMS``.

    Parameters
    ----------
    relative : str
        Path inside the data folder.

    Returns
    -------
    Path
        An existing, unaltered file. Each file is read once in a process.

    Raises
    ------
    DataFileError
        If the file is missing, unlisted or altered.
    """
    path = data_path(relative)
    state = path.stat()
    _verify(path, relative, data_folder(), (state.st_size, state.st_mtime_ns))
    return path


@cache
def _verify(path: Path, relative: str, folder: Path, _state: tuple[int, int]) -> None:
    """Raise unless the file is as listed; a file of another size or age is looked at again."""
    expected = checksums(folder).get(relative)
    if expected is None:
        raise DataFileError(f"data file {relative} is not listed in {folder / 'SHA256SUMS'}")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise DataFileError(
            f"data file {path} is altered: SHA-256 {found[:12]}..., expected {expected[:12]}...; restore it from git"
        )
