"""Permanent shadow: from grids that are fine enough, and refused from others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.maps.shadow import COARSEST_M, DEFINITION, SPAN, permanently_shadowed
from ilrs_science.errors import RequestError
from tests.environment.maps.ground import polar, stack


@pytest.mark.parametrize("area", ["all", "-89.45,222.69,10 km", "lola_north_1600m.tif", "10,20,100 km"])
def test_the_shipped_grids_are_refused_with_the_reason(area: str) -> None:
    with pytest.raises(RequestError) as refused:
        permanently_shadowed("auto", area)
    said = str(refused.value)
    assert "it takes 240 m or less" in said
    # Mazarico et al. 2011, table 2.
    assert "24 to 46 % below the published 16055 km2 in the south and 12866 km2 in the north" in said
    assert "Give a finer grid as terrain" in said


def test_the_years_are_a_whole_precession_of_the_nodes() -> None:
    days = (np.datetime64(SPAN[1]) - np.datetime64(SPAN[0])) / np.timedelta64(1, "D")
    assert days > 18.6 * 365.25
    assert "one precession of the nodes" in DEFINITION


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A flat floor 1 km across, 500 m deep, walls of 45 deg, in level ground."""
    return np.clip(np.hypot(x, y) - 1000.0, -500.0, 0.0)


def test_the_floor_of_a_deep_crater_at_the_pole_is_dark_and_its_rim_is_not(tmp_path: Path) -> None:
    dem = polar(bowl, pixels=41, cell=100.0)
    found = permanently_shadowed(stack(dem), "all", azimuth_step=5.0, output=tmp_path / "psr.zarr")
    dark = found.permanent_shadow.values
    assert dark[20, 20] == 1.0
    assert dark[0, 0] == 0.0
    x, y = np.meshgrid(found.x.values, found.y.values)
    # The Sun rises to 1.54 + 0.27 deg: at the rim the shadow begins within 60 m below the edge.
    assert (dark[np.hypot(x, y) < 850.0] == 1.0).all()
    assert (dark[np.hypot(x, y) > 1100.0] == 0.0).all()
    assert found.attrs["area_km2"] == pytest.approx(dark.sum() * 0.01, rel=1e-3)
    assert found.attrs["definition"] == DEFINITION


def test_at_the_limit_of_the_cell_an_answer_is_given() -> None:
    assert COARSEST_M == 240.0
    fine, coarse = (
        polar(lambda x, y: 0 * x, cell=240.0, pixels=9),
        polar(lambda x, y: 0 * x, cell=240.1, pixels=9),
    )
    assert permanently_shadowed(stack(fine), "all", azimuth_step=30.0).attrs["area_km2"] == 0.0
    with pytest.raises(RequestError, match="no statement on permanent shadow"):
        permanently_shadowed(stack(coarse), "all")
