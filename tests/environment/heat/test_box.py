"""Temperature of a box: closed forms, a solver of high order, the balance of energy, and the heater's law."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from ilrs_science.catalogue.box import ThermalBox
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat.box import box_nights, box_temperature
from ilrs_science.environment.heat.regolith import Regolith
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.nomenclature import check
from ilrs_science.sky.place import SurfacePlace

CHANGE4 = SurfacePlace(-45.4446, 177.5991)
AU_KM = 149_597_870.7
AREA, EMISSIVITY, ABSORPTIVITY = 0.1, 0.8, 0.25
BOX = ThermalBox(
    mass="10 kg",
    radiator_area="0.1 m**2",
    emissivity=EMISSIVITY,
    absorptivity=ABSORPTIVITY,
    conductance="50 mW/K",
    dissipation="12 W",
    limits={"survive_min": "233 K", "operate_min": "253 K", "operate_max": "313 K", "survive_max": "333 K"},
)
GLOW = STEFAN_BOLTZMANN * EMISSIVITY * AREA


def steady(
    elevation: float, ground: float, hours: int = 400, step_h: float = 1.0, azimuth: float = 0.0
) -> xr.Dataset:
    """Surroundings in which nothing changes."""
    times = np.datetime64("2026-01-01", "us") + (np.arange(hours) * step_h * 3.6e9).astype("timedelta64[us]")
    values = {
        "sun_azimuth": azimuth,
        "sun_elevation": elevation,
        "sun_range": AU_KM,
        "sun_visible_fraction": float(elevation > 0.0),
        "surface_temperature": ground,
    }
    return xr.Dataset(
        {name: ("time", np.full(hours, value)) for name, value in values.items()}, {"time": times}
    )


@pytest.fixture(scope="module")
def month() -> xr.Dataset:
    return environment(CHANGE4, "2026-01-01", "2026-03-01", terrain="none")


@pytest.mark.parametrize(("elevation", "ground"), [(90.0, 380.0), (30.0, 300.0), (-10.0, 100.0)])
def test_in_the_end_it_is_where_what_enters_is_what_leaves(elevation: float, ground: float) -> None:
    found = box_temperature(BOX, steady(elevation, ground), hold="nothing", initial=280.0)
    t = float(found.box_temperature[-1])
    sunlight = 1361.0 * max(np.sin(np.radians(elevation)), 0.0)
    enters = 12.0 + ABSORPTIVITY * AREA * sunlight + 0.05 * (ground - t)
    # A plate that lies on top sees the sky alone.
    assert GLOW * t**4 == pytest.approx(enters, rel=1e-3)
    assert float(found.heater_power.max()) == 0.0


def test_by_default_it_begins_where_it_would_stay() -> None:
    found = box_temperature(BOX, steady(30.0, 300.0), hold="nothing").box_temperature
    np.testing.assert_allclose(found, found[0], rtol=1e-9)


def test_a_plate_that_only_radiates_cools_by_the_closed_form() -> None:
    # C dT/dt = -k T^4 gives T^-3 = T0^-3 + 3 k t / C.
    bare = BOX.replace(conductance="0 W/K", dissipation="0 W")
    env = steady(-10.0, 100.0, hours=100)
    found = box_temperature(bare, env, hold="nothing", initial=300.0).box_temperature.values
    expected = (300.0**-3 + 3.0 * GLOW * 3600.0 * np.arange(100) / bare.capacity) ** (-1.0 / 3.0)
    np.testing.assert_allclose(found, expected, atol=0.1)


def test_the_heater_gives_what_the_limit_loses() -> None:
    env = steady(-10.0, 95.0)
    dark = BOX.replace(night_dissipation="3 W")
    found = box_temperature(dark, env)
    needed = GLOW * 233.0**4 + 0.05 * (233.0 - 95.0) - 3.0
    assert np.all(found.box_temperature == 233.0)
    np.testing.assert_allclose(found.heater_power, needed, rtol=1e-9)
    # 10 % less area costs 10 % less of what is radiated.
    smaller = box_temperature(dark.replace(radiator_area="0.09 m**2"), env)
    assert float(found.heater_power[0] - smaller.heater_power[0]) == pytest.approx(0.1 * GLOW * 233.0**4)


def test_a_heater_that_is_too_small_gives_all_it_has() -> None:
    weak = BOX.replace(night_dissipation="0 W", heater_power="5 W")
    found = box_temperature(weak, steady(-10.0, 95.0))
    t = float(found.box_temperature[-1])
    assert t < 233.0
    np.testing.assert_allclose(found.heater_power, 5.0)
    assert GLOW * t**4 + 0.05 * (t - 95.0) == pytest.approx(5.0, rel=1e-6)


def test_a_side_plate_sees_half_ground_and_its_light() -> None:
    side = BOX.replace(radiator_tilt="90 deg", radiator_azimuth="180 deg", conductance="0 W/K")
    found = box_temperature(side, steady(40.0, 350.0, azimuth=180.0), hold="nothing")
    t = float(found.box_temperature[-1])
    level = 1361.0 * np.sin(np.radians(40.0))
    bright = 0.5 * float(Regolith().reflected(50.0)) * level
    sunlight = 1361.0 * np.cos(np.radians(40.0)) + bright
    warm = 12.0 + ABSORPTIVITY * AREA * sunlight + 0.5 * GLOW * 350.0**4
    assert GLOW * t**4 == pytest.approx(warm, rel=1e-6)
    # From behind, the Sun does not reach it.
    behind = box_temperature(side, steady(40.0, 350.0, azimuth=0.0), hold="nothing").box_temperature
    assert GLOW * float(behind[-1]) ** 4 == pytest.approx(
        warm - ABSORPTIVITY * AREA * 1361.0 * np.cos(np.radians(40.0)), rel=1e-6
    )


def test_views_of_the_record_count() -> None:
    shaded = BOX.replace(sky_view=0.7, ground_view=0.1, conductance="0 W/K")
    t = float(box_temperature(shaded, steady(-5.0, 200.0), hold="nothing").box_temperature[-1])
    assert 0.8 * GLOW * t**4 == pytest.approx(12.0 + 0.1 * GLOW * 200.0**4, rel=1e-6)


@pytest.mark.parametrize(("mass", "within"), [("1 kg", 0.15), ("20 kg", 0.015)])
def test_a_lunar_day_is_that_of_a_solver_of_high_order(month: xr.Dataset, mass: str, within: float) -> None:
    box = BOX.replace(mass=mass, night_dissipation="0 W")
    day = month.isel(time=slice(0, 709))
    found = box_temperature(box, day, hold="nothing", initial=260.0).box_temperature.values
    hours = np.arange(709.0)
    # The same balance, written again.
    dark = day.sun_visible_fraction.values <= 0.0
    sine = np.maximum(np.sin(np.radians(day.sun_elevation.values)), 0.0)
    light = 1361.0 * (AU_KM / day.sun_range.values) ** 2 * day.sun_visible_fraction.values * sine
    light = light * (1.0 - day.sun_covered_fraction.values)
    gain = np.where(dark, 0.0, 12.0) + ABSORPTIVITY * AREA * light
    gain = gain + 0.05 * day.surface_temperature.values

    def rate(hour: float, t: np.ndarray) -> np.ndarray:
        return 3600.0 * (np.interp(hour, hours, gain) - 0.05 * t - GLOW * t**4) / box.capacity

    exact = solve_ivp(
        rate, (0.0, 708.0), [260.0], method="LSODA", t_eval=hours, rtol=1e-8, atol=1e-8, max_step=1.0
    )
    rising = np.abs(day.sun_elevation.values) < 1.0  # the disc's mean cosine is more than that of its centre
    np.testing.assert_allclose(found[~rising], exact.y[0][~rising], atol=within)


def balance(box: ThermalBox, env: xr.Dataset, found: xr.Dataset) -> float:
    """Stored and lost less what came in, over what was lost; by straight lines between the epochs."""
    t, seconds = found.box_temperature.values, np.arange(env.time.size) * 3600.0
    soil = env.surface_temperature.values
    lost = np.trapezoid(GLOW * t**4 + 0.05 * (t - soil), seconds)
    came = (
        np.trapezoid(np.full(t.size, box.dissipation), seconds)
        + 3600.0 * found.heater_power.values[:-1].sum()
    )
    return float((box.capacity * (t[-1] - t[0]) + lost - came) / lost)


def test_what_enters_is_what_is_stored_and_lost() -> None:
    env = steady(-10.0, 95.0, hours=700)
    env["surface_temperature"] = env.surface_temperature + 40.0 * np.sin(np.arange(700) / 50.0)
    found = box_temperature(BOX, env, initial=300.0)
    assert float(found.heater_power.max()) > 0.0
    assert abs(balance(BOX, env, found)) < 2e-4


@settings(max_examples=40, deadline=None)
@given(
    mass=st.sampled_from(["10 g", "1 kg", "300 kg"]),
    step_h=st.sampled_from([0.01, 1.0, 24.0, 240.0]),
    heater=st.sampled_from([None, "0 W", "3 W", "40 W"]),
    ground=st.floats(30.0, 400.0),
    initial=st.floats(50.0, 400.0),
)
def test_the_heater_is_off_above_the_limit_and_holds_or_gives_all_at_it(
    mass: str, step_h: float, heater: str | None, ground: float, initial: float
) -> None:
    box = BOX.replace(mass=mass, **({} if heater is None else {"heater_power": heater}))
    found = box_temperature(box, steady(-5.0, ground, hours=60, step_h=step_h), initial=initial)
    t, power = found.box_temperature.values, found.heater_power.values
    most = np.inf if box.heater_power is None else box.heater_power
    assert np.all((t > 1.0) & (t < 500.0))
    assert np.all((power >= 0.0) & (power <= most * (1.0 + 1e-12)))
    # At the end of a step that was below the limit throughout the heater gave all it has; above, nothing.
    above = (t[:-1] > 233.0 + 1e-9) & (t[1:] > 233.0 + 1e-9)
    assert np.all(power[:-1][above] == 0.0)
    below = (t[:-1] < 233.0 - 1e-9) & (t[1:] < 233.0 - 1e-9)
    np.testing.assert_allclose(power[:-1][below], most if np.isfinite(most) else np.nan)
    # Nothing swings: a box in steady surroundings goes one way.
    steps = np.diff(t)
    assert np.all(steps >= -1e-6) or np.all(steps <= 1e-6)


def test_holding_the_operating_limit_costs_more(month: xr.Dataset) -> None:
    dark = BOX.replace(night_dissipation="0 W")
    nights = {hold: box_nights(box_temperature(dark, month, hold=hold)) for hold in ("survive", "operate")}
    assert np.all(nights["operate"].energy_Wh > nights["survive"].energy_Wh)
    assert nights["survive"].coldest_K.min() == pytest.approx(233.0)
    assert nights["operate"].coldest_K.min() == pytest.approx(253.0)


def test_a_night_costs_what_its_steps_cost(month: xr.Dataset) -> None:
    found = box_temperature(BOX.replace(night_dissipation="0 W"), month)
    nights = box_nights(found)
    dark = found.sun_visible_fraction.values <= 0.0
    # Heater is on in the dark, and a little while the Sun is low: nearly all its energy is in the nights.
    assert nights.energy_Wh.sum() == pytest.approx(found.heater_power.values[:-1][dark[:-1]].sum(), rel=1e-9)
    assert nights.energy_Wh.sum() == pytest.approx(found.attrs["heater_energy_Wh"], rel=0.03)
    # A whole night at 45 S lasts half a synodic month, 354 h, but for the height of the disc.
    assert nights.duration_h.max() == pytest.approx(354.0, abs=8.0)
    late = nights.iloc[int(np.argmax(nights.duration_h))]
    held = GLOW * 233.0**4 + 0.05 * (233.0 - 90.0)
    assert late.peak_power_W == pytest.approx(held, abs=1.0)
    assert late.mean_power_W < late.peak_power_W


def test_a_span_without_night_has_an_empty_table() -> None:
    nights = box_nights(box_temperature(BOX, steady(20.0, 300.0)))
    assert len(nights) == 0
    assert "energy_Wh" in nights.columns


def test_a_span_in_one_night_is_a_night_to_its_end() -> None:
    nights = box_nights(box_temperature(BOX, steady(-20.0, 100.0, hours=25)))
    assert nights.duration_h.tolist() == [24.0]


def test_the_answer_is_cf_and_tells_what_it_held() -> None:
    found = box_temperature(BOX, steady(60.0, 370.0))
    assert check(found) is found
    assert found.box_temperature.attrs["units"] == "K"
    assert found.heater_power.attrs["units"] == "W"
    assert found.attrs["heater_holds"] == "survive"
    assert found.attrs["above_survive_max_K"] == 0.0
    hot = BOX.replace(radiator_area="0.02 m**2", dissipation="40 W")
    assert box_temperature(hot, steady(60.0, 370.0)).attrs["above_survive_max_K"] > 50.0


def test_impossible_requests_say_what_to_do(month: xr.Dataset) -> None:
    with pytest.raises(UnknownNameError, match="limit to hold"):
        box_temperature(BOX, month, hold="surviv")  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="no operate_min to hold"):
        box_temperature(BOX.replace(limits={}), month, hold="operate")
    with pytest.raises(RequestError, match=r"lacks sun_range, surface_temperature; take that of"):
        box_temperature(BOX, month.drop_vars(["sun_range", "surface_temperature"]))
