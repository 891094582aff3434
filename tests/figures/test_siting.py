"""The front of a siting trade, by its data."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.figures import siting_front, theme
from ilrs_science.figures.siting_words import SYMBOLS
from ilrs_science.studies.siting.measures import MEASURES
from tests.studies.siting.sited import KNOWN, trade


def test_the_front_joins_what_no_other_beats_and_names_it() -> None:
    line, *groups = siting_front(trade()).data
    assert list(zip(line.x, line.y, strict=True)) == [(1600.0, 20.0), (4000.0, 40.0), (5700.0, 50.0)]
    named = [text for group in groups for text in group.text if text]
    assert named == ["connecting_ridge", "ilrs_llo_staging", "connecting_ridge<br>+ ilrs_llo_staging"]
    assert [group.marker.symbol for group in groups] == list(SYMBOLS.values())
    (ground,) = [group for group in groups if group.name == "On the ground"]
    assert ground.marker.color[1] == theme.GREY
    assert ground.marker.color[0] != theme.GREY


def test_a_point_tells_every_measure_that_there_is_with_its_unit() -> None:
    _, ground, orbit, _ = siting_front(trade()).data
    assert all(f"{name.replace('_', ' ').capitalize()}: " in ground.hovertext[0] for name in MEASURES)
    assert "Launch mass: 4000 kg" in ground.hovertext[0]
    assert "another one beats it" in ground.hovertext[1]
    assert "Coldest" not in orbit.hovertext[0]


def test_any_two_measures_but_not_one_twice_or_one_without_a_better_side() -> None:
    figure = siting_front(trade(), "darkness", "autonomy")
    assert figure.layout.xaxis.title.text == "Darkness [h]"
    assert figure.layout.yaxis.title.text == "Autonomy [d]"
    with pytest.raises(RequestError, match="given twice"):
        siting_front(trade(), "value", "value")
    with pytest.raises(RequestError, match="neither more nor less"):
        siting_front(trade(), "coldest")
    with pytest.raises(UnknownNameError):
        siting_front(trade(), "beauty")


def test_one_candidate_is_a_front_by_itself() -> None:
    figure = siting_front(trade("ilrs_llo_staging"))
    assert list(figure.data[0].x) == [KNOWN["ilrs_llo_staging"][2]]
    assert figure.layout.xaxis.range[0] < 1600.0 < figure.layout.xaxis.range[1]
