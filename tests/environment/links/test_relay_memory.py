"""A relay that stores: nothing is made or forgotten on the way, and more arrives than through it at once."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links import contacts, relay_delivery, routes, store_and_forward
from ilrs_science.environment.links.route import Route
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

CATALOGUE = load_catalogue()
FAR_SIDE = SurfacePlace(-45.44, 177.6)  # Chang'e-4
SPAN = ("2026-06-01", "2026-06-04")
SECONDS = 3 * 86_400.0
LINK = Link(rate="5 Mbit/s", elevation_mask="0 deg")


def route(relaying: str = "stored", link: Link | None = LINK, via: str = "queqiao2_relay") -> Route:
    (found,) = routes(FAR_SIDE, via, *SPAN, link=link, terrain="none", mast="0 m", relaying=relaying)  # type: ignore[arg-type]
    return found


def test_no_bit_is_made_or_forgotten_between_the_far_side_and_the_earth() -> None:
    ds = relay_delivery(route(), 0.5, *SPAN, step="10 min")
    made = 0.5 * (ds.time.values - ds.time.values[0]) / np.timedelta64(1, "s")
    there = ds.storage_level + ds.relay_level + ds.delivered_volume + ds.lost_volume
    assert there.values == pytest.approx(made, abs=1e-3)
    assert float(ds.delivered_volume[-1]) > 0.6 * 0.5 * SECONDS
    assert float(ds.lost_volume[-1]) == 0.0


def test_a_memory_on_board_delivers_what_a_bent_pipe_cannot() -> None:
    busy = 5.0  # as much as the link takes
    stored = float(relay_delivery(route(), busy, *SPAN, step="10 min").delivered_volume[-1])
    table = contacts(FAR_SIDE, *SPAN, "queqiao2_relay", link=LINK, terrain="none", mast="0 m")
    through = float(store_and_forward(busy, table, *SPAN).delivered_volume[-1])
    assert stored > through > 0.0


def test_small_memories_lose_what_finds_no_room() -> None:
    ds = relay_delivery(route(), 1.0, *SPAN, capacity=1000.0, relay_capacity=2000.0, step="10 min")
    assert float(ds.storage_level.max()) <= 1000.0
    assert float(ds.relay_level.max()) <= 2000.0
    assert float(ds.lost_volume[-1]) > 0.0
    assert ds.relay_level.attrs["units"] == "Mbit"


def test_a_direct_route_has_one_memory_and_agrees_with_its_contacts() -> None:
    near = SurfacePlace(20.0, 10.0)
    (found,) = routes(near, "kashi", *SPAN, link=LINK, terrain="none")
    one = relay_delivery(found, 1.0, *SPAN, step="1 h")
    table = contacts(near, *SPAN, "kashi", link=LINK, terrain="none")
    two = store_and_forward(1.0, table, *SPAN)
    assert float(one.relay_level.max()) == 0.0
    assert float(one.delivered_volume[-1]) == pytest.approx(float(two.delivered_volume[-1]), abs=1e-3)


def test_what_is_not_known_is_said() -> None:
    with pytest.raises(RequestError, match="no rate is known along queqiao2_relay"):
        relay_delivery(route(link=None), 1.0, *SPAN, step="1 h")
    with pytest.raises(RequestError, match="no rate is known along llo_100"):
        relay_delivery(route(via="llo_100"), 1.0, *SPAN, step="1 h")
    with pytest.raises(RequestError, match="step of '0 s'"):
        relay_delivery(route(), 1.0, *SPAN, step="0 s")
