"""Constraints that keep a quantity between two limits."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from ilrs_science.catalogue.constraint.logic import Constraint
from ilrs_science.errors import RequestError
from ilrs_science.units import Angle, format_quantity

__all__ = ["AngleLimits", "Limits"]


class Limits(Constraint):
    """A quantity between two limits, either of which may be left out."""

    unit: ClassVar[str]
    """Canonical unit of both limits."""
    possible: ClassVar[tuple[float, float]]
    """Smallest and largest value that the quantity can have, in the unit."""
    min: float | None = None
    """Smallest value allowed."""
    max: float | None = None
    """Largest value allowed."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        self._check_limits()
        return self

    def _check_limits(self) -> None:
        if self.min is None and self.max is None:
            raise RequestError(f"{self.kind} needs min or max, such as min: 0 {self.unit}")
        if self.min is not None and self.max is not None and self.min >= self.max:
            limits = f"min {self.min:g} {self.unit} is not below max {self.max:g} {self.unit}"
            raise RequestError(f"{self.kind}: {limits}")
        low, high = self.possible
        for value in (self.min, self.max):
            if value is not None and not low <= value <= high:
                outside = f"{value:g} {self.unit} is outside {low:g} to {high:g} {self.unit}"
                raise RequestError(f"{self.kind}: {outside}")

    @property
    def quantity(self) -> str:
        """What is limited, for the label."""
        return self.kind

    @property
    def label(self) -> str:
        """Quantity and limits."""
        low = "" if self.min is None else f" >= {format_quantity(self.min, self.unit)}"
        high = "" if self.max is None else f" <= {format_quantity(self.max, self.unit)}"
        return f"{self.quantity}{low}{high}"


class AngleLimits(Limits):
    """An angle between two limits."""

    unit: ClassVar[str] = "deg"
    possible: ClassVar[tuple[float, float]] = (-90.0, 90.0)
    min: Angle | None = None
    """Smallest value allowed. [deg]"""
    max: Angle | None = None
    """Largest value allowed. [deg]"""
