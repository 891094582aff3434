"""What the comments of the campaign ``polar_winter`` and its station claim is true."""

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_campaign_record
from ilrs_science.environment.assemble import environment
from ilrs_science.epochs import grid
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import place_of
from ilrs_science.windows.constraints import find_windows

CATALOGUE, CAMPAIGN = load_campaign_record("polar_winter")
STATION = CATALOGUE.stations[CAMPAIGN.station]
SITE = CATALOGUE.site_of(STATION)
EXPERIMENTS = CATALOGUE.experiments_of(CAMPAIGN)


@pytest.fixture(scope="module")
def sky():
    return observe(place_of(SITE), grid(CAMPAIGN.start, CAMPAIGN.end, "1 h"))


@pytest.fixture(scope="module")
def surroundings():
    return environment(STATION, CAMPAIGN.start, CAMPAIGN.end, step="1 h", site=SITE)


def windows_of(experiment):
    if experiment.conditions is None:
        return Windows.everything(CAMPAIGN.start, CAMPAIGN.end)
    return find_windows(experiment.conditions, SITE, CAMPAIGN.start, CAMPAIGN.end)


def test_the_sun_circles_below_the_mean_horizontal(sky):
    elevation = sky["elevation"].sel(body="sun")
    assert float(elevation.min()) == pytest.approx(-2.1, abs=0.05)
    assert float(elevation.max()) == pytest.approx(-0.8, abs=0.05)


def test_the_earth_is_down_for_the_two_weeks_that_the_comment_names(sky):
    elevation = sky["elevation"].sel(body="earth")
    hidden = elevation["time"].values[elevation.values < 0]
    assert abs(hidden[0] - np.datetime64("2031-02-27T23", "us")) <= np.timedelta64(1, "h")
    assert abs(hidden[-1] - np.datetime64("2031-03-14T22", "us")) <= np.timedelta64(1, "h")
    assert len(hidden) == pytest.approx((hidden[-1] - hidden[0]) / np.timedelta64(1, "h") + 1)


def test_the_array_is_dark_in_the_middle_of_the_winter(surroundings):
    power = surroundings["array_power"].sel(time=slice("2031-03-04T12", "2031-03-06T00"))
    assert float(power.max()) < 0.05 * STATION.array.rated_power


def test_darkness_and_the_lonely_time_fall_together(surroundings):
    dark = surroundings["sun_visible_fraction"].values < 0.01
    linked = surroundings["link_rate"].values > 0
    assert dark.sum() > 72
    assert not (dark & linked).any()


def test_the_station_survives_the_campaign_on_its_base_load(surroundings):
    battery, charge, least = STATION.battery, STATION.battery.capacity, STATION.battery.capacity
    for power, light, rate in zip(
        surroundings["array_power"].values,
        surroundings["sun_visible_fraction"].values,
        surroundings["link_rate"].values,
        strict=True,
    ):
        load = STATION.base_load.day if light > 0 else STATION.base_load.night
        net = float(power) + STATION.constant_power - load - (STATION.link.power if rate > 0 else 0.0)
        step = net * battery.charge_efficiency if net > 0 else net / battery.discharge_efficiency
        charge = min(battery.capacity, charge + step)
        least = min(least, charge)
    assert battery.floor < least < battery.capacity - 0.3 * (battery.capacity - battery.floor)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.id)
def test_every_experiment_has_room_for_a_session(experiment):
    windows = windows_of(experiment)
    lengths = (windows.ends - windows.starts) / np.timedelta64(1, "s")
    assert lengths.max() >= experiment.session


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.id)
def test_every_experiment_suits_the_place(experiment):
    assert experiment.location not in ("far_side", "orbit")
    assert experiment.robots <= len(STATION.robots)


def test_one_recording_of_radio_bursts_fits_beside_the_telescope_and_two_do_not():
    data = {one.id: one.data_of(CATALOGUE.instruments) for one in EXPERIMENTS}
    telescope = data["near_uv_variable_stars"] * CATALOGUE.experiments["near_uv_variable_stars"].repeats
    assert telescope + data["solar_radio_bursts"] < STATION.storage.capacity
    assert 2 * data["solar_radio_bursts"] > STATION.storage.capacity


def test_an_autonomy_test_in_the_longest_darkness_would_empty_the_battery():
    test = CATALOGUE.experiments["autonomous_operation"]
    power = test.power_of(CATALOGUE.instruments) + test.robots * STATION.robot_power
    draw = power + STATION.base_load.night - STATION.constant_power
    usable = (STATION.battery.capacity - STATION.battery.floor) * STATION.battery.discharge_efficiency
    assert draw * test.session / 3600 > usable
