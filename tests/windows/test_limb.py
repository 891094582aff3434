"""Discs beyond the limb of the Moon, seen from an orbiter."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Constraint, Day, EarthVisible, Eclipse, SunVisible
from ilrs_science.environment.light.eclipse import covered_fraction
from ilrs_science.environment.light.illumination import RADIUS_KM
from ilrs_science.epochs import to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.sky.ephemeris import sky_at
from ilrs_science.sky.targets import standpoint
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.limb import shown_over_limb
from ilrs_science.windows.view import View

START, END = "2026-03-01", "2026-03-03"


def windows(constraint: Constraint, orbit: str) -> Windows:
    return find_windows(constraint, orbit, START, END)


@pytest.mark.parametrize("orbit", ["llo_100", "queqiao2"])
def test_any_part_of_the_sun_shows_outside_the_umbra_and_all_of_it_outside_the_eclipse(orbit: str) -> None:
    any_part, whole = (windows(SunVisible(min_fraction=f), orbit) for f in (0.0, 1.0))
    umbra, eclipse = (windows(Eclipse(by="moon", phase=phase), orbit) for phase in ("umbra", "any"))
    assert len(umbra) > 1
    # the eclipse takes light time without aberration: contacts move by a tenth of a second at the most
    assert (any_part & umbra).hours * 3600.0 < 0.2 * len(umbra)
    assert (whole & eclipse).hours * 3600.0 < 0.2 * len(eclipse)
    assert abs((any_part | umbra).hours - 48.0) * 3600.0 < 0.2 * len(umbra)


@pytest.mark.parametrize("orbit", ["llo_100", "queqiao2"])
def test_half_of_the_sun_shows_when_its_centre_does(orbit: str) -> None:
    half, day = windows(SunVisible(min_fraction=0.5), orbit), windows(Day(), orbit)
    # the limb is curved towards the disc: a little less than half is hidden when the limb runs through the centre
    assert len(half) == len(day)
    late = np.abs(half.starts - day.starts).max() / np.timedelta64(1, "s")
    assert 0.0 < late < 3.0


@pytest.mark.parametrize("body", ["sun", "earth"])
def test_more_of_a_disc_shows_for_less_time(body: str) -> None:
    kind = SunVisible if body == "sun" else EarthVisible
    found = [windows(kind(min_fraction=f), "queqiao2") for f in (0.0, 0.1, 0.5, 0.9, 1.0)]
    for more, less in pairwise(found):
        assert (less - more).hours == pytest.approx(0.0, abs=1e-9)
        assert less.hours < more.hours


@pytest.mark.parametrize("fraction", [0.02, 0.3, 0.5, 0.77, 0.98])
@pytest.mark.parametrize("body", ["sun", "earth"])
def test_the_signal_vanishes_where_two_flat_discs_say_so(body: str, fraction: float) -> None:
    """From 1800 to 18000 km its disc is 6 to 75 deg wide and no longer flat: the parts agree to a hundredth."""
    span = (np.datetime64("2026-03-01", "us"), np.datetime64("2026-03-04", "us"))
    view = View(standpoint("queqiao2", span))
    kind = SunVisible if body == "sun" else EarthVisible
    found = find_windows(kind(min_fraction=fraction), view.place, *span)
    edges = np.concatenate([found.starts, found.ends])
    edges = edges[(edges > span[0]) & (edges < span[1])]
    assert len(edges) >= 4
    sky = sky_at(to_tdb(edges))
    assert np.abs(shown_over_limb(body, fraction)(sky, view)).max() < 1e-9
    line, distance = view.from_the_moon(sky, body)
    place = view.place.observer(sky).position
    near = np.linalg.norm(place, axis=-1)
    apart = np.arccos(-np.einsum("ij,ij->i", line, place) / near)
    covered = covered_fraction(apart, np.arcsin(RADIUS_KM[body] / distance), np.arcsin(1737.4 / near))
    assert 1.0 - covered == pytest.approx(fraction, abs=0.01)
