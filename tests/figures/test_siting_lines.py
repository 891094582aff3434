"""Parallel coordinates of a siting trade, by their data."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.figures import siting_profile
from ilrs_science.studies.siting.measures import MEASURES
from tests.studies.siting.sited import trade


def test_a_line_runs_from_worst_to_best_whichever_side_is_better() -> None:
    figure = siting_profile(trade(), ["value", "launch_mass", "power"])
    ridge, plain, orbit, both = figure.data
    assert list(ridge.x) == pytest.approx([0.75, (5700 - 4000) / 4100, 1.0], abs=1e-4)
    assert plain.x[0] == 0.0
    assert list(orbit.x)[1] == 1.0
    assert list(both.x) == [1.0, 0.0, 1.0]
    assert list(figure.layout.yaxis.ticktext) == ["Value [1]", "Launch mass [kg]", "Power [W]"]
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["10", "50", "5700 kg", "1600 kg", "1 W"]


def test_all_measures_with_a_better_side_are_rows_and_each_architecture_is_named_once() -> None:
    figure = siting_profile(trade())
    assert len(figure.data[0].x) == sum(bool(one.better) for one in MEASURES.values())
    assert [one.name for one in figure.data if one.showlegend] == ["On the ground", "In orbit", "Both"]


def test_rows_without_a_worst_are_refused() -> None:
    with pytest.raises(RequestError, match="no worst"):
        siting_profile(trade(), ["bound"])
    with pytest.raises(UnknownNameError):
        siting_profile(trade(), ["beauty"])
    with pytest.raises(RequestError, match="one measure at least"):
        siting_profile(trade(), [])
