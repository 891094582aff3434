"""A Dataset over time as a command gives it: a netCDF file, every epoch, or what each variable spans."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
import xarray as xr

from ilrs_science.cli.common import emit, write_text
from ilrs_science.environment.files import write_netcdf
from ilrs_science.epochs import Epochs, format_epoch
from ilrs_science.errors import RequestError

__all__ = [
    "AROUND",
    "FORMS",
    "SPAN_COLUMNS",
    "form_of",
    "shares",
    "spans",
    "unit_of",
    "write_dataset",
    "write_epochs",
]

FORMS = ("netcdf", "table", "csv", "json")
"""Forms of a series."""

ENDINGS = {".nc": "netcdf", ".csv": "csv", ".json": "json"}
"""Form that the ending of a file asks for."""

SPAN_COLUMNS = ("variable", "least", "mean", "greatest", "unit")

ROUND = ("azimuth", "longitude")
"""What goes round: 359 deg lies beside 1 deg, so there is neither least, mean nor greatest."""

AROUND = "azimuth and longitude: from least eastwards to greatest, on the shortest way that holds all"
"""How to read the row of what goes round."""

OPEN_DEG = 30.0
"""Directions without a gap as wide as this go all the way round. [deg]"""


def form_of(form: str | None, output: Path | None) -> str:
    """The form that is meant: the stated one, else that of the ending of the file, else a table."""
    if output is None:
        if form == "netcdf":
            raise RequestError("netCDF needs a file; add --output FILE.nc")
        return form or "table"
    told = ENDINGS.get(output.suffix.lower())
    if told is None and form is None:
        known = ", ".join(ENDINGS)
        raise RequestError(f"cannot tell the form of {str(output)!r}; end it in {known}, or add --format")
    if told and form and told != form:
        raise RequestError(f"{str(output)!r} does not end like --format {form}")
    return form or str(told)


def write_dataset(found: xr.Dataset, output: Path) -> None:
    """CF netCDF, and a word on it."""
    click.echo(f"wrote {write_netcdf(found, output)}", err=True)


def write_epochs(
    times: Epochs, series: Mapping[str, Sequence[float]], form: str, output: Path | None
) -> None:
    """Every epoch as csv or json; what is not known is empty or null."""
    columns, texts = ("time", *series), [format_epoch(time) for time in times]
    lines = zip(texts, *series.values(), strict=True)
    if form == "json":
        known = [
            [None if isinstance(one, float) and math.isnan(one) else one for one in line] for line in lines
        ]
        write_text(json.dumps([dict(zip(columns, line, strict=True)) for line in known], indent=1), output)
    else:
        rows = [
            dict(
                zip(columns, (time, *("" if math.isnan(one) else f"{one:.9g}" for one in line)), strict=True)
            )
            for time, *line in lines
        ]
        emit(rows, columns, form, output)


def spans(found: xr.Dataset) -> tuple[list[dict[str, str]], list[str]]:
    """A row for each variable that is a number, and a line for each that is a kind, such as the plasma."""
    kinds = [one for one in found.data_vars.values() if "flag_meanings" in one.attrs]
    numbers = [one for one in found.data_vars.values() if "flag_meanings" not in one.attrs]
    return [_span(one) for one in numbers], [shares(one) for one in kinds]


def shares(variable: xr.DataArray) -> str:
    """What part of the time each kind has, such as ``plasma_region: solar_wind 75 %, ...``."""
    values = variable.values
    names = zip(
        np.atleast_1d(variable.attrs["flag_values"]), variable.attrs["flag_meanings"].split(), strict=True
    )
    parts = [(float((values == value).mean()), name) for value, name in names]
    told = ", ".join(
        f"{name} {100.0 * part:.3g} %" for part, name in sorted(parts, reverse=True) if part > 0.0
    )
    return f"{variable.name}: {told}"


def unit_of(variable: xr.DataArray) -> str:
    """The unit; nothing where it is one."""
    unit = str(variable.attrs.get("units", ""))
    return "" if unit == "1" else unit


def _span(variable: xr.DataArray) -> dict[str, str]:
    name = str(variable.name)
    if name.endswith(ROUND):
        least, greatest = _arc(variable.values)
        numbers: tuple[float, ...] = (least, math.nan, greatest)
    else:
        numbers = (float(variable.min()), float(variable.mean()), float(variable.max()))
    texts = ["" if math.isnan(one) else f"{one:.6g}" for one in numbers]
    return dict(zip(SPAN_COLUMNS, (name, *texts, unit_of(variable)), strict=True))


def _arc(degrees: np.ndarray) -> tuple[float, float]:
    """Ends of the shortest arc that holds all directions, eastwards; 0 and 360 where they go all round. [deg]"""
    turned = np.sort(degrees[np.isfinite(degrees)] % 360.0)
    if not turned.size:
        return math.nan, math.nan
    gaps = np.diff(turned, append=turned[0] + 360.0)
    widest = int(np.argmax(gaps))
    if gaps[widest] < OPEN_DEG:
        return 0.0, 360.0
    return float(turned[(widest + 1) % turned.size]), float(turned[widest])
