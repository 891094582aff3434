"""A commented YAML file in which a person writes a record of their own."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from textwrap import wrap
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.library.kinds import KINDS, NUMBERLESS, REFERENCES
from ilrs_science.catalogue.library.views.columns import unit_in
from ilrs_science.catalogue.library.views.example import completed, example_of, instead_of
from ilrs_science.catalogue.provenance import Basis, Provenance
from ilrs_science.catalogue.record import Record, field_docs
from ilrs_science.unit_names import QUANTITIES, symbols

__all__ = ["template_of"]

_WIDTH: Final = 110
#: The fields that come last, whatever the class.
_LAST: Final = ("note", "basis")


def template_of(kind: str, records: dict[str, list[Record]]) -> str:
    """YAML text with every field of a kind: what it means, its unit, whether it is needed, an example.

    Parameters
    ----------
    kind : str
        Folder of the kind, such as ``"experiments"``.
    records : dict
        Records by folder, from which examples are taken.

    Returns
    -------
    str
        Lines that begin with ``##`` explain; those that begin with ``# `` are fields that may be left out. With and
        without the latter it is a sound record of a catalogue folder.
    """
    model = KINDS[kind]
    example = example_of(kind, records)
    active = {field for field in model.model_fields if _is_needed(kind, field)}
    active |= completed(kind, example, active)
    lines = list(_head(kind, model))
    order = [name for name in model.model_fields if name not in _LAST]
    for name in (*order, *_LAST):
        lines += ["", *_told(kind, name)]
        if name in example:
            lines += [line if name in active else f"# {line}" for line in _yaml(name, example[name])]
        elif other := instead_of(kind, example, name, records):
            lines += [f"## {line}" for line in _yaml(name, other[0])] + _comment(f"(instead of {other[1]})")
    return "\n".join(lines) + "\n"


def _yaml(name: str, value: Any) -> list[str]:
    """Lines of one field; what holds only plain values is on one line."""
    flow = None if isinstance(value, dict | list) else False
    text = yaml.safe_dump(
        {name: value}, sort_keys=False, default_flow_style=flow, allow_unicode=True, width=_WIDTH
    )
    return text.rstrip("\n").split("\n")


def _head(kind: str, model: type[Record]) -> Iterator[str]:
    what = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    yield from _comment(f"{what} Save it as {kind}/NAME.yaml in a folder of your own, and check that:")
    yield from _comment("ilrs catalogue check FOLDER")
    yield from _comment("Lines with one # are fields that may be left out: take the # away to use them.")
    yield from _comment(
        "To change a record that is there: extends: ID, and only what is different with its basis."
    )


def _is_needed(kind: str, name: str) -> bool:
    required = KINDS[kind].model_fields[name].is_required()
    return required or name == "id" or (name == "basis" and kind not in NUMBERLESS)


def _told(kind: str, name: str) -> Iterator[str]:
    """What a field means, and what may stand in it."""
    model = KINDS[kind]
    field = model.model_fields[name]
    doc = " ".join(field_docs(model).get(name, name).split())
    said = [doc, "Required." if _is_needed(kind, name) else _default(field, unit_in(doc))]
    targets = [target for folder, one, target in REFERENCES if (folder, one) == (kind, name)]
    said += [f"Ids of {target.replace('_', ' ')}." for target in targets]
    if name == "basis":
        said.append(
            f"Each is one of {', '.join(Basis)}, then H, M or L for confidence, then keys of sources."
        )
    yield from _comment(" ".join(filter(None, [*said, *_choices(field.annotation), *_units(doc)])))
    yield from _parts(field.annotation, 1)


def _parts(annotation: Any, depth: int) -> Iterator[str]:
    """Fields of the parts that a field holds, one a line."""
    for part in _models(annotation):
        if issubclass(part, Constraint) or depth > 3:
            continue
        docs = field_docs(part)
        for name, field in part.model_fields.items():
            doc = " ".join(docs.get(name, "").split())
            need = "Required." if field.is_required() else ""
            words = " ".join(filter(None, [f"{name}: {doc}", need, *_choices(field.annotation)]))
            yield from _comment(words, "  " * depth)
            yield from _parts(field.annotation, depth + 1)


def _default(field: FieldInfo, unit: str) -> str:
    default = field.default if field.default_factory is None else None
    if isinstance(default, bool) or not isinstance(default, int | float):
        return "Optional."
    return f"Optional, {default:g}{'' if unit in ('', '1', 'points') else ' ' + unit} by default."


def _units(doc: str) -> list[str]:
    unit = unit_in(doc)
    return [f"In {symbols(unit)}."] if unit in QUANTITIES and "," in symbols(unit) else []


def _choices(annotation: Any) -> list[str]:
    """What a field of choices, or of constraints, may be."""
    kinds = [
        str(one.model_fields["kind"].default) for one in _models(annotation) if issubclass(one, Constraint)
    ]
    if kinds:
        return [f"A map with a kind: {', '.join(kinds)}."]
    names = [str(one) for choice in _enums(annotation) for one in choice]
    return [f"One of {', '.join(names)}."] if names else []


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) and annotation is not Provenance else []
    return [one for inner in get_args(annotation) for one in _models(inner)]


def _enums(annotation: Any) -> list[Any]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, Enum) else []
    return [one for inner in get_args(annotation) for one in _enums(inner)]


def _comment(text: str, indent: str = "") -> list[str]:
    return [f"## {indent}{line}" for line in wrap(text, _WIDTH - len(indent))]
