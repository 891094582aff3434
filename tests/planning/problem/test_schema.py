"""The schemas say what the records take, field by field, with a description and a unit."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from ilrs_science.cli.schema import FORMS
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem, ProblemError
from ilrs_science.planning.problem.schema import json_schema
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, battery, link, problem, renewable, small_problems, storage

SCHEMA = json_schema(Problem, "PROBLEM.json")
FULL = problem(
    activity(
        "a", demands={"robot": 1}, windows=[(0, 3600)], precedences=["b", {"after": "c", "max_lag_s": 9}]
    ),
    activity("b", energy_W=5, data_Mbit_s=0.1, exclusions=["c"], locked_start=0),
    activity("c", windows=[]),
    resources=(renewable(profile=[(600, 2)]), battery(load=[(0, 1.5)]), storage(), link((0, 1, 2.0))),
)


def accepts(fields: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(fields))


@pytest.mark.parametrize("form", FORMS)
def test_every_schema_is_one_by_its_own_draft(form: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(*FORMS[form]))


@pytest.mark.parametrize("form", FORMS)
def test_every_field_says_what_it_is_and_numbers_say_their_unit(form: str) -> None:
    schema = json_schema(*FORMS[form])
    for record in (schema, *schema.get("$defs", {}).values()):
        assert record["description"]
        assert record["additionalProperties"] is False
        for name, field in record["properties"].items():
            if name == "kind" or "$ref" in field:
                continue
            assert field.get("description"), name
            if unit := re.search(r"_(Mbit_s|Mbit|Wh|W|s)$", name):
                assert f"[{unit[1].replace('_', '/')}]" in field["description"]


@given(small_problems())
def test_what_is_written_is_valid(asked: Problem) -> None:
    assert accepts(json.loads(asked.to_json()))


def test_a_full_problem_a_plan_and_a_result_are_valid() -> None:
    assert accepts(json.loads(FULL.to_json()))
    result = solve(problem(activity("a"), resources=(battery(),)), time_limit="5 s")
    for form, what in (("plan", result.plan), ("result", result)):
        jsonschema.validate(json.loads(what.to_json()), json_schema(*FORMS[form]))
    jsonschema.validate(result.certificate.model_dump(mode="json"), json_schema(*FORMS["certificate"]))
    assert Plan.from_json(result.to_json()) == result.plan


def test_an_id_stands_for_a_precedence_and_a_lag_may_be_missing() -> None:
    bare = {"horizon_s": 9, "activities": [{"id": "a", "duration_s": 1}]}
    after = {"id": "b", "duration_s": 1, "precedences": ["a", {"after": "a"}]}
    assert accepts(bare)
    assert accepts(bare | {"activities": [*bare["activities"], after]})


@pytest.mark.parametrize(
    "change",
    [
        {"horizon": 5},
        {"objective": "fun"},
        {"horizon_s": 1.5},
        {"horizon_s": -1},
        {"horizon_s": "9"},
        {"horizon_s": True},
        {"activities": [{"id": " ", "duration_s": 1}]},
        {"activities": [{"id": "a", "duration_s": 1, "value": "3"}]},
        {"activities": [{"id": "a", "duration_s": 1, "optional": "yes"}]},
        {"activities": {}},
        {"activities": [{"id": "a"}]},
        {"activities": [{"id": "", "duration_s": 1}]},
        {"activities": [{"id": "a", "duration_s": -1}]},
        {"activities": [{"id": "a", "duration_s": 1, "windows": [[0]]}]},
        {"activities": [{"id": "a", "duration_s": 1, "windows": [[0, 1, 2]]}]},
        {"activities": [{"id": "a", "duration_s": 1, "duration": 1}]},
        {"resources": [{"kind": "robot", "id": "r", "capacity": 1}]},
        {"resources": [{"id": "r", "capacity": 1}]},
        {"resources": [{"kind": "renewable", "id": "r", "capacity": -1}]},
    ],
)
def test_what_the_schema_refuses_is_refused_when_read(change: dict[str, Any]) -> None:
    fields = {"horizon_s": 9} | change
    assert not accepts(fields)
    with pytest.raises(ProblemError):
        Problem.from_fields(fields)
