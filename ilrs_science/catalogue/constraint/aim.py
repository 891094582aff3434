"""What a constraint may look at: something with a name, or a direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field, PlainSerializer, PlainValidator

from ilrs_science.catalogue.frozen import Frozen
from ilrs_science.errors import RequestError
from ilrs_science.units import Angle

__all__ = ["Aim", "Direction", "Name", "aim_label"]


class Direction(Frozen):
    """A fixed direction in ICRS."""

    ra: Annotated[Angle, Field(ge=0, lt=360)]
    """Right ascension. [deg]"""
    dec: Annotated[Angle, Field(ge=-90, le=90)]
    """Declination. [deg]"""


_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def _read(value: object) -> str | Direction:
    if isinstance(value, Direction) or (isinstance(value, str) and _NAME.fullmatch(value)):
        return value
    if isinstance(value, Mapping):
        return Direction(**value)
    raise RequestError(
        f"{value!r:.60} is neither a name such as jupiter nor {{ra: 266.4 deg, dec: -29.0 deg}}"
    )


def _read_name(value: object) -> str:
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise RequestError(f"{value!r:.60} is not a name such as queqiao2")


def _write(aim: str | Direction) -> str | dict[str, str]:
    return aim if isinstance(aim, str) else aim.model_dump(mode="json")


#: A body of the ephemeris, or a target, orbit, site or ground station of the catalogue, by name.
Name: TypeAlias = Annotated[str, PlainValidator(_read_name, json_schema_input_type=str)]

#: Something by name, or a direction.
Aim: TypeAlias = Annotated[
    str | Direction,
    PlainValidator(_read, json_schema_input_type=str | dict[str, str]),
    PlainSerializer(_write, return_type=str | dict[str, str], when_used="json"),
]


def aim_label(aim: Aim) -> str:
    """Short text for labels.

    Parameters
    ----------
    aim : str or Direction
        What is looked at.

    Returns
    -------
    str
        The name, or ``ra 266.4 dec -29``.
    """
    return aim if isinstance(aim, str) else f"ra {aim.ra:g} dec {aim.dec:g}"
