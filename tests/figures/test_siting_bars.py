"""Bars of experiments and candidates, by their data."""

from __future__ import annotations

import pytest

from ilrs_science.errors import UnknownNameError
from ilrs_science.figures import siting_experiments
from tests.studies.siting.sited import DOSE, DRILL, KNOWN, trade


def test_a_bar_for_each_experiment_and_candidate() -> None:
    figure = siting_experiments(trade(), names={DRILL: "Drilling"})
    bars = [one for one in figure.data if one.type == "bar"]
    assert [bar.name for bar in bars] == list(KNOWN)
    assert list(bars[0].y) == ["Drilling", DOSE]
    assert list(bars[0].x) == [12.5, 24.0]
    assert figure.layout.xaxis.title.text == "Possible [h]"
    sessions = siting_experiments(trade(), "sessions")
    assert list(sessions.data[0].x) == [1.0, 3.0]


def test_what_is_never_possible_has_a_cross_with_its_reason() -> None:
    crosses = [one for one in siting_experiments(trade()).data if one.type == "scatter"]
    assert [len(one.x) for one in crosses] == [0, 1, 2, 0]
    assert "needs polar &lt;ground&gt;" in crosses[2].hovertext[0]


def test_another_kind_of_bar_is_unknown() -> None:
    with pytest.raises(UnknownNameError, match="hours"):
        siting_experiments(trade(), "hour")  # type: ignore[arg-type]
