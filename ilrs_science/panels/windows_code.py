"""The Python lines that find the windows of the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ilrs_science.catalogue.constraint import Constraint, Direction, Not

__all__ = ["code_of", "expression"]

_WIDE = 96


def code_of(
    place: str, parts: Sequence[Constraint], join: str, span: tuple[np.datetime64, np.datetime64]
) -> str:
    """Lines that find the windows of some constraints.

    Parameters
    ----------
    place : str
        Id of a site or orbit.
    parts : sequence of Constraint
        What must hold.
    join : {"all", "any"}
        Whether all of them must hold, or any.
    span : tuple of datetime64
        Start and end, UTC.

    Returns
    -------
    str
        To be pasted into a notebook.
    """
    start, end = (str(time.astype("datetime64[D]")) for time in span)
    lines = ["import ilrs_science as ilrs", ""]
    if not parts:
        return "\n".join([*lines, f'windows = ilrs.Windows.everything("{start}", "{end}")'])
    sign = "&" if join == "all" else "|"
    whole = f" {sign} ".join(map(expression, parts))
    if len(whole) > _WIDE:
        whole = "(\n    " + f"\n    {sign} ".join(map(expression, parts)) + "\n)"
    found = f'windows = ilrs.find_windows(constraint, "{place}", "{start}", "{end}")'
    return "\n".join([*lines, f"constraint = {whole}", found])


def expression(constraint: Constraint) -> str:
    """Python that makes a constraint.

    Parameters
    ----------
    constraint : Constraint
        Of one kind, or the opposite of one.

    Returns
    -------
    str
        Such as ``ilrs.SunElevation(min="0 deg")``.
    """
    if isinstance(constraint, Not):
        return f"~{expression(constraint.of)}"
    written = constraint.model_dump(mode="json", exclude_defaults=True)
    given = ", ".join(f"{name}={_value(value)}" for name, value in written.items() if name != "kind")
    return f"ilrs.{type(constraint).__name__}({given})"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f'{name}="{text}"' for name, text in value.items())
        return f"ilrs.{Direction.__name__}({inner})"
    if isinstance(value, list):
        return f"({', '.join(map(_value, value))}{',' if len(value) == 1 else ''})"
    number, _, unit = str(value).rpartition(" ")
    hours = float(number) / 3600.0 if unit == "s" else 0.5
    return f'"{hours:g} h"' if hours.is_integer() else f'"{value}"'
