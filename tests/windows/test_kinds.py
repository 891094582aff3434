"""Windows of the kinds that SPICE has no finder for, against dense sampling and against each other."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    RadioQuiet,
    Season,
    TargetElevation,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows

START, END = "2026-01-01", "2027-01-01"
LIMB = SurfacePlace(5.0, 95.0)
FAR = SurfacePlace(-45.4446, 177.5991)
TIMES = np.arange(START, END, np.timedelta64(37, "m"), dtype="datetime64[us]")


def windows(constraint: Constraint, place: SurfacePlace) -> Windows:
    return find_windows(constraint, place, START, END)


@pytest.mark.parametrize(("margin", "within"), [(0.0, 6378.137), (2.0, 6378.137), (0.0, 60_000.0)])
def test_radio_quiet_is_the_whole_sphere_below_the_plane(margin: float, within: float) -> None:
    found = windows(RadioQuiet(margin=f"{margin} deg", within=f"{within} km"), LIMB)
    earth = observe(LIMB, TIMES, ["earth"]).sel(body="earth")
    top = earth["elevation"] + np.degrees(np.arcsin(within / earth["range"]))
    assert len(found) > 0
    assert (found.contains(TIMES) == (top.values <= -margin)).all()


def test_the_far_side_is_always_quiet_and_the_near_side_never() -> None:
    assert windows(RadioQuiet(within="100000 km"), SurfacePlace(0.0, 180.0)).hours == 8760.0
    assert windows(RadioQuiet(), SurfacePlace(0.0, 0.0)).hours == 0.0


def test_quiet_means_that_the_earth_is_down() -> None:
    quiet, up = windows(RadioQuiet(), LIMB), windows(EarthElevation(min="0 deg"), LIMB)
    assert (quiet & up).hours == 0.0


def test_the_tail_is_crossed_once_a_lunation_about_full_moon() -> None:
    found = windows(Magnetotail(), FAR)
    # full moon of 2026-03-03 11:38 UTC, a total lunar eclipse: the Moon is in the middle of the tail
    assert found.contains("2026-03-03T11:38")
    assert len(found) in (12, 13)
    days = found.durations[1:-1] / np.timedelta64(1, "D")
    # 54 deg at 10.8 to 14.4 deg a day relative to the Sun (apogee, perigee)
    assert 3.75 < days.min() <= days.max() < 5.0
    wider = windows(Magnetotail(half_width="37 deg"), FAR)
    assert (found - wider).hours == 0.0


def test_umbra_and_penumbra_make_an_eclipse() -> None:
    near = SurfacePlace(0.0, 0.0)
    # the far side has night when the Earth passes before the Sun, but the sphere is not in the way of this kind:
    # it asks where the discs are; the two lunar eclipses of 2026 are those of 3 March and 28 August
    for place in (FAR, near):
        every, umbra, penumbra = (
            windows(Eclipse(phase=phase), place) for phase in ("any", "umbra", "penumbra")
        )
        assert [str(day) for day in every.starts.astype("datetime64[D]")] == ["2026-03-03", "2026-08-28"]
        assert (umbra | penumbra) == every
        assert (umbra & penumbra).hours == 0.0


def test_hours_before_and_after_midnight_make_the_night() -> None:
    through = windows(LocalSolarTime(min="22 h", max="2 h"), FAR)
    before, after = (
        windows(LocalSolarTime(min="22 h", max="24 h"), FAR),
        windows(LocalSolarTime(min="0 h", max="2 h"), FAR),
    )
    joined = (before | after).fill("1 s")
    assert np.abs(through.hours - joined.hours) < 1e-3
    assert len(through) == len(joined)


def test_all_hours_pass_in_a_lunation() -> None:
    parts = [windows(LocalSolarTime(min=f"{hour} h", max=f"{hour + 6} h"), FAR) for hour in (0, 6, 12, 18)]
    assert sum(part.hours for part in parts) == pytest.approx(8760.0, abs=1e-3)


def test_noon_is_when_the_sun_is_highest() -> None:
    noon = windows(LocalSolarTime(min="11.9 h", max="12.1 h"), FAR)
    sun = observe(FAR, TIMES, ["sun"])["elevation"].values[:, 0]
    highest = TIMES[1:-1][(sun[1:-1] > sun[:-2]) & (sun[1:-1] >= sun[2:]) & (sun[1:-1] > 30.0)]
    assert len(highest) == len(noon)
    assert noon.expand("2 h").contains(highest).all()


def test_summer_of_one_pole_is_winter_of_the_other() -> None:
    north, south = SurfacePlace(89.0, 0.0), SurfacePlace(-89.0, 0.0)
    assert windows(Season(half="summer"), north) == windows(Season(half="winter"), south)
    both = windows(Season(half="summer"), south) & windows(Season(half="winter"), south)
    assert both.hours == 0.0


@pytest.mark.parametrize("body", sorted(BODIES.keys() - {"moon"}))
def test_every_body_rises_where_it_is_seen(body: str) -> None:
    found = windows(TargetElevation(target=body, min="10 deg"), FAR)
    seen = observe(FAR, TIMES, [body])["elevation"].values[:, 0] >= 10.0
    assert (found.contains(TIMES) == seen).all()


def test_every_target_of_the_catalogue_can_be_asked_for() -> None:
    place = SurfacePlace(0.0, 0.0)
    for target in load_catalogue().targets.values():
        hours = windows(TargetElevation(target=target.id, min="0 deg"), place).hours
        # at the equator everything but the poles is up half of the time, within a month of 27.3 days at the ends
        assert hours == pytest.approx(4380.0, abs=330.0), target.id


def test_an_unknown_target_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean jupiter"):
        windows(TargetElevation(target="jupitr", min="0 deg"), FAR)


def test_a_ground_station_sees_the_moon_every_day_and_knows_no_lunar_season() -> None:
    span = ("2026-03-01", "2026-03-31")
    seen = find_windows(TargetElevation(target="moon", min="10 deg"), "kashi", *span)
    site = find_windows(TargetElevation(target="connecting_ridge", min="10 deg"), "kashi", *span)
    assert len(seen) == len(site) == 29  # the Moon rises fifty minutes later every day
    assert 0.3 < seen.hours / (30 * 24.0) < 0.5
    assert abs(seen.hours - site.hours) < 1.0  # the site is a quarter of a degree from the Moon's centre
    for spec in (Season(half="summer"), Eclipse(), Magnetotail(), LocalSolarTime(min="1 h", max="2 h")):
        with pytest.raises(RequestError, match="belongs to the Moon: a ground station is on the Earth"):
            find_windows(spec, "kashi", *span)
