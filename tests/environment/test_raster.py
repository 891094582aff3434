"""What a raster's reference system and band must say to serve as a grid of heights."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasterio.crs import CRS

from ilrs_science.environment.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.raster import LARGEST_PIXELS, heights_of, projection_of
from ilrs_science.errors import RequestError

FILE = Path("some_dem.tif")


def projected(text: str) -> Any:
    return projection_of(FILE, SimpleNamespace(crs=CRS.from_user_input(text)))


def band(values: np.ndarray, **changes: Any) -> Any:
    """A dataset as rasterio gives it."""
    masked = np.ma.masked_invalid(values) if values.dtype.kind == "f" else np.ma.asarray(values)
    facts = {
        "count": 1,
        "height": values.shape[0],
        "width": values.shape[1],
        "units": (None,),
        "dtypes": (str(values.dtype),),
        "scales": (1.0,),
        "offsets": (0.0,),
        "read": lambda index, masked: masked_values,
    }
    masked_values = masked
    return SimpleNamespace(**facts | changes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # IAU 2015 codes of the Moon: geographic, polar stereographic north and south, equirectangular.
        ("IAU_2015:30100", GEOGRAPHIC),
        ("IAU_2015:30130", NORTH),
        ("IAU_2015:30135", SOUTH),
        ("IAU_2015:30110", GEOGRAPHIC),
    ],
)
def test_the_codes_of_the_iau_are_known(text: str, kind: int) -> None:
    assert projected(text).kind == kind


def test_scale_meridian_and_false_origin_are_kept() -> None:
    found = projected("+proj=stere +lat_0=90 +k=0.5 +lon_0=30 +x_0=1000 +y_0=-2000 +R=1737400 +units=km")
    assert (found.kind, found.metres, found.meridian) == (NORTH, 1000.0, 30.0)
    assert (found.east, found.north) == (1000.0, -2000.0)
    assert found.scale == pytest.approx(1_737_400.0)


def test_a_parallel_of_true_scale_is_a_scale_at_the_pole() -> None:
    # Snyder 1987 (USGS PP 1395): k0 = (1 + sin(lat_ts)) / 2 on the sphere.
    found = projected("+proj=stere +lat_0=-90 +lat_ts=-71 +R=1737400 +units=m")
    assert found.scale == pytest.approx(2 * 1_737_400.0 * (1 + np.sin(np.radians(71.0))) / 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EPSG:4326", "WGS84"),
        ("IAU_2015:49900", "3396190"),
        ("+proj=longlat +a=1738100 +b=1736000", "not on the Moon's sphere"),
        ("+proj=longlat +R=1737400 +pm=20", "projection 'longlat'"),
        ("+proj=eqc +R=1737400 +lat_ts=40", "true scale at the equator"),
        ("+proj=stere +lat_0=45 +R=1737400", "projection 'stere'"),
        ("+proj=sinu +R=1737400", "projection 'sinu'"),
    ],
)
def test_any_other_reference_system_is_refused(text: str, says: str) -> None:
    with pytest.raises(RequestError) as caught:
        projected(text)
    assert says in str(caught.value)
    assert "some_dem.tif" in str(caught.value)


def test_integers_become_metres_by_scale_and_offset() -> None:
    found = heights_of(FILE, band(np.array([[10, 20], [30, 40]], "int16"), scales=(0.5,), offsets=(100.0,)))
    assert found.dtype == np.float32
    assert found.tolist() == [[105.0, 110.0], [115.0, 120.0]]


def test_infinities_are_no_data() -> None:
    values = np.array([[1.0, np.inf], [np.nan, 4.0]])
    assert np.isnan(heights_of(FILE, band(values))).tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize("unit", ["m", "metre", "Meters"])
def test_spellings_of_metres_are_metres(unit: str) -> None:
    assert heights_of(FILE, band(np.full((2, 2), 5.0), units=(unit,)))[0, 0] == 5.0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"units": ("feet",)}, "feet"),
        ({"dtypes": ("complex64",)}, "complex64"),
        ({"count": 3}, "3 bands"),
        ({"width": LARGEST_PIXELS}, "too large"),
        ({"width": 1}, "at least 2 x 2"),
    ],
)
def test_a_band_that_is_no_height_grid_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RequestError) as caught:
        heights_of(FILE, band(np.zeros((2, 2)), **changes))
    assert says in str(caught.value)
