"""Illumination statistics: runs, neighbours and the spread that goes with every number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.statistics import illumination_statistics, longest_run, neighbours, turned
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.epochs import grid
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

RIDGE = SurfacePlace(-89.45, 222.69)


@given(st.lists(st.booleans()))
def test_the_longest_run_is_the_longest_word_of_ones(values: list[bool]) -> None:
    words = "".join("1" if value else "0" for value in values).split("0")
    assert longest_run(np.array(values, bool)) == max(map(len, words))


def test_turned_directions_are_those_seen_from_there() -> None:
    there = SurfacePlace(-89.44, 215.0)
    times = grid("2026-01-01", "2026-02-01", "6 h")
    here_seen, there_seen = (observe(place, times, ["sun"]).isel(body=0) for place in (RIDGE, there))
    azimuth, elevation = turned(here_seen["azimuth"].values, here_seen["elevation"].values, RIDGE, there)
    np.testing.assert_allclose(elevation, there_seen["elevation"].values, atol=1e-6)
    np.testing.assert_allclose((azimuth - there_seen["azimuth"].values + 180.0) % 360.0, 180.0, atol=1e-4)


@pytest.mark.parametrize("place", [RIDGE, SurfacePlace(-90.0, 0.0), SurfacePlace(0.0, 180.0)])
def test_neighbours_are_one_pixel_away(place: SurfacePlace) -> None:
    terrain = shipped_terrain()
    cell = terrain.dems[int(terrain.source(place.latitude, place.longitude))].cell
    chords = [
        np.linalg.norm(there.position - place.position) * 1e3 / cell for there in neighbours(place, terrain)
    ]
    np.testing.assert_allclose(sorted(chords), [1.0] * 4 + [np.sqrt(2.0)] * 4, rtol=0.01)


def test_numbers_come_with_what_they_depend_on_and_how_far_they_may_be_off() -> None:
    found = illumination_statistics(RIDGE, "2026-01-01", "2028-01-01", mast="10 m", step="6 h")
    assert 0.85 < found.mean_fraction < found.lit_fraction < 1.0
    assert 1.0 < found.longest_dark_days < 10.0 < found.longest_lit_days < 300.0
    assert (found.mast_m, found.start, found.end) == (10.0, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")
    assert found.ground_dem == "lola_south_1600m.tif"
    assert "Earth eclipses" in found.definition
    for case in ("one_pixel", "half_and_double_mast", "single_years"):
        low, high = found.spread[case]["mean_fraction"]
        assert low <= found.mean_fraction <= high
    assert np.ptp(found.spread["one_pixel"]["mean_fraction"]) > 0.1, "a 1600 m pixel does not know this ridge"


def test_without_terrain_there_is_no_horizon_to_speak_of() -> None:
    with pytest.raises(RequestError, match="need terrain"):
        illumination_statistics(RIDGE, "2026-01-01", "2026-02-01", terrain="none")


def test_the_earth_is_in_view_about_half_of_the_time_at_the_pole() -> None:
    found = illumination_statistics("connecting_ridge", "2031-01-01", "2032-01-01", body="earth", step="3 h")
    assert 0.4 < found.mean_fraction < 0.6
    assert found.mean_fraction < found.lit_fraction
    assert 10.0 < found.longest_dark_days < 20.0
    assert "Earth's disc" in found.definition


def test_a_darkened_limb_moves_the_mean_by_little_and_never_what_is_dark() -> None:
    span = ("2031-01-01", "2032-01-01")
    plain, darkened = (
        illumination_statistics("connecting_ridge", *span, step="3 h", limb_darkening=u) for u in (0.0, 0.6)
    )
    assert 0.0 < abs(plain.mean_fraction - darkened.mean_fraction) < 0.005
    assert plain.longest_dark_days == darkened.longest_dark_days
    assert "u = 0.6" in darkened.definition


def test_a_station_brings_its_mast() -> None:
    span = ("2031-06-01", "2031-07-01")
    station = illumination_statistics("connecting_ridge_station", *span, step="6 h")
    assert station.mast_m == 10.0
    assert illumination_statistics("connecting_ridge", *span, step="6 h").mast_m == 2.0


def test_an_unknown_disc_is_told_with_those_known() -> None:
    with pytest.raises(UnknownNameError, match="earth"):
        illumination_statistics("connecting_ridge", "2031-01-01", "2031-02-01", body="erth")  # type: ignore[arg-type]
