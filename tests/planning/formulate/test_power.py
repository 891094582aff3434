"""Battery, bus and heaters of a station in small campaigns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ilrs_science.catalogue.box import ThermalBox
from ilrs_science.environment.heat.box import box_temperature
from ilrs_science.errors import RequestError
from tests.planning.small_campaigns import asked, best, environment, experiment, instrument, station

UNIT = instrument("a_unit", watt=30)
#: It loses about 10 W at 250 K, most of it to the ground.
BOX: dict[str, Any] = {
    "mass": "10 kg", "radiator_area": "0.01 m**2", "emissivity": 0.8, "absorptivity": 0.2, "conductance": "50 mW/K",
    "limits": {"survive_min": "250 K"},
}  # fmt: skip


def night(hours: int, ground: Any) -> Any:
    """An environment without Sun over ground of a temperature."""
    return environment(
        hours, sun_azimuth=0.0, sun_elevation=-5.0, sun_range=1.496e8, sun_visible_fraction=0.0,
        surface_temperature=ground,
    )  # fmt: skip


def test_the_charge_that_must_be_left_is_left() -> None:
    sessions = experiment("a", repeats=5)
    assert best(asked(sessions, instruments=[UNIT])).objective == 3.0  # 100 Wh
    assert best(asked(sessions, instruments=[UNIT], final_charge="40 %")).objective == 2.0


def test_charge_fed_after_the_sessions_counts_at_the_end() -> None:
    sessions = experiment("a", repeats=5)
    sunny = environment(12, power=np.where(np.arange(13) > 7, 15.0, 0.0))
    problem = asked(sessions, instruments=[UNIT], env=sunny, final_charge="100 %")
    (battery,) = problem.batteries
    assert battery.final_Wh == battery.capacity_Wh
    # 67.5 Wh come from 7.5 h on, and the sessions take 30 Wh each
    assert best(problem).objective == 2.0


def test_a_heater_draws_what_the_box_needs_at_the_temperature_of_the_ground() -> None:
    env = night(12, np.where(np.arange(13) < 6, 100.0, 240.0))
    warm = station(boxes=[BOX])
    (battery,) = asked(experiment("a"), instruments=[UNIT], stations=[warm], env=env).batteries
    heater = box_temperature(ThermalBox(**BOX), env)["heater_power"].values
    assert [watt for _, watt in battery.load] == pytest.approx(list(dict.fromkeys(10.0 + heater.round(3))))
    cold, mild = heater[2], heater[10]
    # conductance to the ground and radiation to the sky: 50 mW/K (250 - T) + 0.8 sigma 0.01 m2 250**4
    glow = 0.8 * 5.670374419e-8 * 0.01 * 250.0**4
    assert (cold, mild) == pytest.approx((7.5 + glow, 0.5 + glow), abs=0.01)


def test_the_heater_takes_the_energy_of_sessions_and_the_power_of_the_bus() -> None:
    env, sessions = night(12, 100.0), experiment("a", repeats=5)
    # 8 h of 9.3 W of the 100 Wh leave none for a session of 30 Wh
    dark = asked(sessions, instruments=[UNIT], stations=[station(boxes=[BOX])], env=night(8, 100.0), hours=8)
    assert best(dark).objective == 0.0
    fed = station(boxes=[BOX], power_limit="50 W", sources=[{"id": "source", "power": "20 W"}])
    assert best(asked(sessions, instruments=[UNIT], stations=[fed], env=env)).objective == 3.0
    narrow = station(boxes=[BOX], power_limit="48 W", sources=[{"id": "source", "power": "20 W"}])
    assert best(asked(sessions, instruments=[UNIT], stations=[narrow], env=env)).objective == 0.0


def test_boxes_need_a_limit_to_hold_and_ground_to_stand_on() -> None:
    with pytest.raises(RequestError, match=r"each needs limits.survive_min"):
        station(boxes=[BOX | {"limits": {}}])
    with pytest.raises(RequestError, match="only a station on the ground"):
        station(site=None, orbit="elfo_12h", boxes=[BOX])
    with pytest.raises(RequestError, match="the environment lacks sun_azimuth"):
        asked(experiment("a"), stations=[station(boxes=[BOX])])
