"""Partners: what cannot be a link is one clear line that says why."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.table import contacts, link_rates
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnknownNameError
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace

CATALOGUE = load_catalogue()
STATION = CATALOGUE.stations["connecting_ridge_station"]
SPAN = ("2026-06-01", "2026-06-02")
HERE = SurfacePlace(-89.0, 0.0)
SENDER = {"id": "r", "power": "1 W", "gain": "3 dBi"}


def link(*bands: str) -> Link:
    return Link(rate="1 Mbit/s", radios=[{**SENDER, "id": band.lower(), "band": band} for band in bands])


def refused(partner: object, error: type[Exception], place: object = STATION, **options: object) -> str:
    with pytest.raises(error) as caught:
        routes(place, partner, *SPAN, terrain="none", **options)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_unknown_name_lists_the_nearest() -> None:
    assert "unknown ground station, relay or orbit 'jiamusy'; did you mean jiamusi" in refused(
        "jiamusy", UnknownNameError
    )
    assert "did you mean queqiao2_relay" in refused("queqiao2_rely", UnknownNameError)
    assert "unknown site, station or orbit 'malaprt'; did you mean malapert" in refused(
        "jiamusi", UnknownNameError, "malaprt"
    )
    assert "did you mean stored" in refused("jiamusi", UnknownNameError, relaying="store")


def test_a_relay_without_an_orbit_in_the_span_says_what_is_covered() -> None:
    own = trajectory_of("queqiao2", "2026-05-01", "2026-05-02")
    message = refused(own, CoverageError)
    assert "has no orbit for all of 2026-06-01T00:00:00Z to 2026-06-02T00:00:00Z" in message
    assert "covers 2026-05-01T00:00:00Z to 2026-05-02T00:00:00Z" in message
    half = trajectory_of("queqiao2", "2026-05-31", "2026-06-01T12:00")
    assert "give a longer trajectory" in refused(half, CoverageError)


@pytest.mark.parametrize("partner", ["kashi", "queqiao2_relay", "earth"])
def test_a_span_beyond_the_kernels_says_what_they_cover(partner: str) -> None:
    with pytest.raises(CoverageError, match="kernels cover 1900-01-02 to 2050-12-30, not 2060-01-01"):
        contacts(HERE, "2060-01-01", "2060-01-02", partner, terrain="none")


def test_an_orbit_that_leaves_the_moon_says_when() -> None:
    with pytest.raises(RequestError, match="leaves the Moon: on 2026-07-05"):
        contacts(HERE, "2027-06-01", "2027-06-02", "nrho_9_2", terrain="none")


def test_an_orbit_that_ends_on_the_ground_says_when() -> None:
    low = CATALOGUE.orbits["llo_50"].replace(perilune_height="1 km", apolune_height="2 km")
    with pytest.raises(RequestError, match="hits the Moon"):
        routes(HERE, low, "2026-06-01", "2026-07-01", terrain="none")


def test_a_station_out_of_use_is_not_counted_on() -> None:
    message = refused("yevpatoria", RequestError)
    assert message.startswith("ground station yevpatoria is out of use")
    assert "choose another, or change its access" in message


@pytest.mark.parametrize("radio", [link("S"), Link(rate="1 Mbit/s")])
def test_a_laser_station_hears_no_radio(radio: Link) -> None:
    assert "llr_grasse works with light" in refused("llr_grasse", RequestError, HERE, link=radio)


def test_both_ends_need_a_band_in_common() -> None:
    message = refused("qingdao18", RequestError, HERE, link=link("X", "Ka"))
    assert message == (
        "the place sends in X, Ka band, but ground station qingdao18 hears in S band: "
        "give both ends a radio in one band"
    )
    assert "relay queqiao2_relay hears in X, P band" in refused(
        "queqiao2_relay", RequestError, HERE, link=link("S")
    )
    assert (
        "station ilrs_orbital_station sends in Ka band, but relay queqiao2_relay hears in X, P band"
        in refused("queqiao2_relay", RequestError, "ilrs_orbital_station")
    )
    assert "in bands that are not known" in refused("svetloe", RequestError, HERE, link=link("X"))
    relay = CATALOGUE.relays["queqiao2_relay"].replace(ground_stations=["pushchino"])
    assert "relay queqiao2_relay sends in Ka, S band, but ground station pushchino" in refused(
        relay, RequestError
    )


def test_of_two_bands_the_one_that_carries_more_is_taken() -> None:
    strong = Link(
        rate="1 Gbit/s",
        radios=[
            {"id": "s", "band": "S", "power": "1 W", "gain": "0 dBi"},
            {"id": "x", "band": "X", "power": "1 W", "gain": "30 dBi"},
        ],
    )
    place, when = SurfacePlace(20.0, 10.0), np.array(["2026-06-01T20:00"], "datetime64[us]")
    both, s, x = (
        float(link_rates(place, when, "kashi", terrain="none", link=one).link_rate[0, 0])
        for one in (
            strong,
            strong.replace(radios=strong.radios[:1]),
            strong.replace(radios=strong.radios[1:]),
        )
    )
    assert both == max(s, x) == x > s > 0.0


def test_without_a_link_only_visibility_is_known() -> None:
    table = contacts(SurfacePlace(20.0, 10.0), *SPAN, "kashi", terrain="none")
    assert len(table) == 1
    assert table.volume.isna().all()
    assert table.duration.min() > 7 * 3600.0


def test_a_fixed_rate_is_not_larger_than_the_station_takes() -> None:
    fast = Link(rate="1 Gbit/s")
    table = contacts(SurfacePlace(20.0, 10.0), *SPAN, "kashi", terrain="none", link=fast)
    assert table.max_rate.max() == CATALOGUE.ground_stations["kashi"].data_rate == 10.0


def test_nobody_and_nothing_are_refused() -> None:
    assert "via names nobody" in refused([], RequestError)
    assert "hears nobody" in refused([3.0], RequestError)
    with pytest.raises(EpochError, match="no epochs"):
        link_rates(HERE, np.array([], "datetime64[us]"), "kashi")
