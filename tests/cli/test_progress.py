"""The bar on stderr says how far the search is, in the words of what is sought."""

from __future__ import annotations

import threading

import pytest

from ilrs_science.cli import progress
from ilrs_science.cli.progress import search_progress
from ilrs_science.planning.solve import Progress


def shown(capsys: pytest.CaptureFixture[str], *steps: Progress, goal: str = "value") -> str:
    with search_progress(5.0, goal) as told:
        for step in steps:
            told(step)
    text = capsys.readouterr()
    assert text.out == "", "the result alone goes to stdout"
    return text.err


@pytest.mark.parametrize(
    ("objective", "bound", "goal", "says"),
    [
        (None, 12.0, "value", "no plan yet, bound 12"),
        (9.0, 12.0, "value", "value 9, bound 12, gap 25.0%"),
        (12.0, 12.0, "value", "value 12, bound 12, gap 0.0%"),
        (1800.0, 1500.0, "makespan", "makespan 1800, bound 1500, gap 20.0%"),
    ],
)
def test_a_step_is_told_in_words(objective: float | None, bound: float, goal: str, says: str) -> None:
    assert progress._words(Progress("search", objective, bound, 1.0), goal) == says


def test_nothing_stays_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "value" not in shown(capsys, Progress("greedy", 1.0, 2.0, 0.1))


def ticking() -> bool:
    """Whether the thread that moves the bar is alive."""
    return any("tick" in thread.name for thread in threading.enumerate())


def test_its_thread_ends_with_it_also_after_an_error() -> None:
    def stopped() -> None:
        with search_progress(5.0):
            assert ticking()
            raise EOFError

    with pytest.raises(EOFError):
        stopped()
    assert not ticking()
