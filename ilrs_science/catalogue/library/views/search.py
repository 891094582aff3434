"""Find records by words, best first, a typing error forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import log

from ilrs_science.catalogue.library.names import aliases, folded
from ilrs_science.catalogue.library.views.values import texts_of
from ilrs_science.catalogue.record import Record

__all__ = ["Hit", "Index"]

_WORD = re.compile(r"[a-z0-9]+")
_SIGNS = re.compile(r"['\u2018\u2019\u02bc]")
_NUMBER = re.compile(r"[\d.]+( \S+)?")
_DIGITS = re.compile(r"\d+")
#: How much a word counts, by the field in which it stands; 1 in any other.
_WEIGHTS = {"id": 4.0, "name": 4.0, "code": 4.0, "kind": 2.0, "objective": 2.0, "measures": 2.0}
#: Words that tell nothing.
_EMPTY = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to")
)
#: A number counts less where it stands among words: there it is a date or a page more often than a name.
_OF_NUMBERS = 0.3
#: How much two words side by side count beyond the two; and what the whole name, code or id counts.
_SIDE_BY_SIDE = 1.5
_EXACT = {"id": 1000.0, "code": 900.0, "name": 800.0, "part": 700.0}
#: Words that are near enough to look for them side by side.
_NEAREST = 12
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
        self._pairs: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        self._whole: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, (kind, record) in enumerate(self._records):
            for words, weight in _weighted(kind, record):
                for word in words:
                    _raise(self._places[word], number, _weight_of(word, weight))
                for pair in pairwise(words):
                    _raise(self._pairs[pair], number, weight)
            for rank, alias in aliases(record):
                _raise(self._whole[alias], number, _EXACT[rank])

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Records that hold the words, or words like them.

        Parameters
        ----------
        words : str
            Such as ``"seismometer far side"``; case and signs do not count.
        limit : int
            How many to give at the most.

        Returns
        -------
        tuple of Hit
            Best first: what is called so, then what holds the words, more of them, side by side, and in its name.
        """
        asked = [word for word in dict.fromkeys(_words(words[:400])) if word not in _EMPTY][:_LONGEST]
        scores = self._scored(asked)
        for number, bonus in self._whole.get(folded(words[:400]) or "-", {}).items():
            scores[number] = scores.get(number, 0.0) + bonus
        ranked = sorted(scores, key=lambda number: (-scores[number], *self._order(number)))
        return tuple(
            Hit(*self._records[number], round(scores[number], 3)) for number in ranked[: max(0, limit)]
        )

    def _scored(self, asked: list[str]) -> dict[int, float]:
        """Score of each record: its words and pairs of words, by the share of what was asked."""
        like = {word: self._like(word) for word in asked}
        scores: defaultdict[int, float] = defaultdict(float)
        held: defaultdict[int, set[str]] = defaultdict(set)
        for word in asked:
            for number, score in self._scores(like[word]).items():
                scores[number] += score
                held[number].add(word)
        for one, two in pairwise(asked):
            for number, score in self._together(one, two, like).items():
                scores[number] += score
                held[number] |= {one, two}
        return {number: score * len(held[number]) / len(asked) for number, score in scores.items()}

    def _order(self, number: int) -> tuple[int, str]:
        """Of equals, the shorter name first: it says less besides what was asked."""
        record = self._records[number][1]
        return len(record.label), record.id

    def _rarity(self, places: dict[int, float]) -> float:
        return log(1 + len(self._records) / len(places))

    def _scores(self, like: list[tuple[str, float]]) -> dict[int, float]:
        """How well each record fits one word: its weight, less for a part of a word and for a typing error."""
        best: dict[int, float] = {}
        for known, likeness in like:
            places = self._places[known]
            rarity = self._rarity(places)
            for number, weight in places.items():
                _raise(best, number, likeness * weight * rarity)
        return best

    def _together(self, one: str, two: str, like: dict[str, list[tuple[str, float]]]) -> dict[int, float]:
        """How well each record fits two words side by side, or written as one."""
        best: dict[int, float] = {}
        if joined := self._places.get(one + two):
            for number, weight in joined.items():
                _raise(best, number, _SIDE_BY_SIDE * weight * self._rarity(joined))
        for first, sure in like[one][:_NEAREST]:
            for second, also in like[two][:_NEAREST]:
                places = self._pairs.get((first, second), {})
                for number, weight in places.items():
                    _raise(best, number, _SIDE_BY_SIDE * sure * also * weight * self._rarity(places))
        return best

    def _like(self, word: str) -> list[tuple[str, float]]:
        """Known words that a word means, the surest first; typing errors only where nothing else is found."""
        sure = [(known, _likeness(word, known)) for known in self._places]
        found = [(known, likeness) for known, likeness in sure if likeness] or [
            (known, 0.5 * ratio)
            for known in self._places
            if abs(len(known) - len(word)) <= 3 and len(word) > 3 and (ratio := _ratio(word, known)) >= _NEAR
        ]
        return sorted(found, key=lambda one: -one[1])


def _raise(places: dict[int, float], number: int, weight: float) -> None:
    """Let a record count at least so much."""
    places[number] = max(places.get(number, 0.0), weight)


def _weight_of(word: str, weight: float) -> float:
    return weight * _OF_NUMBERS if weight <= 1.0 and word.isdigit() else weight


def _likeness(word: str, known: str) -> float:
    """1 for the word itself, less for one that begins with it or holds it; a number is itself or nothing."""
    if word == known:
        return 1.0
    if word.isdigit():
        return 0.0
    if len(word) > 2 and known.startswith(word):
        return 0.8
    if len(known) > 3 and word in (f"{known}s", f"{known}es"):
        return 0.8
    return 0.5 if len(word) > 3 and word in known else 0.0


def _ratio(word: str, known: str) -> float:
    """Share of a word that is right; none if its digits are others."""
    if _DIGITS.findall(word) != _DIGITS.findall(known):
        return 0.0
    matcher = SequenceMatcher(None, word, known, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0


def _weighted(kind: str, record: Record) -> Iterator[tuple[list[str], float]]:
    """Words of each text of a record, and what they count; numbers with a unit are not searched."""
    yield _words(kind), 2.0
    for path, text in texts_of(record).items():
        if not _NUMBER.fullmatch(text) or path == "code":
            words = [word for word in _words(text) if word not in _EMPTY]
            weight = _WEIGHTS.get(path, 1.0)
            yield words, weight
            if path in ("id", "code") and len(words) > 1:
                yield ["".join(words)], weight


def _words(text: str) -> list[str]:
    """Words in small letters without accents; what an apostrophe parts is one word."""
    plain = unicodedata.normalize("NFKD", _SIGNS.sub("", text)).lower()
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
