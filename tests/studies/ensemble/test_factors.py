"""Factors change what they name and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.studies.ensemble.factors import Setting, settings_of
from tests.studies.ensemble.small import station

BASE = Setting(station()[0], Operator(), Executive(), Spread())


def test_every_combination_comes_once_in_order() -> None:
    factors = {"mode": ["ground", "on_board"], "patience_s": np.array([0, 60]), "spread.duration": [0.25]}
    found = dict(settings_of(BASE, factors))
    assert list(found) == [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0)]
    last = found[1, 1, 0]
    assert last.operator == BASE.operator.model_copy(update={"mode": "on_board"})
    assert last.executive == BASE.executive.model_copy(update={"patience_s": 60})
    assert last.spread == Spread(duration=0.25)
    assert all(one.problem is BASE.problem for one in found.values())


def test_a_field_of_a_resource_makes_another_problem_once() -> None:
    found = dict(settings_of(BASE, {"battery.capacity_Wh": [20, 40.0], "mode": ["ground", "on_board"]}))
    assert found[0, 0].problem == BASE.problem
    assert found[1, 0].problem is found[1, 1].problem
    (changed,) = found[1, 0].problem.batteries
    assert (changed.capacity_Wh, changed.minimum_Wh) == (40.0, 2.0)
    assert found[1, 0].problem.activities == BASE.problem.activities


def test_without_factors_there_is_one_setting() -> None:
    assert list(settings_of(BASE, {})) == [((), BASE)]


@pytest.mark.parametrize(
    "name", ["mod", "battery.capacity", "spread.time", "deterministic", "nothing.capacity_Wh"]
)
def test_an_unknown_factor_is_told_with_the_nearest(name: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown factor"):
        list(settings_of(BASE, {name: [1]}))


@pytest.mark.parametrize("values", [[], "ground", ["ground", "ground"]])
def test_values_are_a_list_each_once(values: object) -> None:
    with pytest.raises(RequestError, match="factor mode needs a list of values"):
        list(settings_of(BASE, {"mode": values}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("mode", "nobody"), ("watch_s", 1), ("battery.capacity_Wh", "much"), ("spread.power", -1)],
)
def test_a_value_that_cannot_be_is_refused(name: str, value: object) -> None:
    with pytest.raises(RequestError, match=f"factor {name} cannot be"):
        list(settings_of(BASE, {name: [value]}))
