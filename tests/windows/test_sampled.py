"""Sampled signals against functions whose crossings are known."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.epochs import Epochs
from ilrs_science.intervals import Windows
from ilrs_science.windows.sampled import Sampled

START, END = np.datetime64("2026-01-01", "us"), np.datetime64("2026-01-11", "us")
SPAN = (START, END)
STEP = np.timedelta64(10, "m")


def hours(epochs: Epochs) -> np.ndarray:
    return np.asarray((epochs - START) / np.timedelta64(3600, "s"), float)


def at(hour: float) -> np.datetime64:
    return START + np.timedelta64(round(hour * 3.6e9), "us")


def wave(epochs: Epochs) -> np.ndarray:
    return np.sin(2.0 * np.pi * hours(epochs) / 24.0)


def test_edges_are_where_the_function_crosses_to_a_microsecond() -> None:
    found = Sampled(wave, 0.5, None, STEP).windows(SPAN)
    # sin = 1/2 at 30 and 150 deg of a turn: 2 h and 10 h of each day
    starts = np.array([at(24.0 * day + 2.0) for day in range(10)])
    assert len(found) == 10
    assert np.abs(found.starts - starts).max() <= np.timedelta64(1, "us")
    assert np.abs(found.ends - starts - np.timedelta64(8, "h")).max() <= np.timedelta64(1, "us")


def test_both_limits_hold_at_once() -> None:
    found = Sampled(wave, 0.0, 0.5, STEP).windows(SPAN)
    single = Sampled(wave, 0.0, None, STEP).windows(SPAN) & Sampled(wave, None, 0.5, STEP).windows(SPAN)
    assert found == single
    assert len(found) == 20


def test_above_and_below_fill_the_span() -> None:
    above, below = (Sampled(wave, low, high, STEP).windows(SPAN) for low, high in ((0.3, None), (None, 0.3)))
    assert (above | below).hours == pytest.approx(240.0, abs=1e-6)
    assert (above & below).hours == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("short", [0.5, 30.0, 200.0])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_stay_much_shorter_than_a_step_is_found(short: float, sign: float) -> None:
    # a parabola that is beyond the limit for `short` seconds, between two looks
    middle, half = 100.0 + 5.0 / 60.0 + 0.013, short / 7200.0

    def hump(epochs: Epochs) -> np.ndarray:
        return np.asarray(sign * (half**2 - (hours(epochs) - middle) ** 2))

    limits = (0.0, None) if sign > 0 else (None, 0.0)
    found = Sampled(hump, *limits, STEP).windows(SPAN)
    assert len(found) == 1
    assert found.hours == pytest.approx(short / 3600.0, abs=1e-9)


@pytest.mark.parametrize("short", [0.5, 200.0])
def test_an_absence_much_shorter_than_a_step_is_found(short: float) -> None:
    middle, half = 17.0 + 4.0 / 60.0, short / 7200.0
    found = Sampled(lambda when: (hours(when) - middle) ** 2 - half**2, 0.0, None, STEP).windows(SPAN)
    assert len(found) == 2
    assert 240.0 - found.hours == pytest.approx(short / 3600.0, abs=1e-9)


@pytest.mark.parametrize(("level", "open_hours"), [(1.0, 240.0), (-1.0, 0.0)])
def test_a_function_that_stands_still_is_always_or_never(level: float, open_hours: float) -> None:
    found = Sampled(lambda when: np.full(len(when), level), 0.0, None, STEP).windows(SPAN)
    assert found.hours == open_hours
    assert found.span == SPAN


def test_a_value_at_the_limit_counts() -> None:
    assert Sampled(lambda when: np.full(len(when), 2.0), 2.0, None, STEP).windows(SPAN).hours == 240.0
    assert Sampled(lambda when: np.full(len(when), 2.0), None, 2.0, STEP).windows(SPAN).hours == 240.0


def test_a_jump_is_an_edge_to_a_microsecond() -> None:
    when = at(77.123456)
    found = Sampled(lambda epochs: np.where(epochs >= when, 5.0, 0.0), 1.0, None, STEP).windows(SPAN)
    assert found == Windows([when], [END], SPAN)


def test_a_span_shorter_than_a_step_is_looked_at() -> None:
    span = (START, START + np.timedelta64(90, "s"))
    found = Sampled(lambda epochs: hours(epochs) - 60.0 / 3600.0, 0.0, None, STEP).windows(span)
    assert found.hours * 3600.0 == pytest.approx(30.0, abs=1e-5)


def test_blocks_give_what_one_call_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Sampled(wave, 0.5, None, STEP).windows(SPAN)
    monkeypatch.setattr("ilrs_science.windows.sampled._BLOCK", 100)
    assert Sampled(wave, 0.5, None, STEP).windows(SPAN) == whole


@pytest.mark.parametrize(("sign", "hour", "value"), [(1.0, 6.0, 1.0), (-1.0, 18.0, -1.0)])
def test_the_highest_value_is_between_the_looks(sign: float, hour: float, value: float) -> None:
    step = np.timedelta64(47, "m")
    best, when = Sampled(wave, 0.0, None, step).highest(sign, Windows([at(1.0)], [at(23.0)], SPAN))
    assert best == pytest.approx(value, abs=1e-9)
    assert abs(hours(np.array([when]))[0] - hour) < 0.01


def test_the_highest_value_stays_inside_the_windows() -> None:
    within = Windows([at(1.0), at(10.0)], [at(3.0), at(11.0)], SPAN)
    best, when = Sampled(wave, 0.0, None, STEP).highest(1.0, within)
    assert best == pytest.approx(np.sin(2.0 * np.pi * 3.0 / 24.0))
    assert when == at(3.0)
