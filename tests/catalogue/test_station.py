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


def test_a_station_is_on_the_ground_or_in_orbit():
    stations = load_catalogue().stations
    base, hub = stations["ilrs_surface_base"], stations["ilrs_orbital_station"]
    assert (base.site, base.orbit) == ("leibnitz_beta", None)
    assert (hub.site, hub.orbit) == (None, "ilrs_llo_staging")
    with pytest.raises(RequestError, match="a station has a site or an orbit"):
        base.replace(orbit="llo_100")
    with pytest.raises(RequestError, match="a station has a site or an orbit"):
        base.replace(site=None)


def test_both_together_name_the_other_half():
    both = load_catalogue().stations["ilrs_complete"]
    assert both.together_with == ("ilrs_orbital_station", "ilrs_surface_base")
    with pytest.raises(RequestError, match="cannot stand together with itself"):
        both.replace(together_with=["ilrs_complete"])


def test_the_place_of_a_station_is_its_site_or_its_orbit():
    catalogue = load_catalogue()
    stations = catalogue.stations
    assert catalogue.place_of(stations["ilrs_surface_base"]) is catalogue.sites["leibnitz_beta"]
    assert catalogue.place_of(stations["nrho_station"]) is catalogue.orbits["nrho_9_2"]
    with pytest.raises(RequestError, match="flies in the orbit nrho_9_2; give that orbit instead"):
        catalogue.site_of(stations["nrho_station"])


def test_the_base_on_the_ground_lives_through_its_night():
    # The fission unit runs at half its 40 kW and carries the base by itself; the hub lives on its array, whose
    # battery bridges a shadow of at most 0.8 h of each 2.1 h.
    stations = load_catalogue().stations
    base, hub = stations["ilrs_surface_base"], stations["ilrs_orbital_station"]
    assert base.constant_power > base.base_load.night
    assert (hub.battery.capacity - hub.battery.floor) > hub.base_load.night * 0.8
    assert hub.rated_power * (2.1 - 0.8) / 2.1 > hub.base_load.day


def test_the_station_for_comparison_is_the_hub_in_another_orbit():
    stations = load_catalogue().stations
    hub, other = stations["ilrs_orbital_station"], stations["nrho_station"]
    for field in ("array", "battery", "storage", "link", "base_load", "power_limit"):
        assert getattr(hub, field) == getattr(other, field)


# A converter turns 20 to 25 % of a reactor's heat into power, so that 3 to 4 times the power go to radiators.
@pytest.mark.parametrize("name", ["ilrs_surface_base", "ilrs_complete", "reactor_station"])
def test_a_fission_unit_throws_away_several_times_its_power(name: str) -> None:
    unit = next(one for one in load_catalogue().stations[name].sources if one.id == "fission_unit")
    assert 3 <= unit.heat / unit.power <= 4
