"""Bars of experiments and candidates, by their data."""

from __future__ import annotations

from dataclasses import replace

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


def test_long_names_stand_in_short_lines_and_are_whole_in_the_hover() -> None:
    figure = siting_experiments(trade(), names={DRILL: "Volatile depth profile by a long drill"})
    assert figure.data[0].y[0] == "Volatile depth<br>profile by a long<br>drill"
    assert "<b>Volatile depth profile by a long drill</b>" in figure.data[0].hovertext[0]


def test_a_seventh_candidate_is_hatched_in_the_first_colour() -> None:
    found = trade()
    more = [replace(found.base[0], candidate=f"place{number}") for number in range(8)]
    bars = siting_experiments(replace(found, appraisals={"base": tuple(more)})).data[::2]
    looks = [(bar.marker.color, bar.marker.pattern.shape) for bar in bars]
    assert len(set(looks)) == 8
    assert (looks[6][0], looks[6][1]) == (looks[0][0], "/")


def test_the_hover_counts_hours_and_sessions() -> None:
    hover = siting_experiments(trade()).data[0].hovertext
    assert hover[0].endswith("possible for 12.5 h<br>1 session in the plan")
    assert hover[1].endswith("possible for 24.0 h<br>3 sessions in the plan")
