"""The environment of each station of a campaign, with the rates to its partners."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.links.table import link_rates
from ilrs_science.environment.stations import station_environment
from ilrs_science.errors import RequestError

CATALOGUE = load_catalogue()
GIVEN = {"experiments": ("surface_radiation",), "start": "2031-03-01", "end": "2031-03-02"}


def test_a_station_in_orbit_is_looked_at_more_often() -> None:
    record = Campaign(station="ilrs_orbital_station", **GIVEN)
    found = station_environment(CATALOGUE.stations[record.station], record, CATALOGUE)
    assert found.sizes["time"] == 144
    assert {"array_power", "link_rate", "altitude"} <= {*found}
    assert "partner_rate" not in found


def test_the_rates_to_relays_and_ground_stations_are_those_of_the_links() -> None:
    record = Campaign(
        station="connecting_ridge_station", relays=("queqiao2_relay",), ground_stations=("jiamusi",), **GIVEN
    )
    station = CATALOGUE.stations[record.station]
    found = station_environment(station, record, CATALOGUE)
    assert found["partner"].values.tolist() == ["queqiao2_relay", "jiamusi"]
    span = (record.start, record.end)
    for partner in ("queqiao2_relay", "jiamusi"):
        known = link_rates(station, found["time"].values, partner, span=span)["link_rate"].values[:, 0]
        np.testing.assert_array_equal(found["partner_rate"].sel(partner=partner), known)
    assert found["partner_rate"].max() == pytest.approx(0.555)


def test_radios_that_do_not_fit_are_told() -> None:
    record = Campaign(station="ilrs_orbital_station", relays=("queqiao2_relay",), **GIVEN)
    with pytest.raises(RequestError, match="sends in Ka band, but relay queqiao2_relay hears in X, P band"):
        station_environment(CATALOGUE.stations[record.station], record, CATALOGUE)
