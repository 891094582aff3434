"""Pick records by conditions on their fields."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from ilrs_science.catalogue.library.views.columns import columns_of, unit_in
from ilrs_science.catalogue.library.views.values import value_at
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.wording import LONGEST, models_in
from ilrs_science.errors import RequestError, UnitError, UnknownNameError
from ilrs_science.units import QUANTITIES, parse_quantity

__all__ = ["matching"]

R = TypeVar("R", bound=Record)
Test = Callable[[Any], bool]

_COMPARISON = re.compile(r"\s*(<=|>=|==|!=|<|>|=)\s*(\S.*?)\s*", re.DOTALL)
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}


def matching(model: type[R], records: Iterable[R], conditions: Mapping[str, Any]) -> list[R]:
    """Records that meet all conditions.

    Parameters
    ----------
    model : type
        Class of the records.
    records : iterable of Record
        To choose from.
    conditions : mapping
        Field to what it must be. The field of a part is ``power__operate`` or ``"power.operate"``; properties such as
        ``side`` count as fields. What it must be: a function of the value; a comparison such as ``"< 5 kg"``; text,
        where ``*`` stands for anything and case does not count; a number in the canonical unit; None for an empty
        field; a list of such, of which one must fit; or a tuple of comparisons, of which all must hold, such as
        ``("> 1 kg", "< 3 kg")``. Of a field with several entries one must fit.

    Returns
    -------
    list of Record
        In their order. A value that is not there meets no comparison.

    Raises
    ------
    UnknownNameError
        If there is no such field, or a field of choices has no such choice.
    RequestError
        If a comparison cannot be read, or its unit is not that of the field.
    """
    tests: dict[str, Test] = {}
    for name, wanted in conditions.items():
        path, unit = _field(model, name.replace("__", "."))
        _check_choices(model, path, wanted)
        tests[path] = _test(path, wanted, unit)
    return [record for record in records if all(test(value_at(record, path)) for path, test in tests.items())]


def _field(model: type[Record], path: str) -> tuple[str, str]:
    """Path and unit of a field or a property."""
    columns = columns_of(model)
    if path in columns:
        return path, columns[path]
    properties = {
        name: unit_in((getattr(model, name).__doc__ or "").strip())
        for name in dir(model)
        if not name.startswith(("_", "model_")) and isinstance(getattr(model, name, None), property)
    }
    if path not in properties:
        raise UnknownNameError("field", path, [*columns, *properties])
    return path, properties[path]


def _check_choices(model: type[Record], path: str, wanted: Any) -> None:
    """Refuse a choice that no record can have."""
    choices = _choices(model, path)
    for one in wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]:
        found = _COMPARISON.fullmatch(one) if choices and isinstance(one, str) else None
        text = found[2] if found and found[1] in ("=", "==", "!=") else one
        if not choices or not isinstance(text, str) or (found and text is one):
            continue
        if not any(fnmatchcase(choice, text.strip().lower()) for choice in choices):
            raise UnknownNameError(path, text[:LONGEST], choices)


def _choices(model: type[Record], path: str) -> list[str]:
    """Choices of a field, in small letters; none if it may be anything else."""
    current: type[BaseModel] = model
    *steps, last = path.split(".")
    for step in steps:
        current = models_in(current.model_fields[step].annotation)[0]
    annotation = current.model_fields[last].annotation if last in current.model_fields else None
    return [str(one).lower() for choice in _enums(annotation) for one in choice]


def _enums(annotation: Any) -> list[type[Enum]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, Enum) else []
    return [one for inner in get_args(annotation) for one in _enums(inner)]


def _test(path: str, wanted: Any, unit: str) -> Test:
    if callable(wanted):
        return lambda value: bool(wanted(value))
    if isinstance(wanted, tuple) and wanted and all(map(_is_comparison, wanted)):
        parts = [_test(path, one, unit) for one in wanted]
        return lambda value: all(test(value) for test in parts)
    if isinstance(wanted, list | tuple | set | frozenset):
        tests = [_test(path, one, unit) for one in wanted]
        return lambda value: any(test(value) for test in tests)
    single = _single(path, wanted, unit)
    if wanted is None:
        return single
    several = all if isinstance(wanted, str) and wanted.lstrip().startswith("!=") else any
    return lambda value: several(map(single, value)) if isinstance(value, tuple) else single(value)


def _is_comparison(wanted: Any) -> bool:
    return isinstance(wanted, str) and _COMPARISON.fullmatch(wanted) is not None


def _single(path: str, wanted: Any, unit: str) -> Test:
    """Test of one value."""
    if wanted is None:
        return lambda value: value is None or value == ()
    if not isinstance(wanted, str):
        return lambda value: bool(value == wanted)
    found = _COMPARISON.fullmatch(wanted)
    sign, text = (found[1], found[2]) if found else ("=", wanted.strip())
    compare = _OPERATORS[sign]
    number = _number(path, text, unit)

    def test(value: Any) -> bool:
        if isinstance(value, int | float) and not isinstance(value, bool):
            if number is None:
                raise RequestError(
                    f"{path}: {text!r} is not a number to compare with, such as '< 5 {unit}'".rstrip()
                )
            return compare(value, number)
        if value is None:
            return False
        if sign in ("=", "==", "!="):
            return fnmatchcase(str(value).lower(), text.lower()) == (sign != "!=")
        return compare(str(value), text)

    return test


def _number(path: str, text: str, unit: str) -> float | None:
    """Number that a text states; none if it states none."""
    try:
        return parse_quantity(text, unit if unit in QUANTITIES else "1")
    except UnitError as error:
        if unit in QUANTITIES:
            raise RequestError(f"{path}: {error}") from None
        return None
