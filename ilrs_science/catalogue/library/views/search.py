"""Find records by words, best first, a typing error forgiven."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import log

from ilrs_science.catalogue.library.views.values import texts_of
from ilrs_science.catalogue.record import Record

__all__ = ["Hit", "Index"]

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"[\d.]+( \S+)?")
#: How much a word counts, by the field in which it stands; 1 in any other.
_WEIGHTS = {"id": 4.0, "name": 4.0, "code": 4.0, "kind": 2.0, "objective": 2.0, "measures": 2.0}
#: Words that tell nothing.
_EMPTY = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to")
)
#: Share of a word that must be right.
_NEAR = 0.78
_LONGEST = 12


@dataclass(frozen=True)
class Hit:
    """A record that was found.

    Parameters
    ----------
    kind : str
        What it is, such as ``site``.
    record : Record
        The record.
    score : float
        The more, the better it fits.
    """

    kind: str
    record: Record
    score: float

    def __repr__(self) -> str:
        return f"<{self.kind} {self.record.id}: {self.record.label} ({self.score:.1f})>"


class Index:
    """Words of records, and where they stand.

    Parameters
    ----------
    records : iterable of tuple
        Kind and record.
    """

    def __init__(self, records: Iterable[tuple[str, Record]]) -> None:
        self._records = list(records)
        self._places: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, (kind, record) in enumerate(self._records):
            for word, weight in _weighted(kind, record):
                places = self._places[word]
                places[number] = max(places.get(number, 0.0), weight)

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Records that hold the words, or words like them.

        Parameters
        ----------
        words : str
            Such as ``"seismometer far side"``; order and case do not count.
        limit : int
            How many to give at the most.

        Returns
        -------
        tuple of Hit
            Best first. A record that holds more of the words comes before one that holds fewer.
        """
        asked = [word for word in dict.fromkeys(_words(words[:400])) if word not in _EMPTY][:_LONGEST]
        scores: defaultdict[int, float] = defaultdict(float)
        held: defaultdict[int, int] = defaultdict(int)
        for word in asked:
            for number, score in self._scores(word).items():
                scores[number] += score
                held[number] += 1
        ranked = sorted(scores, key=lambda number: (-held[number], -scores[number], *self._order(number)))
        return tuple(
            Hit(*self._records[number], round(scores[number], 3)) for number in ranked[: max(0, limit)]
        )

    def _order(self, number: int) -> tuple[int, str]:
        """Of equals, the shorter name first: it says less besides what was asked."""
        record = self._records[number][1]
        return len(record.label), record.id

    def _scores(self, word: str) -> dict[int, float]:
        """How well each record fits one word: its weight, less for a part of a word and for a typing error."""
        best: dict[int, float] = {}
        for known, likeness in self._like(word):
            places = self._places[known]
            rarity = log(1 + len(self._records) / len(places))
            for number, weight in places.items():
                best[number] = max(best.get(number, 0.0), likeness * weight * rarity)
        return best

    def _like(self, word: str) -> Iterator[tuple[str, float]]:
        """Known words that a word means, and how surely; typing errors only where nothing else is found."""
        sure = [(known, _likeness(word, known)) for known in self._places]
        found = [(known, likeness) for known, likeness in sure if likeness]
        yield from found or (
            (known, 0.5 * ratio)
            for known in self._places
            if abs(len(known) - len(word)) <= 3 and len(word) > 3 and (ratio := _ratio(word, known)) >= _NEAR
        )


def _likeness(word: str, known: str) -> float:
    """1 for the word itself, less for one that begins with it or holds it."""
    if word == known:
        return 1.0
    if len(word) > 2 and known.startswith(word):
        return 0.8
    return 0.5 if len(word) > 3 and word in known else 0.0


def _ratio(word: str, known: str) -> float:
    matcher = SequenceMatcher(None, word, known, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0


def _weighted(kind: str, record: Record) -> Iterator[tuple[str, float]]:
    """Words of a record, and what each counts; numbers are not searched."""
    for word in _words(kind):
        yield word, 2.0
    for path, text in texts_of(record).items():
        if not _NUMBER.fullmatch(text) or path == "code":
            weight = _WEIGHTS.get(path, 1.0)
            for word in _words(text):
                yield word, weight


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("'", ""))
