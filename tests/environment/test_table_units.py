"""Tables tell the units of all their columns in ``attrs``."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import ilrs_science as ilrs
from ilrs_science.environment.maps import candidates as ranked

ID = "connecting_ridge_station"
DAYS = ("2031-01-01", "2031-01-03")


def nights_of_a_box() -> pd.DataFrame:
    box = ilrs.ThermalBox(
        mass="10 kg",
        radiator_area="0.05 m**2",
        emissivity=0.85,
        absorptivity=0.2,
        dissipation="10 W",
        limits={"survive_min": "233 K"},
    )
    return ilrs.box_nights(ilrs.box_temperature(box, ilrs.environment(ID, *DAYS, step="6 h")))


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "contacts": lambda: ilrs.contacts(ID, *DAYS, "jiamusi"),
    "no contacts": lambda: ilrs.contacts(ID, "2031-01-01T18:00", "2031-01-01T18:01", "jiamusi"),
    "plasma_crossings": lambda: ilrs.plasma_crossings("2031-01-01", "2031-02-01"),
    "meteoroid_showers": lambda: ilrs.meteoroid_showers("2031-01-01", "2031-06-01"),
    "night_survival": lambda: ilrs.night_survival(ID, *DAYS).table,
    "box_nights": nights_of_a_box,
}

ENDINGS = {"_h": "h", "_Wh": "Wh", "_W": "W", "_K": "K", "_days": "d"}


@pytest.mark.parametrize("name", TABLES)
def test_each_column_has_a_unit_or_is_a_name(name: str) -> None:
    table = TABLES[name]()
    units = table.attrs["units"]
    assert list(units) == list(table.columns)
    for column, unit in units.items():
        if pd.api.types.is_datetime64_any_dtype(table[column]):
            assert unit == "UTC"
        elif table[column].dtype.kind == "f" and len(table):
            assert unit not in ("", "UTC")
        ending = next((end for end in ENDINGS if column.endswith(end)), None)
        assert ending is None or unit == ENDINGS[ending]


def test_candidates_too() -> None:
    assert tuple(ranked.UNITS) == ranked.COLUMNS
    assert all(ranked.UNITS.values())


def test_a_table_keeps_its_own_units() -> None:
    first = TABLES["plasma_crossings"]()
    first.attrs["units"]["duration"] = "h"
    assert TABLES["plasma_crossings"]().attrs["units"]["duration"] == "s"
