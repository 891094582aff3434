"""The bar on stderr says how far the search is, in the words of what is sought."""

from __future__ import annotations

import threading
import time

import pytest

from ilrs_science.cli import progress
from ilrs_science.cli.progress import part_progress, search_progress, stage_progress, working
from ilrs_science.planning.search.progress import Progress


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


def test_a_log_gets_a_line_a_second_at_the_most(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [(1.0, 0.1), (2.0, 0.2), (3.0, 1.0), (4.0, 1.2), (5.0, 1.3), (5.0, 2.2)]
    assert shown(capsys, *(Progress("search", value, 5.0, time_s) for value, time_s in steps)) == (
        "ilrs: 0.1 s: value 1, bound 5, gap 80.0%\n"
        "ilrs: 1.2 s: value 4, bound 5, gap 20.0%\n"
        "ilrs: 2.2 s: value 5, bound 5, gap 0.0%\n"
    )


def test_nothing_stays_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with search_progress(5.0):
        pass
    assert capsys.readouterr().err == ""
    with part_progress("map") as told:
        told(1, 2)
    assert capsys.readouterr().err == "", "not even an empty line"


def test_a_quick_answer_is_given_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    with working("light"):
        pass
    assert capsys.readouterr() == ("", "")
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_a_slow_answer_is_told_once_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE_S", 0.01)
    with working("light of the span"):
        time.sleep(0.3)
    assert capsys.readouterr() == ("", "ilrs: light of the span ...\n")


def test_a_slow_error_leaves_no_timer_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def failed() -> None:
        with working("light"):
            raise EOFError

    monkeypatch.setattr(progress, "PATIENCE_S", 60.0)
    with pytest.raises(EOFError):
        failed()
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_a_terminal_has_a_clock_that_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with working("light of the span"):
        pass
    assert capsys.readouterr() == ("", ""), "nothing flashes up for a quick answer"
    monkeypatch.setattr(progress, "PATIENCE_S", 0.01)
    with working("light of the span"):
        time.sleep(0.3)
    out, err = capsys.readouterr()
    assert out == ""
    assert "light of the span" in err
    assert "0:00:0" in err
    assert "\x1b[2K" in err, "the line is cleared"


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


def test_each_stage_is_told_at_once_and_its_steps_a_second_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.1, 0.5, 1.3, 1.4])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with stage_progress() as told:
        for stage, what in (("windows", "1"), ("windows", "2"), ("windows", "3"), ("problem", "all")):
            told(stage, what)
    text = capsys.readouterr()
    assert text.out == ""
    assert text.err == "ilrs: 0.1 s: windows: 1\nilrs: 1.3 s: windows: 3\nilrs: 1.4 s: problem: all\n"
