"""Every kind of constraint as one type, and how one is read from YAML, Python or the command line."""

from __future__ import annotations

from functools import cache
from typing import Annotated, TypeAlias, get_args

from pydantic import Field, TypeAdapter, ValidationError

from ilrs_science.catalogue.constraint.light import Day, Eclipse, LocalSolarTime, Night, Season
from ilrs_science.catalogue.constraint.local import LinkRate, PowerAvailable, Temperature
from ilrs_science.catalogue.constraint.logic import AllOf, AnyOf, Constraint, Not
from ilrs_science.catalogue.constraint.orbiting import Occultation, PassOver, SolarBeta
from ilrs_science.catalogue.constraint.position import (
    EarthElevation,
    PhaseAngle,
    RangeTo,
    Separation,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.constraint.quiet import Magnetotail, PlasmaRegion, RadioQuiet
from ilrs_science.catalogue.constraint.visible import EarthVisible, SunVisible
from ilrs_science.catalogue.wording import plain_words
from ilrs_science.errors import RequestError, UnknownNameError

__all__ = ["AnyConstraint", "parse_constraint"]

AnyConstraint: TypeAlias = Annotated[
    SunElevation
    | EarthElevation
    | TargetElevation
    | Separation
    | PhaseAngle
    | RangeTo
    | PassOver
    | SolarBeta
    | Occultation
    | SunVisible
    | EarthVisible
    | Day
    | Night
    | LocalSolarTime
    | Season
    | Eclipse
    | RadioQuiet
    | Magnetotail
    | PlasmaRegion
    | Temperature
    | PowerAvailable
    | LinkRate
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="kind"),
]
for _kind in (AllOf, AnyOf, Not):
    _kind.model_rebuild(_types_namespace={"AnyConstraint": AnyConstraint})
_DEEPEST = 16
_CLASSES: dict[str, type[Constraint]] = {
    cls.model_fields["kind"].default: cls for cls in get_args(get_args(AnyConstraint)[0])
}


def parse_constraint(spec: object) -> Constraint:
    """Constraint from a mapping, as YAML and the command line give it.

    Parameters
    ----------
    spec : mapping or Constraint
        With ``kind`` and the fields of that kind, such as ``{"kind": "sun_elevation", "min": "0 deg"}``.

    Returns
    -------
    Constraint
        A frozen record.

    Raises
    ------
    UnknownNameError
        If the kind is not known; the nearest are listed.
    RequestError
        If a field is missing, unknown, without unit or out of range; one line.

    Examples
    --------
    >>> parse_constraint({"kind": "sun_elevation", "min": "0 deg"}).label
    'sun_elevation >= 0 deg'
    """
    if isinstance(spec, Constraint):
        return spec
    _check_kinds(spec, depth=0)
    try:
        return _adapter().validate_python(spec)
    except ValidationError as error:
        raise RequestError(_one_line(error)) from error


@cache
def _adapter() -> TypeAdapter[AnyConstraint]:
    """The reader of single constraints, which records do not need."""
    return TypeAdapter(AnyConstraint)


def _check_kinds(spec: object, depth: int) -> None:
    """Raise for the first part without a known kind, at any depth, before pydantic sees it."""
    if isinstance(spec, Constraint):
        return
    if depth > _DEEPEST:
        raise RequestError(f"constraints are nested deeper than {_DEEPEST} levels")
    kind = spec.get("kind") if isinstance(spec, dict) else None
    if not isinstance(spec, dict) or not isinstance(kind, str):
        example = "{kind: sun_elevation, min: 0 deg}"
        raise RequestError(f"a constraint is a mapping with a kind, such as {example}; got {spec!r:.60}")
    if kind not in _CLASSES:
        raise UnknownNameError("constraint", kind, _CLASSES)
    if "of" in spec and "of" in _CLASSES[kind].model_fields:
        inner = spec["of"]
        for part in inner if isinstance(inner, list | tuple) and kind != "not" else (inner,):
            _check_kinds(part, depth + 1)


def _one_line(error: ValidationError) -> str:
    """The first thing that is wrong: kinds and field on the way to it, then what is allowed."""
    first = error.errors(include_url=False)[0]
    path = [str(part) for part in first["loc"]]
    kind = [part for part in path if part in _CLASSES][-1]
    where = ".".join([path[0], *(part for part in path[1:] if part not in _CLASSES)])
    outer = _CLASSES.get(path[0], _CLASSES[kind])
    words = plain_words({**first, "loc": first["loc"][1:]}, outer)
    message = words.removeprefix(f"{where}: ").removeprefix(f"{where} ")
    if first["type"] == "extra_forbidden":
        message = f"unknown field (known: {', '.join(_CLASSES[kind].model_fields)})"
    if first["type"] == "missing":
        message = "is missing"
    return f"{where}: {message}"
