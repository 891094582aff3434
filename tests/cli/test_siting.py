"""``ilrs siting`` shows what each place gives, and why something is impossible."""

from __future__ import annotations

import json

from click.testing import CliRunner

from ilrs_science.cli import app

SHORT = [
    "polar_winter",
    "connecting_ridge",
    "dro",
    "--architecture",
    "surface",
    "--workers",
    "0",
    "--time-limit",
    "1 s",
]


def test_candidates_in_a_table_with_units() -> None:
    done = CliRunner().invoke(app, ["siting", *SHORT, "--format", "json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert [row["candidate"] for row in rows] == ["connecting_ridge"]
    assert float(rows[0]["value"]) > 100
    assert float(rows[0]["launch_mass_kg"]) > 1000
    assert rows[0]["front"] == "yes"


def test_a_place_that_is_not_there_is_named() -> None:
    done = CliRunner().invoke(app, ["siting", "polar_winter", "conecting_ridge"])
    assert "conecting_ridge" in str(done.exception)
    assert "connecting_ridge" in str(done.exception)
