"""The base of records and constraints: frozen, nothing extra, and one clear line for what is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ilrs_science.errors import RequestError, closest

__all__ = ["Frozen"]


class Frozen(BaseModel):
    """A frozen model that refuses unknown fields.

    Raises
    ------
    RequestError
        If a field is missing, unknown or wrong: one line that names the first fault and counts the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise RequestError(_line(type(self), error)) from None

    # pydantic then validates nested records by itself, and faults of YAML keep their path
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


def _line(model: type[BaseModel], error: ValidationError) -> str:
    """The first fault in words, with what is allowed."""
    faults = error.errors(include_url=False)
    first = min(
        faults, key=lambda fault: fault["type"] != "extra_forbidden"
    )  # a misspelt field explains a missing one
    path = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        near = closest(str(first["loc"][-1]), model.model_fields)
        message = f"no such field{'; did you mean ' + ' or '.join(near) + '?' if near else ''}"
    if first["type"] == "missing":
        message = "is missing"
    where = f"{model.__name__} {path}: " if path else f"{model.__name__}: "
    rest = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{where}{message}{rest}"
