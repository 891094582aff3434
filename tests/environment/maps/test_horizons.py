"""Horizon map: what is in it, who computes it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.environment.maps.horizons import View, horizon_map
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import RequestError
from tests.environment.maps.ground import polar, stack

AREA = "-89.45,222.69,60 km"
QUICK = {"azimuth_step": 15.0}


def test_a_map_has_the_pixels_and_coordinates_of_its_grid() -> None:
    found = horizon_map("auto", AREA, **QUICK)
    dem = shipped_terrain().dems[0]
    assert found.horizon_elevation.dims == ("y", "x", "azimuth")
    assert found.horizon_elevation.dtype == np.float32
    assert found.sizes == {"y": 38, "x": 38, "azimuth": 24}
    assert set(np.diff(found.x.values)) == {dem.dx}
    assert set(np.diff(found.y.values)) == {dem.dy}
    heights = dem.height(found.latitude.values, found.longitude.values)
    i = round((float(found.y[0]) - dem.y0) / dem.dy)
    j = round((float(found.x[0]) - dem.x0) / dem.dx)
    assert np.allclose(heights, dem.heights[i : i + 38, j : j + 38], atol=0.01)


def test_a_map_says_what_it_depends_on_in_the_manner_of_cf() -> None:
    found = horizon_map("auto", AREA, mast="10 m", **QUICK)
    assert found.horizon_elevation.attrs["grid_mapping"] == "crs"
    assert found.horizon_elevation.attrs["units"] == "degree"
    assert found.crs.attrs["grid_mapping_name"] == "polar_stereographic"
    assert found.crs.attrs["latitude_of_projection_origin"] == -90.0
    assert found.attrs["ground_dem"] == "lola_south_1600m.tif"
    assert found.attrs["mast_m"] == 10.0
    assert found.attrs["range_km"] == 300.0
    assert len(found.attrs["inputs_digest"]) == 64


def test_without_a_scheduler_the_map_is_chunked_and_waits() -> None:
    lazy = horizon_map("auto", AREA, scheduler=None, **QUICK)
    assert lazy.horizon_elevation.chunks == ((32, 6), (32, 6), (24,))
    computed = horizon_map("auto", AREA, **QUICK)
    assert np.array_equal(lazy.horizon_elevation.values, computed.horizon_elevation.values)
    assert lazy.attrs == computed.attrs


def test_a_higher_mast_sees_farther_down() -> None:
    low, high = (horizon_map("auto", AREA, mast=mast, **QUICK).horizon_elevation for mast in ("0 m", "50 m"))
    # Steps are finer around the best sample, and that may be another: a few skylines seem to rise a little.
    assert float((high - low).quantile(0.99)) <= 0.0
    assert float((high - low).max()) < 0.25
    assert float((high - low).mean()) < -0.3


def test_progress_counts_the_tiles() -> None:
    told: list[tuple[int, int]] = []
    horizon_map("auto", AREA, progress=lambda done, total: told.append((done, total)), **QUICK)
    assert told[0] == (0, 4)
    assert sorted(told) == [(done, 4) for done in range(5)]


def test_other_inputs_have_another_digest() -> None:
    def digest(area: str = AREA, **options: object) -> str:
        lazy: xr.Dataset = horizon_map(
            options.pop("terrain", "auto"), area, scheduler=None, **QUICK | options
        )
        return lazy.attrs["inputs_digest"]

    bumpy = stack(polar(lambda x, y: 0 * x, pixels=101))
    digests = [
        digest(),
        digest(mast=3.0),
        digest(azimuth_step=30.0),
        digest(reach="250 km"),
        digest(terrain=bumpy),
    ]
    assert len({*digests, digest("-89.45,222.69,64 km")}) == 6
    assert digest() == digest()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"azimuth_step": 0.7}, "does not divide 360"),
        ({"azimuth_step": 0.0}, "does not divide 360"),
        ({"mast": "-1 m"}, "below the ground"),
        ({"reach": "100 km"}, "200 km to 1000 km"),
        ({"scheduler": "fog"}, "scheduler 'fog' is unknown"),
        ({"scheduler": "tcp://127.0.0.1:9"}, "no dask scheduler answers"),
        ({"output": "map.tif"}, r"end it in \.zarr or \.nc"),
        ({"output": "map.zarr", "scheduler": None}, "name a scheduler"),
        ({"terrain": "none"}, "a map needs terrain"),
    ],
)
def test_a_wrong_request_is_refused_with_the_reason(
    options: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from ilrs_science.environment.maps import workers

    monkeypatch.setattr(workers, "TIMEOUT", "0.5s")
    with pytest.raises(RequestError, match=said):
        horizon_map(options.pop("terrain", "auto"), AREA, **QUICK | options)


def test_a_map_too_large_for_memory_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(RequestError, match=r"takes 8\.4 GB in memory; write it to a folder"):
        horizon_map("auto", "all", azimuth_step=0.1)


def test_a_view_reads_lengths_with_their_units() -> None:
    view = View.of(0.5, "2 m", "0.3e3 km")
    assert (view.azimuths, view.mast, view.reach) == (720, 2.0, 300e3)
