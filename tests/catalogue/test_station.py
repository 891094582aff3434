import pytest

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.errors import RequestError


def test_rated_power_is_area_times_efficiency_times_the_solar_constant():
    assert SolarArray(area="2 m**2", efficiency="30 %").rated_power == pytest.approx(2 * 0.3 * 1361)
    assert SolarArray(nominal_power="1.2 kW").rated_power == 1200.0


@pytest.mark.parametrize(
    "array",
    [
        {},
        {"area": "2 m**2"},
        {"efficiency": 0.3},
        {"area": "2 m**2", "efficiency": 0.3, "nominal_power": "1 kW"},
    ],
)
def test_an_array_is_said_in_exactly_one_way(array):
    with pytest.raises(RequestError, match="either area and efficiency, or nominal_power"):
        SolarArray(**array)


def test_the_floor_of_the_battery_is_what_may_not_be_drawn():
    cell = Battery(capacity="10 kWh", depth_of_discharge="80 %", charge_efficiency=1, discharge_efficiency=1)
    assert cell.floor == pytest.approx(2000.0)


def test_constant_sources_and_robots_add_up():
    station = load_catalogue().stations["connecting_ridge_station"]
    assert station.constant_power == 20.0
    assert station.robot_power == 60.0
    assert station.replace(sources=(), robots=()).constant_power == 0.0
    assert station.replace(robots=()).robot_power == 0.0
