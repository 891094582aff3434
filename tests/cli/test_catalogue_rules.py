"""``ilrs catalogue comply`` as it is typed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.catalogue import catalogue
from ilrs_science.errors import UnknownNameError


def run(*words: str) -> Result:
    return CliRunner().invoke(catalogue, ["comply", *words])


def test_a_campaign_that_keeps_the_rules_exits_with_0_and_counts() -> None:
    result = run("polar_winter")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("0 broken, ")
    assert "for a person to decide" in lines[0]
    assert lines[1].split() == ["rule", "verdict", "about", "finding"]


def test_a_broken_rule_exits_with_1() -> None:
    result = run("site/apollo17")
    assert result.exit_code == 1
    assert "2 km are to be kept" in result.stdout


def test_rules_that_do_not_apply_are_shown_on_demand() -> None:
    assert "does not apply" not in run("polar_winter").stdout
    rows = json.loads(run("polar_winter", "--all", "--format", "json").stdout)
    assert "does not apply" in {row["verdict"] for row in rows}
    assert {row["rule"] for row in rows} == {one.code for one in load_catalogue().compliance.values()}


def test_csv_has_a_row_for_each_finding() -> None:
    rows = list(csv.DictReader(io.StringIO(run("ilrs_complete", "--format", "csv").stdout)))
    assert {row["verdict"] for row in rows} == {"kept", "unknown", "a person decides"}
    assert all(row["finding"] for row in rows)


@pytest.mark.parametrize("name", ["polar_wintr", "station/polar_winter"])
def test_an_unknown_name_lists_the_nearest(name: str) -> None:
    assert isinstance(run(name).exception, UnknownNameError)
