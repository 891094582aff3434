"""One tree of seeds: what a member draws follows from the seed of the ensemble and its own number, and nothing else."""

from __future__ import annotations

from typing import Literal

import numpy as np

__all__ = ["Stream", "seed_of"]

Stream = Literal["disruptions", "operation", "plan"]

#: Branch of each use, so that none disturbs another.
_BRANCH: dict[Stream, int] = {"disruptions": 0, "operation": 1, "plan": 2}


def seed_of(root: int, number: int, stream: Stream) -> int:
    """Seed of one use by one member.

    Parameters
    ----------
    root : int
        Seed of the ensemble, not negative.
    number : int
        Number of the member among the seeds, not negative; factors and scenarios do not count, so that they are
        compared under the same luck.
    stream : "disruptions", "operation" or "plan"
        What it is for.

    Returns
    -------
    int
        Between 0 and 2^31 - 1.
    """
    leaf = np.random.SeedSequence(root, spawn_key=(number, _BRANCH[stream]))
    return int(leaf.generate_state(1)[0]) >> 1
