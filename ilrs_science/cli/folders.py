"""The folder of one's own that catalogue commands lay over the shipped catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.errors import RequestError, UnknownNameError, closest

__all__ = ["Kind", "folder_argument", "folder_of", "laid_over"]

Command = TypeVar("Command", bound=Callable[..., Any])


class Kind(click.ParamType[str]):
    """A kind of record, in the singular or the plural, as the name of its folder."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Folder of the kind that was typed."""
        return folder_of(value)


def folder_argument(command: Command) -> Command:
    """``[FOLDER]``, as commands have it that look at records."""
    return click.argument("folder", required=False, type=click.Path(path_type=Path))(command)


def laid_over(folder: Path | None) -> Catalogue:
    """The shipped catalogue with a folder laid over it."""
    if folder is not None and not folder.exists():
        _refuse(str(folder))
    if folder is not None and folder.is_file():
        raise RequestError(f"{str(folder)!r} is a file; give the folder around it, {str(folder.parent)!r}")
    return load_catalogue(folder)


def _refuse(name: str) -> None:
    """Say what to write for a kind or a record in the place of a folder."""
    if name in KINDS or name in SINGULAR.values():
        raise RequestError(f"there is no folder {name!r}; for one kind of record write --kind {name}")
    if any(record.id == name for _, record in load_catalogue().records()):
        raise RequestError(f"there is no folder {name!r}; for that record write: ilrs catalogue show {name}")


def folder_of(kind: str) -> str:
    """Folder of a kind of record, from its name in the singular or the plural."""
    wanted = kind.lower().replace(" ", "_").replace("-", "_")
    for folder, singular in SINGULAR.items():
        if wanted in (folder, singular):
            return folder
    near = dict.fromkeys(
        name if name in KINDS else next(folder for folder in KINDS if SINGULAR[folder] == name)
        for name in closest(wanted, [*KINDS, *SINGULAR.values()])
    )
    raise UnknownNameError("kind of record", kind[:60], KINDS, near=[*near], listing="ilrs catalogue list")
