"""What is wrong in a call is told in one line of an error of the workbench, never by Python's own."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

import ilrs_science as ilrs
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import IlrsError, RequestError, UnitError
from ilrs_science.sky.place import SurfacePlace

ID = "connecting_ridge_station"
SPAN = {"start": "2031-01-01", "end": "2031-01-02"}
WRONG = (
    "rubbish",
    "5 m",
    None,
    -1.0,
    float("nan"),
    [],
    {},
    object(),
    SurfacePlace(0.0, 0.0),
    [None],
    "500 m/s",
)


@cache
def env() -> xr.Dataset:
    return ilrs.environment(ID, *SPAN.values(), step="3 h")


@cache
def good() -> dict[str, dict[str, Any]]:
    """Arguments that work, by function."""
    station = load_catalogue().stations[ID]
    radio = next(one for held in load_catalogue().stations.values() for one in held.link.radios)
    times, ones = env().time.values, np.ones(env().sizes["time"])
    box = ilrs.ThermalBox(
        mass="10 kg",
        radiator_area="0.05 m**2",
        emissivity=0.85,
        absorptivity=0.2,
        dissipation="10 W",
        limits={"survive_min": "233 K"},
    )
    link = {
        "terrain": "auto",
        "mast": None,
        "site": None,
        "relaying": "through",
        "catalogue": None,
        "link": None,
    }
    losses = {"charge_efficiency": None, "discharge_efficiency": None, "depth_of_discharge": None}
    plant = {"mast": None, "terrain": "auto", "step": "3 h", "site": None}
    return {
        "contacts": {"place": ID, **SPAN, "via": "jiamusi", **link},
        "link_rates": {"place": ID, "epochs": times, "via": "jiamusi", "span": None, **link},
        "routes": {"place": ID, "via": "jiamusi", **SPAN, **link},
        "store_and_forward": {
            "data_rate": 0.1,
            "contacts": ilrs.contacts(ID, *SPAN.values(), "jiamusi"),
            **SPAN,
            "capacity": 10.0,
            "initial": 0.0,
        },
        "relay_delivery": {
            "route": ilrs.routes(ID, "jiamusi", *SPAN.values())[0],
            "data_rate": 0.1,
            **SPAN,
            "capacity": 10.0,
            "relay_capacity": 10.0,
            "step": "1 h",
        },
        "link_budget": {"radio": radio, "merit": 30.0, "distance": 4e5, "max_rate": 10.0},
        "battery_for": {"load": "1 kW", "place": ID, **SPAN, "array": "2 kW", **losses, **plant},
        "battery_curve": {
            "load": "1 kW",
            "place": ID,
            **SPAN,
            "array_power": ["2 kW"],
            "array": None,
            **losses,
            **plant,
        },
        "night_survival": {"station": ID, **SPAN, "load": None, "temperature": None, **plant},
        "battery_charge": {
            "battery": station.battery,
            "supply": ones,
            "load": ones,
            "times": times,
            "temperature": None,
            "initial_charge": None,
        },
        "plant_power": {"station": ID, "light": env()},
        "surface_temperature": {
            "place": ID,
            **SPAN,
            "step": "3 h",
            "mast": "0 m",
            "slope": "0 deg",
            "aspect": 0.0,
            "regolith": None,
            "surroundings": "none",
            "infrared": 0.0,
            "depth": (),
        },
        "box_temperature": {
            "box": box,
            "environment": env(),
            "hold": "survive",
            "initial": None,
            "regolith": None,
        },
        "box_nights": {"found": ilrs.box_temperature(box, env())},
        "plasma_region": {"epochs": times, "place": ID, "wind": ilrs.SolarWind()},
        "plasma_crossings": {**SPAN, "place": ID, "wind": ilrs.SolarWind()},
        "SolarWind": {"speed": 400.0, "pressure": 2.0, "field_north": 0.0},
        "dose_rates": {"epochs": times, "altitude": 0.0},
        "meteoroid_showers": {**SPAN, "place": ID, "catalogue": None},
        "horizon": {"place": ID, "terrain": "auto", "mast": "2 m"},
    }


FUNCTIONS = (
    "contacts",
    "link_rates",
    "routes",
    "store_and_forward",
    "relay_delivery",
    "link_budget",
    "battery_for",
    "battery_curve",
    "night_survival",
    "battery_charge",
    "plant_power",
    "surface_temperature",
    "box_temperature",
    "box_nights",
    "plasma_region",
    "plasma_crossings",
    "SolarWind",
    "dose_rates",
    "meteoroid_showers",
    "horizon",
)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_that_is_given_breaks_with_an_error_of_python(function: str) -> None:
    arguments = good()[function]
    call = getattr(ilrs, function)
    call(**arguments)
    told = []
    for name in arguments:
        for wrong in WRONG:
            try:
                call(**arguments | {name: wrong})
            except IlrsError as error:
                told.append(str(error))
    assert told
    assert [words for words in told if len(words.splitlines()) != 1] == []


def test_a_wind_is_read_from_text() -> None:
    wind = ilrs.SolarWind(speed="500 km/s", pressure="3 nPa", field_north="-5 nT")  # type: ignore[arg-type]
    assert wind == ilrs.SolarWind(500.0, 3.0, -5.0)
    with pytest.raises(RequestError, match=r"solar wind of 0.5 km/s; give 200 to 2000 km/s"):
        ilrs.SolarWind(speed="500 m/s")  # type: ignore[arg-type]
    with pytest.raises(UnitError, match="solar wind speed: 'fast' is not a number with a unit"):
        ilrs.SolarWind(speed="fast")  # type: ignore[arg-type]
    with pytest.raises(UnitError, match="solar wind pressure: None is not a number"):
        ilrs.SolarWind(pressure=None)  # type: ignore[arg-type]


def test_a_curve_without_powers_or_loads_is_refused() -> None:
    with pytest.raises(RequestError, match="array_power names no power"):
        ilrs.battery_curve("1 kW", ID, *SPAN.values(), array_power=[])
    with pytest.raises(RequestError, match="load names no power"):
        ilrs.battery_curve([], ID, *SPAN.values(), array_power=["1 kW"])


def test_a_supply_that_never_suffices_asks_for_an_infinite_battery() -> None:
    assert ilrs.battery_for("100 kW", ID, *SPAN.values(), array="1 kW") == np.inf


def test_a_mast_below_the_ground_is_told_the_same_by_every_function() -> None:
    words = r"mast of -5 m is below the ground; give 0 m or more"
    with pytest.raises(RequestError, match=words):
        ilrs.contacts(ID, *SPAN.values(), "jiamusi", mast="-5 m")
    with pytest.raises(RequestError, match=words):
        ilrs.night_survival(ID, *SPAN.values(), mast=-5)
    with pytest.raises(RequestError, match=words):
        ilrs.environment(ID, *SPAN.values(), mast="-5 m")
