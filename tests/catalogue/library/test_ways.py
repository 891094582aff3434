"""The ways in which an experiment of a campaign can be done."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.constraint import parse_constraint
from ilrs_science.catalogue.library.ways import ways_of
from ilrs_science.errors import UnknownNameError
from tests.planning.small_campaigns import (
    START,
    at,
    catalogue,
    experiment,
    instrument,
    orbiter,
    span,
    station,
)

SUNLIT, DARK = (parse_constraint({"kind": kind}) for kind in ("day", "night"))


def campaign(**fields: object) -> Campaign:
    given = {"station": "base", "experiments": ("survey",), "start": START, "end": at(12)}
    return Campaign(**{**given, **fields})


def test_at_one_station_with_one_set_of_instruments_there_is_one_way() -> None:
    known = catalogue([experiment("survey", location="orbit")], [], [station()])
    (way,) = ways_of(campaign(), known)["survey"]
    assert (way.key, way.worth, way.station.id) == ("survey", 1.0, "base")


def test_each_station_and_each_instrument_is_a_way() -> None:
    survey = experiment("survey", also_at=("orbit",), alternatives=("lidar", "radar"), instead=("lidar",),
                        instead_worth="40 %")  # fmt: skip
    known = catalogue([survey], [], [station(), orbiter()])
    ways = ways_of(campaign(stations=("base", "orbiter")), known)["survey"]
    assert [(way.key, way.worth) for way in ways] == [
        ("survey/base", 1.0), ("survey/base~lidar", 0.4), ("survey/orbiter", 1.0), ("survey/orbiter~lidar", 0.4),
    ]  # fmt: skip
    assert ways[1].experiment.instruments == ("lidar",)


def test_conditions_of_instruments_count_only_where_the_campaign_says_so() -> None:
    survey = experiment(
        "survey", alternatives=("lidar",), instead=("lidar",), conditions={"kind": "earth_visible"}
    )
    units = [instrument("survey_unit", conditions=SUNLIT), instrument("lidar", conditions=DARK)]
    known = catalogue([survey], units, [station()])
    first, other = ways_of(campaign(), known)["survey"]
    assert first.experiment.conditions == other.experiment.conditions == survey.conditions
    first, other = ways_of(campaign(instrument_conditions=True), known)["survey"]
    assert getattr(first.experiment.conditions, "of", None) == (survey.conditions, SUNLIT)
    assert getattr(other.experiment.conditions, "of", None) == (survey.conditions, DARK)


def test_windows_are_those_of_the_way_its_station_or_the_experiment() -> None:
    survey = experiment("survey", also_at=("orbit",), alternatives=("lidar",), instead=("lidar",))
    known = catalogue([survey], [], [station(), orbiter()])
    ways = ways_of(campaign(stations=("base", "orbiter")), known)["survey"]
    given = {"survey": span((0, 1)), "survey/base": span((0, 2)), "survey/base~lidar": span((0, 3))}
    assert [way.windows(given).hours for way in ways] == [2.0, 3.0, 1.0, 1.0]
    with pytest.raises(UnknownNameError, match="unknown windows of experiment 'survey'"):
        ways[0].windows({})
