"""Plan of a map: what is computed for each tile, before anything is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.environment.maps.area import Tile, area_of
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.terrain.stack import TerrainStack
from tests.environment.maps.ground import polar, stack


def rows_and_columns(terrain: TerrainStack, tile: Tile, add: float, *given: Any) -> Mapping[str, np.ndarray]:
    """A block that tells which pixels it was asked for, and hands back what it was given."""
    row, column = np.mgrid[tile.slices]
    value = row * 1000.0 + column + add
    return {"slope": (value + (given[0] if given else 0.0)).astype(np.float32)}


def plan(**more: Any) -> MapPlan:
    terrain = stack(polar(lambda x, y: 0 * x, pixels=101))
    options = {"inputs": (0.0,), "attrs": {"title": "t"}} | more
    return MapPlan(
        terrain,
        area_of(terrain, "-90,0,70 km"),
        rows_and_columns,
        variables={"slope": ((), "float32")},
        **options,
    )


def test_tiles_come_together_where_they_belong() -> None:
    one = plan()
    found = one.lazy().compute(scheduler="synchronous")
    row, column = np.mgrid[one.area.slices]
    assert np.array_equal(found.slope.values, row * 1000.0 + column)
    assert len(one.tiles) == 3


def test_a_block_may_be_given_its_part_of_another_map() -> None:
    row, column = np.mgrid[plan().area.slices]
    other = xr.DataArray(np.asarray(-row * 1000.0 - column), dims=("y", "x"))
    for given in (other, other.chunk({"y": 10, "x": 50})):
        found = plan(given=given).lazy().compute(scheduler="synchronous")
        assert np.array_equal(found.slope.values, np.zeros((70, 70)))


def test_the_digest_tells_inputs_apart() -> None:
    assert plan().digest == plan().digest
    assert plan(attrs={"title": "u"}).digest != plan().digest


def test_the_map_says_what_it_is() -> None:
    found = plan().lazy()
    assert found.attrs["dem"] == "polar, level"
    assert found.attrs["ground_dem"] == "polar"
    assert found.attrs["title"] == "t"
    assert found.attrs["inputs_digest"] == plan().digest
    assert found.slope.attrs == {"long_name": "Slope of the ground", "units": "degree", "grid_mapping": "crs"}
