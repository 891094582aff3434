"""The id of a station means the station, with mast, arrays, battery and radios, in every function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import ilrs_science as ilrs
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.ground import place_on_ground, site_of, station_of
from ilrs_science.environment.heat.temperature import temperature_series
from ilrs_science.environment.plasma import plasma
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.place import SurfacePlace

ID = "connecting_ridge_station"
STATION = load_catalogue().stations[ID]
DAY = ("2031-01-01", "2031-01-02")
EPOCHS = np.datetime64("2031-01-01", "us") + np.arange(6) * np.timedelta64(4, "h")

ASKED: dict[str, Callable[[Any], Any]] = {
    "environment": lambda place: ilrs.environment(place, *DAY),
    "contacts": lambda place: ilrs.contacts(place, *DAY, "jiamusi"),
    "link_rates": lambda place: ilrs.link_rates(place, EPOCHS, "jiamusi"),
    "routes": lambda place: ilrs.routes(place, "jiamusi", *DAY)[0].passage(EPOCHS).rate,
    "battery_for": lambda place: ilrs.battery_for("50 W", place, *DAY),
    "battery_curve": lambda place: ilrs.battery_curve("50 W", place, *DAY, array_power=["1 kW"]),
    "night_survival": lambda place: ilrs.night_survival(place, *DAY).series,
    "plant_power": lambda place: ilrs.plant_power(place, ilrs.environment(ID, *DAY)),
    "surface_temperature": lambda place: ilrs.surface_temperature(place, *DAY),
    "temperature_series": lambda place: temperature_series(place, *DAY).values,
    "horizon": lambda place: ilrs.horizon(place, "auto"),
    "illumination_statistics": lambda place: ilrs.illumination_statistics(place, *DAY).mast_m,
    "plasma": lambda place: plasma(EPOCHS, place),
    "plasma_crossings": lambda place: ilrs.plasma_crossings("2031-01-01", "2031-02-01", place),
    "meteoroid_showers": lambda place: ilrs.meteoroid_showers("2031-01-01", "2031-03-01", place),
    "observe": lambda place: ilrs.observe(place, EPOCHS),
}


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, xr.Dataset):
        return one.identical(other)
    if isinstance(one, pd.DataFrame):
        return one.equals(other) and one.attrs == other.attrs
    return np.array_equal(np.asarray(one), np.asarray(other))


@pytest.mark.parametrize("name", ASKED)
def test_the_id_is_as_good_as_the_record(name: str) -> None:
    assert alike(ASKED[name](ID), ASKED[name](STATION))


@pytest.mark.parametrize("name", ["contacts", "link_rates", "battery_for", "battery_curve", "horizon"])
def test_the_station_brings_more_than_its_site(name: str) -> None:
    try:
        bare = ASKED[name](STATION.site)
    except RequestError as error:
        assert "which array?" in str(error)  # noqa: PT017
        return
    assert not alike(ASKED[name](ID), bare)


def test_a_station_in_orbit_has_contacts_by_its_id_too() -> None:
    known = load_catalogue()
    aloft = next(one for one in known.stations.values() if one.orbit is not None)
    seen = ilrs.link_rates(aloft.id, EPOCHS[:2], "earth")
    assert alike(seen, ilrs.link_rates(aloft, EPOCHS[:2], "earth"))
    assert seen.link_rate.notnull().any()
    with pytest.raises(RequestError, match="flies; it stands on no ground"):
        ilrs.surface_temperature(aloft.id, *DAY)


def test_what_is_meant_by_an_id() -> None:
    assert place_on_ground(ID) is station_of(ID) is station_of(STATION) is STATION
    assert place_on_ground("malapert") == site_of("malapert") == load_catalogue().sites["malapert"]


@pytest.mark.parametrize("place", ["connecting_ridge", SurfacePlace(-89.45, 222.69), None, 3])
def test_what_is_no_station_is_refused_in_one_line(place: Any) -> None:
    with pytest.raises(RequestError, match=r"is no station; give a Station, or the id of one"):
        ilrs.night_survival(place, *DAY)


def test_a_misspelt_station_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean connecting_ridge_station"):
        ilrs.night_survival("connecting_ridge_staton", *DAY)
    with pytest.raises(UnknownNameError, match="connecting_ridge_station"):
        ilrs.battery_for("1 kW", "connecting_ridge_staton", *DAY)
