"""Numbers of a file become heights: units, radii, no data, and the limits of what a height may be."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain.heights import (
    HIGHEST_M,
    SMALL_MAP_M,
    Scale,
    TerrainWarning,
    check_unit,
    heights_of,
)
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.errors import RequestError

FILE = Path("some_dem.tif")


def heights(*values: float, kind: str = "float64", scale: Scale | None = None) -> list[float]:
    """Heights that four pixels become."""
    found = heights_of(FILE, np.array(values, kind).reshape(2, 2), scale or Scale())
    assert found.dtype == np.float32
    return found.ravel().tolist()


def test_integers_become_metres_by_scale_and_offset() -> None:
    scale = Scale(0.5, 100.0)
    assert heights(10, 20, 30, 40, kind="int16", scale=scale) == [105.0, 110.0, 115.0, 120.0]


def test_infinities_and_what_is_as_good_as_infinite_are_no_data() -> None:
    assert np.isnan(heights(1.0, np.inf, np.nan, -3.4e38)).tolist() == [False, True, True, True]


def test_masked_pixels_are_no_data() -> None:
    masked = np.ma.masked_equal(np.array([[1, 2], [3, 7]], "int16"), 7)
    assert np.isnan(heights_of(FILE, masked, Scale())).tolist() == [[False, False], [False, True]]


@pytest.mark.parametrize("unit", ["", "m", "metre", "Meters", " METER "])
def test_spellings_of_metres_are_metres(unit: str) -> None:
    assert heights(5.0, 5.0, 5.0, 5.0, scale=Scale(unit=unit))[0] == 5.0


@pytest.mark.parametrize("unit", ["km", "KM", "KILOMETER", "kilometres"])
def test_kilometres_become_metres(unit: str) -> None:
    assert heights(1.0, -2.5, 0.0, 4.0, scale=Scale(unit=unit)) == [1000.0, -2500.0, 0.0, 4000.0]


def test_what_is_no_length_has_no_metres() -> None:
    assert np.isnan([Scale(unit=unit).metres for unit in ("feet", "s", "deg")]).all()


def test_the_unit_counts_after_scale_and_offset() -> None:
    found = heights(2, 4, 6, 8, kind="int16", scale=Scale(0.5, -1.0, "km"))
    assert found == [0.0, 1000.0, 2000.0, 3000.0]


def test_an_offset_of_the_radius_says_that_numbers_are_heights() -> None:
    # LOLA labels: PLANETARY_RADIUS = DN * SCALING_FACTOR + OFFSET with OFFSET = 1737400 (or 1737.4 in km).
    found = heights(1, 2, -3, 20_001, kind="int16", scale=Scale(0.5, 1_737_400.0, "m"))
    assert found == [0.5, 1.0, -1.5, 10_000.5]
    found = heights(0.0001, 0.5, -1.0, 2.0, kind="float32", scale=Scale(1.0, 1737.4, "kilometer"))
    assert found == pytest.approx([0.1, 500.0, -1000.0, 2000.0], abs=1e-4)


def test_an_offset_to_another_sphere_counts() -> None:
    assert heights(0, 0, 0, 10, scale=Scale(1.0, 1_738_000.0)) == [600.0, 600.0, 600.0, 610.0]


def test_radii_become_heights_by_their_median() -> None:
    radii = [MOON_RADIUS_M + one for one in (-9000.0, 0.0, 10.0, 10_700.0)]
    assert heights(*radii) == [-9000.0, 0.0, 10.0, 10_700.0]
    found = heights(*(one / 1000 for one in radii), scale=Scale(unit="km"))
    assert found == pytest.approx([-9000, 0, 10, 10_700], abs=1e-3)


def test_radii_with_holes_are_still_radii() -> None:
    found = heights(MOON_RADIUS_M + 5, np.nan, MOON_RADIUS_M + 6, np.nan)
    assert found[0::2] == [5.0, 6.0]
    assert np.isnan(found[1::2]).all()


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_height_beyond_what_the_moon_has_is_refused(sign: int) -> None:
    assert heights(0, 0, 0, sign * HIGHEST_M)[3] == sign * HIGHEST_M
    with pytest.raises(
        RequestError, match=rf"some_dem\.tif has a height of {sign * 32767} m.*check its unit"
    ):
        heights(0, 0, 0, sign * 32767)


def test_half_metres_taken_for_metres_are_seen_by_their_size() -> None:
    # LDEM products count half metres: without their scale the Moon would span -18 to +21 km.
    with pytest.raises(RequestError, match=r"the Moon spans -9\.1 to"):
        heights(-18_000, 0, 0, 21_000, kind="int16")


@pytest.mark.parametrize(("void", "kind"), [(-32768, "int16"), (-9999, "int32"), (-99999.0, "float32")])
def test_a_void_that_the_file_does_not_name_is_seen_and_said(void: float, kind: str) -> None:
    with pytest.warns(TerrainWarning, match=rf"some_dem\.tif does not say .* {void:g} in it") as told:
        found = heights(1, 2, 3, void, kind=kind, scale=Scale(voids=False))
    assert len(told) == 1
    assert np.isnan(found).tolist() == [False, False, False, True]


def test_nothing_is_said_where_there_is_no_void() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert heights(1, 2, 3, 4, kind="int16", scale=Scale(voids=False)) == [1.0, 2.0, 3.0, 4.0]
        assert np.isnan(heights(1, 2, 3, -3.4028227e38, scale=Scale(voids=False)))[3]


def test_a_named_void_leaves_other_numbers_alone() -> None:
    assert heights(1, 2, 3, -9999, kind="int16", scale=Scale())[3] == -9999.0


def test_the_numbers_given_are_not_written_into() -> None:
    given = np.array([[MOON_RADIUS_M, MOON_RADIUS_M + 1], [MOON_RADIUS_M, np.inf]], "float64")
    kept = given.copy()
    heights_of(FILE, given, Scale())
    assert np.array_equal(given, kept)
    single = np.array([[1.0, -3.4e38], [2.0, 3.0]], "float32")
    heights_of(FILE, single, Scale(2.0))
    assert single[0, 0] == 1.0
    assert single[0, 1] < -1e38


def test_a_part_without_any_data_is_left_to_the_reader() -> None:
    assert np.isnan(heights(np.nan, np.inf, -np.inf, np.nan)).all()


def test_small_numbers_over_a_wide_map_are_kilometres() -> None:
    low = np.array([[-9.1, 0.0], [3.0, 10.7]], "float32")
    with pytest.raises(RequestError, match=r"beyond 10\.7: these look like kilometres"):
        check_unit(FILE, low, "", 2 * SMALL_MAP_M)
    for unit, width, numbers in (
        ("m", 2 * SMALL_MAP_M, low),
        ("", 0.5 * SMALL_MAP_M, low),
        ("", 2 * SMALL_MAP_M, low * 2.0),
        ("", 2 * SMALL_MAP_M, low * 0.0),
    ):
        check_unit(FILE, numbers, unit, width)
