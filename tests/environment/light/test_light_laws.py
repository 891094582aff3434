"""Laws of light, power and link: bounds, symmetries and monotony, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.plant import SolarArray, Tracking
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.light.disc import disc_fraction, disc_fractions
from ilrs_science.environment.power.array import array_power, facing

skylines = st.lists(st.floats(-5.0, 5.0), min_size=8, max_size=8).map(lambda few: np.repeat(few, 45))
azimuths = st.floats(0.0, 360.0, exclude_max=True)
elevations = st.floats(-6.0, 6.0)


@given(azimuths, elevations, skylines)
def test_a_higher_skyline_never_shows_more(azimuth: float, elevation: float, skyline: np.ndarray) -> None:
    seen = [disc_fraction(azimuth, elevation, 0.27, skyline + rise) for rise in (0.0, 0.1, 0.3)]
    assert seen[0] >= seen[1] - 1e-9 >= seen[2] - 2e-9
    assert all(0.0 <= one <= 1.0 for one in seen)


@given(azimuths, elevations, skylines)
def test_a_mirrored_sky_shows_as_much(azimuth: float, elevation: float, skyline: np.ndarray) -> None:
    # Ray k of the mirror is ray -k: azimuth runs the other way round.
    mirror = np.roll(skyline[::-1], 1)
    assert disc_fraction(azimuth, elevation, 0.27, skyline) == pytest.approx(
        disc_fraction(-azimuth % 360.0, elevation, 0.27, mirror), abs=1e-9
    )


@given(azimuths, elevations, skylines, st.integers(0, 359))
def test_a_turned_sky_shows_as_much(azimuth: float, elevation: float, skyline: np.ndarray, turn: int) -> None:
    turned = disc_fraction((azimuth + turn) % 360.0, elevation, 0.27, np.roll(skyline, turn))
    assert disc_fraction(azimuth, elevation, 0.27, skyline) == pytest.approx(turned, abs=1e-8)


@given(azimuths, st.floats(-0.27, 0.27))
def test_above_and_below_a_level_skyline_make_the_whole_disc(azimuth: float, height: float) -> None:
    level = np.zeros(360)
    up, down = (disc_fraction(azimuth, side * height, 0.27, level) for side in (1, -1))
    assert up + down == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize(("height", "seen"), [(0.2701, 1.0), (0.0, 0.5), (-0.2701, 0.0), (0.135, 0.8044989)])
def test_a_level_skyline_cuts_a_circular_segment(height: float, seen: float) -> None:
    # Segment below a chord at half the radius: acos(1/2) / pi - sqrt(3) / (4 pi) = 0.1955011 of the disc.
    assert disc_fraction(123.4, height, 0.27, np.zeros(360)) == pytest.approx(seen, abs=1e-7)


def test_many_discs_are_those_one_by_one() -> None:
    generator = np.random.default_rng(5)
    skyline = generator.uniform(-3, 3, 720)
    azimuth, elevation = generator.uniform(0, 360, 50), generator.uniform(-3, 3, 50)
    out = np.empty(50)
    disc_fractions(azimuth, elevation, np.full(50, 0.5), skyline, 0, 50, out)
    singles = [disc_fraction(a, e, 0.5, skyline) for a, e in zip(azimuth, elevation, strict=True)]
    assert out.tolist() == singles
    assert np.count_nonzero((out > 0) & (out < 1)) > 0


@given(st.floats(-90, 90))
def test_an_upright_and_a_flat_array_share_the_light(elevation: float) -> None:
    flat, upright, steered = (float(facing(way, elevation)) for way in (
        Tracking.HORIZONTAL, Tracking.VERTICAL, Tracking.TWO_AXIS,
    ))  # fmt: skip
    assert steered == 1.0
    assert upright**2 + flat**2 == pytest.approx(1.0 if elevation >= 0 else upright**2)
    assert max(flat, upright) <= steered


@given(st.floats(0, 1), st.floats(0, 90), st.floats(0.98, 1.02))
def test_power_is_proportional_to_light_and_to_the_inverse_square(
    visible: float, elevation: float, au: float
) -> None:
    array = SolarArray(nominal_power="1 kW", tracking="vertical")  # type: ignore[arg-type]
    distance = au * ASTRONOMICAL_UNIT_KM
    power = array_power(array, visible=visible, elevation=elevation, distance=distance)
    full = array_power(array, visible=1.0, elevation=elevation, distance=ASTRONOMICAL_UNIT_KM)
    assert float(power) == pytest.approx(visible * float(full) / au**2, abs=1e-9)


def test_series_keep_their_shape() -> None:
    array = SolarArray(nominal_power="1 kW", tracking="two_axis")  # type: ignore[arg-type]
    visible = np.array([[0.0, 0.5], [1.0, 0.25]])
    power = array_power(array, visible=visible, elevation=np.zeros((2, 2)), distance=ASTRONOMICAL_UNIT_KM)
    np.testing.assert_allclose(power, 1000.0 * visible)
