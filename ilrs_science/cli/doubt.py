"""Doubt in one sign: ``~`` before our own estimate, ``?`` after what is told with less than high confidence."""

from __future__ import annotations

from collections.abc import Iterable

from ilrs_science.catalogue.provenance import Basis, Confidence, Provenance
from ilrs_science.catalogue.record import Record

__all__ = ["LEGEND", "Told", "marked", "weakest"]

#: What the signs mean, for the foot of a table.
LEGEND = "~ our own estimate   ? less than high confidence   basis: the weakest of what a line tells"

_BASES = list(Basis)
_CONFIDENCES = list(Confidence)


class Told:
    """What a line tells of a record: each value with its sign, and what stands behind them.

    Parameters
    ----------
    record : Record
        Of any kind.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._origins: list[Provenance] = []

    def __call__(self, text: str, *paths: str) -> str:
        """Text with the sign of the weakest of the fields that it comes from."""
        origin = weakest(self._record.provenance_of(path) for path in paths)
        if origin is None:
            return text
        self._origins.append(origin)
        return marked(text, origin)

    @property
    def basis(self) -> str:
        """Weakest basis of what was told, such as ``estimate L``; that of the record if no number was told."""
        origin = weakest(self._origins) or self._record.basis.get("default")
        return f"{origin.basis} {origin.confidence}" if origin else ""


def marked(text: str, origin: Provenance) -> str:
    """A value with the sign of its doubt.

    Parameters
    ----------
    text : str
        Such as ``"5 W"``.
    origin : Provenance
        Where it comes from.

    Returns
    -------
    str
        ``"~5 W"`` for an estimate, ``"5 W?"`` below high confidence, else the text as it is.
    """
    if origin.basis is Basis.ESTIMATE:
        return f"~{text}"
    return text if origin.confidence is Confidence.HIGH else f"{text}?"


def weakest(origins: Iterable[Provenance]) -> Provenance | None:
    """The origin that is to be trusted least: an estimate, else the lowest confidence.

    Parameters
    ----------
    origins : iterable of Provenance
        Any number of them.

    Returns
    -------
    Provenance or None
        None if there is none.
    """
    return max(origins, key=_doubt, default=None)


def _doubt(origin: Provenance) -> tuple[bool, int, int]:
    guess = origin.basis is Basis.ESTIMATE
    return guess, _CONFIDENCES.index(origin.confidence), _BASES.index(origin.basis)
