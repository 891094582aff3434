"""Links against SPICE with the same series: edges of contacts, ranges and light times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.radio import Link
from ilrs_science.environment.links import contacts, link_rates
from tests.oracles import spice
from tests.oracles.flights import SITES, SPANS, code, confine, world

STEPS = {"low": 60.0, "relay": 300.0, "halo": 3600.0}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    with world(tmp_path_factory.mktemp("links")) as catalogue:
        yield catalogue


def options(mask: float, known: Catalogue) -> dict[str, object]:
    link = Link(rate="1 Mbit/s", elevation_mask=f"{mask} deg")
    return {"link": link, "terrain": "none", "mast": "0 m", "catalogue": known}


@pytest.mark.parametrize(
    ("orbiter", "span", "site", "mask"),
    [
        ("llo_100", "low", "ridge", 0.0),
        ("llo_100", "low", "far_side", 10.0),
        ("queqiao2", "relay", "ridge", 10.0),
        ("queqiao2", "relay", "far_side", 20.0),
        ("nrho_9_2", "halo", "ridge", 30.0),
    ],
)
def test_a_contact_with_an_orbiter_begins_and_ends_when_gfposc_says_so(
    orbiter: str, span: str, site: str, mask: float, known: Catalogue
) -> None:
    expected = spice.pairs(
        spice.elevation_windows(
            code(orbiter, span), int(code(site)), ">", mask, confine(span), STEPS[span], "LT+S"
        )
    )
    table = contacts(SITES[site], *SPANS[span], orbiter, **options(mask, known))
    found = np.stack([spice.et(table[name].to_numpy()) for name in ("start", "end")], axis=1)
    assert found.shape == expected.shape
    assert len(found) > 0
    assert np.abs(found - expected).max() < 1e-3


@pytest.mark.parametrize(
    ("target", "span", "site"),
    [
        ("jiamusi", "halo", "near"),
        ("neuquen", "halo", "ridge"),
        ("queqiao2", "relay", "ridge"),
        ("llo_100", "low", "near"),
    ],
)
def test_range_and_light_time_are_those_of_spkpos(
    target: str, span: str, site: str, known: Catalogue
) -> None:
    first, last = np.array(SPANS[span], "datetime64[us]")
    times = first + (np.linspace(0.1, 0.9, 7) * ((last - first) / np.timedelta64(1, "us"))).astype(
        "timedelta64[us]"
    )
    ds = link_rates(SITES[site], times, target, span=SPANS[span], **options(-90.0, known))
    for index, et in enumerate(spice.et(times)):
        place, light_time = spiceypy.spkpos(code(target, span), float(et), "J2000", "LT+S", code(site))
        assert float(ds.link_range[index, 0]) == pytest.approx(np.linalg.norm(place), abs=1e-4)
        assert float(ds.light_time[index, 0]) == pytest.approx(light_time, abs=1e-9)
