"""Series that are halved until they hold, and what hides between two nodes of a long piece."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.windows.grid import Grid
from ilrs_science.windows.pieces import NODES, approximate
from ilrs_science.windows.search import positive_intervals

GRID = Grid(8e8, np.array([0.0, 600.0, 1200.0, 1800.0]))


@pytest.mark.parametrize("width", [0.02, 1.0, 50.0])
@pytest.mark.parametrize("when", [300.0, 599.9, 600.0, 600.05, 601.0, 1234.5])
def test_a_turn_as_short_as_a_wink_is_found_wherever_it_falls(when: float, width: float) -> None:
    # an orbiter that passes a pole at a distance: the hour goes as the arc tangent
    pieces = approximate(lambda sky: np.arctan((sky.seconds - when) / width), GRID, (0.3,))
    starts, ends = positive_intervals(pieces.coefficients, pieces.edges, limit=0.3)
    assert starts == pytest.approx([when + width * np.tan(0.3)], abs=1e-3)
    assert ends == pytest.approx([1800.0])


@pytest.mark.parametrize("when", [123.4, 600.0, 1700.0])
def test_a_jump_is_found_to_a_millisecond(when: float) -> None:
    pieces = approximate(lambda sky: np.where(sky.seconds > when, 1.0, -1.0), GRID, (0.0,))
    starts, _ = positive_intervals(pieces.coefficients, pieces.edges)
    assert starts == pytest.approx([when], abs=1e-3)
    assert np.diff(pieces.edges).min() > 1e-4


def test_what_is_clear_of_the_limit_stays_long_and_what_is_asked_for_everywhere_does_not() -> None:
    def kink(sky: SkyState) -> np.ndarray:
        return 10.0 + np.abs(sky.seconds - 700.0) / 1000.0

    assert len(approximate(kink, GRID, (0.0,)).edges) == len(GRID.edges)
    pieces = approximate(kink, GRID)
    assert len(pieces.edges) > len(GRID.edges) + 10
    assert pieces.coefficients.shape == (len(pieces.edges) - 1, NODES)


def test_pieces_follow_each_other_and_cover_the_grid() -> None:
    pieces = approximate(lambda sky: np.sin(sky.seconds / 7.0), GRID, (0.5,))
    assert (np.diff(pieces.edges) > 0.0).all()
    assert set(GRID.edges) <= set(pieces.edges)
    starts, ends = positive_intervals(pieces.coefficients, pieces.edges, limit=0.5)
    # above a half for a third of each turn of 44 s
    assert (ends - starts)[1:-1] == pytest.approx(np.full(len(starts) - 2, 7.0 * 2.0 * np.pi / 3.0), abs=1e-6)


@pytest.mark.parametrize("width", [0.3, 3.0, 30.0])
@pytest.mark.parametrize("when", [310.0, 620.0, 1000.3])
def test_a_peak_between_two_plateaus_is_found(when: float, width: float) -> None:
    # two orbiters meet: the direction of one, seen from the other, turns from one side to the other over a star
    def cosine(sky: SkyState) -> np.ndarray:
        along, apart = sky.seconds - when, np.hypot(sky.seconds - when, width)
        return (width + 0.02 * along) / apart

    pieces = approximate(cosine, GRID, (0.8,))
    starts, ends = positive_intervals(pieces.coefficients, pieces.edges, limit=0.8)
    assert len(starts) == 1
    # 0.8 is the cosine of an angle whose tangent is 0.75
    assert ends - starts == pytest.approx([2 * 0.75 * width], rel=1e-2)
