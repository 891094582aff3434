"""Tables and files of the siting dashboard."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.panels.siting_tables import SAVED, downloads, impossible_table, measure_table, ranking_table
from ilrs_science.studies.siting.measures import MEASURES
from tests.studies.siting.sited import KNOWN, trade

EXPERIMENTS = load_catalogue().experiments


def test_every_measure_has_a_row_with_unit_and_meaning() -> None:
    page = measure_table(trade())
    for name, measure in MEASURES.items():
        assert f"{name.replace('_', ' ').capitalize()} [{measure.unit}]" in page
        assert html.escape(measure.meaning) in page
    assert page.count("<th ") == 2 + len(KNOWN)
    assert ">–<" in page


def test_weights_rank_and_a_spread_says_how_sure_that_is() -> None:
    page = ranking_table(trade(), {"value": 1.0}, 0.5)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert cells[:5] == ["1", "connecting_ridge+ilrs_llo_staging", "1.000", "100", "1 to 1"]
    assert "up to 50%" in page
    assert "Every weight is 0" in ranking_table(trade(), {}, 0.5)


def test_what_is_impossible_has_its_reason_as_text() -> None:
    page = impossible_table(trade(), EXPERIMENTS)
    assert page.count("needs polar &lt;ground&gt;") == 3
    assert EXPERIMENTS["volatile_drilling"].name in page
    assert "possible at every candidate" in impossible_table(trade("connecting_ridge"), EXPERIMENTS)


def test_files_are_what_their_lines_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = trade()
    files = dict(re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', downloads(found)))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"found": found}
    exec(SAVED, names)
    assert set(files) == {path.name for path in tmp_path.iterdir()}
    for name in ("siting.csv", "siting-experiments.csv"):
        assert (tmp_path / name).read_bytes() == base64.b64decode(files[name])
    (tmp_path / "page.nc").write_bytes(base64.b64decode(files["siting.nc"]))
    with xr.open_dataset(tmp_path / "page.nc") as page, xr.open_dataset("siting.nc") as written:
        xr.testing.assert_identical(page.load(), written.load())
    assert list(pd.read_csv("siting.csv")["candidate"]) == list(KNOWN)
