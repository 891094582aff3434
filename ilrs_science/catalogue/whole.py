"""What is wrong with a record as a whole although some of its fields are wrong: one fault must not hide another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PydanticUserError, TypeAdapter, ValidationError

__all__ = ["whole_faults"]


def whole_faults(
    model: type[BaseModel], data: Mapping[str, Any], faulty: Set[str], context: dict[str, Any] | None = None
) -> Iterator[str]:
    """What the rules of a class that tie fields together say to the sound ones.

    Parameters
    ----------
    model : type
        Record class, or class of a part.
    data : mapping
        The values that were given.
    faulty : set of str
        Fields that are known to be wrong; a rule that reads one of them says nothing.
    context : dict, optional
        As for the class itself.

    Yields
    ------
    str
        What is wrong, in words.
    """
    rules = [
        one for one in model.__pydantic_decorators__.model_validators.values() if one.info.mode == "after"
    ]
    if not rules:
        return
    sound = dict(_sound(model, data, faulty, context))
    partial = model.model_construct(_fields_set=set(data) & set(model.model_fields), **sound)
    for name, field in model.model_fields.items():
        if name not in sound and (name in data or field.is_required()):
            partial.__dict__.pop(name, None)
    for rule in rules:
        try:
            rule.func(partial)
        except AttributeError:  # it reads a field that is wrong
            continue
        except ValueError as error:
            yield str(error)


def _sound(
    model: type[BaseModel], data: Mapping[str, Any], faulty: Set[str], context: dict[str, Any] | None
) -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        if name in model.model_fields and name not in faulty:
            try:
                yield name, _reader(model, name).validate_python(value, context=context)
            except (ValidationError, RecursionError):
                continue


@cache
def _reader(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """Reader of the values of one field."""
    field = model.model_fields[name]
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        return TypeAdapter(kind, config=ConfigDict(arbitrary_types_allowed=True, allow_inf_nan=False))
    except PydanticUserError:  # a part has its own
        return TypeAdapter(kind)
