"""Windows on orbiters: what the kinds have to do with each other, and with the site below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    EarthElevation,
    Eclipse,
    Night,
    Occultation,
    PassOver,
    RadioQuiet,
    Season,
    SolarBeta,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.intervals import Windows
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.constraints import find_windows

SPANS = {"llo_100": ("2026-03-02", "2026-03-05"), "queqiao2": ("2026-01-01", "2026-01-15")}
SECOND, MILLISECOND = np.timedelta64(1, "s"), np.timedelta64(1, "ms")


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Trajectory]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILRS_CACHE", str(tmp_path_factory.mktemp("cache")))
        orbits = load_catalogue().orbits
        yield {name: trajectory_of(orbits[name], *span) for name, span in SPANS.items()}


@pytest.fixture(params=SPANS)
def orbit(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def windows(
    spec: Constraint, flights: dict[str, Trajectory], orbit: str, correction: Correction = "apparent"
) -> Windows:
    return find_windows(spec, flights[orbit], *SPANS[orbit], correction=correction)


def farthest(one: Windows, other: Windows) -> np.timedelta64:
    """Largest difference of an edge; as many windows in both."""
    assert len(one) == len(other) > 0
    return max(np.abs(one.starts - other.starts).max(), np.abs(one.ends - other.ends).max())


# --- the limb -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("correction", ["apparent", "geometric"])
@pytest.mark.parametrize("site", ["connecting_ridge", "malapert"])
def test_a_site_on_the_sphere_is_hidden_while_the_orbiter_is_down_there(
    site: str, correction: Correction, orbit: str, flights: dict[str, Trajectory]
) -> None:
    # both stand at 1737.4 km: the limb passes through the site when the orbiter stands on its horizon
    hidden = windows(Occultation(target=site), flights, orbit, correction)
    up = windows(PassOver(site=site, min="0 deg"), flights, orbit, "geometric")
    # in the light time of some ms the Moon turns by 1e-8 of a turn; the relay is 60 ms away and slow
    assert farthest(~hidden, up) < MILLISECOND * (1 if orbit == "llo_100" else 40)
    assert hidden.durations.min() > 60 * SECOND  # rounding makes no windows of microseconds
    assert up.durations.min() > 60 * SECOND


def test_night_is_when_the_moon_hides_the_sun(orbit: str, flights: dict[str, Trajectory]) -> None:
    night, hidden = windows(Night(), flights, orbit), windows(Occultation(target="sun"), flights, orbit)
    assert night == hidden
    assert ~night == windows(Day(), flights, orbit)


def test_night_lies_between_umbra_and_eclipse(orbit: str, flights: dict[str, Trajectory]) -> None:
    every, umbra, penumbra = (
        windows(Eclipse(phase=phase, by="moon"), flights, orbit) for phase in ("any", "umbra", "penumbra")
    )
    night = windows(Night(), flights, orbit)
    assert (umbra - night).total == (night - every).total == np.timedelta64(0)
    assert (umbra | penumbra) == every
    assert (umbra & penumbra).hours == 0.0
    assert len(penumbra) >= 2 * len(umbra) - 2


def test_an_orbiter_sees_the_sun_below_its_horizontal_plane(
    orbit: str, flights: dict[str, Trajectory]
) -> None:
    above, day = windows(SunElevation(min="0 deg"), flights, orbit), windows(Day(), flights, orbit)
    assert (above - day).total == np.timedelta64(0)
    assert day.hours > above.hours


def test_quiet_is_deeper_than_an_occultation_of_the_centre(
    orbit: str, flights: dict[str, Trajectory]
) -> None:
    quiet = windows(RadioQuiet(), flights, orbit)
    wide = windows(RadioQuiet(within="50000 km"), flights, orbit)
    hidden = windows(Occultation(target="earth"), flights, orbit)
    assert (quiet - hidden).total == (wide - quiet).total == np.timedelta64(0)
    assert 0.0 < wide.hours < quiet.hours < hidden.hours


def test_what_stands_before_the_limb_is_not_hidden(flights: dict[str, Trajectory]) -> None:
    # the low orbiter and the relay see each other past the limb, and the low one before it
    hidden = windows(Occultation(target="queqiao2"), flights, "llo_100")
    down = windows(TargetElevation(target="queqiao2", max="-19 deg"), flights, "llo_100")
    assert 0.0 < hidden.hours < 72.0
    # 100 km up, the limb is 19.0 deg down: arccos(1737.4 / 1837.4)
    assert (hidden - down).hours < 0.5


# --- other kinds --------------------------------------------------------------------------------------------------


def test_the_sun_is_as_high_over_the_orbit_as_it_ever_stands_from_its_plane(
    flights: dict[str, Trajectory],
) -> None:
    # elevation above the plane normal to the radius and angle from the orbital plane: together at most 90 deg
    beta = windows(SolarBeta(max="-36 deg"), flights, "llo_100")
    high = windows(SunElevation(min="54 deg"), flights, "llo_100")
    assert (beta & high).hours == 0.0


def test_earth_is_up_for_half_of_a_revolution(flights: dict[str, Trajectory]) -> None:
    up = windows(EarthElevation(min="0 deg"), flights, "llo_100")
    assert up.hours == pytest.approx(36.0, abs=1.0)
    # a revolution at 1837.4 km: 2 pi sqrt(a^3 / 4902.8) = 7068 s
    period = np.diff(up.starts)[1:-1] / SECOND
    assert period == pytest.approx(np.full(len(period), 7068.0), abs=15.0)


def test_the_season_is_the_same_in_orbit_and_on_the_ground(flights: dict[str, Trajectory]) -> None:
    spec = Season(min="-1.2 deg", max="1.2 deg")
    ground = find_windows(spec, SurfacePlace(0.0, 0.0), *SPANS["queqiao2"])
    assert windows(spec, flights, "queqiao2") == ground


@pytest.mark.parametrize("spec", [Night(), SunElevation(min="10 deg"), Occultation(target="earth")])
def test_the_same_motion_cut_elsewhere_has_the_same_windows(spec: Constraint) -> None:
    # an orbit with an epoch of its own: another span is other segments of the series
    orbit = load_catalogue().orbits["nrho_9_2"]
    found = [
        find_windows(spec, trajectory_of(orbit, *span), "2026-02-03", "2026-02-20")
        for span in (("2026-02-03", "2026-02-20"), ("2026-01-31", "2026-02-25"))
    ]
    if len(found[0]):
        assert farthest(*found) < MILLISECOND
    assert len(found[0]) == len(found[1])


def test_an_orbit_by_record_by_name_and_by_trajectory_is_one(flights: dict[str, Trajectory]) -> None:
    record = load_catalogue().orbits["llo_100"]
    named, given = (find_windows(Night(), place, *SPANS["llo_100"]) for place in ("llo_100", record))
    assert named == given == windows(Night(), flights, "llo_100")
