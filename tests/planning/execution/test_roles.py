"""Resources by the part that they play, and the battery beside each."""

from __future__ import annotations

from ilrs_science.catalogue.risk import Role
from ilrs_science.planning.execution.roles import battery_beside, roles_of
from tests.planning.problems import activity, battery, link, problem, renewable, storage


def test_a_campaign_at_one_station_has_its_parts() -> None:
    asked = problem(
        activity("a", demands={"camera": 1, "robots": 1, "bus_power": 20}),
        resources=(renewable("camera"), renewable("robots", 2), renewable("bus_power", 100),
                   battery(generation=[(0, 5.0)]), storage(), link((0, 1, 1.0))),
    )  # fmt: skip
    assert roles_of(asked) == {
        Role.INSTRUMENTS: ("camera",),
        Role.ROBOTS: ("robots",),
        Role.ARRAYS: ("battery",),
        Role.STATIONS: ("battery",),
        Role.RELAYS: ("link",),
        Role.GROUND_STATIONS: ("link",),
    }


def test_partners_of_planned_downlinks_are_no_instruments() -> None:
    asked = problem(
        activity("a", demands={"camera/base": 1}, battery="battery/base"),
        activity("queqiao2_relay/base.1", demands={"queqiao2_relay": 1, "radio/base": 1}, drain_Mbit_s=1.0,
                 battery="battery/base"),
        activity("jiamusi/orbiter.1", demands={"jiamusi": 1}, drain_Mbit_s=1.0, battery="battery/orbiter"),
        resources=(renewable("camera/base"), renewable("queqiao2_relay"), renewable("jiamusi"), renewable("radio/base"),
                   battery() | {"id": "battery/base"}, battery() | {"id": "battery/orbiter"}, storage()),
    )  # fmt: skip
    roles = roles_of(asked)
    assert roles[Role.INSTRUMENTS] == ("camera/base",)
    assert roles[Role.RELAYS] == ("queqiao2_relay",)
    assert roles[Role.GROUND_STATIONS] == ("jiamusi",)
    assert roles[Role.ARRAYS] == ()
    assert roles[Role.STATIONS] == ("battery/base", "battery/orbiter")
    assert battery_beside(asked, "camera/base") == "battery/base"
    assert battery_beside(asked, "jiamusi") == "battery/orbiter"
    assert battery_beside(asked, "battery/orbiter") == "battery/orbiter"


def test_where_there_is_no_battery_none_is_beside() -> None:
    assert battery_beside(problem(resources=(renewable(),)), "robot") is None
    assert battery_beside(problem(resources=(renewable(), battery())), "robot") == "battery"
