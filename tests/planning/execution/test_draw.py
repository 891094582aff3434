"""Disruptions that are drawn: as often and as long as the record says, and each from a branch of its own."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.risk import Risk
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.draw import draw
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import activity, battery, link, problem, renewable, storage

HOUR, DAY, YEAR = 3600, 86400, 31557600
RISKS = load_catalogue().risks


def station(horizon_s: int = YEAR, **fields: object) -> Problem:
    """Two instruments and robots beside a battery whose arrays see the Sun on every other day."""
    sun = [(day * DAY, 100.0 if day % 2 == 0 else 0.0) for day in range(math.ceil(horizon_s / DAY))]
    return problem(
        activity("look", demands={"camera": 1}),
        activity("listen", demands={"radio_spectrometer": 1, "robots": 1}),
        resources=(
            renewable("camera"), renewable("radio_spectrometer"), renewable("robots"), renewable("bus_power", 500),
            battery(1000, 500, generation=sun), storage(), link((0, 1, 1.0)),
        ),
        horizon_s=horizon_s, **fields,
    )  # fmt: skip


def fault(**fields: object) -> Risk:
    given = {"id": "fault", "disruption": "instrument_fault", "hits": "instruments", "interval": "10 d",
             "lasting": {"median": "1 d"}}  # fmt: skip
    return Risk(**{**given, **fields})


def test_the_same_seed_gives_the_same_and_another_seed_another() -> None:
    asked = station()
    assert draw(RISKS.values(), asked, 3) == draw(RISKS.values(), asked, 3)
    assert draw(RISKS.values(), asked, 3) != draw(RISKS.values(), asked, 4)


def test_one_more_risk_or_one_more_instrument_leaves_the_others_as_they_were() -> None:
    few = draw([fault()], station(), 5)
    more = draw([*RISKS.values(), fault()], station(), 5)
    assert set(few) <= set(more)
    smaller = problem(
        activity("look", demands={"camera": 1}), resources=(renewable("camera"),), horizon_s=YEAR
    )
    assert draw([fault()], smaller, 5) == tuple(one for one in few if one.resources == ("camera",))


@pytest.mark.parametrize("shape", [0.7, 1.0, 2.0])
def test_times_between_have_the_mean_and_the_shape_of_the_record(shape: float) -> None:
    risk = fault(shape=shape, interval="6 h", lasting={"median": "1 s"})
    asked = station(10 * YEAR)
    starts = np.array([one.start_s for one in draw([risk], asked, 1) if one.resources == ("camera",)])
    gaps = np.diff(starts, prepend=0) / (6 * HOUR)
    assert len(gaps) > 14000
    assert gaps.mean() == pytest.approx(1.0, rel=0.04)
    spread = math.sqrt(math.gamma(1 + 2 / shape) / math.gamma(1 + 1 / shape) ** 2 - 1)  # of a Weibull law
    assert gaps.std() == pytest.approx(spread, rel=0.06)


@pytest.mark.parametrize(
    ("law", "mean"), [("exponential", 1 / math.log(2)), ("lognormal", math.exp(0.8**2 / 2))]
)
def test_half_of_all_last_longer_than_the_median(law: str, mean: float) -> None:
    spread = {"spread": 0.8} if law == "lognormal" else {}
    risk = fault(interval="8 h", lasting={"law": law, "median": "8 h", **spread})
    found = draw([risk], station(10 * YEAR), 2)
    spans = np.array([(one.end_s or 0) - one.start_s for one in found]) / (8 * HOUR)
    assert len(spans) > 5000
    assert np.median(spans) == pytest.approx(1.0, rel=0.05)
    assert spans.mean() == pytest.approx(mean, rel=0.05)


def test_nothing_happens_twice_at_a_time_to_one_thing() -> None:
    for name in ("camera", "radio_spectrometer"):
        mine = [one for one in draw([fault()], station(), 6) if one.resources == (name,)]
        assert len(mine) > 10
        assert all((one.end_s or 0) <= other.start_s for one, other in pairwise(mine))


def test_what_is_lost_for_good_is_lost_once_but_strings_of_an_array_one_after_another() -> None:
    asked = station(10 * YEAR)
    lost = draw([fault(lasting=None)], asked, 1)
    assert sorted(one.resources for one in lost) == [("camera",), ("radio_spectrometer",)]
    assert all(one.end_s is None for one in lost)
    strings = draw([RISKS["array_string_loss"].replace(interval="1 yr")], asked, 1)
    assert len(strings) > 1
    assert all(0 < one.share < 1 for one in strings)


def test_the_clock_runs_only_while_exposed() -> None:
    asked = station(10 * YEAR)
    by_night = draw([fault(exposure=["night"])], asked, 1)
    assert len(by_night) > 200
    assert all(one.start_s // DAY % 2 == 1 for one in by_night)
    assert len(by_night) < 0.6 * len(draw([fault()], asked, 1))
    at_sunrise = draw([fault(exposure=["day", "sunrise"])], asked, 1)
    assert all(one.start_s // DAY % 2 == 0 and one.start_s >= 2 * DAY for one in at_sunrise)


def test_an_instrument_that_fails_in_use_fails_while_the_plan_uses_it() -> None:
    asked = station(90 * DAY)
    plan = Plan.of(asked, {"look": 9 * DAY})
    often = fault(interval="2 min", exposure=["operating"], lasting={"median": "1 min"})
    found = draw([often], asked, 1, plan=plan)
    assert found
    assert {one.resources for one in found} == {("camera",)}
    assert all(9 * DAY <= one.start_s < 9 * DAY + 600 for one in found)
    assert len(draw([often], asked, 1)) > 1000  # without a plan its clock never stops


def test_a_storm_hits_all_instruments_at_once_and_knows_the_solar_cycle() -> None:
    active, quiet = RISKS["solar_particle_event_active"], RISKS["solar_particle_event_quiet"]
    at_maximum = station(5 * YEAR, epoch="2022-06-01T00:00:00Z")
    at_minimum = station(5 * YEAR, epoch="2029-01-01T00:00:00Z")
    storms = draw([active], at_maximum, 1)
    assert len(storms) > 3
    assert {one.resources for one in storms} == {("camera", "radio_spectrometer")}
    assert draw([active], at_minimum, 1) == ()
    assert draw([quiet], at_maximum, 1) == ()


def test_dust_is_there_from_the_start_and_grows_with_the_horizon() -> None:
    (short,), (long,) = (draw([RISKS["array_dust"]], station(days * DAY), 1) for days in (30, 300))
    assert (short.start_s, short.end_s) == (0, 30 * DAY)
    assert long.share == pytest.approx(10 * short.share, rel=0.01)
    assert 0.002 < long.share < 0.04


def test_a_person_says_what_plays_a_role() -> None:
    often = RISKS["relay_outage"].replace(interval="1 d", lasting={"median": "1 h"})
    asked = station(30 * DAY)
    assert {one.resources for one in draw([often], asked, 1)} == {("link",)}
    assert draw([often], asked, 1, roles={"relays": []}) == ()
    with pytest.raises(UnknownNameError, match="relays"):
        draw([often], asked, 1, roles={"relay": []})


def test_a_seed_that_cannot_be_used_is_refused() -> None:
    for seed in (-1, 1.5, "x", None):
        with pytest.raises(RequestError, match="seed must be"):
            draw([fault()], station(), seed)  # type: ignore[arg-type]


def test_everything_that_is_drawn_can_be_executed() -> None:
    asked = station(60 * DAY)
    plan = Plan.of(asked, {"look": 2 * DAY, "listen": 9 * DAY})
    for seed in range(20):
        wrong = draw(RISKS.values(), asked, seed, plan=plan)
        assert all(0 <= one.start_s < asked.horizon_s for one in wrong)
        assert len(execute(asked, plan, wrong).runs) == 2
