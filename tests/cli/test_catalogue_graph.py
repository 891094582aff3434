"""``ilrs catalogue references`` and ``referrers`` say what Python says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from ilrs_science.catalogue.library import load_catalogue


@pytest.mark.parametrize("name", ["near_uv_telescope", "LUT", "site/malapert", "S28", "change_6"])
@pytest.mark.parametrize("steps", [1, 3])
@pytest.mark.parametrize("way", ["references", "referrers"])
def test_the_command_and_python_give_one_answer(
    ilrs: Callable[..., Any], name: str, steps: int, way: str
) -> None:
    outcome = ilrs("catalogue", way, name, "--steps", steps, "--format", "json")
    assert outcome.status == 0
    edges = getattr(load_catalogue(), way)(name, steps=steps)
    assert json.loads(outcome.out) == [asdict(edge) for edge in edges]


def test_references_point_to_those_who_name_it(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("catalogue", "references", "malapert")
    assert "source" in outcome.out
    assert "ilrs catalogue referrers malapert" in outcome.err
    assert "campaign" in ilrs("catalogue", "referrers", "earth_radiation_budget").out


def test_what_nobody_names_says_so(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("catalogue", "referrers", "polar_winter")
    assert (outcome.status, "nothing names it" in outcome.err) == (0, True)


@pytest.mark.parametrize("way", ["references", "referrers"])
def test_an_unknown_name_is_one_line(ilrs: Callable[..., Any], way: str) -> None:
    outcome = ilrs("catalogue", way, "malapart")
    assert (outcome.status, outcome.out) == (2, "")
    assert "did you mean malapert" in outcome.err
    assert len(outcome.err.splitlines()) == 1
