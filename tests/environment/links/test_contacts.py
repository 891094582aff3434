"""Contacts: edges as the windows engine, which agrees with SPICE, has them; sums as the rates say."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science import Windows
from ilrs_science.catalogue.constraint import Occultation, PassOver, TargetElevation
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.table import CONTACT_COLUMNS, contacts, link_rates
from ilrs_science.sky.observe import observe
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows

CATALOGUE = load_catalogue()
RIDGE = CATALOGUE.sites["connecting_ridge"]
NEAR = SurfacePlace(20.0, 10.0)
START, END = "2026-06-01", "2026-06-04"
OPEN = Link(rate="1 Mbit/s", elevation_mask="0 deg")
BARE = {"terrain": "none", "mast": "0 m", "link": OPEN}
MILLISECOND = np.timedelta64(1, "ms")


def edges_of(table: object) -> np.ndarray:
    return table[["start", "end"]].to_numpy().astype("datetime64[us]")  # type: ignore[index]


def agree(found: np.ndarray, expected: np.ndarray) -> None:
    assert found.shape == expected.shape
    assert np.all(np.abs(found - expected) <= MILLISECOND)


@pytest.mark.parametrize("orbit", ["queqiao2", "llo_100"])
def test_passes_of_a_relay_are_those_of_the_windows_engine(orbit: str) -> None:
    spec = PassOver(orbiter=orbit)
    expected = np.stack([(w[0], w[1]) for w in find_windows(spec, RIDGE, START, END)])
    agree(edges_of(contacts(RIDGE, START, END, orbit, **BARE)), expected)


def test_a_direct_contact_is_when_site_and_dish_are_above_each_others_horizon() -> None:
    site = CATALOGUE.sites["connecting_ridge"]
    span = ("2026-06-08", "2026-06-16")
    up = find_windows(TargetElevation(target="kashi", min="0 deg"), site, *span)
    mask = f"{CATALOGUE.ground_stations['kashi'].mask} deg"
    heard = find_windows(
        TargetElevation(target="connecting_ridge", min=mask), CATALOGUE.ground_stations["kashi"], *span
    )
    both = up & heard
    found = contacts(site.replace(height=0.0), *span, "kashi", **BARE)
    expected = np.stack([(w[0], w[1]) for w in both])
    # the engine's site stands at the record's height, of which the elevation of something so far knows nothing
    assert len(found) == len(expected) >= 5
    assert np.all(np.abs(edges_of(found) - expected) <= 5 * MILLISECOND)


def test_a_relay_hears_and_is_heard() -> None:
    relay = CATALOGUE.relays["queqiao2_relay"].replace(ground_stations=["jiamusi"])
    orbit = CATALOGUE.orbits["queqiao2"]
    found = edges_of(contacts(RIDGE, START, END, relay, **BARE))
    passes = find_windows(PassOver(orbiter="queqiao2"), RIDGE, START, END)
    behind = find_windows(Occultation(target="jiamusi"), orbit, START, END)
    heard = find_windows(
        TargetElevation(target="queqiao2", min="5 deg"), CATALOGUE.ground_stations["jiamusi"], START, END
    )
    expected = np.stack([(w[0], w[1]) for w in (passes & heard) - behind])
    agree(found, expected)


def test_a_relay_that_stores_needs_no_ground_station_at_once() -> None:
    through = contacts(RIDGE, START, END, "queqiao2_relay", **BARE)
    stored = contacts(RIDGE, START, END, "queqiao2_relay", relaying="stored", **BARE)
    assert stored.duration.sum() > through.duration.sum()
    assert stored.light_time.max() < 0.1 < 1.2 < through.light_time.min()  # to the relay, or to the Earth


def test_volume_is_rate_times_duration_and_light_time_is_range() -> None:
    table = contacts(NEAR, START, END, ["jiamusi", "neuquen"], **BARE)
    assert table.volume.to_numpy() == pytest.approx(table.duration.to_numpy())  # at 1 Mbit/s
    assert table.mean_rate.tolist() == [1.0] * len(table)
    assert table.light_time.to_numpy() == pytest.approx(table.min_range.to_numpy() / 299_792.458)
    assert table.min_range.between(350_000, 410_000).all()
    assert list(table.columns) == list(CONTACT_COLUMNS)
    assert table.start.is_monotonic_increasing


def test_dishes_half_a_world_apart_take_turns() -> None:
    table = contacts(NEAR, START, END, ["jiamusi", "neuquen"], **BARE)
    assert set(table.link) == {"jiamusi", "neuquen"}
    assert table.groupby("link").duration.sum().min() > 3 * 5 * 3600.0


def test_a_place_on_the_far_side_has_no_direct_contact_and_a_clean_empty_table() -> None:
    table = contacts(SurfacePlace(-45.44, 177.6), START, END, ["jiamusi", "kashi"], **BARE)
    assert len(table) == 0
    assert list(table.columns) == list(CONTACT_COLUMNS)
    assert table.start.dtype == "datetime64[us]"
    assert table.volume.dtype == float


def test_terrain_shortens_contacts() -> None:
    bare = contacts(RIDGE, "2026-06-08", "2026-06-10", "earth", **BARE)
    behind_hills = contacts(RIDGE, "2026-06-08", "2026-06-10", "earth", link=OPEN, mast="2 m")
    assert behind_hills.duration.sum() <= bare.duration.sum() + 1e-3


def test_rates_follow_epochs_in_any_order_and_spacing() -> None:
    span = (START, END)
    rng = np.random.default_rng(3)
    epochs = np.datetime64(START, "us") + rng.integers(0, 3 * 86_400_000_000, 300).astype("timedelta64[us]")
    partners = ["jiamusi", "queqiao2_relay", "llo_100", "earth"]
    one = link_rates(RIDGE, epochs, partners, span=span, **BARE)
    two = link_rates(RIDGE, np.sort(epochs), partners, span=span, **BARE)
    for name in one.data_vars:
        np.testing.assert_allclose(
            one[name].sortby("time").values, two[name].values, rtol=1e-9, atol=1e-7, err_msg=str(name)
        )


def test_visibility_is_inside_contacts_and_nowhere_else() -> None:
    epochs = np.datetime64(START, "us") + np.arange(0, 3 * 1440) * np.timedelta64(60, "s")
    ds = link_rates(RIDGE, epochs, "queqiao2_relay", span=(START, END), **BARE)
    edges = edges_of(contacts(RIDGE, START, END, "queqiao2_relay", **BARE))
    inside = ((epochs[:, None] >= edges[:, 0]) & (epochs[:, None] <= edges[:, 1])).any(axis=1)
    assert np.array_equal(ds.link_visible.values[:, 0].astype(bool), inside)
    assert np.array_equal(ds.link_rate.values[:, 0] > 0.0, inside)
    assert ds.link_rate.attrs["units"] == "Mbit/s"
    assert ds.light_time.attrs["long_name"] == "One-way light time"


def test_an_orbiter_has_contacts_too() -> None:
    orbit = CATALOGUE.orbits["llo_100"]
    found = edges_of(contacts("llo_100", START, "2026-06-02", "earth", link=OPEN))
    seen = find_windows(~Occultation(target="earth"), orbit, START, "2026-06-02")
    agree(found, np.stack([(w[0], w[1]) for w in seen]))
    assert len(found) == pytest.approx(24 / 1.96, abs=2)


def test_a_trajectory_of_ones_own_is_a_relay() -> None:
    own = trajectory_of("llo_100", "2026-05-31", "2026-06-03")
    table = contacts(RIDGE, START, "2026-06-02", own, **BARE)
    assert len(table) >= 11
    assert set(table.link) == {own.name}


def test_a_radio_makes_the_rate_depend_on_the_distance() -> None:
    weak = {"id": "x", "band": "X", "power": "50 mW", "gain": "2 dBi"}
    link = Link(rate="100 Mbit/s", radios=[weak], elevation_mask="0 deg")
    ds = link_rates(
        RIDGE,
        np.array(["2026-06-01T04:00", "2026-06-01T08:00"], "datetime64[us]"),
        "queqiao2_relay",
        terrain="none",
        link=link,
        span=(START, END),
    )
    near, far = ds.link_rate.values[:, 0]
    assert 0.0 < min(near, far) < 5.0
    assert near != far
    assert ds.link_margin.values == pytest.approx(3.0)  # the margin that the radio keeps
    (route,) = routes(RIDGE, "queqiao2_relay", START, END, terrain="none", link=link)
    assert route.rate(ds.time.values) == pytest.approx([near, far])
    assert np.all(route.clearance(ds.time.values) > 0.0)


def test_the_shipped_station_speaks_to_china_and_to_its_relay() -> None:
    station = CATALOGUE.stations["connecting_ridge_station"]
    table = contacts(station, "2026-06-10", "2026-06-12", ["kashi", "queqiao2_relay"], terrain="none")
    assert set(table.link) == {"kashi", "queqiao2_relay"}
    assert table.max_rate.max() == 0.555


def test_range_and_light_time_are_those_of_the_sky() -> None:
    epochs = np.datetime64(START, "us") + np.arange(0, 72, 7) * np.timedelta64(1, "h")
    ds = link_rates(NEAR, epochs, ["kashi", "queqiao2"], span=(START, END), **BARE)
    seen = observe(NEAR, epochs, ["kashi", "queqiao2"])
    assert ds.link_range.values == pytest.approx(seen["range"].values, abs=1e-6)
    assert ds.elevation.values == pytest.approx(seen.elevation.values, abs=1e-9)
    assert ds.light_time.values == pytest.approx(seen["range"].values / 299_792.458, abs=1e-12)


def test_contacts_become_windows_and_a_calendar() -> None:
    table = contacts(NEAR, START, END, "kashi", **BARE)
    windows = Windows.from_frame(table, (START, END))
    assert len(windows) == len(table)
    assert "BEGIN:VEVENT" in windows.to_icalendar("Kashi")


def test_the_volume_is_the_integral_of_the_rate() -> None:
    weak = {"id": "x", "band": "X", "power": "50 mW", "gain": "2 dBi"}
    link = Link(rate="100 Mbit/s", radios=[weak], elevation_mask="0 deg")
    table = contacts(RIDGE, START, "2026-06-02", "queqiao2_relay", terrain="none", link=link)
    (route,) = routes(RIDGE, "queqiao2_relay", START, "2026-06-02", terrain="none", link=link)
    for row in table.itertuples():
        times = np.arange(row.start, row.end, np.timedelta64(5, "s"), "datetime64[us]")
        assert row.volume == pytest.approx(5.0 * route.rate(times).sum(), rel=2e-3)
        assert row.mean_rate <= row.max_rate
