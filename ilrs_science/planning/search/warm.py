"""``python -m ilrs_science.planning.search.warm``: compile the planner's inner loops once after an installation.

They are kept on disk, so that the first plan is as quick as the second. Without this the first search does it, beside
the plan that it makes without compiled code.
"""

from __future__ import annotations

from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.problem.parts import Activity, Battery, Renewable, Storage
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.improve import Improver
from ilrs_science.planning.search.incumbent import Incumbent

__all__ = ["warm"]

HOUR = 3600


def warm() -> int:
    """Plan a small problem with compiled code.

    Returns
    -------
    int
        Activities in its plan.
    """
    use = {"demands": {"robot": 1}, "energy_W": 10.0, "data_Mbit_s": 0.01}
    asked = Problem(
        horizon_s=24 * HOUR,
        activities=[Activity(id=f"a{number}", duration_s=HOUR, **use) for number in range(4)],
        resources=[
            Renewable(id="robot", capacity=1),
            Battery(id="battery", capacity_Wh=100, initial_Wh=50),
            Storage(id="storage", capacity_Mbit=1000),
        ],
    )
    best = Incumbent(asked, Limits(60.0))
    line = Improver(best, 0)
    line.floor()
    line.take()
    line.make(10, 0.5)
    line.tell()
    return len(best.best or {})


if __name__ == "__main__":
    warm()
