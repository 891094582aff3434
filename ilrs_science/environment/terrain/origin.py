"""Origin: whose a file of terrain is, as its giver says, else as the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["NOT_STATED", "Origin", "origin_of"]

NOT_STATED = "not stated"
"""Stands for a licence or a citation that nobody told."""

SOURCES = ("source", "title", "tifftag_imagedescription", "tifftag_documentname", "description")
LICENCES = ("licence", "license", "rights", "tifftag_copyright")
CITATIONS = ("citation", "references", "reference", "doi")


@dataclass(frozen=True)
class Origin:
    """What a user, the list of products or the file says about a file."""

    source: str = ""
    """Whose product it is, or where it was found."""
    licence: str = NOT_STATED
    """Under which it may be used."""
    citation: str = NOT_STATED
    """How to cite it."""


def origin_of(given: Origin, tags: Mapping[str, str], place: str) -> Origin:
    """Fill what was not told from what the file says of itself.

    Parameters
    ----------
    given : Origin
        What was told; it counts first.
    tags : mapping
        What the file says, by the names of its tags.
    place : str
        Where the file was found; the source if neither says one.

    Returns
    -------
    Origin
    """
    known = {name.lower(): text for name, text in tags.items() if text.strip()}

    def found(names: tuple[str, ...], otherwise: str) -> str:
        return next((known[name] for name in names if name in known), otherwise)

    return Origin(
        given.source or found(SOURCES, place),
        given.licence if given.licence != NOT_STATED else found(LICENCES, NOT_STATED),
        given.citation if given.citation != NOT_STATED else found(CITATIONS, NOT_STATED),
    )
