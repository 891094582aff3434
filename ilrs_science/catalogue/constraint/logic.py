"""The base of all constraints, and how they are joined: all of, any of, not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import Field

from ilrs_science.catalogue.frozen import Frozen
from ilrs_science.errors import RequestError

if TYPE_CHECKING:
    AnyConstraint: TypeAlias = "Constraint"  # for pydantic the union of all kinds, see `union`

__all__ = ["AllOf", "AnyOf", "Constraint", "Not"]


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

    def __bool__(self) -> bool:
        raise RequestError(
            f"{self.label} is neither true nor false by itself; join constraints with &, | and ~, not and, or, not"
        )

    def __invert__(self) -> AnyConstraint:
        return self.of if isinstance(self, Not) else Not(of=self)

    @property
    def label(self) -> str:
        """Short text that names the constraint in tables, such as ``sun_elevation >= 0 deg``."""
        return self.kind


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


def _parts(constraint: Any, group: type[AllOf] | type[AnyOf]) -> tuple[AnyConstraint, ...]:
    return constraint.of if isinstance(constraint, group) else (constraint,)
