"""When the clock of a risk runs."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.risk import Exposure
from ilrs_science.planning.execution.exposure import exposed, joined, lit
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, battery, problem, renewable

HORIZON = 12 * TICK
ASKED = problem(
    activity("a", 2, demands={"camera": 1}, warm_up_s=100, cool_down_s=50),
    activity("b", 1, demands={"camera": 1}),
    resources=(renewable("camera"), battery(generation=[(2 * TICK, 5.0), (5 * TICK, 0.0), (8 * TICK, 3.0)])),
)
PLAN = Plan.of(ASKED, {"a": 3 * TICK, "b": 9 * TICK})


def spans(*conditions: Exposure) -> list[tuple[int, int]]:
    return exposed(ASKED, PLAN, "camera", conditions)


def test_day_and_night_are_told_by_the_arrays() -> None:
    day, night = spans(Exposure.DAY), spans(Exposure.NIGHT)
    assert day == lit(ASKED, "battery") == [(2 * TICK, 5 * TICK), (8 * TICK, HORIZON)]
    assert night == [(0, 2 * TICK), (5 * TICK, 8 * TICK)]
    assert sum(end - start for start, end in [*day, *night]) == HORIZON


def test_without_a_battery_it_is_always_day() -> None:
    bare = problem(activity("a", demands={"camera": 1}), resources=(renewable("camera"),))
    assert exposed(bare, None, "camera", [Exposure.NIGHT]) == []
    assert lit(bare, None) == [(0, HORIZON)]


def test_a_constant_source_makes_no_day() -> None:
    beside = problem(resources=(battery(generation=[(0, 20.0), (2 * TICK, 25.0), (5 * TICK, 20.0)]),))
    assert lit(beside, "battery") == [(2 * TICK, 5 * TICK)]
    assert exposed(beside, None, "battery", [Exposure.NIGHT]) == [(0, 2 * TICK), (5 * TICK, HORIZON)]
    assert lit(problem(resources=(battery(generation=[(0, 20.0)]),)), "battery") == []


def test_in_use_is_from_warm_up_to_cool_down() -> None:
    used = [(3 * TICK - 100, 5 * TICK + 50), (9 * TICK, 10 * TICK)]
    assert spans(Exposure.OPERATING) == used
    assert spans(Exposure.OPERATING, Exposure.NIGHT) == [(5 * TICK, 5 * TICK + 50)]
    assert exposed(ASKED, None, "camera", [Exposure.OPERATING]) == [(0, HORIZON)]
    assert exposed(ASKED, PLAN, "battery", [Exposure.OPERATING])[0][0] == 3 * TICK - 100


def test_a_sunrise_follows_a_night_and_lasts_a_day_at_most() -> None:
    assert spans(Exposure.SUNRISE) == [(2 * TICK, 5 * TICK), (8 * TICK, HORIZON)]
    long = problem(
        resources=(battery(generation=[(0, 5.0), (86400, 0.0), (2 * 86400, 5.0)]),), horizon_s=10 * 86400
    )
    assert exposed(long, None, "battery", [Exposure.SUNRISE]) == [(2 * 86400, 3 * 86400)]


@pytest.mark.parametrize(
    ("epoch", "active"), [("2024-10-01", True), ("2031-04-01", False), ("2019-12-01", False)]
)
def test_the_sun_is_active_around_the_maximum_of_its_cycle(epoch: str, active: bool) -> None:
    # maximum in October 2024, minimum in December 2019 (SILSO)
    asked = ASKED.replace(epoch=epoch)
    assert exposed(asked, None, "camera", [Exposure.ACTIVE_SUN]) == ([(0, HORIZON)] if active else [])
    assert exposed(asked, None, "camera", [Exposure.QUIET_SUN]) == ([] if active else [(0, HORIZON)])


def test_spans_that_touch_are_joined() -> None:
    assert joined([(5, 6), (1, 3), (2, 4), (4, 5), (9, 9)]) == [(1, 6)]
