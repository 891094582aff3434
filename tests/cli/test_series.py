"""A Dataset as rows: what goes round, what is a kind, what has no unit, and which form a file has."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science.cli.series import form_of, shares, spans, unit_of, write_epochs
from ilrs_science.errors import RequestError

TIMES = np.array(["2031-01-01", "2031-01-02"], "datetime64[us]")


def of(name: str, values: list[float], unit: str = "degree") -> xr.Dataset:
    return xr.Dataset({name: ("time", values, {"units": unit})})


@pytest.mark.parametrize(
    ("degrees", "ends"),
    [
        ([350.0, 10.0, 0.0], ("350", "10")),  # across north
        ([20.0, 10.0, 15.0], ("10", "20")),
        ([170.0, -170.0], ("170", "190")),
        ([42.0], ("42", "42")),
        (list(np.arange(0.0, 360.0, 20.0)), ("0", "360")),  # all round
        ([0.0, 90.0, 180.0, np.nan], ("0", "180")),
        ([np.nan], ("", "")),
    ],
)
def test_directions_have_the_shortest_arc_and_no_mean(degrees: list[float], ends: tuple[str, str]) -> None:
    for name in ("sun_azimuth", "sub_longitude"):
        (row,), _ = spans(of(name, degrees))
        assert row == {"variable": name, "least": ends[0], "mean": "", "greatest": ends[1], "unit": "degree"}


def test_a_number_has_least_mean_and_greatest() -> None:
    (row,), kinds = spans(of("sun_elevation", [-1.0, 2.0, 5.0]))
    assert (row["least"], row["mean"], row["greatest"], kinds) == ("-1", "2", "5", [])


def test_a_kind_is_told_in_words_with_shares() -> None:
    found = of("plasma_region", [0, 0, 2, 1, 0], "1")
    found["plasma_region"].attrs |= {
        "flag_values": np.array([0, 1, 2, 3], np.int8),
        "flag_meanings": "solar_wind magnetosheath magnetotail elsewhere",
    }
    rows, kinds = spans(found)
    assert rows == []
    assert kinds == ["plasma_region: solar_wind 60 %, magnetotail 20 %, magnetosheath 20 %"]
    assert shares(found["plasma_region"]) == kinds[0]


@pytest.mark.parametrize(("unit", "shown"), [("1", ""), ("K", "K")])
def test_one_is_no_unit(unit: str, shown: str) -> None:
    assert unit_of(of("some", [1.0], unit)["some"]) == shown


@pytest.mark.parametrize(
    ("form", "output", "meant"),
    [
        (None, None, "table"),
        ("csv", None, "csv"),
        (None, "a.nc", "netcdf"),
        (None, "a.CSV", "csv"),
        (None, "a.json", "json"),
        ("json", "a.json", "json"),
        ("table", "a.txt", "table"),
    ],
)
def test_the_form_is_that_of_the_ending(form: str | None, output: str | None, meant: str) -> None:
    assert form_of(form, output and Path(output)) == meant


@pytest.mark.parametrize(
    ("form", "output", "says"),
    [
        ("netcdf", None, "needs a file"),
        (None, "a.xlsx", "cannot tell the form"),
        ("table", "a.nc", "does not end like --format table"),
    ],
)
def test_a_form_that_does_not_fit_is_refused(form: str | None, output: str | None, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        form_of(form, output and Path(output))


def test_what_is_not_known_is_empty_or_null(capsys: pytest.CaptureFixture[str]) -> None:
    write_epochs(TIMES, {"a": [1.5, float("nan")], "b": [1, 2]}, "csv", None)
    assert capsys.readouterr().out.splitlines() == [
        "time,a,b",
        "2031-01-01T00:00:00.000Z,1.5,1",
        "2031-01-02T00:00:00.000Z,,2",
    ]
    write_epochs(TIMES, {"a": [1.5, float("nan")], "b": [1, 2]}, "json", None)
    assert [row["a"] for row in json.loads(capsys.readouterr().out)] == [1.5, None]
