"""Records of one kind as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ilrs_science.catalogue.library.views.columns import columns_of
from ilrs_science.catalogue.library.views.values import value_at
from ilrs_science.catalogue.record import Record

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["frame_of"]


def frame_of(model: type[Record], records: Iterable[Record], *, basis: bool = False) -> DataFrame:
    """Table of records of one kind.

    Parameters
    ----------
    model : type
        Their class.
    records : iterable of Record
        One a row.
    basis : bool
        Whether each column of numbers is followed by one that says where they come from, such as ``mass.basis``.

    Returns
    -------
    pandas.DataFrame
        Index `id`; a column a value, of a part ``power.operate`` and so on, numbers in canonical units.
        ``attrs["units"]`` holds the unit of each column that has one.
    """
    import pandas as pd

    listed = list(records)
    units = {name: unit for name, unit in columns_of(model).items() if name != "id"}
    held: dict[str, list[object]] = {}
    for name in units:
        held[name] = [value_at(record, name) for record in listed]
        if basis and any(name in map(_path, record.numbers()) for record in listed):
            held[f"{name}.basis"] = [_origin(record, name) for record in listed]
    frame = pd.DataFrame(held, index=pd.Index([record.id for record in listed], name="id"))
    frame.attrs["units"] = {name: unit for name, unit in units.items() if unit}
    return frame


def _path(number: tuple[str, float]) -> str:
    return number[0]


def _origin(record: Record, path: str) -> str | None:
    """Basis, confidence and sources of a number; none where there is no number."""
    return None if value_at(record, path) is None else str(record.provenance_of(path))
