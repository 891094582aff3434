from __future__ import annotations

import gc
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.epochs import to_tdb
from ilrs_science.errors import CoverageError, DataFileError
from ilrs_science.sky import earth, kernels
from ilrs_science.sky.earth import earth_axes, earth_coverage, itrf_position, itrf_vertical
from ilrs_science.sky.ephemeris import SkyState, sky_at, sky_on_segments
from ilrs_science.sky.kernels import earth_orientation_series, orientation_series

ARCSEC = np.degrees(1.0) * 3600.0
#: End of the measured and the shortly predicted part. [s past J2000 TDB] (comment of the kernel)
SWITCH = 853848069.1845125


def sky_of(*days: str) -> SkyState:
    return sky_at(to_tdb(np.array(days, "datetime64[us]")))


def test_the_pieces_follow_each_other_without_a_gap() -> None:
    pieces = earth_orientation_series()
    assert len(pieces) > 10
    for left, right in itertools.pairwise(pieces):
        assert left.valid[1] == right.valid[0]
    for piece in pieces:
        # NAIF rounds the begin of each piece by itself
        assert piece.start == pytest.approx(piece.valid[0], abs=1e-3)
        assert piece.end > piece.valid[1] - 1e-6
        assert piece.coefficients.shape[1:] == (3, 21)


def test_the_orientation_covers_2000_to_2050() -> None:
    first, last = earth_coverage()
    # 2000-01-01 00:00:00 UTC is 64.184 s earlier than 00:01:04.184 TDB
    assert first == pytest.approx(-43200.0 + 64.184, abs=2e-3)
    assert last == 86400.0 * 18629.5  # 2051-01-03 TDB


def test_the_earth_turns_as_spice_has_it() -> None:
    # spiceypy.sxform("J2000", "ITRF93", 1e9) with the shipped kernel; spin is xf2rav(...)[1] along ITRF93
    axes = earth_axes(sky_at(np.array([1e9])))
    row = [-0.9686308713185771, -0.2484858783998269, 0.0030005606943775964]
    assert axes.rotation[0, 0] == pytest.approx(row, abs=2e-11)
    spin = [6.708195483103444e-11, -1.095579029070226e-10, 7.292115182130653e-05]
    assert axes.spin[0] == pytest.approx(spin, abs=1e-17)


@given(st.lists(st.floats(-43_000.0, 1.6e9), min_size=1, max_size=20))
def test_rotations_are_orthonormal_and_right_handed(epochs: list[float]) -> None:
    rotation = earth_axes(sky_at(np.array(epochs))).rotation
    assert rotation @ np.swapaxes(rotation, 1, 2) == pytest.approx(
        np.broadcast_to(np.eye(3), rotation.shape), abs=1e-14
    )
    assert np.linalg.det(rotation) == pytest.approx(1.0)


def test_a_rotation_and_its_inverse_undo_each_other() -> None:
    axes = earth_axes(sky_of("2026-01-01", "2040-06-01"))
    vectors = np.array([[1.0, 2.0, 3.0], [-4.0, 0.5, 0.0]])
    there = np.einsum("nij,nj->ni", axes.rotation, vectors)
    assert axes.to_icrf(there) == pytest.approx(vectors)
    one = np.array([0.0, 0.0, 1.0])
    assert axes.to_icrf(one) == pytest.approx(axes.rotation[:, 2])


@pytest.mark.parametrize("epoch", [0.0, 6.3e8, 1.5e9, SWITCH - 100.0])
def test_the_spin_is_the_derivative_of_the_rotation(epoch: float) -> None:
    step = 10.0
    before, here, after = earth_axes(sky_at(epoch + np.array([-step, 0.0, step]))).rotation
    turning = here @ ((after - before) / (2.0 * step)).T  # dR/dt = -[spin] R
    spin = earth_axes(sky_at(np.array([epoch]))).spin[0]
    # sin(x)/x of the difference quotient: 1 - (7.29e-4)^2 / 6
    assert [turning[2, 1], turning[0, 2], turning[1, 0]] == pytest.approx(spin, abs=1e-11)


def test_a_sidereal_day_brings_the_earth_back() -> None:
    # 86164.0989 s of UT1 (IAU 1982); a day is longer by up to 3 ms and the pole moves: 0.1 arcsec
    start = 6.0e8
    first, second = earth_axes(sky_at(np.array([start, start + 86164.0989]))).rotation
    assert np.abs(second - first).max() * ARCSEC < 0.2


def test_the_axis_points_to_the_pole_of_date() -> None:
    # precession: 2004.2 arcsec a century toward the equinox (IAU 1976), nutation up to 10 arcsec
    pole = earth_axes(sky_of("2025-01-01")).rotation[0, 2]
    assert pole[0] * ARCSEC == pytest.approx(0.25 * 2004.2, abs=10.0)
    assert pole[1] * ARCSEC == pytest.approx(0.0, abs=10.0)


def test_the_measured_part_meets_the_prediction_to_the_0_12_s_of_ut1_that_the_sources_tell() -> None:
    left, right = earth_axes(sky_at(SWITCH + np.array([-1e-3, 1e-3]))).rotation
    angle = np.arccos((np.trace(right @ left.T) - 1.0) / 2.0) * ARCSEC
    assert angle == pytest.approx(1.9, abs=0.1)


def test_epochs_in_segments_give_the_same_axes_as_one_by_one() -> None:
    # records of the Earth are 86391 s or a day long: segments of the other kernels straddle them
    moon, points = orientation_series(), np.array([-1.0, 0.2, 1.0])
    begin = moon.start + 5000 * moon.step  # 2009
    together = earth_axes(sky_on_segments(begin, moon.step, 3, points))
    assert together.rotation.shape == (3, 3, 3, 3)
    epochs = begin + moon.step * (np.arange(3)[:, None] + (points + 1.0) / 2.0)
    singly = earth_axes(sky_at(epochs.ravel()))
    # an epoch is rounded to 1e-7 s, in which the Earth turns by 1e-11
    assert together.rotation.reshape(-1, 3, 3) == pytest.approx(singly.rotation, abs=3e-11)
    assert together.spin.reshape(-1, 3) == pytest.approx(singly.spin, abs=1e-17)


def test_the_axes_of_a_sky_are_computed_once_and_forgotten_with_it() -> None:
    sky = sky_of("2026-01-01")
    assert earth_axes(sky) is earth_axes(sky)
    known = len(earth._KNOWN)
    del sky
    gc.collect()
    assert len(earth._KNOWN) < known


def test_the_ends_of_the_coverage_belong_to_it() -> None:
    first, last = earth_coverage()
    found = earth._angles(np.array([first, SWITCH, np.nextafter(SWITCH, 0.0), last]))
    assert np.isfinite(found).all()
    assert earth._angles(np.empty(0)).shape == (2, 0, 3)


@pytest.mark.parametrize(
    ("day", "asked"), [("1999-12-31", "1999-12-31T00:00:00Z to 1999-12-31T00:00:00Z"), ("1950-01-01", "1950")]
)
def test_a_day_without_orientation_says_what_is_covered_and_what_extends_it(day: str, asked: str) -> None:
    with pytest.raises(CoverageError, match="known from 2000-01-02 to 2051-01-02, not " + asked) as caught:
        earth_axes(sky_of(day))
    assert "data/SOURCES.md says how to make kernels/earth_itrf93_2000-2050.bpc" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_kernel_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "EARTH_ORIENTATION", kernels.LUNAR_ORIENTATION)
    earth_orientation_series.cache_clear()
    try:
        with pytest.raises(DataFileError, match="no orientation of the Earth"):
            earth_orientation_series()
    finally:
        earth_orientation_series.cache_clear()


def test_points_of_the_ellipsoid() -> None:
    # a and b = a (1 - f) of WGS 84: 6378137.0 m and 6356752.3142 m (NGA.STND.0036, table 3.6)
    assert itrf_position(0.0, 0.0, 0.0) == pytest.approx([6378.137, 0.0, 0.0])
    assert itrf_position(90.0, 12.0, 0.0) == pytest.approx([0.0, 0.0, 6356.7523142], abs=1e-7)
    assert itrf_position(0.0, 90.0, 1000.0) == pytest.approx([0.0, 6379.137, 0.0], abs=1e-9)


def test_a_dish_in_goldstone_is_where_the_deep_space_network_has_it() -> None:
    # DSS-14 in ITRF93, DSN 810-005, module 301; spiceypy.recgeo of it: 35.42590087, -116.88953821, 1001.391 m
    place = itrf_position(35.42590087, -116.88953821, 1001.391)
    assert place == pytest.approx([-2353.621420, -4641.341472, 3677.052318], abs=2e-6)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-1000, 10_000))
def test_the_vertical_stands_on_the_ellipsoid(latitude: float, longitude: float, height: float) -> None:
    up = itrf_vertical(latitude, longitude)
    assert np.linalg.norm(up) == pytest.approx(1.0)
    foot, top = itrf_position(latitude, longitude, 0.0), itrf_position(latitude, longitude, height)
    assert top - foot == pytest.approx(height / 1000.0 * up, abs=1e-9)
    polar = 6378.137 * (1.0 - 1.0 / 298.257223563)
    assert (foot[:2] @ foot[:2]) / 6378.137**2 + (foot[2] / polar) ** 2 == pytest.approx(1.0)
    normal = foot / np.array([6378.137, 6378.137, polar]) ** 2
    assert np.cross(normal / np.linalg.norm(normal), up) == pytest.approx(np.zeros(3), abs=1e-12)
