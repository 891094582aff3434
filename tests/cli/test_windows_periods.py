"""``ilrs windows --by``: how much of each month is open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from ilrs_science.intervals import Windows

ASKED = (
    "windows", "--site", "malapert", "--constraint", "{kind: sun_elevation, min: 0 deg}",
    "--start", "2026-01-10", "--end", "2026-04-01",
)  # fmt: skip
NEVER = tuple(one.replace("min: 0", "min: 80") for one in ASKED)


def test_each_month_is_a_row_of_hours(ilrs: Callable) -> None:
    rows = list(csv.DictReader(io.StringIO(ilrs(*ASKED, "--by", "month", "--format", "csv").out)))
    assert [row["month"] for row in rows] == ["2026-01", "2026-02", "2026-03"]
    assert [row["span_h"] for row in rows] == ["528.000", "672.000", "744.000"]
    found = Windows.from_csv(ilrs(*ASKED, "--format", "csv").out)
    assert sum(float(row["open_h"]) for row in rows) == pytest.approx(found.hours, abs=0.01)
    assert rows[0]["begin"] == "2026-01-10T00:00:00Z"


def test_each_lunation_is_a_row_by_its_number(ilrs: Callable) -> None:
    rows = json.loads(ilrs(*ASKED, "--by", "lunation", "--format", "json").out)
    assert [row["lunation"] for row in rows] == ["1274", "1275", "1276", "1277"]
    assert rows[1]["begin"][:16] == "2026-01-18T19:52"  # 2026 Jan 18 19:52 UT: Espenak, Moon Phases 2001-2100


def test_the_title_names_the_best_month(ilrs: Callable) -> None:
    assert "best month: 2026-03" in ilrs(*ASKED, "--by", "month").out


def test_a_month_without_an_opening_has_no_dates(ilrs: Callable) -> None:
    run = ilrs(*NEVER, "--by", "month", "--format", "csv")
    assert run.status == 0
    assert run.out.splitlines()[1].endswith("528.000,0.000,0.000,0,0.000,,")
    assert "best month: none" in ilrs(*NEVER, "--by", "month").out


@pytest.mark.parametrize(
    ("options", "message"), [(("--by", "week"), "is not one of"), (("--by", "month", "--budget"), "one at a time")]
)  # fmt: skip
def test_two_tables_at_once_and_unknown_periods_are_refused(
    ilrs: Callable, options: tuple[str, ...], message: str
) -> None:
    run = ilrs(*ASKED, *options)
    assert run.status == 2
    assert message in run.err


def test_what_the_command_writes_reads_back_as_windows(ilrs: Callable, tmp_path: object) -> None:
    file = tmp_path / "windows.csv"  # type: ignore[operator]
    text = ilrs(*ASKED, "--format", "csv").out
    ilrs(*ASKED, "--format", "csv", "--output", file)
    assert Windows.from_csv(file) == Windows.from_csv(text)
    assert Windows.from_csv(text).to_csv() == text
    assert Windows.from_csv(ilrs(*NEVER, "--format", "csv").out) == Windows()
