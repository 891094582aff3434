"""Levels in decibels: gains, losses and figures of merit, written with their unit as every other number is."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from ilrs_science.errors import UnitError

__all__ = ["Decibels", "FigureOfMerit", "Gain"]

_TEXT = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(\S*)\s*", re.ASCII)


def _level(unit: str) -> Any:
    """Annotations of a field that reads and writes levels in one unit; decibels are no unit that pint scales."""

    def read(value: object, info: ValidationInfo) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            if (info.context or {}).get("canonical") and math.isfinite(value):
                return float(value)
            raise UnitError(f"{value:g} has no unit; write '{value:g} {unit}'")
        match = _TEXT.fullmatch(value) if isinstance(value, str) and len(value) <= 64 else None
        if match is None:
            raise UnitError(f"{str(value)[:40]!r} is not a level, such as '3 {unit}'")
        if not match[2]:
            raise UnitError(f"{value!r} has no unit; write '{match[1]} {unit}'")
        if match[2] != unit:
            raise UnitError(f"{match[2][:20]!r} is not a unit here; use {unit}")
        return float(match[1])

    def write(value: float) -> str:
        return f"{value:.15g} {unit}"

    return (
        BeforeValidator(read, json_schema_input_type=str),
        PlainSerializer(write, return_type=str, when_used="json"),
        WithJsonSchema({"type": "string", "description": f"in {unit}"}),
    )


Decibels = Annotated[float, *_level("dB")]
"""A ratio of powers, ``"3 dB"``. [dB]"""
Gain = Annotated[float, *_level("dBi")]
"""Gain of an antenna over one that sends evenly in all directions, ``"44 dBi"``. [dBi]"""
FigureOfMerit = Annotated[float, *_level("dB/K")]
"""Gain over noise temperature of a receiver, ``"18.2 dB/K"``. [dB/K]"""
