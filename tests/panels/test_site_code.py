"""The lines of Python compute what the panel shows, and read as a person would write them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ilrs_science as ilrs
from ilrs_science.panels.site_code import code_of
from ilrs_science.panels.site_model import OWN, SiteModel


def test_a_site_and_its_light() -> None:
    assert SiteModel(what="light", days=30).code().splitlines() == [
        "import ilrs_science as ilrs",
        "from ilrs_science import figures",
        "",
        'place = ilrs.load_catalogue().sites["connecting_ridge"]',
        'start, end, month_end = "2031-01-01", "2031-01-31", "2031-01-31"',
        'terrain, mast = "auto", "10 m"',
        "env = ilrs.environment(place, start, end, terrain=terrain, mast=mast)",
        "light = ilrs.illumination_statistics(place, start, end, terrain=terrain, mast=mast)",
        "skyline = ilrs.horizon(place, ilrs.terrain_of(terrain), mast=mast)",
        "figures.panorama(skyline, env)",
        "figures.year_strip(env)",
    ]


def test_a_place_of_ones_own_keeps_its_digits() -> None:
    lines = SiteModel(place=OWN, latitude=-0.123456789, longitude=1e-9).code()
    assert "place = ilrs.Site(latitude=-0.123456789, longitude=1e-09)" in lines


@pytest.mark.parametrize(
    ("terrain", "text"),
    [("auto", '"auto"'), (Path("a.tif"), '"a.tif"'), (["a.tif", "b.tif"], '["a.tif", "b.tif"]')],
)
def test_terrain_is_named_as_it_was_given(terrain: Any, text: str) -> None:
    assert f'terrain, mast = {text}, "10 m"' in SiteModel(terrain=terrain).code()


def test_grids_in_memory_are_called_terrain() -> None:
    assert "terrain, mast = terrain" in SiteModel(terrain=ilrs.terrain_of("auto")).code()


@pytest.mark.parametrize("what", ["temperature", "station", "light"])
@pytest.mark.parametrize("place", ["connecting_ridge_station", OWN])
def test_the_lines_run_and_give_the_same_light(place: str, what: str) -> None:
    scope: dict[str, Any] = {}
    exec(SiteModel(place=place, what=what, days=30, partners=("jiamusi",)).code(), scope)
    assert 0.0 < scope["light"].mean_fraction < 1.0
    assert ("ground" in scope) == (what == "temperature")
    assert ("heard" in scope) == (what == "station" and place != OWN)


def test_a_station_without_an_array_gets_no_battery_curve() -> None:
    model = SiteModel(place="connecting_ridge_station", what="station")
    assert "battery_curve" in model.code()
    bare = model.choices.station.model_copy(update={"array": None, "more_arrays": ()})
    lines = code_of(replace(model.choices, station=bare))
    assert "battery_curve" not in lines
    assert "ilrs.contacts(station" in lines
