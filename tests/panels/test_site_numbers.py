"""The numbers of a place in words."""

from __future__ import annotations

import pytest

import ilrs_science as ilrs
from ilrs_science.environment.statistics import Illumination
from ilrs_science.panels.site_model import OWN, SiteModel
from ilrs_science.panels.site_numbers import grid_words, sentence, spread_table


def light(**changes: object) -> Illumination:
    """Numbers of a ridge of which a neighbour lies in a hole."""
    numbers = {"mean_fraction": [0.41, 0.9228], "longest_dark_days": [2.4, 17.8]}
    made = {
        "mean_fraction": 0.9228, "lit_fraction": 0.955, "longest_dark_days": 2.417, "longest_lit_days": 262.0,
        "dem": "a.tif", "ground_dem": "a.tif", "mast_m": 10.0, "range_km": 300.0, "start": "2031-01-01T00:00:00Z",
        "end": "2032-01-01T00:00:00Z", "step_s": 3600.0, "definition": "",
        "spread": {"one_pixel": numbers, "half_and_double_mast": {}, "single_years": {}},
    } | changes  # fmt: skip
    return Illumination(**made)  # type: ignore[arg-type]


def test_the_sentence_tells_mean_spread_darkness_grid_and_mast() -> None:
    said = sentence(SiteModel(place="connecting_ridge_station").choices, light(), ilrs.terrain_of("auto"))
    assert said.startswith("ILRS pathfinder at Connecting Ridge, 2031-01-01 to 2032-01-01: ")
    assert said.endswith(
        "mean light 92.3 %, one pixel aside 41 to 92 %; longest dark 2.4 d; 1600 m grid, mast 10 m."
    )


@pytest.mark.parametrize(
    ("latitude", "words"),
    # the shipped grids: 1600 m around the poles, 0.25 deg elsewhere, which is 1737.4 km * pi / 720 = 7.58 km
    [(-89.0, "1600 m grid"), (89.0, "1600 m grid"), (10.0, "7.6 km grid")],
)
def test_the_grid_is_the_one_under_the_place(latitude: float, words: str) -> None:
    chosen = SiteModel(place=OWN, latitude=latitude, longitude=30.0).choices
    assert grid_words(chosen, ilrs.terrain_of("auto")) == words


def test_the_table_has_units_and_leaves_open_what_is_not_known() -> None:
    table = spread_table(light())
    assert "Mean light [%]" in table
    assert "Longest darkness [d]" in table
    assert "41.0 to 92.3" in table
    assert "2.4 to 17.8" in table
    assert '<td class="number"></td>' in table
