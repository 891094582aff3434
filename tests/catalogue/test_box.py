"""Record of a box: its units, defaults and limits."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.box import ThermalBox
from ilrs_science.errors import RequestError

BOX = ThermalBox(
    mass="12 kg",
    radiator_area="800 cm**2",
    emissivity=0.85,
    absorptivity=0.25,
    conductance="30 mW/K",
    dissipation="8 W",
    limits={"survive_min": "-40 degC", "operate_min": "-20 degC", "operate_max": "50 degC"},
)


def test_text_with_units_becomes_numbers() -> None:
    assert BOX.radiator_area == pytest.approx(0.08)
    assert BOX.conductance == pytest.approx(0.03)
    assert BOX.limits.survive_min == pytest.approx(233.15)
    assert BOX.capacity == pytest.approx(12.0 * 900.0)
    assert BOX.replace(specific_heat="1.2 kJ/kg/K").capacity == pytest.approx(14_400.0)


def test_it_reads_back_what_it_writes() -> None:
    assert ThermalBox(**BOX.model_dump(mode="json")) == BOX


def test_what_is_not_said_is_left_open() -> None:
    assert BOX.sky_view is None
    assert BOX.night_dissipation is None
    assert BOX.heater_power is None
    assert BOX.radiator_tilt == 0.0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mass": "0 kg"}, "must be more than 0"),
        ({"mass": 3.0}, "write '3 kg'"),
        ({"emissivity": 0.0}, "must be more than 0"),
        ({"absorptivity": 1.5}, "must be at most 1"),
        ({"radiator_tilt": "120 deg"}, "must be at most 90"),
        ({"conductance": "5 W"}, "use W/K, mW/K"),
        ({"specific_heat": "900 J/kg"}, "use J/kg/K"),
        ({"sky_view": 0.8, "ground_view": 0.4}, "more than 1 together"),
        ({"limits": {"operate_min": "10 K", "survive_min": "20 K"}}, "not in order"),
        ({"colour": "white"}, "no such field"),
    ],
)
def test_impossible_boxes_are_refused_in_one_line(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(RequestError, match=says) as caught:
        BOX.replace(**wrong)
    assert len(str(caught.value).splitlines()) == 1
