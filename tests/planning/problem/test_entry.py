"""What is wrong with a rule or a disruption is one line, without a word of the library that found it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.problem.entry import Entry


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (
            Spread,
            {"duration": -1},
            "Spread: duration: input should be greater than or equal to 0 (given: -1)",
        ),
        (Spread, {"durations": 1}, "Spread: durations: no such field; did you mean duration?"),
        (Executive, {"hibernate": "maybe"}, "Executive: hibernate: input should be 'never', 'dark' or 'sun'"),
        (Executive, {"patience_s": -1, "sleep_load": 2}, "; sleep_load: "),
        (
            Disruption,
            {"kind": "outage", "start_s": 5, "end_s": 3},
            "Disruption: outage ends before it begins",
        ),
    ],
)
def test_what_is_wrong_is_one_line(kind: type[Entry], fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError) as caught:
        kind(**fields)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_a_good_one_is_a_record_as_all_others() -> None:
    rules = Executive(hibernate="dark")
    assert pickle.loads(pickle.dumps(rules)) == rules == Executive.model_validate(rules.model_dump())
