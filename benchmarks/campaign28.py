"""Random campaigns of 28 days at a polar station: the planner's yardstick.

A lunar day of 16 days of light and 12 of darkness, an array and a small fission source, a battery that the activities
can empty, a storage that two passes a day drain, six exclusive instruments, two robots, a bus whose limit is lower at
night. All numbers are assumed; they are chosen so that every resource binds somewhere.
"""

from __future__ import annotations

import argparse
import random
import statistics

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.solve import solve

HOUR, DAY = 3600, 86400
HORIZON = 28 * DAY
LIGHT = (6 * DAY + 7 * HOUR, 22 * DAY + 5 * HOUR)


def campaign28(count: int, seed: int = 0) -> Problem:
    """A campaign of `count` activities; the same for the same seed."""
    draw = random.Random(1000 * count + seed)
    scale = count / 100
    activities = [_activity(draw, number) for number in range(count)]
    for number in draw.sample(range(1, count), count // 10):
        activities[number]["precedences"] = [{"after": f"a{draw.randrange(number):04d}", "min_lag_s": HOUR}]
    return Problem(
        name=f"campaign28-{count}-{seed}",
        epoch="2031-06-01T00:00:00Z",
        horizon_s=HORIZON,
        activities=activities,
        resources=[
            *(
                {"kind": "renewable", "id": f"instrument_{k}", "capacity": max(1, round(scale))}
                for k in range(6)
            ),
            {"kind": "renewable", "id": "robots", "capacity": max(1, round(2 * scale))},
            {
                "kind": "renewable",
                "id": "bus_W",
                "capacity": round(500 * max(1, scale)),
                "profile": [(LIGHT[0], round(900 * max(1, scale))), (LIGHT[1], round(500 * max(1, scale)))],
            },
            _battery(draw, scale),
            {"kind": "storage", "id": "storage", "capacity_Mbit": round(60_000 * scale)},
            {"kind": "link", "id": "relay", "passes": _passes(draw, scale), "power_W": 40 * scale},
        ],
    )


def _activity(draw: random.Random, number: int) -> dict[str, object]:
    duration = draw.choice([1, 2, 3, 4, 6, 8, 12, 18, 24]) * HOUR + 60 * draw.randrange(60)
    windows = []
    for _ in range(draw.randint(1, 6)):
        start = draw.randrange(0, HORIZON - duration - DAY, 60)
        windows.append((start, min(HORIZON, start + duration + draw.randrange(0, 4 * DAY, 60))))
    power = draw.choice([20, 40, 60, 90, 120, 180, 250])
    demands = {"bus_W": power}
    if draw.random() < 0.75:
        demands[f"instrument_{draw.randrange(6)}"] = 1
    if draw.random() < 0.35:
        demands["robots"] = 1
    return {
        "id": f"a{number:04d}",
        "duration_s": duration,
        "windows": windows,
        "value": draw.randint(10, 100) * round(1 + duration / DAY, 1),
        "demands": demands,
        "energy_W": power,
        "data_Mbit_s": draw.choice([0, 0.02, 0.1, 0.3, 0.6, 1.0]),
    }


def _battery(draw: random.Random, scale: float) -> dict[str, object]:
    generation = []
    for hour in range(28 * 24):
        time = hour * HOUR
        lit = LIGHT[0] <= time < LIGHT[1]
        shade = draw.random() < 0.05
        generation.append((time, round((60 + (260 if lit and not shade else 0)) * scale, 3)))
    capacity = 12_000 * scale
    return {
        "kind": "battery",
        "id": "battery",
        "capacity_Wh": capacity,
        "initial_Wh": 0.8 * capacity,
        "minimum_Wh": 0.2 * capacity,
        "generation": generation,
        "load": [(0, 50 * scale)],
    }


def _passes(draw: random.Random, scale: float) -> list[tuple[int, int, float]]:
    return [
        (start, start + draw.randrange(HOUR, 2 * HOUR, 60), round(4 * scale, 6))
        for day in range(28)
        for start in (
            day * DAY + draw.randrange(0, 6 * HOUR, 60),
            day * DAY + draw.randrange(12 * HOUR, 18 * HOUR, 60),
        )
    ]


def main() -> None:
    """Plan a few campaigns and print value, bound and time, with their spread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--time-limit", default="60 s")
    asked = parser.parse_args()
    times = []
    for seed in range(asked.seeds):
        problem = campaign28(asked.count, seed)
        floor = greedy(problem, seed=seed)
        result = solve(problem, time_limit=asked.time_limit, seed=seed)
        times.append(result.runtime)
        base = sum(problem.by_id[name].value for name in floor.starts) if floor else 0.0
        wrong = len(check(problem, result.plan))
        print(
            f"{problem.name}: greedy {base:.1f}, {result}, {wrong} violations, {result.runtime:.1f} s",
            flush=True,
        )
    print(f"median {statistics.median(times):.1f} s, from {min(times):.1f} to {max(times):.1f} s")


if __name__ == "__main__":
    main()
