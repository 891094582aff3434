"""An ensemble is the same whoever does it, goes on where it stopped, and hides no member that failed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator, operate
from ilrs_science.studies.ensemble import run as runs
from ilrs_science.studies.ensemble.ensemble import ensemble
from ilrs_science.studies.ensemble.factors import FIXED
from ilrs_science.studies.ensemble.seeds import seed_of
from tests.planning.problems import TICK, activity, problem
from tests.studies.ensemble.small import drawn, station

WHO = Operator(watch_s=TICK, turnaround_s=TICK, time_limit="1 s")
ASKED = {
    "factors": {"mode": ["keep_going", "on_board"]},
    "scenarios": {"calm": [], "faults": drawn},
    "operator": WHO,
    "spread": Spread(duration=0.2),
}


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILRS_CACHE", "off")


def test_members_are_what_operate_gives_with_their_seed() -> None:
    asked, plan = station()
    found = ensemble(asked, plan=plan, seeds=[2, 7], seed=3, workers=0, **ASKED)
    assert dict(found.sizes) == {"mode": 2, "scenario": 2, "seed": 2}
    done = operate(
        asked, plan, drawn(asked, seed_of(3, 7, "disruptions")), operator=WHO.model_copy(update=FIXED),
        spread=Spread(duration=0.2), seed=seed_of(3, 7, "operation"),
    )  # fmt: skip
    one = found.sel(mode="on_board", scenario="faults", seed=7)
    assert float(one.done_value) == done.value
    assert float(one.replan_count) == len(done.replans)
    assert set(found.failure.values.flat) == {""}
    assert (found.planned_value == 8.0).all()
    assert (found.done_value <= 8.0).all()


def test_one_and_two_workers_and_a_stop_in_between_give_the_same(tmp_path: Path) -> None:
    asked, plan = station()
    alone = ensemble(asked, plan=plan, seeds=3, workers=0, **ASKED)
    told: list[tuple[int, int]] = []
    part = ensemble(
        asked, plan=plan, seeds=3, workers=1, output=tmp_path / "out", **ASKED,
        progress=lambda *now: told.append(now), cancel=lambda: bool(told) and told[-1][0] >= 4,
    )  # fmt: skip
    assert 4 <= told[-1][0] < 12
    assert part.attrs["members_not_done"] == 12 - told[-1][0]
    assert int((part.failure == "").sum()) == told[-1][0]
    kept = {path.name for path in (tmp_path / "out" / "members").rglob("*.json")}
    whole = ensemble(asked, plan=plan, seeds=3, workers=2, output=tmp_path / "out", **ASKED)
    assert whole.identical(alone)
    assert kept < {path.name for path in (tmp_path / "out" / "members").rglob("*.json")}
    with xr.open_dataset(tmp_path / "out" / "ensemble.nc", engine="h5netcdf") as back:
        assert back.done_value.equals(alone.done_value)


def test_finished_members_are_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, plan = station()
    first = ensemble(asked, plan=plan, seeds=2, workers=0, output=tmp_path, **ASKED)
    monkeypatch.setattr(runs, "live", None)  # not to be called
    again = ensemble(asked, plan=plan, seeds=2, output=tmp_path, **ASKED)  # needs no worker either
    assert again.identical(first)


def test_a_changed_resource_has_a_plan_of_its_own() -> None:
    asked, plan = station()
    found = ensemble(
        asked, factors={"battery.initial_Wh": [15.0, 3.0]}, scenarios=[], plan=plan, seeds=1, workers=0,
        plan_limit="1 s",
        operator=Operator(mode="keep_going"),
    )  # fmt: skip
    # 3 Wh with a minimum of 2 Wh is enough for c alone.
    assert found.planned_value.values[:, 0].tolist() == [8.0, 2.0]
    assert found.done_value.values[:, 0].tolist() == [8.0, 2.0]
    assert list(found.dims) == ["battery.initial_Wh", "seed"]


def test_a_member_that_fails_is_told_and_the_others_go_on() -> None:
    asked, plan = station()

    def half_wrong(problem: Problem, seed: int) -> list[object]:
        faults = drawn(problem, seed)
        return [faults[0].model_copy(update={"resources": ("nothing",)})] if seed % 2 else list(faults)

    found = ensemble(asked, plan=plan, seeds=8, workers=0, scenarios=half_wrong, operator=WHO)
    odd = np.array([seed_of(0, number, "disruptions") % 2 == 1 for number in range(8)])
    assert 0 < odd.sum() < 8
    assert (np.isnan(found.done_value.values) == odd).all()
    assert all("unknown resource" in text for text in found.failure.values[odd])
    assert found.attrs["members_failed"] == odd.sum()


def test_by_default_all_risks_of_the_catalogue_are_drawn() -> None:
    asked, plan = station()
    long = asked.replace(horizon_s=60 * 86400)
    known = list(load_catalogue().risks.values())
    options = {"seeds": 6, "workers": 0, "operator": Operator(mode="keep_going")}
    found = ensemble(long, plan=plan, **options)
    assert found.identical(ensemble(long, plan=plan, scenarios=known, **options))
    assert not found.identical(ensemble(long, plan=plan, scenarios=[], **options))


@pytest.mark.parametrize("name", ["e.nc", "e.zarr"])
def test_the_result_goes_into_a_file(tmp_path: Path, name: str) -> None:
    asked, plan = station()
    found = ensemble(asked, plan=plan, scenarios=[], seeds=1, workers=0, output=tmp_path / name)
    with xr.open_dataset(tmp_path / name, engine="zarr" if name.endswith("zarr") else "h5netcdf") as back:
        assert float(back.done_value[0]) == float(found.done_value[0]) == 8.0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seeds": 0}, "seeds must be"),
        ({"seeds": [1, 1]}, "seeds must be"),
        ({"scenarios": {}}, "an ensemble of 0 members"),
        ({"factors": {"mood": ["good"]}}, "unknown factor"),
        ({"output": "none/e.nc"}, "its folder is missing"),
    ],
)
def test_a_wrong_request_is_refused_at_once(options: dict[str, object], message: str) -> None:
    asked, plan = station()
    with pytest.raises(RequestError, match=message):
        ensemble(asked, plan=plan, **options)


def test_a_plan_of_another_problem_is_refused_at_once() -> None:
    plan = Plan.of(problem(activity("dig")), {"dig": 0})
    with pytest.raises(
        RequestError, match="the plan names an activity that the problem lacks, such as 'dig'"
    ):
        ensemble(station()[0], plan=plan, seeds=1, workers=0)


def test_only_campaigns_and_problems_of_value_can_be_lived() -> None:
    with pytest.raises(RequestError, match="give a Campaign or a Problem"):
        ensemble("polar_winter")
    asked, plan = station()
    with pytest.raises(RequestError, match="makespan"):
        ensemble(asked.replace(objective="makespan"), plan=plan)
