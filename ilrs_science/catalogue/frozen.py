"""The base of records and constraints: frozen, nothing extra, and one clear line for what is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from ilrs_science.catalogue.whole import whole_faults
from ilrs_science.catalogue.wording import models_at, plain_words
from ilrs_science.errors import RequestError, closest

__all__ = ["Frozen"]


class Frozen(BaseModel):
    """A frozen model that refuses unknown fields.

    Raises
    ------
    RequestError
        If a field is missing, unknown or wrong: one line that names every fault.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise RequestError(_line(type(self), fields, error)) from None

    # pydantic then validates nested records by itself, and faults of YAML keep their path
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


def _line(model: type[BaseModel], fields: dict[str, Any], error: ValidationError) -> str:
    """Every fault in words, with what is allowed; a misspelt field explains a missing one, so it comes first."""
    faults = sorted(
        (one for one in error.errors(include_url=False) if one["type"] != "default_factory_not_called"),
        key=lambda fault: fault["type"] != "extra_forbidden",
    )
    wrong = {str(fault["loc"][0]) for fault in faults if fault["loc"]}
    told = dict.fromkeys(_fault(model, fault) for fault in faults)
    told |= dict.fromkeys(whole_faults(model, fields, wrong))
    return f"{model.__name__}{' ' if faults[0]['loc'] else ': '}{'; '.join(told)}"


def _fault(model: type[BaseModel], fault: ErrorDetails) -> str:
    path = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        known = [name for one in models_at(model, fault["loc"][:-1]) for name in one.model_fields]
        near = closest(str(fault["loc"][-1]), known)
        message = f"no such field{'; did you mean ' + ' or '.join(near) + '?' if near else ''}"
    elif fault["type"] == "missing":
        message = "is missing"
    else:
        message = plain_words(fault, model)
    return f"{path}: {message}" if path else message
