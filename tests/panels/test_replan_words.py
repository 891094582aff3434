"""Operations, faults and ensembles in tables and sentences."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from ilrs_science.panels.replan_words import (
    faults_table,
    lives_table,
    members_table,
    moment_sentence,
    reasons_table,
)
from ilrs_science.planning.execution.disruption import Disruption
from tests.figures.lived import FAULT, lives, station
from tests.planning.problems import TICK


def model(*faults: Disruption, drawn: int | None = None) -> SimpleNamespace:
    """What the tables ask of a model."""
    asked, _ = station()
    return SimpleNamespace(
        problem=asked,
        faults=list(faults),
        drawn=drawn,
        lives=lives(),
        result=SimpleNamespace(objective=8.0),
    )


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FAULT, ("instrument fault", "robot", "0.7")),
        (Disruption(kind="array_loss", start_s=0, share=0.25), ("25 % of the power", "for good", "all")),
        (Disruption(kind="extra_load", start_s=0, end_s=3600, power_W=7.5), ("7.5 W more", "1.0")),
        (Disruption(kind="outage", start_s=0, name="<b>"), ("&lt;b&gt;",)),
    ],
)
def test_a_fault_is_told_with_its_span_and_how_badly(fault: Disruption, words: tuple[str, ...]) -> None:
    told = faults_table(model(fault))
    assert "2031-01-01 00:" in told
    for word in words:
        assert word in told


def test_where_faults_were_drawn_the_table_says_so_and_is_cut() -> None:
    told = faults_table(model(*[FAULT] * 20, drawn=3))
    assert "drawn with seed 3 (first 8 of 20)" in told
    assert told.count("<tr>") == 1 + 8
    assert "Nothing goes wrong" in faults_table(model())


def test_each_way_has_a_row_with_its_counts() -> None:
    told = lives_table(model(FAULT))
    assert told.count("<tr>") == 1 + len(lives())
    keep = told[told.index("Keep going") :].partition("</tr>")[0]
    cells = [cell.partition("</td>")[0].rpartition(">")[2] for cell in keep.split("<td")[1:]]
    value = lives()["keep_going"].value
    assert cells[:5] == [f"{value:g}", f"{100 * value / 8:.0f}", "2", "1", "1"]
    assert cells[6:8] == ["0", "–"]


def test_what_failed_has_its_reason_and_whether_it_was_done_later() -> None:
    keep, board = (reasons_table(lives()[mode]) for mode in ("keep_going", "on_board"))
    assert "<td>a.1</td>" in keep
    assert "robot is not there" in keep
    assert "<td>no</td>" in keep
    assert "<td>yes</td>" in board


def test_where_nothing_failed_that_is_said() -> None:
    life = SimpleNamespace(execution=SimpleNamespace(failed=()))
    assert "Nothing was stopped" in reasons_table(life)  # type: ignore[arg-type]


def test_a_moment_tells_what_is_done_and_what_runs() -> None:
    life = lives()["keep_going"]
    early = moment_sentence(life, TICK // 2)
    assert early.startswith("2031-01-01 00:05 UTC: 0 done, value 0; running ")
    assert "a.1" in early
    assert "c.1" in early
    late = moment_sentence(life, life.execution.until_s)
    assert f"2 done, value {life.value:g}; nothing runs; 1 stopped or skipped; 0 new plans." in late


def test_quantiles_leave_out_members_that_failed() -> None:
    values = np.array([[1.0, 2.0, 3.0], [np.nan] * 3])
    names = ("done_value", "replan_count", "starts_kept", "lost_time")
    found = xr.Dataset(
        dict.fromkeys(names, (("mode", "seed"), values)),
        coords={"mode": ["on_board", "ground"], "seed": [0, 1, 2]},
    )
    told = members_table(found)
    assert told.count("<tr>") == 2
    assert "Replan on board" in told
    for number in ("3", "2", "1.2", "2.8"):
        assert f'<td class="number">{number}</td>' in told
