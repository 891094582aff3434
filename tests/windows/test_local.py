"""What shows above the terrain of a site: edges on the true function, terrain, mast and bad input."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    EarthElevation,
    EarthVisible,
    Eclipse,
    LinkRate,
    Not,
    PowerAvailable,
    SunElevation,
    SunVisible,
    Temperature,
    parse_constraint,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.ground import standing_place
from ilrs_science.environment.heat.temperature import temperature_series
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.illumination import angular_radius, visible_fraction
from ilrs_science.environment.light.sky import light
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.power.plant import plant_power
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.nearest_miss import nearest_miss

START, END = "2026-01-01", "2026-07-01"
RIDGE = SurfacePlace(-89.45, 222.69, 1500.0)
LOW = SurfacePlace(-60.0, 30.0)
NEAR = SurfacePlace(10.0, 20.0)
STATION = "connecting_ridge_station"
MS = np.timedelta64(1, "ms")


def windows(constraint: Constraint, place: SurfacePlace = RIDGE, **more: object) -> Windows:
    return find_windows(constraint, place, START, END, **more)


def fraction(body: str, times: np.ndarray, mast: str = "2 m") -> np.ndarray:
    """The visible part, by the functions that environment() uses and not by the search."""
    seen = observe(RIDGE, times, [body]).isel(body=0)
    radius = angular_radius(body, seen["range"])
    skyline = horizon(RIDGE, shipped_terrain(), mast=mast)
    return visible_fraction(seen["azimuth"], seen["elevation"], radius, skyline)


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 1.0])
@pytest.mark.parametrize(("body", "kind"), [("sun", SunVisible), ("earth", EarthVisible)])
def test_windows_hold_where_the_visible_part_says_so(body: str, kind: type, part: float) -> None:
    found = windows(kind(min_fraction=part))
    times = np.arange(START, END, np.timedelta64(13, "m"), dtype="datetime64[us]")
    shown = fraction(body, times)
    assert 0.2 < found.hours / (181 * 24) < 1.0
    assert (found.contains(times) == (shown > 0.0 if part == 0.0 else shown >= part - 1e-9)).all()


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
def test_the_visible_part_crosses_its_limit_within_a_millisecond_of_each_edge(part: float) -> None:
    found = windows(SunVisible(min_fraction=part))
    inner = slice(1, -1)
    for edges, sign in ((found.starts[inner], 1), (found.ends[inner], -1)):
        assert (fraction("sun", edges + sign * MS) >= part).all()
        assert (fraction("sun", edges - sign * MS) < part).all()


def test_without_terrain_half_the_sun_shows_when_its_centre_is_up() -> None:
    half = windows(SunVisible(min_fraction=0.5), LOW, terrain="none", mast=0)
    up = windows(SunElevation(min="0 deg"), LOW)
    assert len(half) == len(up) > 4
    assert np.abs(half.starts - up.starts).max() < MS
    assert np.abs(half.ends - up.ends).max() < MS


def test_more_of_the_disc_shows_for_less_time() -> None:
    found = [windows(SunVisible(min_fraction=part)) for part in (0.0, 0.3, 0.7, 1.0)]
    for wide, narrow in pairwise(found):
        assert len(narrow - wide) == 0
        assert narrow.hours < wide.hours


def test_terrain_takes_light_and_a_mast_gives_some_back() -> None:
    ground, mast = (windows(SunVisible(), mast=height) for height in ("0 m", "20 m"))
    assert ground.hours < mast.hours
    assert (ground - mast).hours == pytest.approx(0.0, abs=1e-6)


def test_a_station_brings_its_site_and_its_mast() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    by_record, by_id = (
        find_windows(SunVisible(), place, START, END) for place in (station, "connecting_ridge_station")
    )
    by_hand = find_windows(SunVisible(), "connecting_ridge", START, END, mast="10 m")
    assert by_record == by_id == by_hand
    assert find_windows(SunVisible(), "connecting_ridge", START, END).hours < by_record.hours


def test_an_eclipse_is_another_condition() -> None:
    span = ("2025-03-13", "2025-03-15")  # total eclipse of the Moon, 2025-03-14
    lit = SunVisible(min_fraction=0.5)
    with_it, without = (
        find_windows(spec, SurfacePlace(0.0, 0.0), *span) for spec in (lit & Not(of=Eclipse()), lit)
    )
    assert 4.0 < without.hours - with_it.hours < 6.0


def test_the_earth_never_shows_on_the_far_side() -> None:
    assert windows(EarthVisible(), SurfacePlace(0.0, 180.0)).hours == 0.0


def test_the_budget_names_what_the_terrain_removes() -> None:
    table = budget(SunVisible(min_fraction=0.5) & EarthVisible(), RIDGE, START, END)
    assert list(table.index) == ["sun_visible >= 50 %", "earth_visible (any part)"]
    assert (table["removed_alone_h"] > 0).all()


def test_a_nearest_miss_tells_how_much_of_the_disc_shows_at_best() -> None:
    span = ("2026-06-10", "2026-06-20")
    row = nearest_miss(EarthVisible(min_fraction=0.5), RIDGE, *span).loc["earth_visible >= 50 %"]
    times = np.arange(*span, np.timedelta64(1, "m"), dtype="datetime64[us]")
    assert (row["best"], row["short_by"], row["unit"]) == (fraction("earth", times).max(), 0.0, "1")


def test_a_nearest_miss_tells_how_far_a_hidden_disc_is_below_the_skyline() -> None:
    # the Earth stands 6.8 deg below the plane at the best, seven of its radii of 0.95 deg
    far = SurfacePlace(0.0, -105.0)
    row = nearest_miss(EarthVisible(), far, START, END, terrain="none").iloc[0]
    seen = observe(far, np.arange(START, END, 600, dtype="datetime64[s]").astype("datetime64[us]"), ["earth"])
    radii = seen["elevation"] / angular_radius("earth", seen["range"]) + 1.0
    assert row["best"] == pytest.approx(float(radii.max()), abs=0.1)
    assert row["short_by"] == pytest.approx(-row["best"])


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"kind": "sun_visible", "min_fraction": 1.5}, "min_fraction"),
        ({"kind": "sun_visible", "min_fraction": "-1 %"}, "min_fraction"),
        ({"kind": "earth_visible", "min": "1 deg"}, "unknown field"),
    ],
)
def test_an_impossible_part_is_one_line(spec: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        parse_constraint(spec)


def test_a_missing_file_is_told_even_if_no_condition_looks_at_terrain(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="does not exist"):
        windows(EarthElevation(min="0 deg"), terrain=tmp_path / "none.tif")


@pytest.mark.parametrize("place", ["queqiao2", "jiamusi"])
def test_a_mast_belongs_to_a_site(place: str) -> None:
    with pytest.raises(RequestError, match="site on the Moon"):
        find_windows(SunElevation(min="0 deg"), place, START, END, mast="2 m")


def test_a_mast_below_the_ground_is_refused() -> None:
    with pytest.raises(RequestError, match="mast"):
        windows(SunVisible(), mast="-1 m")


def test_the_ground_of_the_earth_has_no_lunar_terrain() -> None:
    with pytest.raises(RequestError, match="belongs to the Moon"):
        find_windows(SunVisible(), "jiamusi", START, END)


@pytest.mark.parametrize("limits", [{"min": "300 K"}, {"max": "120 K"}, {"min": "200 K", "max": "250 K"}])
def test_the_ground_is_as_warm_as_its_temperature_says(limits: dict[str, str]) -> None:
    span = ("2026-01-01", "2026-03-01")
    found = find_windows(Temperature(**limits), NEAR, *span, terrain="none")
    warmth = temperature_series(NEAR, *span, terrain="none")
    times = np.arange(*span, np.timedelta64(17, "m"), dtype="datetime64[us]")
    value = warmth(times)
    low, high = (float(limits.get(name, f"{end} K")[:-2]) for name, end in (("min", 0.0), ("max", 1e9)))
    assert 0.02 < found.hours / (59 * 24) < 0.9
    assert (found.contains(times) == ((value >= low) & (value <= high))).all()
    inner = found.starts[1:-1]
    crossed = np.sign(warmth(inner + MS) - low) + np.sign(warmth(inner + MS) - high)
    assert (np.abs(crossed) < 2).all()


def test_deep_ground_never_feels_the_day() -> None:
    span = ("2026-01-01", "2026-02-15")
    surface = find_windows(Temperature(max="200 K"), NEAR, *span, terrain="none")
    deep = find_windows(Temperature(max="200 K", depth="1 m"), NEAR, *span, terrain="none")
    assert 0.0 < surface.hours < 45 * 24
    assert deep.hours == 0.0


def test_power_is_available_when_the_plant_delivers_it() -> None:
    span = ("2031-03-01", "2031-06-01")
    found = find_windows(PowerAvailable(min="200 W"), STATION, *span)
    station = load_catalogue().stations[STATION]
    times = np.arange(*span, np.timedelta64(31, "m"), dtype="datetime64[us]")
    site = load_catalogue().site_of(station)
    skyline = horizon(site, shipped_terrain(), mast=station.mast)
    power = plant_power(station, light(standing_place(site, shipped_terrain()), times, skyline))
    assert 0.3 < found.hours / (92 * 24) < 1.0
    assert (found.contains(times) == (power["power_available"].values >= 200.0)).all()


def test_the_link_works_when_the_earth_is_above_mask_and_skyline() -> None:
    span = ("2031-03-01", "2031-06-01")
    found = find_windows(LinkRate(min="100 kbit/s"), STATION, *span)
    route = routes(load_catalogue().stations[STATION], "earth", *span)[0]
    times = np.arange(*span, np.timedelta64(31, "m"), dtype="datetime64[us]")
    assert 0.2 < found.hours / (92 * 24) < 0.8
    assert (found.contains(times) == (route.rate(times) >= 0.1)).all()
    assert found == find_windows(LinkRate(min="0.1 Mbit/s", via=["earth"]), STATION, *span)


def test_more_ears_hear_longer() -> None:
    span = ("2031-03-01", "2031-03-25")
    one, two, relay = (
        find_windows(LinkRate(min="1 kbit/s", via=via), STATION, *span)
        for via in (["kashi"], ["kashi", "neuquen"], ["kashi", "neuquen", "queqiao2_relay"])
    )
    assert one.hours < two.hours < relay.hours
    assert len(one - two) == 0
    assert len(two - relay) == 0


@pytest.mark.parametrize("spec", [PowerAvailable(min="1 W"), LinkRate(min="1 kbit/s")])
def test_a_bare_site_has_neither_plant_nor_radio(spec: Constraint) -> None:
    with pytest.raises(RequestError, match="belongs to a station"):
        windows(spec)


@pytest.mark.parametrize(
    "spec", [Temperature(max="100 K"), PowerAvailable(min="1 W"), LinkRate(min="1 kbit/s")]
)
def test_an_orbiter_has_no_ground(spec: Constraint) -> None:
    with pytest.raises(RequestError, match="not to an orbiter"):
        find_windows(spec, "queqiao2", "2026-01-01", "2026-01-02")


def test_who_hears_is_a_known_name() -> None:
    with pytest.raises(UnknownNameError, match="kashi"):
        find_windows(LinkRate(min="1 kbit/s", via=["kashy"]), STATION, START, "2026-01-03")
