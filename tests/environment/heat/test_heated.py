"""Ground with its surroundings: what coarser steps cost, and that pieces of a long span fit together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat import heated
from ilrs_science.environment.heat.heated import HeatedGround, between, heated_ground
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.place import SurfacePlace

HAWORTH = SurfacePlace(-87.5, -5.0)
"""Its floor, in permanent shadow."""

HOURS = between(np.array(["2031-01-10", "2031-01-20"], "datetime64[us]"), 240)


@pytest.fixture(scope="module")
def floor() -> HeatedGround:
    return heated_ground(HAWORTH, surroundings="terrain")


@pytest.fixture(scope="module")
def found(floor: HeatedGround) -> np.ndarray:
    return floor.temperature(HOURS)


def test_the_floor_of_haworth_is_as_cold_as_diviner_saw(found: np.ndarray) -> None:
    # Permanent shadow is 30 to 100 K (Paige et al. 2010, doi:10.1126/science.1187726; recalled); on a grid of 1600 m no
    # more than the range can be asked.
    assert 30.0 < found.min() <= found.max() < 75.0


def test_a_spin_up_of_each_third_hour_moves_nothing(
    floor: HeatedGround, found: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heated, "COARSER", 1)
    np.testing.assert_allclose(floor.temperature(HOURS[:25]), found[:25], atol=0.1)


def test_pieces_of_a_long_span_and_finer_epochs_give_the_same(
    floor: HeatedGround, found: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heated, "AT_ONCE", 50)
    fine = between(HOURS[[0, -1]], 960)
    np.testing.assert_allclose(floor.temperature(fine, every=4), found, atol=0.1)


def test_one_epoch_is_enough(floor: HeatedGround, found: np.ndarray) -> None:
    one = floor.temperature(HOURS[:1])
    assert one.shape == (1, 1)
    assert one[0, 0] == pytest.approx(found[0, 0], abs=0.1)


def test_what_the_terrain_sends_is_what_keeps_the_floor_warm(found: np.ndarray) -> None:
    # Alone it has its interior's 0.018 W/m2, 24.04 K.
    alone = heated_ground(HAWORTH).temperature(HOURS)
    assert np.ptp(alone) < 0.1
    assert alone.mean() == pytest.approx((0.018 / 0.95 / STEFAN_BOLTZMANN) ** 0.25, abs=0.1)
    assert np.all(found > alone + 5.0)


def test_a_flux_from_elsewhere_adds_to_the_surroundings(found: np.ndarray) -> None:
    more = heated_ground(HAWORTH, surroundings="terrain", infrared="1 W/m**2").temperature(HOURS)
    # The ground takes in and gives out some of it from day to day; on average it leaves again.
    lost = STEFAN_BOLTZMANN * (more**4 - found**4)
    assert lost.mean() == pytest.approx(1.0, abs=0.1)


def test_it_says_what_is_around(floor: HeatedGround) -> None:
    assert "pieces of terrain that fill 0.0151 of the view" in floor.described
    assert "too cold" in heated_ground(HAWORTH).described
    assert "as warm and as bright" in heated_ground(HAWORTH, surroundings="same").described


def test_level_ground_of_the_bare_sphere_has_no_slope_of_the_terrain() -> None:
    assert heated_ground(HAWORTH, terrain="none", slope="terrain").facet.slope == 0.0
    assert heated_ground(HAWORTH, slope="terrain").facet.slope > 1.0


def test_wrong_words_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="surroundings"):
        heated_ground(HAWORTH, surroundings="terrane")  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="leave it out"):
        heated_ground(HAWORTH, slope="terrain", aspect=10.0)
    with pytest.raises(RequestError, match="infrared flux of -1 W/m2"):
        heated_ground(HAWORTH, infrared=-1.0)


def test_a_fine_tile_nests_in_the_shipped_grid(shared_dir: Path) -> None:
    tile = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not tile.is_file():
        pytest.skip(f"the 10 m tile {tile.name} is not here")
    # A hollow of the tile, 1.5 km below the ridge, among slopes of some 20 deg.
    place = SurfacePlace(-89.52, 222.0)
    fine = heated_ground(place, terrain=tile, surroundings="terrain", slope="terrain")
    assert len(fine.around.patches) > 40
    slopes = [patch.facet.slope for patch in fine.around.patches[1:]]
    assert 5.0 < np.median(slopes) < 40.0
    found = fine.temperature(HOURS)
    assert 30.0 < found.min() <= found.max() < 330.0


def test_between_keeps_the_epochs_and_fills_evenly() -> None:
    times = np.array(["2026-01-01", "2026-01-02", "2026-01-03"], "datetime64[us]")
    filled = between(times, 4)
    np.testing.assert_array_equal(filled[::4], times)
    assert np.ptp(np.diff(filled).astype(float)) == 0.0
    np.testing.assert_array_equal(between(times[:1], 4), times[:1])
    decades = between(np.array(["2026-01-01", "2046-01-01"], "datetime64[us]"), 7_000_000)
    assert decades[-1] == np.datetime64("2046-01-01")
    assert np.ptp(np.diff(decades).astype(float)) <= 1.0
