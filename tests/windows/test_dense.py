"""Windows of random kinds at random places are those of a dense sampling of the plain definitions; and their laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    Direction,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    Night,
    Occultation,
    PassOver,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SolarBeta,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.sky.ephemeris import sky_after
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.quantities import sine_of_elevation
from ilrs_science.windows.view import View
from tests.windows.plain import SEEN, Plain

START, END = "2026-03-02", "2026-03-05"  # the Moon is eclipsed on 2026-03-03
TIMES = np.arange(START, END, np.timedelta64(61, "s"), dtype="datetime64[us]")
#: Two hours, one revolution of the low orbit, in steps of half a second.
FINE = np.arange(0, 7200_000, 500).astype("timedelta64[ms]")
FEW = settings(max_examples=settings().max_examples // 2)
#: How far from a limit a sample must be, so that rounding does not decide: a millisecond of a low orbit, or of the Sun.
CLEAR_FLYING, CLEAR = 5e-5, 1e-7


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILRS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@cache
def flight(name: str) -> Trajectory:
    return trajectory_of(load_catalogue().orbits[name], START, END)


ORBITERS = ("llo_100", "queqiao2")
sites = st.builds(SurfacePlace, st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 5000))
orbits = st.sampled_from(ORBITERS)
#: Orbits with an epoch of their own move the same whatever span is asked for.
bodies = st.sampled_from(["sun", "earth", "venus", "jupiter", "sirius", "dro", "jiamusi", "neuquen"])
aims = st.one_of(
    bodies,
    st.builds(
        lambda a, d: Direction(ra=f"{a!r} deg", dec=f"{d!r} deg"), st.floats(0, 359), st.floats(-89, 89)
    ),
)


def deg(value: float) -> str:
    return f"{value!r} deg"


angles = st.floats(-40, 60)
anywhere = st.one_of(
    angles.map(lambda a: SunElevation(min=deg(a))),
    angles.map(lambda a: EarthElevation(max=deg(a))),
    st.builds(lambda t, a: TargetElevation(target=t, min=deg(a)), aims, angles),
    st.builds(lambda t, a: TargetElevation(target=t, min=deg(a), max=deg(a + 9.0)), aims, angles),
    st.builds(
        lambda pair, a: Separation(bodies=tuple(pair), max=deg(a)),
        st.lists(bodies, min_size=2, max_size=2, unique=True),
        st.floats(5, 170),
    ),
    st.floats(350_000, 410_000).map(lambda d: RangeTo(body="earth", max=f"{d!r} km")),
    st.floats(60_000, 100_000).map(lambda d: RangeTo(body="dro", min=f"{d!r} km")),
    st.builds(
        lambda b, a: PhaseAngle(body=b, max=deg(a)), st.sampled_from(["earth", "venus"]), st.floats(1, 179)
    ),
    st.just(Day()),
    st.just(Night()),
    st.builds(
        lambda first, length: LocalSolarTime(min=f"{first!r} h", max=f"{(first + length) % 24.0!r} h"),
        st.floats(0, 23),
        st.floats(1, 22),
    ),
    st.floats(-1.5, 1.5).map(lambda a: Season(min=deg(a))),
    st.sampled_from(["any", "umbra"]).map(lambda phase: Eclipse(by="earth", phase=phase)),
    st.builds(
        lambda m, d: RadioQuiet(margin=deg(m), within=f"{d!r} km"), st.floats(0, 20), st.floats(0, 90_000)
    ),
    st.floats(20, 40).map(lambda a: Magnetotail(half_width=deg(a))),
)
flying = st.one_of(
    anywhere,
    st.sampled_from(["any", "umbra"]).map(lambda phase: Eclipse(by="moon", phase=phase)),
    st.sampled_from(["sun", "earth", "jupiter", "dro", "jiamusi", "connecting_ridge", "sirius"]).map(
        lambda target: Occultation(target=target)
    ),
    st.floats(-60, 60).map(lambda a: SolarBeta(min=deg(a))),
)
passes = st.builds(lambda o, a: PassOver(orbiter=o, min=deg(a)), orbits, st.floats(0, 80))


def agrees(spec: Constraint, place: SurfacePlace | Trajectory, times: np.ndarray = TIMES) -> None:
    plain = Plain(place, times, "apparent" if isinstance(spec, SEEN) else "geometric")
    margin = plain.margin(spec)
    windows = find_windows(spec, place, START, END, correction=plain.correction)
    clear = np.abs(margin) > (CLEAR_FLYING if plain.flies or isinstance(spec, PassOver | RangeTo) else CLEAR)
    assert (windows.contains(times) == (margin > 0.0))[clear].all()
    assert clear.mean() > 0.9


def revolution(hours: int) -> np.ndarray:
    """Fine steps some hours after the start; both ends of the span are there, since orbits are asked for over it."""
    begin = np.datetime64(START, "us")
    return np.concatenate(
        [
            [begin],
            begin + np.timedelta64(hours, "h") + FINE,
            [np.datetime64(END, "us") - np.timedelta64(1, "s")],
        ]
    )


@FEW
@given(anywhere, sites)
def test_a_dense_sampling_agrees_at_a_site(spec: Constraint, place: SurfacePlace) -> None:
    agrees(spec, place)


@given(flying, orbits)
def test_a_dense_sampling_agrees_on_an_orbiter(spec: Constraint, orbit: str) -> None:
    agrees(spec, flight(orbit))


@FEW
@given(flying, orbits, st.integers(0, 69))
def test_a_fine_sampling_of_a_revolution_agrees_on_an_orbiter(
    spec: Constraint, orbit: str, hours: int
) -> None:
    agrees(spec, flight(orbit), revolution(hours))


@FEW
@given(passes, sites, st.integers(0, 69))
def test_a_fine_sampling_of_a_revolution_agrees_with_passes(
    spec: Constraint, place: SurfacePlace, hours: int
) -> None:
    agrees(spec, place, revolution(hours))


@FEW
@given(passes, sites)
def test_a_dense_sampling_agrees_with_passes(spec: Constraint, place: SurfacePlace) -> None:
    agrees(spec, place)


# --- laws ---------------------------------------------------------------------------------------------------------

laws = settings(max_examples=settings().max_examples // 3)


def windows(spec: Constraint, orbit: str) -> Windows:
    return find_windows(spec, flight(orbit), START, END)


@laws
@given(flying, flying, orbits)
def test_adding_a_constraint_never_adds_time(one: Constraint, two: Constraint, orbit: str) -> None:
    alone, both = windows(one, orbit), windows(one & two, orbit)
    assert both - alone == Windows()
    assert both == alone & windows(two, orbit)


@laws
@given(flying, orbits)
def test_a_constraint_and_its_opposite_share_the_span(spec: Constraint, orbit: str) -> None:
    holds, fails = windows(spec, orbit), windows(~spec, orbit)
    assert holds & fails == Windows()
    assert holds | fails == Windows.everything(START, END)


@laws
@given(flying, orbits, st.floats(0.1, 0.9))
def test_a_part_of_the_span_has_the_edges_of_the_whole(spec: Constraint, orbit: str, part: float) -> None:
    begin, end = np.datetime64(START, "us"), np.datetime64(END, "us")
    middle = begin + np.timedelta64(int(part * int((end - begin) / np.timedelta64(1, "us"))), "us")
    whole = windows(spec, orbit)
    for span in ((begin, middle), (middle, end)):
        found = find_windows(spec, flight(orbit), *span)
        cut = whole & Windows.everything(*span)
        differ = (found - cut).total + (cut - found).total
        assert differ <= len(cut) * np.timedelta64(20, "us")


def test_hours_of_a_second_over_a_pole_are_found() -> None:
    # the low orbit crosses hours 9.8 and 21.8, and within some kilometres of both poles all hours between them
    spec = LocalSolarTime(min="0 h", max="8.75 h")
    begin = np.datetime64(START, "us")
    for hours in (0, 12, 42):
        agrees(
            spec,
            flight("llo_100"),
            begin + np.timedelta64(hours, "h") + np.arange(0, 4 * 3600_000, 125).astype("timedelta64[ms]"),
        )
    found = windows(spec, "llo_100")
    assert len(found) == 36  # 37 revolutions, and once the other way round the pole
    assert found.durations.max() < np.timedelta64(8, "s")
    sixths = [
        windows(LocalSolarTime(min=f"{h} h", max=f"{(h + 4) % 24} h"), "llo_100") for h in range(0, 24, 4)
    ]
    assert sum(one.hours for one in sixths) == pytest.approx(72.0, abs=1e-6)


ALWAYS = [
    SunElevation(min="-90 deg"),
    Separation(bodies=("sun", "earth"), max="180 deg"),
    RangeTo(body="dro", max="1e6 km"),
    SolarBeta(min="-90 deg"),
    Season(max="1.7 deg"),
    RangeTo(body="moon", min="1738 km"),
]


@pytest.mark.parametrize("orbit", ORBITERS)
@pytest.mark.parametrize("spec", ALWAYS)
def test_what_is_always_true_is_the_span_and_its_opposite_nothing(spec: Constraint, orbit: str) -> None:
    assert list(windows(spec, orbit)) == list(Windows.everything(START, END))
    assert len(windows(~spec, orbit)) == 0


# --- short windows ------------------------------------------------------------------------------------------------


def elevations(place: SurfacePlace, orbit: str, seconds: np.ndarray, origin: float) -> np.ndarray:
    """Sine of the elevation over a site at single epochs."""
    return sine_of_elevation(flight(orbit))(sky_after(origin, seconds), View(place))


@FEW
@given(sites, orbits)
def test_a_limit_just_below_a_culmination_is_a_window_of_a_second_and_above_it_none(
    place: SurfacePlace, orbit: str
) -> None:
    origin = np.floor(float(to_tdb(np.datetime64(START, "us")))) + 1.0
    times, step = np.arange(100.0, 3 * 86400.0 - 100.0, 20.0), 20.0
    sines = elevations(place, orbit, times, origin)
    peaks = np.flatnonzero((sines[1:-1] > sines[:-2]) & (sines[1:-1] > sines[2:])) + 1
    assume(len(peaks) > 0)
    when = times[peaks[np.argmax(sines[peaks])]]
    for _ in range(3):
        near = when + np.linspace(-step, step, 401)
        when, step = near[int(elevations(place, orbit, near, origin).argmax())], step / 100.0
    highest, beside = elevations(place, orbit, when + np.array([0.0, 0.5]), origin)
    # over the zenith, and for a slow orbit, the height of half a second drowns in rounding
    assume(highest < 0.9999 and highest - beside > 1e-11)
    around = from_tdb(origin + when + np.array([-20.0, 20.0]))

    def above(sine: float) -> Windows:
        spec = PassOver(orbiter=orbit, min=deg(float(np.degrees(np.arcsin(sine)))))
        return find_windows(spec, place, START, END).between(*around)

    found = above(beside)
    assert len(found) == 1
    assert found.total / np.timedelta64(1, "ms") == pytest.approx(1000.0, abs=10.0)
    assert len(above(highest + (highest - beside))) == 0


@pytest.mark.parametrize("place", [SurfacePlace(-89.45, 222.69, 1900.0), SurfacePlace(88.1, 35.0)])
@pytest.mark.parametrize("spec", [SunElevation(min="0.5 deg"), EarthElevation(min="5 deg")])
def test_ten_years_at_a_pole_are_the_union_of_their_years(place: SurfacePlace, spec: Constraint) -> None:
    whole = find_windows(spec, place, "2026-01-01", "2036-01-01")
    years = [find_windows(spec, place, f"{year}-01-01", f"{year + 1}-01-01") for year in range(2026, 2036)]
    joined = Windows(
        np.concatenate([one.starts for one in years]), np.concatenate([one.ends for one in years])
    )
    assert len(joined) == len(whole) > 30
    assert (joined - whole).total + (whole - joined).total <= len(whole) * np.timedelta64(2, "us")
