"""Stability of new plans: three days without contact, and how many starts stay, at which loss of value, how soon.

Each campaign of 28 days is planned, and executed until contact is lost for three days. The rest is then planned three
times in the same time: anew without the old plan (from scratch), from the old plan without a price on starts, and as
`replan` does it, on board. The loss is against the better of the first two.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from benchmarks.campaign28 import DAY, campaign28
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.remaining import remaining
from ilrs_science.planning.replan.replan import replan
from ilrs_science.planning.solve import solve

SILENCE_S = 3 * DAY


def scratch(
    problem: Problem, plan: Plan, ran: Execution, wrong: list[Disruption], **search: Any
) -> tuple[float, float]:
    """Value of a new plan that does not know the old one, and the share of the starts ahead that it happens to keep."""
    rest = remaining(problem, plan, ran, disruptions=wrong)
    starts = rest.whole(problem, solve(rest.problem, **search).plan.starts).starts
    ahead = {
        name: start for name, start in plan.starts.items() if start >= rest.now_s and name not in rest.settled
    }
    value = sum(problem.by_id[name].worth_at(start) for name, start in starts.items()) / 1000
    return value, sum(starts.get(name) == start for name, start in ahead.items()) / max(1, len(ahead))


def one(count: int, seed: int, day: int, plan_limit: str, search: dict[str, Any]) -> dict[str, float]:
    """What a new plan keeps and loses in one campaign."""
    problem = campaign28(count, seed)
    plan = solve(problem, time_limit=plan_limit, seed=seed).plan
    wrong = [Disruption(kind="outage", start_s=day * DAY, end_s=day * DAY + SILENCE_S)]
    ran = execute(problem, plan, wrong, until_s=day * DAY)
    anew, by_chance = scratch(problem, plan, ran, wrong, seed=seed, **search)
    free = replan(problem, plan, ran, disruptions=wrong, seed=seed, price=0.0, **search)
    began = time.monotonic()
    new = replan(problem, plan, ran, disruptions=wrong, seed=seed, **search)
    took = time.monotonic() - began
    best = max(anew, free.value or 0.0)
    return {
        "ahead": new.asked,
        "scratch": by_chance,
        "free": free.stability,
        "kept": new.stability,
        "loss": 1 - (new.value or 0.0) / best,
        "time": took,
    }


def main() -> None:
    """Print a line for each seed and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--day", type=int, default=7, help="day on which contact is lost")
    parser.add_argument("--plan-limit", default="60 s")
    parser.add_argument("--time-limit", default="4.5 s", help="of each new plan")
    parser.add_argument(
        "--deterministic", action="store_true", help="the same on any machine; for the shares alone"
    )
    asked = parser.parse_args()
    search = {"time_limit": asked.time_limit, "deterministic": asked.deterministic}
    rows = []
    print("seed ahead  scratch kept  no price kept  kept   loss    time")
    for seed in range(asked.seeds):
        row = one(asked.count, seed, asked.day, asked.plan_limit, search)
        rows.append(row)
        print(
            f"{seed:4d} {row['ahead']:5.0f} {row['scratch']:12.0%} {row['free']:14.0%} {row['kept']:6.0%} "
            f"{row['loss']:7.2%} {row['time']:6.1f} s",
            flush=True,
        )
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    print(
        f"median     {middle['scratch']:12.0%} {middle['free']:14.0%} {middle['kept']:6.0%} {middle['loss']:7.2%} "
        f"{middle['time']:6.1f} s; least kept {min(row['kept'] for row in rows):.0%}, "
        f"largest loss {max(row['loss'] for row in rows):.2%}"
    )


if __name__ == "__main__":
    main()
