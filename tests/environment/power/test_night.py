"""Night survival: known nights, and those of the shipped station."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.power.battery import battery_charge
from ilrs_science.environment.power.night import NightSurvival, night_survival, nights, with_edges
from ilrs_science.errors import RequestError

START = np.datetime64("2031-01-01", "us")
HOUR = np.timedelta64(1, "h")
CELL = Battery(capacity="2 kWh", depth_of_discharge="80 %", charge_efficiency=1, discharge_efficiency="50 %")  # type: ignore[arg-type]


def survival(array: list[float], load: float = 100.0, source: float = 0.0) -> NightSurvival:
    times = START + np.arange(len(array)) * np.timedelta64(1, "h")
    power, drawn = np.array(array) + source, np.full(len(array), load)
    series = battery_charge(CELL, power, drawn, times)
    series = series.assign(
        array_power=("time", np.array(array)),
        power_available=("time", power),
        load_power=("time", drawn),
    )
    return NightSurvival(nights(series, CELL), series)


def test_a_night_costs_its_load_over_the_efficiency() -> None:
    # Six dark epochs. At the bus, of 100 W: 50 Wh while dusk falls within an hour, 500 Wh, and 25 Wh of dawn until the
    # supply, 200 W an hour later, has risen to the load. Half of what is drawn arrives.
    found = survival([100.0] * 3 + [0.0] * 6 + [200.0] * 20)
    (night,) = found.table.to_dict("records")
    assert (night["start"], night["end"]) == (START + 3 * HOUR, START + 8 * HOUR)
    assert night["duration_h"] == 5.0
    assert night["energy_Wh"] == pytest.approx(500.0)
    assert night["lowest_charge_Wh"] == pytest.approx(2000.0 - 575.0 / 0.5)
    assert night["margin_Wh"] == pytest.approx(2000.0 - 575.0 / 0.5 - 400.0)
    assert (night["survives"], night["unmet_Wh"]) == (True, 0.0)


def test_a_night_that_is_too_long_says_what_it_would_have_taken() -> None:
    short, long = (survival([200.0] * 3 + [0.0] * hours + [200.0] * 30) for hours in (6, 12))
    assert short.survives
    assert not long.survives
    lost = long.table.iloc[0]
    assert lost["unmet_Wh"] > 0.0
    assert lost["margin_Wh"] == pytest.approx(-lost["unmet_Wh"] / 0.5)
    assert lost["lowest_charge_Wh"] == pytest.approx(CELL.floor)


def test_what_more_it_would_take_is_what_it_takes() -> None:
    lost = survival([200.0] * 3 + [0.0] * 12 + [200.0] * 30).table.iloc[0]
    times = START + np.arange(45) * np.timedelta64(1, "h")
    array = np.array([200.0] * 3 + [0.0] * 12 + [200.0] * 30)
    room = CELL.capacity * CELL.depth_of_discharge - lost["margin_Wh"]
    larger = CELL.replace(capacity=f"{room / CELL.depth_of_discharge:.9f} Wh")
    assert float(battery_charge(larger, array, np.full(45, 100.0), times)["unmet_power"].max()) < 1e-9


def test_a_source_shortens_no_night_but_eases_it() -> None:
    plain, eased = (survival([200.0] * 3 + [0.0] * 8 + [200.0] * 9, source=watts) for watts in (0.0, 60.0))
    assert eased.table["duration_h"].tolist() == plain.table["duration_h"].tolist() == [7.0]
    assert eased.table["margin_Wh"].iloc[0] > plain.table["margin_Wh"].iloc[0]
    assert survival([200.0, 0.0, 0.0, 0.0], source=100.0).table["energy_Wh"].iloc[0] == 0.0


def test_each_of_several_nights_has_its_own_lowest_charge() -> None:
    found = survival([200.0] * 2 + [0.0] * 2 + [300.0] * 9 + [0.0] * 5 + [300.0] * 12)
    assert found.table["duration_h"].tolist() == [1.0, 4.0]
    first, second = found.table["lowest_charge_Wh"]
    assert first > second
    assert second <= float(found.series["battery_charge"].min())


def test_dim_light_that_does_not_suffice_is_told_even_without_a_night() -> None:
    dim = survival([10.0] * 40)
    assert len(dim.table) == 0
    assert not dim.survives
    assert repr(dim) == "<NightSurvival: no dark period, but dim light leaves the load without power>"


def test_the_summary_is_one_line() -> None:
    assert repr(survival([200.0] * 4)) == "<NightSurvival: no dark period>"
    assert repr(survival([200.0] * 3 + [0.0] * 6 + [200.0] * 30)) == (
        "<NightSurvival: 1 dark period, none lost; least margin 0.5 kWh in that of 2031-01-01 (5 h)>"
    )


def test_the_shipped_station_survives_and_a_small_battery_does_not() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    found = night_survival(station, "2032-01-10", "2032-02-10")
    assert found.survives
    assert found.table["duration_h"].max() > 40.0
    assert found.series.attrs["mast_m"] == 10.0
    small = station.replace(battery=station.battery.replace(capacity="5 kWh"))
    lost = night_survival(small, "2032-01-10", "2032-02-10")
    assert not lost.survives
    # What is unmet, and what is short of it, are of the same nights.
    assert set(lost.table.loc[~lost.table["survives"], "start"]) <= set(found.table["start"])


def test_the_long_eclipse_of_october_2032_is_a_dark_period() -> None:
    # Total lunar eclipse of 2032-10-18, greatest at 19:02 UT (NASA, Five Millennium Catalog): at the lit pole the
    # Sun is then behind the Earth, and nothing but the battery feeds the station.
    station = load_catalogue().stations["connecting_ridge_station"].replace(sources=[])
    found = night_survival(station, "2032-10-18", "2032-10-20", step="10 min", terrain="none", mast="500 m")
    (eclipse,) = found.table.to_dict("records")
    assert eclipse["start"] < np.datetime64("2032-10-18T19:02") < eclipse["end"]
    assert 0.5 < eclipse["duration_h"] < 3.0


def test_edges_are_found_to_a_second_whatever_the_step() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    coarse, fine = (
        night_survival(station, "2032-01-22", "2032-01-26", step=step).table for step in ("3 h", "20 min")
    )
    (night,) = coarse.to_dict("records")
    (same,) = fine.loc[fine["duration_h"] > 3.0].to_dict("records")
    for edge in ("start", "end"):
        assert abs(night[edge] - same[edge]) <= np.timedelta64(1, "s")
    assert night["energy_Wh"] == pytest.approx(same["energy_Wh"], rel=1e-3)


def test_edges_are_added_to_the_epochs() -> None:
    times = START + np.arange(5) * HOUR
    dusk, dawn = START + np.timedelta64(5000, "s"), START + np.timedelta64(9000, "s")
    more = with_edges(lambda epochs: (epochs >= dusk) & (epochs <= dawn), times)
    added = np.setdiff1d(more, times)
    assert added.size == 2
    assert dusk <= added[0] <= dusk + np.timedelta64(1, "s")
    assert dawn - np.timedelta64(1, "s") <= added[1] <= dawn
    assert with_edges(lambda epochs: epochs < START, times).tolist() == times.tolist()


def test_series_of_the_caller_are_drawn_out_to_the_edges() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    span = ("2032-01-22", "2032-01-24")
    plain = night_survival(station, *span, load="100 W")
    listed = night_survival(station, *span, load=np.full(48, 100.0), temperature=np.full(48, 290.0))
    assert plain.table.equals(listed.table)
    with pytest.raises(RequestError, match="3 values does not fit 48 epochs"):
        night_survival(station, *span, load=np.full(3, 100.0))


def test_a_battery_with_limits_asks_for_its_temperature() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    limited = station.replace(battery=station.battery.replace(charge_temperature={"min": "0 degC"}))
    with pytest.raises(RequestError, match="give its temperature"):
        night_survival(limited, "2032-01-10", "2032-01-12")
    assert night_survival(limited, "2032-01-10", "2032-01-12", temperature=290.0).survives


def test_series_are_labelled_by_time() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    series = night_survival(station, "2032-01-10", "2032-01-12").series
    assert isinstance(series, xr.Dataset)
    assert {"array_power", "power_available", "load_power", "battery_charge", "unmet_power"} <= set(series)
    assert series.sizes["time"] >= 48
    assert np.all(np.diff(series["time"].values) > np.timedelta64(0, "s"))
