"""The reference page says what the code does."""

import json
import re
from pathlib import Path

from ilrs_science.catalogue.constraint.union import _CLASSES
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.views.schema import record_schema
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.unit_names import QUANTITIES, symbols

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "REFERENCE.md").read_text("utf-8")


def test_the_examples_are_read_and_fit_together() -> None:
    problem, plan = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    ids = {one.id for one in Plan.from_json(plan).placements}
    assert ids == set(Problem.from_json(problem).by_id)


def test_every_kind_of_constraint_is_named_with_its_fields() -> None:
    rows = {row for row in PAGE.splitlines() if row.startswith("| `")}
    for kind, model in _CLASSES.items():
        row = next(row for row in rows if f"`{kind}`" in row)
        assert all(re.search(rf"\b{name}\b", row) for name in model.model_fields if name != "kind"), kind


def test_every_unit_that_messages_offer_is_named() -> None:
    assert [unit for unit in QUANTITIES if f"| {symbols(unit)} |" not in PAGE] == []


def test_the_records_are_those_of_the_catalogue_with_what_they_need_and_no_field_that_is_not() -> None:
    section = PAGE.partition("## Records")[2].partition("\n## ")[0]
    parts = dict(
        re.findall(rf"`({'|'.join(KINDS)})`: (.*?)(?=`(?:{'|'.join(KINDS)})`: |\Z)", section, re.DOTALL)
    )
    assert parts.keys() == KINDS.keys()
    for kind, model in KINDS.items():
        told = set(re.findall(r"`(\w+)`", parts[kind]))
        needed = {name for name, field in model.model_fields.items() if field.is_required()}
        assert needed - {"id"} <= told, kind
        known = set(re.findall(r'"(\w+)"', json.dumps(record_schema(kind))))
        assert told <= known, kind


def test_the_page_is_short_and_linked() -> None:
    assert len(PAGE.splitlines()) <= 150
    assert "(docs/REFERENCE.md)" in (ROOT / "README.md").read_text("utf-8")
