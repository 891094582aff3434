"""Reference systems as CF netCDF files give them: a grid mapping, or text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xarray as xr

from ilrs_science.environment.terrain.raster_file import parameters_of

__all__ = ["crs_of"]

_TEXTS = ("crs_wkt", "spatial_ref", "proj4", "proj4_params", "proj4text")
_PROJECTIONS = {
    "latitude_longitude": "longlat",
    "polar_stereographic": "stere",
    "stereographic": "stere",
    "equirectangular": "eqc",
}
_PARAMETERS = {
    "earth_radius": "R",
    "semi_major_axis": "a",
    "semi_minor_axis": "b",
    "straight_vertical_longitude_from_pole": "lon_0",
    "longitude_of_central_meridian": "lon_0",
    "longitude_of_projection_origin": "lon_0",
    "latitude_of_projection_origin": "lat_0",
    "standard_parallel": "lat_ts",
    "scale_factor_at_projection_origin": "k",
    "false_easting": "x_0",
    "false_northing": "y_0",
    "longitude_of_prime_meridian": "pm",
}


def crs_of(path: Path, dataset: xr.Dataset, variable: xr.DataArray) -> dict[str, object] | None:
    """Find the reference system of a variable.

    Parameters
    ----------
    path : Path
        The file, for messages.
    dataset : Dataset
        All of the file.
    variable : DataArray
        The heights.

    Returns
    -------
    dict or None
        Parameters of PROJ by name, from the grid mapping of CF or from the text in an attribute ``crs``; None if there
        is neither.
    """
    name = (
        str(variable.encoding.get("grid_mapping", variable.attrs.get("grid_mapping", "")))
        .split(":")[0]
        .strip()
    )
    mapping = dict(dataset[name].attrs) if name in dataset.variables else {}
    for text in [mapping.get(key) for key in _TEXTS] + [variable.attrs.get("crs"), dataset.attrs.get("crs")]:
        if text:
            return parameters_of(path, str(text))
    return _from_attributes(mapping)


def _from_attributes(mapping: Mapping[object, object]) -> dict[str, object] | None:
    kind = mapping.get("grid_mapping_name")
    if kind is None:
        return None
    found: dict[str, object] = {"proj": _PROJECTIONS.get(str(kind), str(kind))}
    found |= {ours: mapping[name] for name, ours in _PARAMETERS.items() if name in mapping}
    flattening = float(str(mapping.get("inverse_flattening", 0.0)))
    if flattening and "b" not in found and "a" in found:
        found["b"] = float(str(found["a"])) * (1.0 - 1.0 / flattening)
    if found["proj"] == "longlat":
        found.pop("lon_0", None)
    return found
