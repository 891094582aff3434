"""Constraints: what must hold for an experiment to run, as frozen records; one schema for YAML, Python and CLI."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from ilrs_science.catalogue.frozen import Frozen
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.units import Angle, format_quantity

__all__ = [
    "AllOf",
    "AnyConstraint",
    "AnyOf",
    "Constraint",
    "Day",
    "EarthElevation",
    "Night",
    "Not",
    "Separation",
    "SunElevation",
    "parse_constraint",
]

Body = Literal["sun", "earth"]


class Constraint(Frozen):
    """Base of all constraints; combine them with ``&``, ``|`` and ``~``."""

    kind: str

    def __and__(self, other: AnyConstraint) -> AllOf:
        if not isinstance(other, Constraint):
            return NotImplemented
        return AllOf(of=(*_parts(self, AllOf), *_parts(other, AllOf)))

    def __or__(self, other: AnyConstraint) -> AnyOf:
        if not isinstance(other, Constraint):
            return NotImplemented
        return AnyOf(of=(*_parts(self, AnyOf), *_parts(other, AnyOf)))

    def __invert__(self) -> AnyConstraint:
        return self.of if isinstance(self, Not) else Not(of=self)

    @property
    def label(self) -> str:
        """Short text that names the constraint in tables, such as ``sun_elevation >= 0 deg``."""
        return self.kind


class _Bounded(Constraint):
    """A scalar of time between two limits, either of which may be left out."""

    min: Angle | None = None
    """Smallest value allowed. [deg]"""
    max: Angle | None = None
    """Largest value allowed. [deg]"""

    @model_validator(mode="after")
    def _limits_in_order(self) -> _Bounded:
        if self.min is None and self.max is None:
            raise RequestError(f"{self.kind} needs min or max, such as min: 0 deg")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise RequestError(f"{self.kind}: min {self.min:g} deg is not below max {self.max:g} deg")
        low, high = self._possible()
        for value in (self.min, self.max):
            if value is not None and not low <= value <= high:
                raise RequestError(f"{self.kind}: {value:g} deg is outside {low:g} to {high:g} deg")
        return self

    def _possible(self) -> tuple[float, float]:
        return -90.0, 90.0

    @property
    def label(self) -> str:
        """Kind and limits."""
        low = "" if self.min is None else f" >= {format_quantity(self.min, 'deg')}"
        high = "" if self.max is None else f" <= {format_quantity(self.max, 'deg')}"
        return f"{self.kind}{low}{high}"


class SunElevation(_Bounded):
    """Elevation of the Sun's centre above the horizontal plane of the site. [deg]"""

    kind: Literal["sun_elevation"] = "sun_elevation"


class EarthElevation(_Bounded):
    """Elevation of Earth's centre above the horizontal plane of the site. [deg]"""

    kind: Literal["earth_elevation"] = "earth_elevation"


class Separation(_Bounded):
    """Angle between the centres of two bodies, seen from the place. [deg]"""

    kind: Literal["separation"] = "separation"
    bodies: tuple[Body, Body]
    """The two bodies, such as ``[sun, earth]``."""

    @model_validator(mode="after")
    def _two_bodies(self) -> Separation:
        if self.bodies[0] == self.bodies[1]:
            raise RequestError(f"separation needs two different bodies, not {self.bodies[0]} twice")
        return self

    def _possible(self) -> tuple[float, float]:
        return 0.0, 180.0

    @property
    def label(self) -> str:
        """Kind, bodies and limits."""
        return super().label.replace(self.kind, f"separation {'-'.join(self.bodies)}", 1)


class Day(Constraint):
    """The Sun's centre is above the horizontal plane (terrain left aside)."""

    kind: Literal["day"] = "day"


class Night(Constraint):
    """The Sun's centre is below the horizontal plane (terrain left aside)."""

    kind: Literal["night"] = "night"


class AllOf(Constraint):
    """Every one of several constraints holds."""

    kind: Literal["all_of"] = "all_of"
    of: tuple[AnyConstraint, ...] = Field(min_length=1, max_length=64)
    """The constraints."""

    @property
    def label(self) -> str:
        """The parts joined by ``and``."""
        return "(" + " and ".join(part.label for part in self.of) + ")"


class AnyOf(Constraint):
    """At least one of several constraints holds."""

    kind: Literal["any_of"] = "any_of"
    of: tuple[AnyConstraint, ...] = Field(min_length=1, max_length=64)
    """The constraints."""

    @property
    def label(self) -> str:
        """The parts joined by ``or``."""
        return "(" + " or ".join(part.label for part in self.of) + ")"


class Not(Constraint):
    """A constraint does not hold."""

    kind: Literal["not"] = "not"
    of: AnyConstraint
    """The constraint."""

    @property
    def label(self) -> str:
        """``not`` and the part."""
        return f"not {self.of.label}"


AnyConstraint = Annotated[
    SunElevation | EarthElevation | Separation | Day | Night | AllOf | AnyOf | Not,
    Field(discriminator="kind"),
]
for _kind in (AllOf, AnyOf, Not):
    _kind.model_rebuild()
_ADAPTER: TypeAdapter[AnyConstraint] = TypeAdapter(AnyConstraint)
_DEEPEST = 16
_CLASSES: dict[str, type[Constraint]] = {
    cls.model_fields["kind"].default: cls for cls in get_args(get_args(AnyConstraint)[0])
}


def _parts(constraint: Any, group: type[AllOf] | type[AnyOf]) -> tuple[AnyConstraint, ...]:
    return constraint.of if isinstance(constraint, group) else (constraint,)


def parse_constraint(spec: object) -> AnyConstraint:
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
        return spec  # type: ignore[return-value]
    _check_kinds(spec, depth=0)
    try:
        return _ADAPTER.validate_python(spec)
    except ValidationError as error:
        raise RequestError(_one_line(error)) from error


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
    message = first["msg"].removeprefix("Value error, ").removeprefix(f"{where}: ").removeprefix(f"{where} ")
    if first["type"] == "extra_forbidden":
        message = f"unknown field (known: {', '.join(_CLASSES[kind].model_fields)})"
    return f"{where}: {message}"
