"""What silence costs by its data."""

from __future__ import annotations

from ilrs_science.figures.silence import silence_cost
from ilrs_science.studies.autonomy import Autonomy

FOUND = Autonomy(
    epoch="2031-03-13T00:00:00Z",
    limits={"energy": None, "storage": 1.5, "plan": 9.0},
    silence=(0.0, 1.0, 2.0),
    value={"on_board": (10.0, 10.0, 9.0), "ground": (10.0, 8.0, 6.0)},
)


def test_lines_are_what_is_lost_against_no_silence() -> None:
    figure = silence_cost(FOUND)
    assert [list(line.y) for line in figure.data] == [[0, 0, 1], [0, 2, 4]]
    assert figure.data[1].name == "Replan from ground: 2 points a day"
    assert "2 points a day" in figure.data[1].hovertext[2]


def test_what_runs_out_within_the_lengths_is_an_upright_and_the_rest_is_told() -> None:
    figure = silence_cost(FOUND)
    assert [shape.x0 for shape in figure.layout.shapes] == [1.5]
    told = figure.layout.title.subtitle.text.replace("<br>", " ")
    assert "1.5 days of autonomy, until a storage is full" in told
    assert "energy lasts to the end, plan 9.0 d" in told
