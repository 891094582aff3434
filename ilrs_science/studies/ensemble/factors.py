"""Factors: what an ensemble varies, by name; each combination of their values is a setting."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.problem.parts import Part
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator

__all__ = ["Factors", "Setting", "settings_of"]

Factors = Mapping[str, Sequence[float | str]]
"""Values by name: a field of `Operator` or `Executive`, ``spread.duration``, ``spread.power``, or a field of a resource
of the problem, such as ``battery.capacity_Wh``."""

#: Fields of an operator that an ensemble sets itself.
FIXED = {"deterministic": True, "workers": 1}

AnyPart = TypeVar("AnyPart", bound=Part)


@dataclass(frozen=True)
class Setting:
    """One combination of the values of all factors."""

    problem: Problem
    """The problem, with the resources of this setting."""
    operator: Operator
    """Who makes new plans; its searches are deterministic and have one thread."""
    executive: Executive
    """Rules on board."""
    spread: Spread
    """How far durations and powers differ from the plan."""

    def with_value(self, name: str, value: Any) -> Setting:
        """The setting with one value changed.

        Parameters
        ----------
        name : str
            A factor.
        value : object
            Its value.

        Returns
        -------
        Setting

        Raises
        ------
        UnknownNameError
            If there is no such factor.
        RequestError
            If it cannot have this value.
        """
        for field in ("operator", "executive"):
            if name in _fields(self)[field]:
                return replace(self, **{field: _changed(getattr(self, field), name, value, name)})
        owner, _, inner = name.rpartition(".")
        if owner == "spread" and inner in Spread.model_fields:
            return replace(self, spread=_changed(self.spread, inner, value, name))
        places = {one.id: index for index, one in enumerate(self.problem.resources)}
        if owner not in places or inner not in type(self.problem.resources[places[owner]]).model_fields:
            raise UnknownNameError("factor", name, _names(self))
        resources = list(self.problem.resources)
        resources[places[owner]] = _changed(resources[places[owner]], inner, value, name)
        return replace(self, problem=self.problem.replace(resources=resources))


def settings_of(base: Setting, factors: Factors) -> Iterator[tuple[tuple[int, ...], Setting]]:
    """Every combination of the values of the factors.

    Parameters
    ----------
    base : Setting
        What does not vary.
    factors : mapping
        Values by name of the factor.

    Yields
    ------
    tuple of (tuple of int, Setting)
        Index of the value of each factor, and the setting.

    Raises
    ------
    UnknownNameError
        If there is no such factor.
    RequestError
        If a factor has no values, one of them twice, or one that it cannot have.
    """
    for name, values in factors.items():
        if isinstance(values, str) or not len(values) or len(set(values)) < len(values):
            raise RequestError(f"factor {name} needs a list of values, each once")
    problems: dict[str, Problem] = {}
    for place in itertools.product(*(range(len(values)) for values in factors.values())):
        found = base
        for (name, values), index in zip(factors.items(), place, strict=True):
            found = found.with_value(name, values[index])
        problem = problems.setdefault(found.problem.digest, found.problem)
        yield place, replace(found, problem=problem)


def _fields(setting: Setting) -> dict[str, set[str]]:
    return {
        "operator": set(type(setting.operator).model_fields) - FIXED.keys(),
        "executive": set(type(setting.executive).model_fields),
    }


def _names(setting: Setting) -> list[str]:
    of_resources = [
        f"{one.id}.{field}"
        for one in setting.problem.resources
        for field in type(one).model_fields
        if isinstance(getattr(one, field), float | int)
    ]
    own = [name for names in _fields(setting).values() for name in sorted(names)]
    return [*own, *(f"spread.{field}" for field in Spread.model_fields), *of_resources]


def _changed(part: AnyPart, field: str, value: Any, name: str) -> AnyPart:
    if hasattr(value, "item"):  # a number of numpy
        value = value.item()
    try:
        return type(part).model_validate({**part.model_dump(), field: value})
    except ValidationError as error:
        raise RequestError(f"factor {name} cannot be {value!r}: {error.errors()[0]['msg']}") from None
