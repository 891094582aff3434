"""Names that a constraint mentions, and the kinds of records that each may lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ilrs_science.catalogue.constraint.logic import Constraint

__all__ = ["BODY_NAMES", "Mention", "mentions"]

#: Bodies of the ephemeris, which need no record.
BODY_NAMES: Final = frozenset(
    ("sun", "earth", "moon", "mercury", "venus", "mars", "jupiter", "saturn", "uranus", "neptune", "pluto")
)

_BODIES = ("bodies",)
_PLACED = ("orbits", "sites", "ground_stations")
_AIMS = (*_BODIES, "targets", *_PLACED)

#: Folders of the catalogue, and ``bodies``, where a name in a field is looked up, by kind.
_FIELDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "target_elevation": {"target": _AIMS},
    "separation": {"bodies": _AIMS},
    "occultation": {"target": _AIMS},
    "phase_angle": {"body": _BODIES},
    "range_to": {"body": (*_BODIES, *_PLACED)},
    "pass_over": {"orbiter": ("orbits",), "site": ("sites",)},
    "radio_quiet": {"emitters": _PLACED},
    "link_rate": {"via": (*_BODIES, "ground_stations", "relays", "orbits")},
}
_DEEPEST = 17


@dataclass(frozen=True)
class Mention:
    """A name in a constraint."""

    place: tuple[str | int, ...]
    """Fields and positions on the way to the name."""
    name: str
    """The name."""
    folders: tuple[str, ...]
    """Folders of the catalogue that may hold it; ``bodies`` stands for the ephemeris."""


def mentions(spec: object) -> Iterator[Mention]:
    """Every name that a constraint mentions.

    Parameters
    ----------
    spec : Constraint or mapping
        A mapping may be malformed: what cannot be read mentions nothing.

    Yields
    ------
    Mention
        In the order of the constraint.
    """
    yield from _of(spec.model_dump(mode="json") if isinstance(spec, Constraint) else spec, ())


def _of(spec: object, place: tuple[str | int, ...]) -> Iterator[Mention]:
    if not isinstance(spec, dict) or len(place) > 2 * _DEEPEST:
        return
    kind = spec.get("kind")
    for field, folders in _FIELDS.get(kind if isinstance(kind, str) else "", {}).items():
        for where, value in _listed(spec.get(field), (*place, field)):
            if isinstance(value, str):
                yield Mention(where, value, folders)
    for where, part in _listed(spec.get("of"), (*place, "of")):
        yield from _of(part, where)


def _listed(value: object, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """The entries of a list with their places, or the value itself."""
    if isinstance(value, list | tuple):
        yield from (((*place, index), entry) for index, entry in enumerate(value))
    else:
        yield place, value
