"""Read one YAML file of records safely: plain values, with the line of each.

The file is read as a stream of events, so that depth, size and aliases are refused before anything is built.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ilrs_science.catalogue.record import MAX_TEXT

__all__ = ["Document", "Place", "Refusal", "parse_document", "read_document"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_EVENTS = 100_000
#: A text that is a little too long is a fault of its record; what is longer is not read at all.
_MAX_SCALAR = 2 * MAX_TEXT

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_READ_PLAIN: dict[str, Any] = {
    "tag:yaml.org,2002:int": _CONSTRUCTOR.construct_yaml_int,
    "tag:yaml.org,2002:float": _CONSTRUCTOR.construct_yaml_float,
    "tag:yaml.org,2002:bool": _CONSTRUCTOR.construct_yaml_bool,
    "tag:yaml.org,2002:null": _CONSTRUCTOR.construct_yaml_null,
}

#: Keys and positions that lead to a value inside a document.
Place = tuple[str | int, ...]


class Refusal(Exception):
    """The file cannot be read as records: why, at which line, what is allowed."""

    def __init__(self, wrong: str, line: int = 0, allowed: str = "") -> None:
        super().__init__(wrong)
        self.wrong, self.line, self.allowed = wrong, line, allowed


@dataclass
class Document:
    """Values of one file and where they stand.

    Parameters
    ----------
    value : object
        Maps, lists and scalars; dates stay text.
    lines : dict
        Path inside the value to the line, counted from 1.
    doubled : list
        Path and line of every key that is written a second time.
    """

    value: Any
    lines: dict[Place, int] = field(default_factory=dict)
    doubled: list[tuple[Place, int]] = field(default_factory=list)

    def line(self, path: Place) -> int:
        """Line of the value at a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _line(event: Any) -> int:
    """Line of an event, counted from 1."""
    return int(event.start_mark.line) + 1 if event.start_mark else 0


def read_document(path: Path) -> Document:
    """Values and lines of one YAML file.

    Parameters
    ----------
    path : Path
        File to read.

    Returns
    -------
    Document
        Its values; ``None`` if the file is empty.

    Raises
    ------
    Refusal
        If the file is not UTF-8 text, not YAML, too large or too deep, or uses tags or aliases.
    """
    return parse_document(_text(path))


def parse_document(text: str) -> Document:
    """Values and lines of YAML text, as `read_document` reads them.

    Parameters
    ----------
    text : str
        One YAML document.

    Returns
    -------
    Document
        Its values; ``None`` if the text is empty.

    Raises
    ------
    Refusal
        If it is not YAML, too deep, or uses tags or aliases.
    """
    events = _events(text)
    document = Document(None)
    try:
        next(events)  # stream start
        if isinstance(next(events), yaml.StreamEndEvent):
            return document
        document.value = _value(next(events), events, (), document)
        next(events)  # document end
        extra = next(events)
    except yaml.YAMLError as error:
        raise _syntax(error) from error
    if not isinstance(extra, yaml.StreamEndEvent):
        raise Refusal("has a second document", _line(extra), "one document in a file")
    return document


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise Refusal("is not a regular file")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refusal(f"cannot be read: {error.strerror or 'input error'}") from error
    if len(raw) > MAX_BYTES:
        raise Refusal("is too large", 0, f"up to {MAX_BYTES // 1_000_000} MB")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refusal("is not UTF-8 text but UTF-16 or UTF-32", 0, "UTF-8")
    if b"\0" in raw:
        raise Refusal(
            "has null bytes: it is not UTF-8 text", raw.count(b"\n", 0, raw.index(b"\0")) + 1, "UTF-8"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("is not UTF-8 text", raw.count(b"\n", 0, error.start) + 1, "UTF-8") from error


def _events(text: str) -> Iterator[yaml.Event]:
    """Events of the parser, refusing what records never need."""
    depth = 0
    loader = _LOADER(text)
    try:
        for count in range(MAX_EVENTS + 1):
            event = loader.get_event()
            if type(event) is not yaml.ScalarEvent:
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                _check(event, depth)
            elif (
                event.anchor or event.tag or len(event.value) > _MAX_SCALAR
            ):  # most are plain: they cost no call
                _check(event, depth)
            yield event
            if count == MAX_EVENTS:
                raise Refusal("has too many entries", _line(event), f"up to {MAX_EVENTS} values")
    except UnicodeError as error:
        raise Refusal("has characters that are not text", 0, "UTF-8") from error
    finally:
        loader.dispose()


def _check(event: Any, depth: int) -> None:
    """Refuse an event that plain values do not have."""
    line = _line(event)
    if isinstance(event, yaml.AliasEvent):
        raise Refusal("uses an alias", line, "the value written out")
    if getattr(event, "anchor", None):
        raise Refusal("uses an anchor", line, "plain values")
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        raise Refusal(f"uses the tag {tag[:60]!r}", line, "plain values")
    if depth > MAX_DEPTH:
        raise Refusal("is nested too deeply", line, f"up to {MAX_DEPTH} levels")
    if isinstance(event, yaml.ScalarEvent) and len(event.value) > _MAX_SCALAR:
        raise Refusal("has too long a text", line, f"up to {MAX_TEXT} characters")


def _value(event: Any, events: Iterator[yaml.Event], path: Place, document: Document) -> Any:
    """Build the value that starts with an event; the depth is bounded by the reader of events."""
    document.lines.setdefault(path, _line(event))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        entries: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            entries.append(_value(event, events, (*path, len(entries)), document))
        return entries
    result: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise Refusal("has a map or list as a key", _line(event), "text")
        key, line = event.value, _line(event)
        where = (*path, key)
        if key in result:
            document.doubled.append((where, line))
        document.lines[where] = line
        event = next(events)
        plain = type(event) is yaml.ScalarEvent
        result[key] = _scalar(event) if plain else _value(event, events, where, document)
    return result


def _scalar(event: Any) -> Any:
    """Value of a scalar; numbers, booleans and null as YAML reads them, all else as text."""
    if not event.implicit[0]:
        return event.value
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
    if tag not in _READ_PLAIN:
        return event.value
    try:
        return _READ_PLAIN[tag](yaml.ScalarNode(tag, event.value))
    except (ValueError, KeyError, OverflowError):
        return event.value


def _syntax(error: yaml.YAMLError) -> Refusal:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be parsed")
    readable = re.sub(r"\s+", " ", problem)[:120]
    return Refusal(f"is not valid YAML: {readable}", mark.line + 1 if mark else 0)
