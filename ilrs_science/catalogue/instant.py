"""An instant as records write it."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from ilrs_science.epochs import format_epoch, parse_epoch

__all__ = ["Instant", "write_instant"]


def write_instant(time: Any) -> str:
    """Text of an instant.

    Parameters
    ----------
    time : datetime64
        UTC.

    Returns
    -------
    str
        ISO 8601 with milliseconds.
    """
    return format_epoch(time, "ms")


#: Record field that holds a UTC instant as ``datetime64[us]``.
Instant = Annotated[
    np.datetime64,
    BeforeValidator(parse_epoch),
    PlainSerializer(write_instant, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
