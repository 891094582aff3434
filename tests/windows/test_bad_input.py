"""What cannot be searched is one clear error: what is wrong, and where, when or why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    Eclipse,
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
    parse_constraint,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import CoverageError, IlrsError, RequestError, UnknownNameError
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.observe import observe
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.samples import Samples, join
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.nearest_miss import nearest_miss

START, END = "2026-01-01", "2026-01-03"
SITE = SurfacePlace(-89.45, 222.69, 1900.0)


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILRS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def low() -> Trajectory:
    return trajectory_of(load_catalogue().orbits["llo_100"], START, END)


def refused(spec: Constraint, place: object, error: type[IlrsError], *words: str) -> None:
    """One line that has all the words."""
    with pytest.raises(error) as caught:
        find_windows(spec, place, START, END)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    for word in words:
        assert word in message


# --- what does not apply to the place -----------------------------------------------------------------------------

AT_A_SITE = [
    (SolarBeta(min="0 deg"), "solar_beta belongs to an orbiter", "moves in no orbital plane"),
    (Occultation(target="sun"), "occultation belongs to an orbiter", "use target_elevation"),
    (Eclipse(by="moon"), "eclipse by the Moon is night at a site", "use night"),
    (PassOver(site="malapert"), "name the orbiter that passes over it", "not another site"),
    (~Eclipse(by="moon") & Day(), "use night", ""),
]


@pytest.mark.parametrize(("spec", "what", "why"), AT_A_SITE)
def test_what_belongs_to_an_orbiter_is_refused_at_a_site(spec: Constraint, what: str, why: str) -> None:
    refused(spec, SITE, RequestError, what, why)


ON_AN_ORBITER = [
    (Season(half="summer"), "summer belongs to a site", "give min or max"),
    (Season(half="winter"), "winter belongs to a site", "crosses both hemispheres"),
    (PassOver(orbiter="queqiao2"), "name the site that it passes over", "not another orbiter"),
]


@pytest.mark.parametrize(("spec", "what", "why"), ON_AN_ORBITER)
def test_what_belongs_to_a_site_is_refused_on_an_orbiter(
    spec: Constraint, what: str, why: str, low: Trajectory
) -> None:
    refused(spec, low, RequestError, what, why)


NOWHERE = [
    (RangeTo(body="sirius", max="1 km"), "sirius is a direction and has no distance"),
    (PhaseAngle(body="sirius", max="9 deg"), "sirius is no planet"),
    (PhaseAngle(body="queqiao2", max="9 deg"), "only planets have a phase"),
    (PassOver(orbiter="malapert"), "malapert is no orbiter"),
    (PassOver(orbiter="mars"), "mars is no orbiter"),
    (PassOver(site="queqiao2"), "queqiao2 is no site on the Moon"),
    (PassOver(site="jiamusi"), "jiamusi is no site on the Moon"),
]


@pytest.mark.parametrize(("spec", "why"), NOWHERE)
def test_what_a_thing_has_not_got_is_refused(spec: Constraint, why: str) -> None:
    refused(spec, SITE, RequestError, why)


# --- names --------------------------------------------------------------------------------------------------------

UNKNOWN = [
    (TargetElevation(target="siriuss", min="0 deg"), "siriuss", "did you mean sirius"),
    (Separation(bodies=("sun", "jupitre"), min="0 deg"), "jupitre", "did you mean jupiter"),
    (RangeTo(body="queqiao", max="1 km"), "queqiao", "queqiao2"),
    (PassOver(orbiter="llo100"), "llo100", "llo_100"),
    (RadioQuiet(emitters=("jiamusy",)), "jiamusy", "jiamusi"),
]


@pytest.mark.parametrize(("spec", "name", "nearest"), UNKNOWN)
def test_an_unknown_name_is_told_the_nearest(spec: Constraint, name: str, nearest: str) -> None:
    refused(spec, SITE, UnknownNameError, name, nearest)


@pytest.mark.parametrize("place", ["malaper", "llo_10", ""])
def test_an_unknown_place_is_told_what_there_is(place: str) -> None:
    refused(Day(), place, UnknownNameError, "unknown site", "orbit")


@pytest.mark.parametrize("place", [None, 3, (10.0, 20.0), {"latitude": 3}])
def test_what_is_no_place_is_told_what_is(place: object) -> None:
    refused(Day(), place, RequestError, "is no place; give a site, an orbit, or the id of one")


@pytest.mark.parametrize(
    "target",
    [
        {},
        {"ra": "10 deg"},
        {"dec": "10 deg"},
        {"ra": "10 deg", "dec": "91 deg"},
        {"ra": 10, "dec": 20},
        None,
        3,
    ],
)
def test_a_target_without_coordinates_is_refused(target: object) -> None:
    with pytest.raises(RequestError, match="target") as caught:
        parse_constraint({"kind": "target_elevation", "target": target, "min": "0 deg"})
    assert "\n" not in str(caught.value)


# --- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), [("1899-01-01", START), (START, "2052-01-01")])
@pytest.mark.parametrize("place", ["malapert", "dro"])
def test_a_span_beyond_the_kernels_names_the_file_that_ends(start: str, end: str, place: str) -> None:
    with pytest.raises(CoverageError) as caught:
        find_windows(Day(), place, start, end)
    # DE421 reaches to 2053-10-08, its lunar orientation to 2050-12-31; a day is left for light time
    assert str(caught.value) == (
        f"the shipped kernels cover 1900-01-02 to 2050-12-30, not {start}T00:00:00Z to {end}T00:00:00Z: "
        "kernels/moon_pa_de421_1900-2050.bpc begins and ends there, while kernels/de421.bsp reaches from "
        "1899-07-29 to 2053-10-08; longer kernels of your own cannot be read yet"
    )


@pytest.mark.parametrize(
    "spec", [TargetElevation(target="jiamusi", min="0 deg"), RangeTo(body="jiamusi", max="1 km")]
)
def test_a_ground_station_before_the_orientation_of_the_earth_names_the_file(spec: Constraint) -> None:
    with pytest.raises(
        CoverageError, match=r"the orientation of the Earth is known from 2000-01-02 to .*SOURCES.md"
    ):
        find_windows(spec, SITE, "1999-01-01", "1999-02-01")


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-12-31", "2026-01-02"), ("2026-01-02", "2026-01-04"), ("2025-01-01", "2027-01-01")],
)
@pytest.mark.parametrize("spec", [Day(), SunElevation(min="0 deg"), SolarBeta(max="0 deg"), Eclipse()])
def test_a_trajectory_that_does_not_cover_the_span_says_what_it_covers(
    spec: Constraint, start: str, end: str, low: Trajectory
) -> None:
    with pytest.raises(CoverageError, match="2026-01-01T00:00:00Z to 2026-01-03T00:00:00Z") as caught:
        find_windows(spec, low, start, end)
    assert "Low polar orbit, 100 km" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_orbit_that_hits_the_moon_says_when() -> None:
    orbit = load_catalogue().orbits["llo_100"].replace(perilune_height="1 km", apolune_height="30 km")
    with pytest.raises(RequestError, match=r"hits the Moon.* 2026-01-\d\dT\d\d:\d\d") as caught:
        find_windows(Day(), orbit, START, "2026-02-01")
    assert "\n" not in str(caught.value)


def test_a_target_that_hits_the_moon_says_when(tmp_path: Path) -> None:
    (tmp_path / "orbits").mkdir()
    lines = [
        "id: falling", "kind: low", "perilune_height: 1 km", "apolune_height: 30 km", "inclination: 90 deg",
        "role: test", "basis: {default: estimate}",
    ]  # fmt: skip
    (tmp_path / "orbits" / "falling.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(RequestError, match=r"hits the Moon.* 2026-01-\d\dT\d\d:\d\d"):
        find_windows(
            PassOver(orbiter="falling"), SITE, START, "2026-02-01", catalogue=load_catalogue(tmp_path)
        )


def test_the_span_of_a_trajectory_itself_is_searched(low: Trajectory) -> None:
    # files of orbits, their gaps and frames: tests/sky/test_oem.py and tests/oracles/test_spice_spk.py
    day, night = (find_windows(spec, low, START, END) for spec in (Day(), ~Day()))
    assert day.total + night.total == np.timedelta64(2, "D")


@pytest.mark.parametrize(
    ("place", "spec"),
    [
        ("malapert", {"kind": "target_elevation", "target": "malapert", "min": "10 deg"}),
        ("malapert", {"kind": "separation", "bodies": ["sun", "malapert"], "max": "10 deg"}),
        ("malapert", {"kind": "range_to", "body": "malapert", "max": "10 km"}),
        ("llo_100", {"kind": "target_elevation", "target": "llo_100", "min": "0 deg"}),
        ("llo_100", {"kind": "occultation", "target": "llo_100"}),
        ("kashi", {"kind": "target_elevation", "target": "kashi", "min": "0 deg"}),
    ],
)
def test_a_place_that_looks_at_itself_is_told_so(place: str, spec: dict[str, object]) -> None:
    with pytest.raises(RequestError, match="a place cannot look at itself; name something else"):
        find_windows(spec, place, "2026-01-01", "2026-01-01T03:00")
    with pytest.raises(RequestError, match=f"{place} is the place itself"):
        observe(place, np.array(["2026-01-01"], "datetime64[us]"), [place])


def test_two_places_at_one_point_end_in_a_sentence_and_not_in_endless_halving() -> None:
    here = load_catalogue().sites["malapert"]
    twin = SurfacePlace(here.latitude, here.longitude, here.height or 0.0, mast=0.0)
    spec = {"kind": "target_elevation", "target": "malapert", "min": "0 deg"}
    with pytest.raises(RequestError, match=r"look at itself|is not a number there"):
        find_windows(spec, twin, "2026-01-01", "2026-01-02")


def test_an_unknown_correction_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown correction 'LT\\+S'"):
        find_windows({"kind": "day"}, "malapert", "2026-01-01", "2026-01-02", correction="LT+S")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="unknown correction 'none'"):
        observe("malapert", np.array(["2026-01-01"], "datetime64[us]"), correction="none")  # type: ignore[arg-type]


def test_budget_and_nearest_miss_know_the_correction_too() -> None:
    span = ("2031-01-01", "2031-01-03")
    for ask in (budget, nearest_miss):
        tables = [
            ask({"kind": "day"}, "malapert", *span, correction=how) for how in ("apparent", "geometric")
        ]
        assert not tables[0].equals(tables[1])


def test_constraints_are_neither_true_nor_false() -> None:
    with pytest.raises(RequestError, match=r"join constraints with &, \| and ~, not and, or, not"):
        bool(Day() and Night())


def test_times_in_a_table_are_refused_and_one_name_is_one_body() -> None:
    times = np.array(["2026-01-01", "2026-01-02"], "datetime64[us]")
    with pytest.raises(RequestError, match="times have 2 dimensions"):
        observe("malapert", times[None])
    assert observe("malapert", times, "sun")["body"].values.tolist() == ["sun"]


@pytest.mark.parametrize("degree", [2.5, "x", -1, 101])
def test_a_degree_that_cannot_be_is_refused(degree: int) -> None:
    with pytest.raises(RequestError, match="is not a whole number from 0 to 100"):
        ForceModel(degree=degree)


def test_an_orbit_may_be_named_by_its_id() -> None:
    flight = trajectory_of("llo_100", "2026-01-01", "2026-01-01T01:00")
    assert "Low polar orbit" in repr(flight)
    with pytest.raises(UnknownNameError, match="did you mean llo_100"):
        trajectory_of("llo_10", "2026-01-01", "2026-01-01T01:00")


def test_a_trajectory_under_the_ground_is_refused_with_the_time() -> None:
    epochs = 8e8 + np.arange(0.0, 3600.0, 60.0)
    states = np.tile([1437.0, 0.0, 0.0, 0.0, 0.0, 0.0], (60, 1))
    piece = Samples(epochs, states, 8, hermite=False, span=(8e8, 8e8 + 3540.0))
    with pytest.raises(
        RequestError, match=r"mine.oem leads 300 km below the surface of the Moon at 2025-05-0"
    ):
        join("mine", "mine.oem", [piece], (None, None))
