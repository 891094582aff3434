"""Files of heights, written as their makers write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import xarray as xr
from rasterio import Affine

from ilrs_science.environment.terrain.stack import shipped_terrain

RADIUS = 1_737_400.0
SOUTH = f"+proj=stere +lat_0=-90 +lon_0=0 +R={RADIUS:.0f} +units=m"
GEOGRAPHIC = f"+proj=longlat +R={RADIUS:.0f}"

LABEL = """PDS_VERSION_ID            = "PDS3"
PRODUCT_ID                = "LDEM_TEST"
DATA_SET_ID               = "LRO-L-LOLA-4-GDR-V1.0"
TARGET_NAME               = MOON
RECORD_TYPE               = FIXED_LENGTH
FILE_RECORDS              = {records}
RECORD_BYTES              = {record}
{attached}^IMAGE                    = {image}
OBJECT                    = IMAGE
  NAME                    = HEIGHT
  LINES                   = {rows}
  LINE_SAMPLES            = {columns}
  SAMPLE_TYPE             = {kind}
  SAMPLE_BITS             = {bits}
  UNIT                    = {unit}
  SCALING_FACTOR          = {scale}
  OFFSET                  = {offset}
END_OBJECT                = IMAGE
OBJECT                    = IMAGE_MAP_PROJECTION
  MAP_PROJECTION_TYPE          = "POLAR STEREOGRAPHIC"
  A_AXIS_RADIUS                = 1737.4 <KM>
  B_AXIS_RADIUS                = 1737.4 <KM>
  C_AXIS_RADIUS                = 1737.4 <KM>
  POSITIVE_LONGITUDE_DIRECTION = "EAST"
  CENTER_LATITUDE              = {latitude} <DEG>
  CENTER_LONGITUDE             = 0 <DEG>
  MAP_PROJECTION_ROTATION      = 0.0
  MAP_SCALE                    = {pixel} <METERS/PIXEL>
  MAXIMUM_LATITUDE             = -89.9 <DEGREE>
  MINIMUM_LATITUDE             = -90.0 <DEGREE>
  LINE_PROJECTION_OFFSET       = {middle_row} <PIXEL>
  SAMPLE_PROJECTION_OFFSET     = {middle_column} <PIXEL>
END_OBJECT                = IMAGE_MAP_PROJECTION
END
"""
"""As the labels of LOLA's polar grids (LRO-L-LOLA-4-GDR-V1.0) are, without what does not matter here."""


def write_tif(
    path: Path,
    values: np.ndarray,
    *,
    crs: str | None = SOUTH,
    corner: tuple[float, float] | None = None,
    pixel: float = 100.0,
    scale: float = 1.0,
    offset: float = 0.0,
    **profile: Any,
) -> Path:
    """A GeoTIFF, centred on the origin of its projection unless told otherwise."""
    rows, columns = values.shape
    west, north = corner or (-0.5 * pixel * columns, 0.5 * pixel * rows)
    transform = profile.pop("transform", Affine(pixel, 0.0, west, 0.0, -pixel, north))
    tags = profile.pop("tags", {})
    size = {"width": columns, "height": rows, "count": 1, "dtype": values.dtype}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **size, **profile) as dataset:
        dataset.write(values, 1)
        dataset.scales, dataset.offsets = (scale,), (offset,)
        dataset.update_tags(**tags)
    return path


def label(values: np.ndarray, name: str, **changes: Any) -> str:
    """The label of a south polar image of half metres."""
    rows, columns = values.shape
    width = values.dtype.itemsize
    facts = {
        "rows": rows,
        "columns": columns,
        "records": rows,
        "record": columns * width,
        "bits": 8 * width,
        "image": f'"{name}"',
        "kind": "PC_REAL" if values.dtype.kind == "f" else "LSB_INTEGER",
        "unit": "METER",
        "scale": 0.5,
        "offset": "1737400.",
        "latitude": -90.0,
        "pixel": 20,
        "middle_row": rows / 2 - 0.5,
        "middle_column": columns / 2 - 0.5,
        "attached": "",
    }
    return LABEL.format(**facts | changes).replace("\n", "\r\n")


def write_pds(folder: Path, values: np.ndarray, name: str = "LDEM_TEST", **changes: Any) -> tuple[Path, Path]:
    """An image and its detached label."""
    image, text = folder / f"{name}.IMG", folder / f"{name}.LBL"
    values.tofile(image)
    text.write_bytes(label(values, image.name, **changes).encode())
    return text, image


def write_attached(path: Path, values: np.ndarray, **changes: Any) -> Path:
    """An image after its own label, whole records long."""
    record = values.shape[1] * values.dtype.itemsize
    count = -(-len(label(values, path.name)) // record) + 2
    attached = f"LABEL_RECORDS             = {count}\r\n"
    records = values.shape[0] + count
    text = label(values, "", attached=attached, image=count + 1, records=records, **changes).encode()
    path.write_bytes(text.ljust(count * record) + values.tobytes())
    return path


def polar_netcdf(values: np.ndarray, *, pixel: float = 100.0, **names: Any) -> xr.Dataset:
    """A CF Dataset, south polar, rows from south to north as CF likes them."""
    rows, columns = values.shape
    x = (np.arange(columns) - 0.5 * (columns - 1)) * pixel
    y = (np.arange(rows) - 0.5 * (rows - 1)) * pixel
    mapping = {
        "grid_mapping_name": "polar_stereographic",
        "latitude_of_projection_origin": -90.0,
        "straight_vertical_longitude_from_pole": 0.0,
        "standard_parallel": -90.0,
        "earth_radius": RADIUS,
        "false_easting": 0.0,
        "false_northing": 0.0,
    }
    heights = (("y", "x"), values, {"units": "m", "grid_mapping": "polar"} | names)
    return xr.Dataset(
        {"elevation": heights, "polar": ((), 0, mapping)},
        {"x": ("x", x, {"units": "m"}), "y": ("y", y, {"units": "m"})},
    )


def moon_like(size: int, pixel: float) -> np.ndarray:
    """Heights that the shipped grid has on a square map around the south pole (Snyder 1987, eq. 20-14 to 20-18). [m]"""
    side = (np.arange(size) - 0.5 * (size - 1)) * pixel
    x, y = np.meshgrid(side, -side)
    latitude = -90.0 + np.degrees(2.0 * np.arctan(np.hypot(x, y) / (2.0 * RADIUS)))
    return shipped_terrain().height(latitude, np.degrees(np.arctan2(x, y))).astype("float32")
