"""Histories of several executions by their data."""

from __future__ import annotations

import pytest

from ilrs_science.figures.ways_on import operation_histories
from tests.figures.lived import FAULT, lives


def test_a_strip_for_each_quantity_and_a_line_for_each_way() -> None:
    ran = {mode: life.execution for mode, life in lives().items()}
    figure = operation_histories(ran, disruptions=[FAULT])
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == 3 * len(ran)
    titles = [figure.layout[name].title.text for name in ("yaxis", "yaxis2", "yaxis3")]
    assert titles == ["Value gained<br>[points]", "Battery<br>[Wh]", "Storage<br>[Mbit]"]
    assert [trace.name for trace in lines if trace.showlegend] == [
        f"{words}: {ran[mode].value:g} points"
        for mode, words in (("keep_going", "Keep going"), ("on_board", "Replan on board"))
    ]


def test_lines_end_with_what_the_executions_hold() -> None:
    ran = lives()["keep_going"].execution
    value, charge, data = (
        trace for trace in operation_histories({"mine": ran}).data if trace.mode == "lines"
    )
    assert value.y[-1] == ran.value == max(value.y)
    assert charge.y[-1] == pytest.approx(ran.charge_mJ["battery"][-1] / 3.6e6, abs=1e-3)
    assert data.y[-1] == pytest.approx(ran.volume_bit["storage"][-1] / 1e6, abs=1e-3)
    assert charge.x[-1] == value.x[-1]


def test_nothing_is_said() -> None:
    assert "Nothing was executed" in operation_histories({}).layout.annotations[0].text
