"""Phases: the roadmap in its order."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.phase import Phase, Plan
from ilrs_science.errors import RequestError

CATALOGUE = load_catalogue()
PHASES = dict(CATALOGUE.phases)
ROADMAP = ["reconnaissance", "construction_1", "construction_2", "utilization"]
STEPS = ["basic_model", "basic_station", "extended_station"]


def test_the_roadmap_has_four_phases_without_a_gap() -> None:
    spans = [PHASES[name].date_text for name in ROADMAP]
    assert spans == ["2021 to 2025", "2026 to 2030", "2031 to 2035", "from 2036"]
    assert {PHASES[name].plan for name in ROADMAP} == {Plan.ROADMAP_2021}


def test_the_later_plan_has_its_own_steps() -> None:
    assert [PHASES[name].date_text for name in STEPS] == ["2028 to 2030", "by 2035", "by 2045"]
    assert {*ROADMAP, *STEPS} == set(PHASES)


@pytest.mark.parametrize("order", [ROADMAP, STEPS])
def test_what_was_brought_before_is_there_later(order: list[str]) -> None:
    for early, name in enumerate(order):
        begun = [PHASES[name].has_begun_by(PHASES[other]) for other in order]
        assert begun == [late >= early for late in range(len(order))]


def test_plans_do_not_mix() -> None:
    assert not PHASES["reconnaissance"].has_begun_by(PHASES["extended_station"])


def test_the_second_stage_is_flown_by_the_five_missions() -> None:
    assert PHASES["construction_2"].missions == ("ilrs_1", "ilrs_2", "ilrs_3", "ilrs_4", "ilrs_5")
    years = {CATALOGUE.missions[name].launch for name in PHASES["construction_2"].missions}
    assert min(years) == PHASES["construction_2"].start
    assert max(years) == PHASES["construction_2"].end


def test_every_mission_of_the_roadmap_is_in_one_phase() -> None:
    listed = [name for phase in ROADMAP for name in PHASES[phase].missions]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "a phase needs a start or an end"),
        ({"start": "2030", "end": "2029"}, "end 2029 is before start 2030"),
        ({"start": "2030", "plan": "other"}, "plan"),
    ],
)
def test_phases_without_sense_are_refused(fields: dict[str, str], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        Phase(**{"plan": "roadmap_2021", **fields})
