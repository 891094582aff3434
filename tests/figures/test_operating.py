"""What figures of a plan in operation share."""

from __future__ import annotations

from typing import get_args

from ilrs_science.figures import theme
from ilrs_science.figures.operating import (
    MODE_COLOURS,
    MODE_WORDS,
    mark_disruptions,
    mark_moment,
    milliseconds,
    when,
)
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.replan.operate import Mode
from tests.figures.lived import FAULT, station
from tests.planning.problems import TICK


def test_every_mode_has_a_word_and_a_colour_of_its_own() -> None:
    assert set(MODE_WORDS) == set(MODE_COLOURS) == set(get_args(Mode))
    assert len(set(MODE_COLOURS.values())) == len(MODE_COLOURS)


def test_bands_end_with_the_horizon_and_sleep_has_its_own() -> None:
    asked, _ = station()
    drawn = theme.figure(title="x", height=100)
    endless = Disruption(kind="dust", start_s=TICK, share=0.1)
    mark_disruptions(drawn, asked, [FAULT, endless], asleep=[(0, TICK)])
    assert [shape.x1 for shape in drawn.layout.shapes] == [
        when(asked, 5 * TICK),
        when(asked, asked.horizon_s),
        when(asked, TICK),
    ]
    assert [trace.name for trace in drawn.data] == ["Something is wrong", "Asleep"]


def test_the_word_of_a_late_moment_stands_before_it() -> None:
    asked, _ = station()
    drawn = theme.figure(title="x", height=100)
    for second in (0, asked.horizon_s):
        mark_moment(drawn, asked, second, "now")
    assert [note.xanchor for note in drawn.layout.annotations] == ["left", "right"]
    assert milliseconds([1.5]) == [1500.0]
