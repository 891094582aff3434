"""``ilrs schema`` gives the schema of each published form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.cli.schema import FORMS
from ilrs_science.planning.problem.schema import json_schema


@pytest.mark.parametrize("form", FORMS)
def test_the_schema_is_json_on_the_screen_or_in_a_file(
    ilrs: Callable[..., Any], tmp_path: Path, form: str
) -> None:
    run = ilrs("schema", form)
    assert (run.status, run.err) == (0, "")
    assert json.loads(run.out) == json_schema(*FORMS[form])
    assert ilrs("schema", form, "--output", tmp_path / "s.json").status == 0
    assert (tmp_path / "s.json").read_text("utf-8") == run.out


def test_an_unknown_form_is_refused_with_the_nearest(ilrs: Callable[..., Any]) -> None:
    run = ilrs("schema", "problems")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "ilrs: unknown form 'problems'; did you mean problem? (known: certificate, plan, problem, result)\n"
    )
