"""Wall time and efficiency of an ensemble: the same members by one worker and by two.

Members are lives of a campaign of 28 days under the risks of the catalogue, planned anew on board. Nothing is kept, so
each run does all of them. Efficiency is the time of one worker over twice that of two. The start of the workers counts.
"""

from __future__ import annotations

import argparse
import os
import time

import xarray as xr

from benchmarks.campaign28 import campaign28
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.planning.solve import solve
from ilrs_science.studies.ensemble.ensemble import ensemble


def lived(problem: Problem, plan: Plan, members: int, limit: str, workers: int) -> tuple[float, xr.Dataset]:
    """Wall time of an ensemble [s], and the ensemble."""
    began = time.monotonic()
    found = ensemble(problem, plan=plan, seeds=members, operator=Operator(time_limit=limit), workers=workers)
    return time.monotonic() - began, found


def main() -> None:
    """Print wall times, efficiency, and whether both are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--count", type=int, default=30, help="activities")
    parser.add_argument("--time-limit", default="0.1 s", help="of each new plan, deterministic")
    asked = parser.parse_args()
    os.environ["ILRS_CACHE"] = "off"
    problem = campaign28(asked.count)
    plan = solve(problem, time_limit="10 s", deterministic=True, workers=1).plan
    print(f"{asked.members} members of {problem.name}, {os.getloadavg()[0]:.1f} processes before")
    times, found = [], []
    for workers in (1, 2):
        wall, whole = lived(problem, plan, asked.members, asked.time_limit, workers)
        times.append(wall)
        found.append(whole)
        print(
            f"{workers} worker{'s' if workers > 1 else ' '}: {wall:7.1f} s, {asked.members / wall:.2f} members/s, "
            f"{int(whole.replan_count.sum())} new plans, {whole.attrs['members_failed']} failed",
            flush=True,
        )
    print(f"efficiency {times[0] / (2 * times[1]):.3f}; the same: {found[0].identical(found[1])}")


if __name__ == "__main__":
    main()
