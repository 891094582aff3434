"""The figures of the planner: campaigns of 28 days by size, and PSPLIB J30; each solve in a process of its own."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

#: Activities, time limit, and what is to be reached.
CASES = {
    100: ("60 s", "proved in 30 s (median)"),
    300: ("60 s", "gap 2 %"),
    1000: ("60 s", "gap 3 %, peak 2 GB"),
    3000: ("120 s", "greedy + 5 %"),
}
#: Activities in each of thirteen months, and time limit.
YEAR = (100, "120 s")
#: PSPLIB instances are given this long.
J30_LIMIT = "30 s"


def warmed() -> int:
    """Compile what is compiled once after an installation."""
    from ilrs_science.planning.search.warm import warm

    return warm()


def one_campaign(count: int, seed: int, time_limit: str) -> dict[str, Any]:
    """Solve one campaign; what came of it."""
    from benchmarks.campaign28 import campaign28

    return _solved(campaign28(count, seed), time_limit, seed) | {"greedy": _greedy(campaign28(count, seed))}


def one_year(count: int, seed: int, time_limit: str) -> dict[str, Any]:
    """Solve a campaign of thirteen months; what came of it."""
    from benchmarks.year import year

    return _solved(year(count, seed=seed), time_limit, seed) | {"greedy": _greedy(year(count, seed=seed))}


def one_instance(path: str) -> dict[str, Any]:
    """Solve one PSPLIB instance; what came of it."""
    from tests.planning import psplib

    file = Path(path)
    known = psplib.best_known(file.parent)[file.name]
    return _solved(psplib.read(file), J30_LIMIT, 0) | {"known": known}


def _solved(problem: Any, time_limit: str, seed: int) -> dict[str, Any]:
    from ilrs_science.planning.judge.check import check
    from ilrs_science.planning.solve import solve

    seen: list[tuple[float, float | None]] = []
    began, used = time.monotonic(), time.process_time()
    result = solve(
        problem,
        time_limit=time_limit,
        seed=seed,
        progress=lambda step: seen.append((time.monotonic() - began, step.objective)),
    )
    first = next((moment for moment, objective in seen if objective is not None), float("nan"))
    return {
        "status": result.status,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "first_s": first,
        "wall_s": time.monotonic() - began,
        "cpu_s": time.process_time() - used,
        "violations": len(check(problem, result.plan)),
        "peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _greedy(problem: Any) -> float:
    """Value of the best greedy plan of all rules, made to its end."""
    from ilrs_science.planning.model.limits import Limits
    from ilrs_science.planning.search.improve import Improver
    from ilrs_science.planning.search.incumbent import Incumbent
    from ilrs_science.planning.search.whole import score

    best = Incumbent(problem, Limits(600.0))
    Improver(best, 0).floor()
    return score(best.problem, best.best or {}) / 1000


def _child(function: str, *arguments: Any) -> Any:
    code = f"import json, benchmarks.planner as it; print(json.dumps(it.{function}(*{arguments!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _spread(values: list[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def campaigns(count: int, seeds: int) -> None:
    """Print one line of the table."""
    time_limit, goal = CASES[count]
    line(
        str(count),
        time_limit,
        goal,
        [_child("one_campaign", count, seed, time_limit) for seed in range(seeds)],
    )


def years(seeds: int) -> None:
    """Print the line of campaigns of a year, planned lunation by lunation."""
    count, time_limit = YEAR
    rows = [_child("one_year", count, seed, time_limit) for seed in range(seeds)]
    line(f"13 x {count}, a year", time_limit, "", rows)


def line(name: str, time_limit: str, goal: str, rows: list[dict[str, Any]]) -> None:
    """Print one line of the table."""
    seeds = len(rows)
    proved = sum(row["status"] == "OPTIMAL" for row in rows)
    print(
        f"| {name} | {time_limit} | {goal} | {proved}/{seeds} | {_spread([row['wall_s'] for row in rows], '.1f')} "
        f"| {_spread([100 * row['gap'] for row in rows], '.2f')} "
        f"| {_spread([100 * (row['objective'] / row['greedy'] - 1) for row in rows], '.1f')} "
        f"| {_spread([row['first_s'] for row in rows], '.1f')} | {sum(row['violations'] for row in rows)} "
        f"| {max(row['peak_MB'] for row in rows):.0f} | {_spread([row['cpu_s'] for row in rows], '.0f')} |",
        flush=True,
    )


def instances(folder: Path) -> None:
    """Print how many instances were proved, and how long the slowest took."""
    rows = {path.stem: _child("one_instance", str(path)) for path in sorted(folder.glob("*.txt"))}
    right = [
        name for name, row in rows.items() if row["status"] == "OPTIMAL" and row["objective"] == row["known"]
    ]
    slow = max(rows, key=lambda name: rows[name]["wall_s"])
    times = [row["wall_s"] for row in rows.values()]
    print(
        f"PSPLIB J30: {len(right)}/{len(rows)} proved as known, {_spread(times, '.2f')} s, slowest {slow}, "
        f"{sum(row['violations'] for row in rows.values())} violations"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--years", type=int, default=0, help="seeds of a campaign of a year")
    parser.add_argument(
        "--j30", type=Path, help="folder with instances in the Patterson format and best_known.csv"
    )
    asked = parser.parse_args()
    _child("warmed")
    if asked.counts or asked.years:
        print(
            "| n | limit | goal | proved | time, s | gap, % | above greedy, % | first plan, s "
            "| violations | peak, MB | CPU, s |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    for count in asked.counts:
        campaigns(count, asked.seeds)
    if asked.years:
        years(asked.years)
    if asked.j30:
        instances(asked.j30)


if __name__ == "__main__":
    main()
