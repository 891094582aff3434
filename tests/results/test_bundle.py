"""A bundle is whole or not there, and is verified without a solver."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

import ilrs_science as ilrs
from ilrs_science import nomenclature
from ilrs_science.results.bundle import write_bundle
from ilrs_science.results.files import FILES, MANIFEST
from ilrs_science.results.report import report_html
from ilrs_science.results.table import left_out_table, plan_table, summary_table
from ilrs_science.results.verify import read_bundle, verify_bundle


@pytest.fixture(scope="module")
def campaign() -> ilrs.Campaign:
    experiments = ["optical_earth_downlink", "subsurface_radar_profile"]
    return ilrs.Campaign(
        station="connecting_ridge_station",
        experiments=experiments,
        start="2031-02-24",
        end="2031-02-26",
        id="two_days",
    )


@pytest.fixture(scope="module")
def result(campaign: ilrs.Campaign) -> ilrs.PlanResult:
    return campaign.plan(time_limit="20 s")


@pytest.fixture
def bundle(campaign: ilrs.Campaign, result: ilrs.PlanResult, tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "out" / "first", campaign, result)


def test_a_bundle_holds_every_file_and_nothing_else(bundle: Path) -> None:
    assert sorted(entry.name for entry in bundle.iterdir()) == sorted([*FILES, MANIFEST])
    assert [entry.name for entry in bundle.parent.iterdir()] == ["first"]


def test_what_is_read_back_is_what_was_written(
    bundle: Path, campaign: ilrs.Campaign, result: ilrs.PlanResult
) -> None:
    assert read_bundle(bundle) == (campaign.problem, result)
    assert verify_bundle(bundle) == []


def test_the_environment_keeps_names_and_units(bundle: Path, campaign: ilrs.Campaign) -> None:
    with xr.open_dataset(bundle / "environment.nc") as env:
        assert nomenclature.check(env) is env
        xr.testing.assert_allclose(env.load(), campaign.environment)


def test_the_windows_table_has_every_window(bundle: Path, campaign: ilrs.Campaign) -> None:
    table = pd.read_csv(bundle / "windows.csv")
    assert len(table) == sum(len(windows) for windows in campaign.windows.values())


def test_the_report_needs_no_network(bundle: Path) -> None:
    page = (bundle / "report.html").read_text("utf-8")
    assert "<script src=" not in page
    assert "Subsurface radar profile" in page
    assert '"showSendToCloud": false' in page, "no button uploads the figure"
    assert '"displaylogo": false' in page
    assert '"modeBarButtonsToRemove": ["sendChartToCloud"]' in page


def test_a_start_moved_by_one_second_is_caught_and_named(bundle: Path) -> None:
    held = json.loads((bundle / "result.json").read_text("utf-8"))
    moved = held["plan"]["placements"][0]
    moved["start_s"] += 1
    moved["end_s"] += 1
    (bundle / "result.json").write_text(json.dumps(held), "utf-8")
    found = verify_bundle(bundle)
    assert found
    assert any(moved["id"] in str(one) for one in found)


def test_a_changed_problem_is_caught(bundle: Path) -> None:
    path = bundle / "problem.json"
    problem = json.loads(path.read_text("utf-8"))
    problem["activities"][0]["value"] += 1
    path.write_text(json.dumps(problem), "utf-8")
    assert any("problem" in str(one) for one in verify_bundle(bundle))


@pytest.mark.parametrize("name", FILES)
def test_any_altered_or_missing_file_is_named(bundle: Path, name: str) -> None:
    held = (bundle / name).read_bytes()
    (bundle / name).write_bytes(held + b" ")
    assert [str(one) for one in verify_bundle(bundle) if f"{name} is not what was written" in str(one)]
    if name not in ("problem.json", "result.json"):
        (bundle / name).unlink()
        assert any(f"{name} is missing" in str(one) for one in verify_bundle(bundle))


@pytest.mark.parametrize(("field", "value"), [("status", "FEASIBLE"), ("objective", 400.0), ("bound", 500.0)])
def test_a_claim_that_the_certificate_does_not_make_is_caught(
    bundle: Path, field: str, value: object
) -> None:
    held = json.loads((bundle / "result.json").read_text("utf-8"))
    (bundle / "result.json").write_text(json.dumps(held | {field: value}), "utf-8")
    assert any(f"the result says {field} {value}" in str(one) for one in verify_bundle(bundle))


def test_another_problem_is_one_line(bundle: Path) -> None:
    held = json.loads((bundle / "problem.json").read_text("utf-8"))
    held["activities"][0]["value"] += 1
    (bundle / "problem.json").write_text(json.dumps(held), "utf-8")
    found = [str(one) for one in verify_bundle(bundle)]
    assert not [one for one in found if "is not what was certified" in one]
    assert "made for another problem" in found[1]


def test_a_folder_with_other_files_is_left_alone(
    campaign: ilrs.Campaign, result: ilrs.PlanResult, tmp_path: Path
) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", "utf-8")
    with pytest.raises(ilrs.RequestError, match=r"holds thesis\.tex"):
        write_bundle(tmp_path, campaign, result)
    assert (tmp_path / "thesis.tex").read_text("utf-8") == "years of work"


def test_an_earlier_bundle_is_replaced_whole(
    bundle: Path, campaign: ilrs.Campaign, result: ilrs.PlanResult
) -> None:
    (bundle / "plan.csv").write_text("old", "utf-8")
    write_bundle(bundle, campaign, result)
    assert (bundle / "plan.csv").read_text("utf-8") != "old"
    assert [entry.name for entry in bundle.parent.iterdir()] == ["first"]


def test_a_failure_leaves_the_earlier_bundle(
    bundle: Path, campaign: ilrs.Campaign, result: ilrs.PlanResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ilrs_science.results.bundle.report_html", fail)
    with pytest.raises(ilrs.RequestError, match="No space left"):
        write_bundle(bundle, campaign, result)
    assert verify_bundle(bundle) == []
    assert [entry.name for entry in bundle.parent.iterdir()] == ["first"]


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ilrs.RequestError, match="no result bundle"):
        verify_bundle(tmp_path)


def test_the_tables_add_up(campaign: ilrs.Campaign, result: ilrs.PlanResult) -> None:
    sessions, summary = plan_table(campaign, result), summary_table(campaign, result)
    assert sessions["value"].sum() == summary["value"].sum() == result.objective
    assert summary["done"].sum() == len(sessions)
    assert sessions["start"].is_monotonic_increasing


def test_the_tables_tell_ids_and_why_something_is_left_out(
    campaign: ilrs.Campaign, result: ilrs.PlanResult
) -> None:
    left = left_out_table(campaign, result)
    assert tuple(left["id"]) == result.plan.left_out
    assert (left["reason"].str.len() > 10).all()
    summary = summary_table(campaign, result)
    assert list(summary["id"]) == [one.id for one in campaign.experiments]
    assert ((summary["reason"] != "") == (summary["done"] < summary["wanted"])).all()
    assert list(plan_table(campaign, result)["id"]) == [placed.id for placed in result.plan.placements]
    page = report_html(campaign, result)
    assert all(name in page for name in result.plan.left_out)


def test_a_bundle_is_verified_without_loading_the_solver(bundle: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ilrs_science.results.verify import verify_bundle as verify;"
        f"assert verify(Path({str(bundle)!r})) == []; assert not any(m.startswith('ortools') for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_commands_check_and_plan_agree(tmp_path: Path, ilrs_command: Callable[..., int]) -> None:
    folder = tmp_path / "my"
    (folder / "campaigns").mkdir(parents=True)
    (folder / "campaigns" / "two_days.yaml").write_text(
        "id: two_days\nname: Two days\nstation: connecting_ridge_station\nstart: '2031-02-24'\nend: '2031-02-26'\n"
        "experiments: [optical_earth_downlink]\n", "utf-8",
    )  # fmt: skip
    where = tmp_path / "out"
    assert (
        ilrs_command("plan", "two_days", "--catalogue", folder, "--time-limit", "10s", "--output", where) == 0
    )
    assert ilrs_command("check", where) == 0
    assert ilrs_command("check", where / "problem.json", where / "result.json") == 0
    assert (
        ilrs_command("solve", where / "problem.json", "--time-limit", "10s", "--output", tmp_path / "r.json")
        == 0
    )
    assert ilrs_command("check", where / "problem.json", tmp_path / "r.json") == 0
    assert ilrs_command("check", where / "problem.json") == 0
    assert ilrs_command("check", where / "result.json") == 2
    assert ilrs_command("plan", "two_dayz", "--catalogue", folder) == 2
    (where / "result.json").write_text(
        (where / "result.json").read_text("utf-8").replace('"start_s": ', '"start_s": 1'), "utf-8"
    )
    assert ilrs_command("check", where) == 1


@pytest.fixture
def ilrs_command() -> Callable[..., int]:
    from ilrs_science.cli import main

    def run(*arguments: object) -> int:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        return int(ended.value.code or 0)

    return run
