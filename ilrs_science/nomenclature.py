"""Names of every array variable: long name, unit, dimensions and valid range, from ``data/nomenclature.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import yaml

from ilrs_science.errors import DataFileError, RequestError, UnknownNameError
from ilrs_science.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xarray import Dataset

__all__ = ["Variable", "check", "describe", "variables"]


@dataclass(frozen=True)
class Variable:
    """One name of the nomenclature."""

    name: str
    """Name in every Dataset."""
    long_name: str
    """What it is, for axes and tables."""
    units: str
    """Unit, as CF writes it."""
    valid_range: tuple[float, float] | None = None
    """Smallest and largest possible value, in `units`."""
    standard_name: str | None = None
    """CF standard name, where CF has one."""


@cache
def variables() -> Mapping[str, Variable]:
    """Every known variable by name.

    Returns
    -------
    mapping of str to Variable
        Read-only.

    Raises
    ------
    DataFileError
        If the file is missing, or not the table that it was.
    """
    path = data_path("nomenclature.yaml")
    try:
        table = yaml.safe_load(path.read_text("utf-8"))
        return MappingProxyType({name: _variable(name, **entry) for name, entry in table.items()})
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise DataFileError(f"data file {path} is altered: {reason}; restore it from git") from error


def _variable(name: str, *, valid_range: Sequence[float] | None = None, **entry: str) -> Variable:
    limits = None if valid_range is None else (float(valid_range[0]), float(valid_range[1]))
    return Variable(name=name, valid_range=limits, **entry)


def describe(ds: Dataset) -> Dataset:
    """The Dataset with the attributes of the nomenclature on each variable.

    Parameters
    ----------
    ds : xarray.Dataset
        Variables and coordinates with names of the nomenclature.

    Returns
    -------
    xarray.Dataset
        A new Dataset; other attributes are kept.

    Raises
    ------
    UnknownNameError
        If a data variable is not in the nomenclature.
    """
    out = ds.copy()
    for name in map(str, out.variables):
        if name in out.data_vars and name not in variables():
            raise UnknownNameError("variable", name, variables())
        if name in variables():
            entry = variables()[name]
            # times carry their unit in the encoding, not in attrs
            units = {} if np.issubdtype(out[name].dtype, np.datetime64) else {"units": entry.units}
            standard = {"standard_name": entry.standard_name} if entry.standard_name else {}
            out[name].attrs.update({"long_name": entry.long_name} | units | standard)
    return out


def check(ds: Dataset) -> Dataset:
    """The same Dataset, after a look at names, units and ranges.

    Parameters
    ----------
    ds : xarray.Dataset
        A Dataset that crosses a border between layers.

    Returns
    -------
    xarray.Dataset
        The argument.

    Raises
    ------
    UnknownNameError
        If a variable is not in the nomenclature.
    RequestError
        If a variable has another unit, or values outside its range.
    """
    for name in map(str, ds.data_vars):
        if name not in variables():
            raise UnknownNameError("variable", name, variables())
        entry, array = variables()[name], ds[name]
        if array.attrs.get("units") != entry.units:
            raise RequestError(f"{name} has units {array.attrs.get('units')!r}, expected {entry.units!r}")
        if entry.valid_range is not None:
            low, high = entry.valid_range
            outside = array.values[(array.values < low) | (array.values > high)]
            if outside.size:
                example = f"{outside[0]:g} {entry.units}"
                raise RequestError(f"{name} has values such as {example}, outside {low:g} to {high:g}")
    return ds
