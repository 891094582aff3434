"""Problems of which a newcomer was told nothing good or nothing at all: one good start, or none, to the second."""

from __future__ import annotations

import pytest

from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve


def _problem(
    *activities: dict[str, object], resources: tuple[dict[str, object], ...], **fields: object
) -> Problem:
    return Problem(activities=list(activities), resources=list(resources), **fields)


def _store(capacity: float) -> dict[str, object]:
    return {"kind": "storage", "id": "s", "capacity_Mbit": capacity}


def _battery(capacity: float, initial: float, **fields: object) -> dict[str, object]:
    return {"kind": "battery", "id": "battery", "capacity_Wh": capacity, "initial_Wh": initial, **fields}


def _late_data() -> Problem:
    """Without a pass the data are made so late that their latency is not judged."""
    made = {"id": "a", "duration_s": 1, "warm_up_s": 2, "value": 2, "value_curve": [(2, 0.3)]}
    return _problem(made | {"data_Mbit_s": 0.5, "latency_s": 1}, resources=(_store(1),), horizon_s=7)


def _one_second() -> Problem:
    """The battery allows one second."""
    steps = {"generation": [(3, 3600), (6, 10800)], "load": [(0, 1800)]}
    drawn = {"id": "a", "duration_s": 3, "value": 3, "energy_W": 3600}
    return _problem(drawn, resources=(_battery(6, 2, **steps),), horizon_s=7)


def _last_pass() -> Problem:
    """A makespan that a pass of one second decides."""
    made = {"id": "a", "duration_s": 4, "data_Mbit_s": 0.5, "latency_s": 4}
    link = {"kind": "link", "id": "l", "passes": [(3, 4, 2)]}
    return _problem(made, resources=(_store(1), link), horizon_s=5, objective="makespan")


def _never() -> Problem:
    """The battery cannot carry it at any start."""
    steps = {"minimum_Wh": 1, "final_Wh": 2, "generation": [(0, 10800), (1, 3600)]}
    drawn = {"id": "a", "duration_s": 3, "value": 5, "energy_W": 10800}
    return _problem(drawn, resources=(_battery(6, 1, **steps),), horizon_s=8)


def _recharged() -> Problem:
    """Two of three fit, if the second waits to the second for the arrays."""
    draws = [("a", 4, 5, 3600), ("b", 3, 8, 10800), ("c", 3, 9, 3600)]
    entries = [
        {"id": name, "duration_s": length, "value": value, "energy_W": watt, "partner": name}
        for name, length, value, watt in draws
    ]
    entries[2]["value_curve"] = [(0, 0.7), (6, 0.2)]
    steps = {"minimum_Wh": 1, "generation": [(1, 10800), (3, 10800)]}
    stores = (_battery(4, 3, **steps),)
    return _problem(*entries, resources=stores, horizon_s=7, shares={"c": 0.4})


def _by_the_hour() -> Problem:
    """Five hours; the data of one wait for a planned downlink, or are made at the end."""
    robot = {"kind": "renewable", "id": "r", "capacity": 3, "profile": [(14400, 2)]}
    sender = {"id": "a", "duration_s": 3600, "value": 3, "windows": [(10800, 18000)], "warm_up_s": 7200}
    made = {"id": "b", "duration_s": 7200, "value": 6, "forbidden": [(7200, 10800)], "latency_s": 3600}
    other = {"id": "c", "duration_s": 7200, "value": 2, "exclusions": ["b"], "data_Mbit_s": 1.0}
    return _problem(
        sender | {"drain_Mbit_s": 2.0, "demands": {"r": 2}},
        made | {"data_Mbit_s": 0.5, "demands": {"r": 2}},
        other | {"demands": {"r": 1}},
        resources=(robot, _store(21600)),
        horizon_s=18000,
    )


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        (_late_data(), 0.6),
        (_one_second(), 3),
        (_last_pass(), 5),
        (_never(), 0),
        (_recharged(), 14.3),
        (_by_the_hour(), 8),
    ],
    ids=["late data", "one second", "last pass", "never", "recharged", "by the hour"],
)
def test_the_only_good_start_is_found_and_proved(asked: Problem, best: float) -> None:
    result = solve(asked, time_limit="20 s", workers=1)
    assert result.status == "OPTIMAL"
    assert result.objective == pytest.approx(best)
    assert result.checked
    isolated = solve(asked, time_limit="20 s", workers=1, isolate=True)
    assert (isolated.status, isolated.objective) == (result.status, result.objective)


def test_a_makespan_that_the_arrays_decide_is_proved_to_the_second() -> None:
    """8 Wh are drawn, 3 Wh are there; the arrays have given the rest at 5 h, and slots of a minute cannot tell."""
    entries = [{"id": name, "duration_s": 7200, "energy_W": 2.0} for name in ("a", "b")]
    stores = (_battery(4, 4, minimum_Wh=1, generation=[(7200, 2.0), (14400, 1.0)]),)
    asked = _problem(*entries, resources=stores, horizon_s=18000, objective="makespan")
    result = solve(asked, time_limit="100 s", workers=1)
    assert result.status == "OPTIMAL"
    assert result.objective == 18000


def test_what_must_be_done_and_has_no_start_ends_at_once_with_a_reason() -> None:
    entry = {"id": "a", "duration_s": 7200, "optional": False, "data_Mbit_s": 1.0, "latency_s": 3600}
    asked = _problem(entry, resources=(_store(21600),), horizon_s=9000)
    assert solve(asked, time_limit="20 s").status == "OPTIMAL"  # its data are judged only beyond the horizon
    longer = asked.replace(horizon_s=21600, activities=[{**entry, "windows": [(0, 9000)]}])
    result = solve(longer, time_limit="20 s")
    assert result.status == "INFEASIBLE"
    assert "storage" in result.certificate.note
