"""Luck belongs to a member, and to nothing else."""

from __future__ import annotations

from ilrs_science.studies.ensemble.seeds import seed_of


def test_a_seed_depends_on_root_number_and_use_alone() -> None:
    # numpy.random.SeedSequence(7, spawn_key=(3, 0)).generate_state(1)[0] >> 1, numpy 2.x
    import numpy as np

    expected = int(np.random.SeedSequence(7).spawn(4)[3].spawn(1)[0].generate_state(1)[0]) >> 1
    assert seed_of(7, 3, "disruptions") == expected


def test_no_two_leaves_of_the_tree_are_the_same() -> None:
    leaves = [
        seed_of(root, number, use)
        for root in (0, 1)
        for number in range(100)
        for use in ("disruptions", "operation", "plan")
    ]
    assert len(set(leaves)) == len(leaves)
    assert 0 <= min(leaves) <= max(leaves) < 2**31
