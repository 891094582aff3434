"""The map of the Moon in four discs: each place where it belongs, with its id, and no two names over each other."""

from __future__ import annotations

import itertools

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.figures.moon_discs import _roomy, moon_discs

SITES = load_catalogue().sites
SPOTS = {key: (one.label, one.latitude, one.longitude) for key, one in SITES.items()}


def points(drawn, number: int) -> dict[str, dict[str, object]]:
    """What a disc shows, by id."""
    trace = drawn.data[2 * number + 1]
    return {
        entry[0]: {
            "text": trace.text[i],
            "symbol": trace.marker.symbol[i],
            "opacity": trace.marker.opacity[i],
        }
        for i, entry in enumerate(trace.customdata)
    }


@pytest.fixture(scope="module")
def drawn():
    return moon_discs(SPOTS, chosen="shackleton", fitting=["tycho", "shackleton"])


def test_every_site_is_on_the_near_or_the_far_side(drawn) -> None:
    near, far = points(drawn, 0), points(drawn, 1)
    assert near.keys() | far.keys() == set(SITES)
    assert not near.keys() & far.keys()
    assert "tranquillity_base" in near
    assert "von_karman" in far


def test_the_poles_show_what_lies_within_fifteen_degrees(drawn) -> None:
    assert points(drawn, 2).keys() == {key for key, one in SITES.items() if one.latitude <= -75}
    assert points(drawn, 3).keys() == {key for key, one in SITES.items() if one.latitude >= 75}


def test_the_chosen_one_is_a_star_with_its_name_on_top(drawn) -> None:
    south = points(drawn, 2)
    assert south["shackleton"]["symbol"] == "star"
    assert "Shackleton" in south["shackleton"]["text"]
    assert [*south][-1] == "shackleton", "drawn last"
    assert [one["symbol"] for one in south.values()].count("star") == 1


def test_those_that_do_not_fit_stand_back_without_a_name(drawn) -> None:
    near = points(drawn, 0)
    assert near["tycho"]["opacity"] == 1.0
    assert near["copernicus"]["opacity"] < 0.5
    assert near["copernicus"]["text"] == ""


def test_without_a_choice_all_fit() -> None:
    free = moon_discs(SPOTS)
    assert all(one["opacity"] == 1.0 for number in range(4) for one in points(free, number).values())


def test_names_keep_off_each_other() -> None:
    crowd = {"a": (0.0, 0.0), "b": (0.01, 0.01), "c": (0.0, 0.5)}
    assert _roomy(crowd, 1.0) == {"a", "c"}
    assert _roomy({"b": crowd["b"], "a": crowd["a"]}, 1.0) == {"b"}, "the first one wins"


def test_a_small_screen_has_the_discs_below_each_other(drawn) -> None:
    narrow = drawn.layout.meta["narrow"]
    domains = [narrow[f"yaxis{end}"]["domain"] for end in ("", "2", "3", "4")]
    assert all(narrow[f"xaxis{end}"]["domain"] == [0.0, 1.0] for end in ("", "2", "3", "4"))
    assert all(upper[0] > lower[1] for upper, lower in itertools.pairwise(domains))


def test_each_disc_has_its_relief_and_its_name(drawn) -> None:
    assert len(drawn.layout.images) == 4
    assert len({image.source for image in drawn.layout.images}) == 4
    assert drawn.layout.xaxis.title.text == "Near side"
    assert drawn.layout.xaxis3.title.text.startswith("South pole")
