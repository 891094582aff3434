"""Reader of PSPLIB instances in the Patterson text format.

Kolisch and Sprecher 1997, doi:10.1016/S0377-2217(96)00170-1.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ilrs_science.planning.problem.problem import Problem


def read(path: Path) -> Problem:
    """Instance as a bare RCPSP."""
    numbers = iter(map(int, path.read_text(encoding="utf-8").split()))
    count, kinds = next(numbers), next(numbers)
    capacities = [next(numbers) for _ in range(kinds)]
    activities = []
    followers: list[list[int]] = []
    for number in range(count):
        duration = next(numbers)
        demands = {f"r{kind}": next(numbers) for kind in range(kinds)}
        followers.append([next(numbers) - 1 for _ in range(next(numbers))])
        activities.append({"id": str(number), "duration_s": duration, "demands": demands})
    for number, entry in enumerate(activities):
        entry["precedences"] = [str(first) for first, after in enumerate(followers) if number in after]
    return Problem(
        name=path.stem,
        horizon_s=1 + sum(int(entry["duration_s"]) for entry in activities),
        objective="makespan",
        activities=activities,
        resources=[
            {"kind": "renewable", "id": f"r{kind}", "capacity": capacity}
            for kind, capacity in enumerate(capacities)
        ],
    )


def best_known(folder: Path) -> dict[str, int]:
    """Proven optimum of each instance of a folder."""
    with (folder / "best_known.csv").open(encoding="utf-8") as lines:
        return {row["instance"]: int(row["makespan"]) for row in csv.DictReader(lines)}
