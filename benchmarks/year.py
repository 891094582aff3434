"""Campaigns of a year: thirteen lunar days of :mod:`benchmarks.campaign28` one after the other, with what joins them.

The battery and the storage are one; each activity may also be done in later months with some chance, and a tenth of
them follow one of an earlier month. All numbers are assumed.
"""

from __future__ import annotations

import random
from typing import Any

from benchmarks.campaign28 import HORIZON, HOUR, campaign28
from ilrs_science.planning.problem.problem import Problem

__all__ = ["year"]


def year(count: int, months: int = 13, seed: int = 0) -> Problem:
    """`count` activities for each of some months; the same for the same seed."""
    draw = random.Random(1000 * count + seed)
    parts = [campaign28(count, 100 * seed + month).model_dump(mode="json") for month in range(months)]
    whole: dict[str, Any] = parts[0] | {
        "name": f"year-{count}x{months}-{seed}",
        "horizon_s": months * HORIZON,
    }
    activities = [_moved(entry, month) for month, one in enumerate(parts) for entry in one["activities"]]
    for entry in activities:
        if draw.random() < 0.3:
            entry["windows"] += [
                (begin + HORIZON, end + HORIZON)
                for begin, end in entry["windows"]
                if end + HORIZON <= months * HORIZON
            ]
    for number in draw.sample(range(count, len(activities)), len(activities) // 20):
        activities[number]["precedences"] = [
            {
                "after": activities[draw.randrange(number - count)]["id"]
                if number > count
                else activities[0]["id"],
                "min_lag_s": HOUR,
            }
        ]
    whole["activities"] = activities
    whole["resources"] = [
        _joined([one["resources"][place] for one in parts]) for place in range(len(whole["resources"]))
    ]
    return Problem(**whole)


def _moved(entry: dict[str, Any], month: int) -> dict[str, Any]:
    shift = month * HORIZON
    name = f"m{month:02d}_"
    return entry | {
        "id": name + entry["id"],
        "windows": [(begin + shift, end + shift) for begin, end in entry["windows"]],
        "precedences": [one | {"after": name + one["after"]} for one in entry["precedences"]],
    }


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    whole = dict(parts[0])
    for name in ("profile", "generation"):
        if whole.get(name):
            whole[name] = [
                (time + month * HORIZON, value)
                for month, one in enumerate(parts)
                for time, value in one[name]
            ]
            if name == "profile":
                whole[name] = sorted(
                    whole[name]
                    + [(month * HORIZON, one["capacity"]) for month, one in enumerate(parts) if month]
                )
    if "passes" in whole:
        whole["passes"] = [
            (a + m * HORIZON, b + m * HORIZON, rate)
            for m, one in enumerate(parts)
            for a, b, rate in one["passes"]
        ]
    return whole
