"""Array power: geometry and the Sun's distance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.plant import SolarArray, Tracking
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.power.array import array_power, facing, incidence
from ilrs_science.errors import RequestError


def power(tracking: str, elevation: float, visible: float = 1.0, au: float = 1.0) -> float:
    array = SolarArray(nominal_power="1 kW", tracking=tracking)  # type: ignore[arg-type]
    distance = au * ASTRONOMICAL_UNIT_KM
    return float(array_power(array, visible=visible, elevation=elevation, distance=distance))


def test_power_follows_the_cosine_of_incidence() -> None:
    assert power("two_axis", 1.5) == pytest.approx(1000.0)
    assert power("vertical", 60.0) == pytest.approx(500.0)
    assert power("horizontal", 30.0) == pytest.approx(500.0)
    assert power("horizontal", -1.0) == 0.0, "the Sun below the plane lights the back"


def test_power_follows_the_visible_disc_and_the_inverse_square() -> None:
    assert power("two_axis", 1.5, visible=0.25) == pytest.approx(250.0)
    assert power("two_axis", 1.5, au=1.0167) == pytest.approx(1000.0 / 1.0167**2)


def test_area_and_efficiency_give_the_same_as_nominal_power() -> None:
    # 1361 W/m2 (Kopp & Lean 2011): 10 m2 at 20 % are 2722 W.
    array = SolarArray(area="10 m**2", efficiency="20 %")  # type: ignore[arg-type]
    found = array_power(array, visible=1.0, elevation=0.0, distance=ASTRONOMICAL_UNIT_KM)
    assert found == pytest.approx(2722.0)


@pytest.mark.parametrize("tracking", [one for one in Tracking if one is not Tracking.FIXED])
def test_facing_is_a_fraction_for_every_tracking(tracking: Tracking) -> None:
    seen = facing(tracking, np.linspace(-90.0, 90.0, 37))
    assert np.all((seen >= -1e-12) & (seen <= 1.0))


def wall(azimuth: float, tilt: float = 90.0, **more: object) -> SolarArray:
    return SolarArray(
        nominal_power="1 kW", tracking="fixed", tilt=f"{tilt} deg", azimuth=f"{azimuth} deg", **more
    )  # type: ignore[arg-type]


def turned(array: SolarArray, azimuth: float, elevation: float) -> float:
    return float(incidence(array, azimuth=azimuth, elevation=elevation))


def test_a_wall_sees_the_sun_before_it_and_not_behind_it() -> None:
    assert turned(wall(90.0), 90.0, 0.0) == pytest.approx(1.0)
    assert turned(wall(90.0), 150.0, 0.0) == pytest.approx(0.5)
    assert turned(wall(90.0), 270.0, 1.0) == 0.0
    assert turned(wall(-90.0), 270.0, 0.0) == pytest.approx(1.0), "-90 deg is west as well"


def test_cells_on_both_sides_see_both_ways() -> None:
    both = wall(90.0, sides=2)
    assert turned(both, 270.0, 0.0) == pytest.approx(1.0)
    assert turned(both, 90.0, 0.0) == pytest.approx(1.0)
    assert turned(both, 0.0, 0.0) == pytest.approx(0.0, abs=1e-12)


@given(st.floats(0.0, 360.0), st.floats(-90.0, 90.0), st.floats(0.0, 180.0), st.floats(0.0, 360.0))
def test_incidence_is_the_product_of_two_directions(
    azimuth: float, elevation: float, tilt: float, looks: float
) -> None:
    def direction(az: float, el: float) -> np.ndarray:
        az, el = np.radians(az), np.radians(el)
        return np.array([np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)])

    expected = direction(azimuth, elevation) @ direction(looks, 90.0 - tilt)
    assert turned(wall(looks, tilt), azimuth, elevation) == pytest.approx(max(expected, 0.0), abs=1e-12)
    assert turned(wall(looks, tilt, sides=2), azimuth, elevation) == pytest.approx(abs(expected), abs=1e-12)


@given(st.floats(0.0, 360.0), st.floats(-5.0, 90.0))
def test_no_array_beats_one_that_always_faces_the_sun(azimuth: float, elevation: float) -> None:
    for array in (
        wall(10.0),
        wall(200.0, 30.0, sides=2),
        SolarArray(nominal_power="1 kW", tracking="vertical"),  # type: ignore[arg-type]
        SolarArray(nominal_power="1 kW", tracking="horizontal"),  # type: ignore[arg-type]
    ):
        assert 0.0 <= turned(array, azimuth, elevation) <= 1.0 + 1e-12


def test_a_wall_of_four_sides_makes_as_much_all_round_the_polar_day() -> None:
    # At the pole the Sun circles the horizon: four walls give sqrt(2) of one at most, 1 at least, 4/pi on the mean.
    azimuth = np.arange(0.0, 360.0, 0.25)
    at = {"visible": 1.0, "elevation": 0.0, "distance": ASTRONOMICAL_UNIT_KM, "azimuth": azimuth}
    power = array_power([wall(side) for side in (0.0, 90.0, 180.0, 270.0)], **at)
    assert power.min() == pytest.approx(1000.0)
    assert power.max() == pytest.approx(1000.0 * np.sqrt(2.0), rel=1e-4)
    assert power.mean() == pytest.approx(4000.0 / np.pi, rel=1e-4)


def test_an_eclipse_by_the_earth_takes_its_part() -> None:
    array = SolarArray(nominal_power="1 kW")  # type: ignore[arg-type]
    at = {"visible": [1.0, 0.5, 1.0], "elevation": 5.0, "distance": ASTRONOMICAL_UNIT_KM}
    assert array_power(array, **at, covered=[0.25, 0.5, 1.0]).tolist() == [750.0, 250.0, 0.0]


def test_an_array_that_ages_needs_epochs_and_a_fixed_one_azimuths() -> None:
    old = SolarArray(nominal_power="1 kW", ageing={"since": "2030-01-01", "dust": "10 %"})  # type: ignore[arg-type]
    at = {"visible": 1.0, "elevation": 0.0, "distance": ASTRONOMICAL_UNIT_KM}
    with pytest.raises(RequestError, match="needs epochs"):
        array_power(old, **at)
    years = np.array(["2029-01-01", "2031-01-01T06:00"], "datetime64[us]")
    assert array_power(old, **at, times=years).tolist() == pytest.approx([1000.0, 900.0])
    with pytest.raises(RequestError, match="azimuth of the Sun"):
        array_power(wall(0.0), **at)
    with pytest.raises(RequestError, match="use incidence"):
        facing(Tracking.FIXED, 0.0)


def test_no_array_gives_nothing_and_several_add_up() -> None:
    at = {"visible": [1.0, 0.5], "elevation": 0.0, "distance": ASTRONOMICAL_UNIT_KM}
    assert array_power(None, **at).tolist() == array_power([], **at).tolist() == [0.0, 0.0]
    one = SolarArray(nominal_power="1 kW")  # type: ignore[arg-type]
    assert array_power([one, one], **at).tolist() == [2000.0, 1000.0]
