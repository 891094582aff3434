"""What each filter of the catalogue dashboard means for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from ilrs_science.catalogue.category import Category, Location, ScienceField
from ilrs_science.catalogue.library import Catalogue

__all__ = ["FILTERS", "choices_of", "conditions_of", "filters_of", "kind_words"]

FILTERS: Final = ("category", "field", "partner", "place", "phase")
"""What one can filter by."""

_EXPERIMENT: Final = {
    "category": "category",
    "field": "field",
    "partner": "partner",
    "place": "locations",
    "phase": "phase",
}
_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "experiments": _EXPERIMENT,
    "instruments": _EXPERIMENT,  # of the experiments that use them
    "sites": {"place": "side"},
    "stations": {"partner": "owners"},
    "missions": {"partner": "operators"},
    "assets": {"phase": "phase"},
}
_CAPS: Final = {"south_polar": {"latitude": "<= -80 deg"}, "north_polar": {"latitude": ">= 80 deg"}}
"""Sites about a pole, beside those of a side."""
_PLACES: Final = {
    "near": "Near side",
    "limb": "Limb",
    "far": "Far side",
    "south_polar": "South pole, from 80° S",
    "north_polar": "North pole, from 80° N",
}


def kind_words(kind: str) -> str:
    """A kind of record in words.

    Parameters
    ----------
    kind : str
        Folder, such as ``ground_stations``.

    Returns
    -------
    str
        Such as ``Ground stations``.
    """
    return "Compliance items" if kind == "compliance" else kind.replace("_", " ").capitalize()


def filters_of(kind: str) -> tuple[str, ...]:
    """Filters that mean something for a kind.

    Parameters
    ----------
    kind : str
        Folder of the kind.

    Returns
    -------
    tuple of str
        Of `FILTERS`, in their order.
    """
    return tuple(name for name in FILTERS if name in _FIELDS.get(kind, ()))


def choices_of(catalogue: Catalogue, kind: str, name: str) -> dict[str, str]:
    """What a filter may be set to.

    Parameters
    ----------
    catalogue : Catalogue
        Where records are.
    kind : str
        Folder of the kind.
    name : str
        One of `FILTERS`.

    Returns
    -------
    dict of str to str
        Value to words; only what some record has.
    """
    if name not in filters_of(kind):
        return {}
    if kind == "sites":
        return _PLACES
    shelf = "experiments" if kind == "instruments" else kind
    held = set(_values(getattr(one, _FIELDS[kind][name]) for one in catalogue.shelf(shelf).values()))
    words = _words(catalogue, name)
    known = [value for value in words if value in held] + sorted(held - words.keys())
    return {value: words.get(value, value) for value in known}


def conditions_of(catalogue: Catalogue, kind: str, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Filters as conditions for ``catalogue.select``.

    Parameters
    ----------
    catalogue : Catalogue
        Where records are.
    kind : str
        Folder of the kind.
    chosen : mapping of str to str
        Filter to value; what is empty, or means nothing for the kind, is left out.

    Returns
    -------
    dict
        Field to what it must be.
    """
    told = {name: value for name, value in chosen.items() if value and name in filters_of(kind)}
    fields = {_FIELDS[kind][name]: value for name, value in told.items()}
    if kind == "instruments":
        return {"id": _used(catalogue, fields)} if fields else {}
    if kind == "sites" and told.get("place") in _CAPS:
        return dict(_CAPS[told["place"]])
    return fields


def _used(catalogue: Catalogue, fields: Mapping[str, str]) -> list[str]:
    """Ids of the instruments of those experiments that meet the conditions."""
    found = catalogue.select("experiments", **fields)
    return sorted({name for key in found for name in catalogue.experiments[key].instruments})


def _values(found: Iterable[Any]) -> Iterable[str]:
    for one in found:
        for value in one if isinstance(one, tuple) else (one,):
            if value:
                yield str(value)


def _words(catalogue: Catalogue, name: str) -> dict[str, str]:
    """Every value that a filter could have, in words and in its order."""
    ways: dict[str, Callable[[], dict[str, str]]] = {
        "category": lambda: {str(one): one.label for one in Category},
        "field": lambda: {str(one): one.label for one in ScienceField},
        "place": lambda: {str(one): str(one).replace("_", " ").capitalize() for one in Location},
        "partner": lambda: {key: one.label for key, one in catalogue.partners.items()},
        "phase": lambda: {
            key: f"{one.label}, {one.date_text}"
            for key, one in sorted(catalogue.phases.items(), key=lambda pair: pair[1].start or "9999")
        },
    }
    return ways[name]()
