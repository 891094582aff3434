"""Members come in the order of the dimensions, and the same number has the same luck everywhere."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.studies.ensemble.factors import settings_of
from ilrs_science.studies.ensemble.lives import checked, lives_of
from ilrs_science.studies.ensemble.seeds import seed_of
from tests.studies.ensemble.small import FAULT, drawn, station
from tests.studies.ensemble.test_factors import BASE


def test_numbers_decide_the_luck_whatever_else_there_is() -> None:
    settings = list(settings_of(BASE, {"mode": ["ground", "on_board"]}))
    found = {
        one.place: one.life for one in lives_of(settings, {"x": [], "y": drawn}, [4, 9], 7, single=False)
    }
    assert list(found) == [
        (mode, scenario, turn) for mode in (0, 1) for scenario in (0, 1) for turn in (0, 1)
    ]
    assert found[0, 1, 1].disruptions == tuple(drawn(BASE.problem, seed_of(7, 9, "disruptions")))
    assert found[0, 1, 1].disruptions == found[1, 1, 1].disruptions != found[0, 1, 0].disruptions
    assert found[0, 0, 1].disruptions == ()
    assert {life.seed for place, life in found.items() if place[2] == 0} == {seed_of(7, 4, "operation")}
    (alone,) = lives_of([settings[1]][:1], {"": drawn}, [9], 7, single=True)
    assert alone.place == (1, 0)
    assert alone.life == found[1, 1, 1]


def test_a_scenario_that_does_not_fit_is_refused_before_anything_runs() -> None:
    asked, _ = station()
    assert checked([FAULT], asked, "dust") == (FAULT,)
    with pytest.raises(UnknownNameError, match="robbot"):
        checked([Disruption(kind="instrument_fault", start_s=0, resources=("robbot",))], asked, "")
    with pytest.raises(RequestError, match="scenario dust: the disruption"):
        checked([3], asked, "dust")
    with pytest.raises(RequestError, match="scenario is neither"):
        checked("dust", asked, "")
