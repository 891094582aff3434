"""The table of an ensemble counts what has figures, and says what has none."""

from __future__ import annotations

import math

from ilrs_science.studies.ensemble.figures import NAMES
from ilrs_science.studies.ensemble.gather import dataset_of
from ilrs_science.studies.ensemble.summary import summary


def test_means_and_quantiles_are_over_the_seeds_that_have_figures() -> None:
    flat = dict.fromkeys(NAMES, 0.0) | {"planned_value": 20.0}
    members = {
        (0, turn): flat | {"done_value": float(turn), "replan_count": 2.0 * turn} for turn in range(11)
    }
    members |= {(1, turn): {"failure": "no"} for turn in range(12)} | {(0, 11): {"failure": "no"}}
    table = summary(dataset_of({"mode": ["ground", "on_board"], "seed": list(range(12))}, members, {}))
    first, second = table.to_dict("records")
    assert (first["mode"], first["members"], first["failed"]) == ("ground", 11, 1)
    assert (first["value"], first["p10"], first["p50"], first["p90"]) == (5.0, 1.0, 5.0, 9.0)
    assert (first["share"], first["replans"], first["planned"]) == (0.25, 10.0, 20.0)
    assert (second["mode"], second["members"], second["failed"]) == ("on_board", 0, 12)
    assert math.isnan(second["value"])
    assert math.isnan(second["p50"])


def test_what_was_not_done_has_not_failed() -> None:
    found = dataset_of(
        {"seed": [0, 1, 2]}, {(0,): dict.fromkeys(NAMES, 1.0), (1,): {"failure": "it broke"}}, {}
    )
    (row,) = summary(found).to_dict("records")
    assert (row["members"], row["failed"], row["not_done"]) == (1, 1, 1)


def test_without_factors_there_is_one_line() -> None:
    table = summary(dataset_of({"seed": [0]}, {(0,): dict.fromkeys(NAMES, 1.0)}, {}))
    assert len(table) == 1
    assert table.share[0] == 1.0
