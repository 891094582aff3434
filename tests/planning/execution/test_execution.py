"""What came of a plan as a line, a table and a dataset."""

from __future__ import annotations

import pytest

from ilrs_science.nomenclature import check
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

ASKED = problem(
    activity("a", 2, demands={"robot": 1}, energy_W=6, value=3) | {"name": "Look"},
    activity("b", 2, demands={"robot": 1}, data_Mbit_s=1, value=2),
    activity("c", 1, value=1),
    resources=(renewable(), battery(10, 10, load=[(0, 3.0)]), storage(5000, 100), link((8, 9, 1.0))),
    name="small",
)
PLAN = Plan.of(ASKED, {"a": 0, "b": 3 * TICK, "c": 6 * TICK})
RAN = execute(
    ASKED, PLAN, [Disruption(kind="instrument_fault", start_s=TICK, end_s=4 * TICK, resources=("robot",))]
)


def test_the_line_counts_what_came_of_it_and_its_value() -> None:
    assert repr(RAN) == "<Execution 2 done, 1 aborted, 1 late: value 3 of 6>"
    assert repr(execute(ASKED, PLAN)) == "<Execution 3 done: value 6 of 6>"
    dry = ASKED.replace(resources=[battery(10, 0.6, load=[(0, 3.0)]), renewable(), storage(5000)])
    assert repr(execute(ASKED, Plan.of(ASKED, {}))) == "<Execution of nothing: value 0 of 0>"
    assert repr(execute(dry, PLAN, executive=Executive(foresight="none"))).endswith(
        "1 aborted, 2 skipped: value 0 of 6; slept 1.93 h; station lost at 2031-01-01T00:04:00Z>"
    )  # 0.6 Wh at 9 W


def test_the_table_has_a_row_for_each_with_what_was_gained_and_why_not() -> None:
    table = RAN.to_frame()
    assert table["id"].to_list() == ["a", "b", "c"]
    assert table["name"].to_list() == ["Look", "b", "c"]
    assert table["value"].to_list() == [0.0, 2.0, 1.0]
    assert table["planned_value"].to_list() == [3.0, 2.0, 1.0]
    assert table["late_h"].to_list() == [0.0, pytest.approx(1 / 6), 0.0]
    assert table["reason"].to_list() == ["robot is not there", "robot is not there", ""]
    assert (RAN.planned_value, RAN.value) == (6.0, 3.0)
    assert [run.id for run in RAN.failed] == ["a"]


def test_the_dataset_has_the_histories_and_sums_in_the_names_of_the_nomenclature() -> None:
    ds = check(RAN.to_xarray())
    assert dict(ds.sizes) == {"time": len(RAN.times), "battery": 1, "storage": 1}
    assert ds["battery_charge"].attrs["units"] == "W h"
    assert float(ds["battery_charge"][0, 0]) == 10.0
    assert float(ds["battery_charge"][-1, 0]) == pytest.approx(10 - 6 - 1)  # 3 W for 2 h, 6 W for a tick
    assert float(ds["used_energy"][0]) == pytest.approx(7)
    assert float(ds["made_volume"][0]) == 1200
    assert float(ds["delivered_volume"][0]) == 600
    assert float(ds["storage_level"][-1, 0]) == 700
    assert str(ds["time"].values[0])[:19] == "2031-01-01T00:00:00"
    assert (ds.attrs["value"], ds.attrs["planned_value"]) == (3.0, 6.0)
    assert (
        "battery"
        not in execute(problem(activity("a")), Plan.of(problem(activity("a")), {"a": 0})).to_xarray()
    )


def test_the_dataset_tells_when_the_station_slept() -> None:
    dark = problem(resources=(battery(10, 1, minimum_Wh=0.5, load=[(0, 6.0)]),))
    ran = execute(dark, Plan.of(dark, {}))
    asleep = ran.to_xarray()["station_asleep"]
    assert ran.asleep[0][0] == 300  # 0.5 Wh at 6 W
    assert asleep.sel(time="2031-01-01T00:00:00", battery="battery").item() == 0
    assert asleep.sel(time="2031-01-01T00:05:00", battery="battery").item() == 1
