"""A part that a person makes by itself: what is wrong with it is one line, in words of the field."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.parts import Part
from ilrs_science.planning.problem.reading import field_faults

__all__ = ["Entry"]


class Entry(Part):
    """A part that belongs to no larger record.

    Raises
    ------
    RequestError
        If a field is missing, unknown or wrong: one line that names every fault.
    """

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            faults = "; ".join(field_faults(error, fields, type(self), {}))
            raise RequestError(f"{type(self).__name__}: {faults}") from None

    # pydantic then validates those that are read from a file by itself, and their faults keep their path
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]
