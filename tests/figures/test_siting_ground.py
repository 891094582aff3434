"""The map of candidates, by its data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.figures import siting_map
from tests.studies.siting.sited import appraisal, trade

CATALOGUE = load_catalogue()


def test_from_above_the_pole_distance_is_colatitude_and_longitude_turns_from_the_top() -> None:
    points = siting_map(trade(), CATALOGUE).data[-1]
    assert list(points.ids) == ["connecting_ridge", "von_karman_plain"]
    for x, y, name in zip(points.x, points.y, points.ids, strict=True):
        site = CATALOGUE.sites[name]
        assert np.hypot(x, y) == pytest.approx(90.0 + site.latitude, abs=1e-3)
        turned = np.degrees(np.arctan2(x, y)) - site.longitude
        assert (turned + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=0.01)
    assert list(points.marker.color) == [50.0, 10.0]
    assert "with ilrs_llo_staging: value 50, launch mass 5700 kg" in points.hovertext[0]


def test_candidates_of_both_hemispheres_are_on_a_map_of_the_whole_moon() -> None:
    north = replace(appraisal("connecting_ridge"), candidate="aristarchus")
    found = trade()
    figure = siting_map(replace(found, appraisals={"base": (*found.base, north)}), CATALOGUE)
    assert tuple(figure.layout.xaxis.range) == (-180, 180)
    site = CATALOGUE.sites["aristarchus"]
    assert figure.data[0].y[-1] == pytest.approx(site.latitude)
    assert -180 <= figure.data[0].x[-1] <= 180


def test_where_all_is_in_orbit_it_says_so() -> None:
    figure = siting_map(trade("ilrs_llo_staging"), CATALOGUE)
    assert "in orbit" in figure.layout.annotations[0].text
