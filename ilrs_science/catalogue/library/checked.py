"""What a catalogue folder holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ilrs_science.catalogue.library.entries import MAX_FAULTS
from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.errors import Fault

__all__ = ["Checked", "nothing_in"]


@dataclass(frozen=True, repr=False)
class Checked:
    """A folder that was checked.

    Parameters
    ----------
    faults : tuple of Fault
        Every fault, in the order of files and lines.
    counts : mapping
        Records that were read, faulty ones among them, by the folder of their kind.
    files : int
        Files that were read.
    sources : int
        Sources of the folder.
    """

    faults: tuple[Fault, ...]
    counts: Mapping[str, int]
    files: int
    sources: int

    @property
    def fault_text(self) -> str:
        """Such as ``no fault``, ``2 faults``, or ``1000 faults and more``: no more are told."""
        if not self.faults:
            return "no fault"
        return f"{_counted(len(self.faults), 'fault')}{' and more' if len(self.faults) >= MAX_FAULTS else ''}"

    @property
    def records(self) -> int:
        """Records that were read."""
        return sum(self.counts.values())

    @property
    def read_text(self) -> str:
        """Such as ``3 records (2 sites, 1 orbit) in 2 files``."""
        kinds = [_counted(number, SINGULAR[kind]) for kind, number in self.counts.items() if number]
        inner = f" ({', '.join(kinds)})" if kinds else ""
        return f"{_counted(self.records, 'record')}{inner} in {_counted(self.files, 'file')}"

    def __repr__(self) -> str:
        return f"<Checked: {self.fault_text}, {self.read_text}>"


def _counted(number: int, word: str) -> str:
    words = word.replace("_", " ")
    plural = f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
    return f"{number} {words if number == 1 else plural}"


def nothing_in(folder: str, sources: int) -> str:
    """That a folder holds no record, and how to begin.

    Parameters
    ----------
    folder : str
        The folder.
    sources : int
        Sources that it holds nevertheless.

    Returns
    -------
    str
        One line.
    """
    held = f", only {_counted(sources, 'source')}" if sources else ""
    return (
        f"{folder!r} has no records{held}; they go into YAML files in folders by kind, as in sites/mine.yaml: "
        "ilrs catalogue new site --output sites/mine.yaml"
    )
