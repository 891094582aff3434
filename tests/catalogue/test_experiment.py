import pytest

from ilrs_science.catalogue.experiment import Category, Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.errors import RequestError, UnknownNameError

SHELF = {
    name: Instrument(id=name, kind="camera", mass="1 kg", power={"operate": power}, data_rate=rate)
    for name, power, rate in (("a", "10 W", "1 Mbit/s"), ("b", "5 W", "100 kbit/s"))
}
BOTH = Experiment(id="x", category="basic_experiment", field="isru", session="1 h", instruments=["a", "b"])


def test_power_and_data_follow_from_the_instruments():
    assert BOTH.power_of(SHELF) == 15.0
    assert BOTH.data_of(SHELF) == pytest.approx(1.1 * 3600)


def test_stated_power_and_data_win():
    stated = BOTH.replace(power="1 kW", data="7 Mbit")
    assert (stated.power_of(SHELF), stated.data_of(SHELF)) == (1000.0, 7.0)


def test_a_missing_instrument_is_named():
    with pytest.raises(UnknownNameError, match="unknown instrument 'c'"):
        BOTH.replace(instruments=["c"]).power_of(SHELF)


def test_value_follows_from_priority_unless_stated():
    assert BOTH.replace().value == 3.0
    urgent = Experiment(
        id="x",
        category="basic_experiment",
        field="isru",
        session="1 h",
        power="5 W",
        data="1 Mbit",
        priority=1,
    )
    assert urgent.value == 5.0
    assert urgent.replace(value=2.5).value == 2.5


def test_the_four_categories_are_those_of_the_founding_text():
    assert [category.label for category in Category] == [
        "Lunar exploration and utilization",
        "Lunar-based observation",
        "Basic scientific experiment",
        "Technical verification",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"session": "0 s"},
        {"session": "-1 h"},
        {"session": 3600},
        {"repeats": 0},
        {"repeats": 1.5},
        {"priority": 6},
        {"robots": -1},
        {"value": float("nan")},
        {"category": "tourism"},
        {"conditions": {"kind": "full_moon"}},
    ],
)
def test_what_makes_no_sense_is_refused(change):
    with pytest.raises(RequestError):
        BOTH.replace(**change)


def test_stated_energy_gives_power_over_the_session():
    stated = BOTH.replace(session="4 h", energy="300 Wh")
    assert (stated.power_of(SHELF), stated.energy_of(SHELF)) == (75.0, 300.0)


def test_energy_that_is_not_stated_is_power_times_session():
    assert BOTH.replace(session="4 h").energy_of(SHELF) == 60.0
    assert BOTH.replace(session="30 min", power="1 kW").energy_of(SHELF) == 500.0


def test_power_and_energy_together_are_refused():
    with pytest.raises(RequestError, match="states power and energy; write one of them"):
        BOTH.replace(power="1 kW", energy="1 kWh")


def test_instruments_that_could_stand_in_cost_nothing():
    assert BOTH.replace(instruments=["a"], alternatives=["b"]).power_of(SHELF) == 10.0


def test_places_are_listed_with_the_best_first():
    assert BOTH.locations == ("any_surface",)
    both = BOTH.replace(location="near_side", also_at=["orbit"])
    assert both.locations == ("near_side", "orbit")
