"""The base of every record: frozen, comparable, hashable, with a provenance for each number."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from ilrs_science.catalogue.frozen import Frozen
from ilrs_science.catalogue.provenance import ASSUMED, BasisMap, Provenance, ProvenanceMap
from ilrs_science.catalogue.wording import models_in
from ilrs_science.errors import RequestError, UnknownNameError

__all__ = ["MAX_TEXT", "Code", "Identifier", "Part", "Record", "Text", "field_docs"]

#: Characters of a text.
MAX_TEXT = 2_000
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]*$", max_length=32)]


def _printable(text: str) -> str:
    if not text.replace("\n", " ").isprintable():
        raise ValueError("has characters that cannot be printed")
    return text


Text = Annotated[
    str, StringConstraints(max_length=MAX_TEXT, strip_whitespace=True), AfterValidator(_printable)
]


class Part(Frozen):
    """A piece of a record, such as a battery: frozen, nothing extra."""

    model_config = ConfigDict(
        allow_inf_nan=False,
        validate_default=False,
        arbitrary_types_allowed=True,
    )

    def replace(self, **changes: Any) -> Self:
        """A copy with changes, validated as if it were new.

        Parameters
        ----------
        **changes
            New values by field name, written as in YAML.

        Returns
        -------
        Self
            The changed copy; this one stays as it is.
        """
        return type(self)(**{**self.model_dump(mode="json"), **changes})


class Record(Part):
    """One entry of the catalogue."""

    id: Identifier
    """Short name by which other records refer to this one."""
    name: Text = ""
    """Name as people write it."""
    note: Text = ""
    """Anything a reader should know."""
    basis: BasisMap = Field(default_factory=lambda: ProvenanceMap({}))
    """Where the numbers come from: basis, confidence and source by field."""

    @property
    def label(self) -> str:
        """The name, or the id if there is none."""
        return self.name or self.id

    def provenance_of(self, path: str) -> Provenance:
        """Where the number in a field comes from.

        Parameters
        ----------
        path : str
            Field name, dotted for a part: ``"mass"``, ``"battery.capacity"``.

        Returns
        -------
        Provenance
            Stated or, where the record says nothing, our estimate of low confidence.

        Raises
        ------
        UnknownNameError
            If a record of this class has no such field.
        RequestError
            If this record leaves it out.
        """
        steps = path.split(".")
        known = _fields(type(self), steps[:-1])
        if known is not None and steps[-1] not in known:
            raise UnknownNameError("field", path, [".".join([*steps[:-1], one]) for one in known])
        if not _is_set(self, steps):
            raise RequestError(f"{self.id} states no {path}, so that nothing can be said of it")
        return self.basis.find(path) or ASSUMED

    def numbers(self) -> Iterator[tuple[str, float]]:
        """Dotted path and value of every number that the record holds.

        Yields
        ------
        tuple of str and float
            Such as ``("battery.capacity", 12000.0)``; entries of a list share one path.
        """
        for name in type(self).model_fields:
            if name != "basis":
                yield from _numbers(name, getattr(self, name))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.label}>"

    __str__ = __repr__


def _numbers(path: str, value: object) -> Iterator[tuple[str, float]]:
    """Numbers inside a field, in the order in which the record states them."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _numbers(f"{path}.{name}", getattr(value, name))
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from _numbers(path, entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def _fields(model: type[BaseModel], steps: list[str]) -> list[str] | None:
    """Fields at a dotted path of a class; none where parts of several classes may stand, such as conditions."""
    for step in steps:
        if step not in model.model_fields:
            return []
        inner = models_in(model.model_fields[step].annotation)
        if len(inner) != 1:
            return None if inner else []
        model = inner[0]
    return list(model.model_fields)


def _is_set(value: object, steps: list[str]) -> bool:
    """Whether anything stands at a dotted path, in one entry of a list at least."""
    if isinstance(value, tuple):
        return any(_is_set(entry, steps) for entry in value)
    if not steps or value is None:
        return value is not None
    return _is_set(getattr(value, steps[0], None), steps[1:])


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Docstring of every field of a record class, its unit in brackets at the end.

    Parameters
    ----------
    model : type
        Record class, or class of a part.

    Returns
    -------
    dict
        Field name to docstring. Read from the source on demand, because records must import fast.
    """
    docs: dict[str, str] = {}
    for one in reversed(
        [base for base in model.__mro__ if issubclass(base, BaseModel) and base is not BaseModel]
    ):
        body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        statements = body.body if isinstance(body, ast.ClassDef) else []
        for field, doc in itertools.pairwise(statements):
            if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
                continue
            if isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant):
                docs[field.target.id] = inspect.cleandoc(str(doc.value.value))
    return docs
