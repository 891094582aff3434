"""Charge of a battery: closed forms, a brute march in tiny steps, and laws that any series obeys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.battery import Battery
from ilrs_science.environment.power.battery import battery_charge, battery_needed, hours_after_first
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check

START = np.datetime64("2031-01-01", "us")


def battery(capacity: str = "1 kWh", **fields: Any) -> Battery:
    whole = {"depth_of_discharge": 1, "charge_efficiency": 1, "discharge_efficiency": 1}
    return Battery(**{"capacity": capacity, **whole, **fields})


def hourly(count: int, step_h: float = 1.0) -> np.ndarray:
    return START + (np.arange(count) * step_h * 3.6e9).astype("timedelta64[us]")


def charge(cell: Battery, supply: Any, load: Any, step_h: float = 1.0, **more: Any) -> list[float]:
    found = battery_charge(cell, supply, load, hourly(np.size(supply), step_h), **more)
    return [round(float(one), 9) for one in found["battery_charge"].values]


def march(cell: Battery, supply: Any, load: Any, temperature: Any = None, parts: int = 4000) -> list[float]:
    """The same battery by tiny steps of Euler, written from the record's words and from nothing else."""
    balance = np.asarray(supply, float) - np.asarray(load, float)
    now = cell.initial_charge * cell.capacity
    seen = [now]
    for i in range(balance.size - 1):
        for k in range(parts):
            t = (k + 0.5) / parts
            power = balance[i] + (balance[i + 1] - balance[i]) * t
            kelvin = (
                None if temperature is None else temperature[i] + (temperature[i + 1] - temperature[i]) * t
            )
            if power > 0:
                flow = power * cell.charge_efficiency
                rate, band = cell.charge_rate, cell.charge_temperature
            else:
                flow = power / cell.discharge_efficiency
                rate, band = cell.discharge_rate, cell.discharge_temperature
            if rate is not None:
                flow = max(-rate * cell.capacity, min(rate * cell.capacity, flow))
            if band is not None and not (band.min or 0.0) <= kelvin <= (band.max or 1e9):
                flow = 0.0
            wanted = now + flow / parts
            now = min(wanted, cell.capacity) if flow > 0 else max(wanted, min(now, cell.floor))
        seen.append(now)
    return seen


def test_a_steady_night_draws_a_straight_line() -> None:
    assert charge(battery(), np.zeros(4), 100.0 * np.ones(4)) == [1000.0, 900.0, 800.0, 700.0]


def test_of_what_flows_in_a_part_is_stored_and_of_what_is_drawn_a_part_arrives() -> None:
    cell = battery(charge_efficiency="80 %", discharge_efficiency="50 %", initial_charge="50 %")
    assert charge(cell, [100.0, 100.0], [0.0, 0.0]) == [500.0, 580.0]
    assert charge(cell, [0.0, 0.0], [100.0, 100.0]) == [500.0, 300.0]


def test_a_balance_that_changes_sign_is_cut_there() -> None:
    # From +100 to -100 W within 2 h: 50 Wh in, then 50 Wh out. A full battery has no room for the first.
    half = battery(initial_charge="50 %")
    assert charge(half, [100.0, 0.0], [0.0, 100.0], 2.0) == [500.0, 500.0]
    assert charge(battery(), [100.0, 0.0], [0.0, 100.0], 2.0) == [1000.0, 950.0]


def test_nothing_is_drawn_below_the_floor_and_what_lacks_is_told() -> None:
    cell = battery(depth_of_discharge="25 %")
    found = battery_charge(cell, np.zeros(5), np.full(5, 100.0), hourly(5))
    assert found["battery_charge"].values.tolist() == [1000.0, 900.0, 800.0, 750.0, 750.0]
    assert found["unmet_power"].values.tolist() == [0.0, 0.0, 50.0, 100.0, 0.0]
    assert found["state_of_charge"].values.tolist() == [1.0, 0.9, 0.8, 0.75, 0.75]


def test_what_a_full_battery_cannot_take_is_surplus() -> None:
    cell = battery(initial_charge="95 %")
    found = battery_charge(cell, np.full(3, 100.0), np.zeros(3), hourly(3))
    assert found["battery_charge"].values.tolist() == [950.0, 1000.0, 1000.0]
    assert found["surplus_power"].values.tolist() == [50.0, 100.0, 0.0]


def test_rates_limit_what_is_stored_and_drawn() -> None:
    cell = battery(charge_rate=0.05, discharge_rate=0.1, initial_charge="50 %")
    assert charge(cell, [400.0, 400.0], [0.0, 0.0]) == [500.0, 550.0]
    found = battery_charge(cell, np.zeros(2), np.full(2, 400.0), hourly(2))
    assert found["battery_charge"].values.tolist() == [500.0, 400.0]
    assert found["unmet_power"].values.tolist() == [300.0, 0.0]


def test_a_cold_battery_is_not_charged_until_it_is_warm_enough() -> None:
    # From -10 to +10 degC in an hour: charged in its second half alone.
    cell = battery(initial_charge="50 %", charge_temperature={"min": "0 degC"})
    warm = [263.15, 283.15]
    assert charge(cell, [100.0, 100.0], [0.0, 0.0], temperature=warm) == [500.0, 550.0]
    assert charge(cell, [0.0, 0.0], [100.0, 100.0], temperature=warm) == [500.0, 400.0], "it may be drawn"


def test_a_frozen_battery_gives_nothing() -> None:
    cell = battery(discharge_temperature={"min": "-20 degC", "max": "60 degC"})
    found = battery_charge(cell, np.zeros(2), np.full(2, 50.0), hourly(2), temperature=200.0)
    assert found["battery_charge"].values.tolist() == [1000.0, 1000.0]
    assert found["unmet_power"].values.tolist() == [50.0, 0.0]


def test_an_idle_battery_loses_its_part_in_30_days() -> None:
    cell = battery(self_discharge="3 %")
    for step_h in (1.0, 24.0):
        count = round(720.0 / step_h) + 1
        assert charge(cell, np.zeros(count), np.zeros(count), step_h)[-1] == pytest.approx(970.0)


def test_years_and_cycles_take_capacity() -> None:
    old = battery(yearly_fade="2 %", since="2021-01-01")
    start = float(battery_charge(old, [0.0, 0.0], [0.0, 0.0], hourly(2))["battery_charge"][0])
    assert start == pytest.approx(
        1000.0 * 0.98**10, rel=1e-4
    )  # ten calendar years are 2.5 days off ten Julian ones
    # One capacity drawn, then charged for as long as it takes: a tenth is gone.
    worn = battery(cycle_fade="10 %")
    supply, load = np.repeat([0.0, 500.0], [3, 5]), np.repeat([500.0, 0.0], [3, 5])
    assert charge(worn, supply, load)[2::5] == [0.0, 900.0]


@pytest.mark.parametrize("seed", range(6))
def test_the_charge_is_that_of_a_march_in_tiny_steps(seed: int) -> None:
    rng = np.random.default_rng(seed)
    supply, load = rng.uniform(0.0, 400.0, (2, 24))
    kelvin = rng.uniform(250.0, 320.0, 24)
    cell = battery(
        depth_of_discharge=0.7, charge_efficiency=0.9, discharge_efficiency=0.8, initial_charge=0.6,
        charge_rate=0.15, discharge_rate=0.2, charge_temperature={"min": "273 K", "max": "310 K"},
        discharge_temperature={"min": "255 K"},
    )  # fmt: skip
    found = battery_charge(cell, supply, load, hourly(24), temperature=kelvin)
    # A step of the march is a 4000th of an hour at 250 W or less: each cut that it straddles is 0.06 Wh off at most.
    np.testing.assert_allclose(found["battery_charge"], march(cell, supply, load, kelvin), atol=0.3)


def test_names_and_units_are_those_of_the_nomenclature() -> None:
    found = battery_charge(battery(), np.ones(3), np.ones(3), hourly(3))
    assert check(found) is found
    assert set(found) == {"battery_charge", "state_of_charge", "unmet_power", "surplus_power"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"times": hourly(4)}, "differ: 3, 3 and 4"),
        ({"load": [1.0, 1.0]}, "differ: 3, 2 and 3"),
        ({"times": hourly(3)[::-1]}, "each after the one before"),
        ({"supply": [1.0], "load": [1.0], "times": hourly(1)}, "two epochs or more"),
        ({"temperature": [-1.0, 300.0, 300.0]}, "in kelvin"),
    ],
)
def test_series_that_do_not_fit_are_refused(change: dict[str, Any], words: str) -> None:
    asked = {"supply": np.ones(3), "load": np.ones(3), "times": hourly(3), **change}
    temperature = asked.pop("temperature", None)
    with pytest.raises(RequestError, match=words):
        battery_charge(battery(), **asked, temperature=temperature)


def test_a_limit_of_temperature_needs_the_temperature() -> None:
    cell = battery(charge_temperature={"min": "0 degC"})
    with pytest.raises(RequestError, match="give its temperature"):
        battery_charge(cell, np.ones(3), np.ones(3), hourly(3))


watts = st.lists(st.floats(0.0, 1000.0), min_size=3, max_size=40)
part = st.floats(0.3, 1.0)


@given(watts, st.floats(1.0, 800.0), part)
def test_energy_is_neither_made_nor_lost(supply: list[float], load: float, first: float) -> None:
    drawn = np.full(len(supply), load)
    found = battery_charge(battery(initial_charge=first), supply, drawn, hourly(len(supply)))
    stored = np.diff(found["battery_charge"].values)
    came = np.convolve(np.asarray(supply) - drawn, [0.5, 0.5], "valid")
    left = came + found["unmet_power"].values[:-1] - found["surplus_power"].values[:-1]
    np.testing.assert_allclose(stored, left, atol=1e-9 * max(1.0, *supply, load))


@given(watts, st.floats(1.0, 800.0), part, part, part)
def test_the_needed_battery_just_carries_the_load_and_a_smaller_one_does_not(
    supply: list[float], load: float, into: float, out: float, depth: float
) -> None:
    drawn, times = np.full(len(supply), load), hourly(len(supply))
    losses = {"charge_efficiency": into, "discharge_efficiency": out, "depth_of_discharge": depth}
    need = battery_needed(supply, drawn, times, **losses)
    if need < 1e-3:
        return
    enough = battery_charge(battery(f"{need!r} Wh", **losses), supply, drawn, times)
    assert float(enough["unmet_power"].max()) <= 1e-9 * load
    less = battery_charge(battery(f"{0.99 * need!r} Wh", **losses), supply, drawn, times)
    assert float(less["unmet_power"].max()) > 0.0


@given(watts, st.floats(1.0, 800.0), st.floats(1.0, 5.0))
def test_more_array_never_needs_more_battery(supply: list[float], load: float, factor: float) -> None:
    drawn, times = np.full(len(supply), load), hourly(len(supply))
    more = battery_needed(np.asarray(supply) * factor, drawn, times)
    assert more <= battery_needed(supply, drawn, times) * (1.0 + 1e-12) + 1e-9


@given(watts, st.floats(1.0, 800.0), st.integers(1, 5))
def test_samples_on_the_same_lines_change_nothing(supply: list[float], load: float, between: int) -> None:
    times = hourly(len(supply))
    fine = hourly((len(supply) - 1) * between + 1, 1.0 / between)
    denser = np.interp(hours_after_first(fine), hours_after_first(times), supply)
    coarse = battery_needed(supply, np.full(len(supply), load), times)
    assert battery_needed(denser, np.full(fine.size, load), fine) == pytest.approx(coarse, rel=1e-6, abs=1e-4)


@pytest.mark.parametrize("name", ["charge_efficiency", "discharge_efficiency", "depth_of_discharge"])
@pytest.mark.parametrize("value", [0.0, -0.1, 1.01, float("nan")])
def test_an_efficiency_is_above_0_and_at_most_1(name: str, value: float) -> None:
    with pytest.raises(RequestError, match=name):
        battery_needed([0.0, 0.0], [1.0, 1.0], hourly(2), **{name: value})


def test_a_load_of_another_length_is_refused() -> None:
    with pytest.raises(RequestError, match="do not fit 3 epochs"):
        battery_needed([1.0, 1.0], [1.0, 1.0], hourly(3))
