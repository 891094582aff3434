"""What skylines leave of Sun and Earth: against discs one by one, and by the laws of areas."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.light.illumination import visible_fraction
from ilrs_science.environment.maps.discs import hidden_below, longest_dark, mean_fractions, thresholds
from ilrs_science.environment.maps.projection import axes_of
from ilrs_science.environment.maps.tracks import STRIPS, laid_track
from ilrs_science.nomenclature import describe
from tests.environment.maps.sky import round_the_pole, skyline_dataset


def means(skyline: np.ndarray, azimuth: np.ndarray, elevation: np.ndarray, radius: np.ndarray) -> float:
    """Mean fraction above one skyline, seen from the middle of the tile itself."""
    out = np.empty(1, np.float32)
    laid = laid_track(azimuth, elevation, radius)
    mean_fractions(limits_of(skyline), laid.low, laid.per_degree, laid.above, out)
    return float(out[0])


def limits_of(
    skyline: np.ndarray, here: tuple[float, float] = (-89.0, 20.0), tile: tuple[float, float] | None = None
):
    """Thresholds of a pixel `here` as seen from the middle of a tile."""
    north, east, up = axes_of(*(tile or here))
    azimuth = 2.0 * np.pi / STRIPS * (np.arange(STRIPS) + 0.5)
    level = np.cos(azimuth)[:, None] * north + np.sin(azimuth)[:, None] * east
    out = np.empty((1, STRIPS), np.float32)
    thresholds(skyline[None].astype(np.float32), axes_of(*here)[None], level, up, out)
    return out


def test_all_discs_are_laid_whole() -> None:
    azimuth, elevation, radius = round_the_pole(500)
    laid = laid_track(azimuth, elevation, radius)
    assert laid.above[:, 0].sum() == pytest.approx(1.0, abs=1e-9)
    assert (np.diff(laid.above, axis=1) <= 1e-15).all()


def test_a_flat_skyline_leaves_what_the_discs_show_above_it() -> None:
    azimuth, elevation, radius = round_the_pole(4000)
    for height in (-3.0, -0.4, 0.0, 0.7, 3.0):
        skyline = np.full(720, height)
        exact = visible_fraction(azimuth, elevation, radius, skyline_dataset(skyline)).mean()
        assert means(skyline, azimuth, elevation, radius) == pytest.approx(exact, abs=0.003), height


@pytest.mark.parametrize("seed", range(6))
def test_a_rough_skyline_leaves_what_the_discs_show_above_it(seed: int) -> None:
    azimuth, elevation, radius = round_the_pole(6000)
    random = np.random.default_rng(seed)
    skyline = np.convolve(random.normal(0.0, 1.5, 760), np.ones(5) / 5, "same")[20:740]
    exact = visible_fraction(azimuth, elevation, radius, skyline_dataset(skyline)).mean()
    assert means(skyline, azimuth, elevation, radius) == pytest.approx(exact, abs=0.004)


def test_a_higher_skyline_never_leaves_more() -> None:
    azimuth, elevation, radius = round_the_pole(1000)
    skyline = np.sin(np.radians(np.arange(720)))
    found = [means(skyline + step, azimuth, elevation, radius) for step in np.linspace(-3.0, 3.0, 13)]
    assert (np.diff(found) <= 0.0).all()
    assert found[0] == pytest.approx(1.0, abs=1e-6)
    assert found[-1] == 0.0


def test_a_pixel_away_from_the_middle_of_its_tile_sees_its_own_sky() -> None:
    # The pixel is 3 deg from the middle; its own sky is that of the middle turned by the axes of both.
    here, tile = (-87.0, 120.0), (-89.0, -30.0)
    azimuth, elevation, radius = round_the_pole(6000)
    az, el = np.radians(azimuth), np.radians(elevation)
    toward = np.stack([np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)], axis=-1) @ axes_of(
        *tile
    )
    north, east, up = (toward @ axes_of(*here).T).T
    own = np.degrees(np.arctan2(east, north)) % 360.0, np.degrees(np.arcsin(up))
    skyline = np.sin(3.0 * np.radians(np.arange(720) / 2.0)) + 1.0
    exact = visible_fraction(*own, radius, skyline_dataset(skyline)).mean()
    out = np.empty(1, np.float32)
    laid = laid_track(azimuth, elevation, radius)
    mean_fractions(limits_of(skyline, here, tile), laid.low, laid.per_degree, laid.above, out)
    assert float(out[0]) == pytest.approx(exact, abs=0.004)


def test_darkness_is_counted_in_epochs() -> None:
    # The Sun circles at 0 deg; a wall from 90 to 180 deg hides it for a quarter of each round.
    azimuth = (np.arange(3600) * 0.5) % 360.0
    elevation, out = np.zeros(azimuth.size), np.empty((1, 2), np.float32)
    skyline = np.where((np.arange(720) > 180) & (np.arange(720) < 360), 5.0, -5.0)
    limits = limits_of(skyline)
    hidden_below(limits, 0.267)
    place = ((azimuth * STRIPS / 360.0 - 0.5) % STRIPS).astype(np.float32)
    longest_dark(limits, place, elevation.astype(np.float32), out)
    # The disc is hidden wholly when its centre is a radius inside the wall.
    assert out[0, 0] == pytest.approx(180.0, abs=3.0)
    assert out[0, 1] == pytest.approx(0.75, abs=0.006)


def test_a_disc_is_hidden_only_below_all_of_its_skyline() -> None:
    flat = np.zeros((1, STRIPS), np.float32)
    notched = flat.copy()
    notched[0, 700] = -2.0
    hidden_below(flat, 0.27)
    hidden_below(notched, 0.27)
    assert np.allclose(flat, -0.27)
    assert notched[0, 700] == pytest.approx(-2.27)
    # A quarter of a degree beside the notch the disc's chord still reaches into it.
    assert notched[0, 701] == pytest.approx(-2.0 - np.sqrt(0.27**2 - 0.25**2), abs=1e-3)
    assert notched[0, 703] == pytest.approx(-0.27)


def test_a_pixel_without_ground_has_no_numbers() -> None:
    azimuth, elevation, radius = round_the_pole(200)
    laid = laid_track(azimuth, elevation, radius)
    limits, mean, dark = (
        np.full((1, STRIPS), np.nan, np.float32),
        np.empty(1, np.float32),
        np.empty((1, 2), np.float32),
    )
    mean_fractions(limits, laid.low, laid.per_degree, laid.above, mean)
    longest_dark(limits, np.zeros(4, np.float32), np.zeros(4, np.float32), dark)
    assert np.isnan(mean).all()
    assert np.isnan(dark).all()


def test_a_skyline_dataset_is_what_the_rest_of_the_package_reads() -> None:
    assert describe(skyline_dataset(np.zeros(4))).horizon_elevation.attrs["units"] == "degree"
