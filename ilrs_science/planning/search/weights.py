"""Weights of partners: how much more their activities count while they are below their shares.

They are prices of the shares, raised while a share is missed and lowered while it is kept (Lagrange multipliers).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ilrs_science.planning.packing.facts import Facts
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Weights"]

#: How far a price moves, for a share that is missed altogether. (assumed)
STEP = 1.0
#: An activity never counts for less than this, nor for more than its inverse. (assumed)
LEAST = 0.02


class Weights:
    """Prices of the shares of one problem.

    Parameters
    ----------
    problem : Problem
        What is planned.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.price = dict.fromkeys(problem.shares, 0.0)
        self._plain: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None

    def weighed(self, known: Facts, starts: Mapping[str, int]) -> Facts:
        """The arrays with worths by the prices after one more look at a plan.

        Parameters
        ----------
        known : Facts
            Of the problem, weighed or not.
        starts : mapping of str to int
            A plan. [s]

        Returns
        -------
        Facts
            Others, but for the worths.
        """
        plain = known.span_worth if self._plain is None else self._plain
        self._plain = plain
        problem = self.problem
        worth = {name: problem.by_id[name].worth_at(start) for name, start in starts.items()}
        total = max(1, sum(worth.values()))
        for partner, share in problem.shares.items():
            own = (
                sum(value for name, value in worth.items() if problem.by_id[name].partner == partner) / total
            )
            missed = (share - own) / max(share, 1e-9)
            self.price[partner] = max(0.0, self.price[partner] + STEP * missed)
        taken = sum(price * problem.shares[partner] for partner, price in self.price.items())
        weights = np.array(
            [
                min(1 / LEAST, max(LEAST, 1 - taken + self.price.get(one.partner, 0.0)))
                for one in problem.activities
            ]
        )
        worths = np.rint(plain * np.repeat(weights, np.diff(known.span_at))).astype(np.int64)
        return known._replace(span_worth=worths)
