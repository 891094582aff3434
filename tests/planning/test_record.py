"""A record keeps its problem for questions and edits, and its JSON stays what it was."""

from __future__ import annotations

import json
import pickle

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.record import PlanRecord
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, problem


def test_the_problem_is_kept_but_is_no_part_of_the_json() -> None:
    result = solve(problem(activity("a")), time_limit="2 s")
    assert result.problem.by_id.keys() == {"a"}
    assert result.edit is None
    assert list(json.loads(result.to_json())) == [
        "plan",
        "status",
        "objective",
        "bound",
        "runtime",
        "certificate",
    ]
    assert pickle.loads(pickle.dumps(result)).problem == result.problem


def test_a_record_that_was_read_asks_for_its_problem_and_takes_no_other() -> None:
    result = solve(problem(activity("a")), time_limit="2 s")
    read = PlanResult.from_json(result.to_json())
    assert read == result
    with pytest.raises(RequestError, match=r"from_json\(source, problem=...\)"):
        _ = read.problem
    assert PlanResult.from_json(result.to_json(), problem=result.problem).left_out().empty
    with pytest.raises(RequestError, match="another problem"):
        PlanResult.from_json(result.to_json(), problem=problem(activity("b")))


def test_a_record_is_certified_when_it_is_made() -> None:
    made = solve(problem(activity("a")), time_limit="2 s")
    again = PlanRecord.of(
        made.problem, made.plan, runtime=1.0, seed=3, deterministic=False, time_limit_s=2.0, stopped="proof",
        status="OPTIMAL", bound=1.0,
    )  # fmt: skip
    assert (again.objective, again.certificate.seed, again.checked, again.gap) == (1.0, 3, True, 0.0)
