from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from ilrs_science.catalogue.partial_date import PartialDate, first_instant, is_before, last_instant

DATE: TypeAdapter[str] = TypeAdapter(PartialDate)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028", "2028-01-01", "2029-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2024-03-20T00:31Z", "2024-03-20T00:31", "2024-03-20T00:31"),
        ("2024-03-20T00:31:28Z", "2024-03-20T00:31:28", "2024-03-20T00:31:28"),
    ],
)
def test_a_date_spans_what_it_may_mean(text: str, first: str, last: str) -> None:
    assert DATE.validate_python(text) == text
    assert (first_instant(text), last_instant(text)) == (np.datetime64(first), np.datetime64(last))
    assert first_instant(text).dtype == last_instant(text).dtype == np.dtype("datetime64[us]")


@pytest.mark.parametrize(
    ("date", "other", "before"),
    [
        ("2027", "2028", True),
        ("2028", "2027", False),
        ("2028", "2028", False),
        ("2028", "2028-03", False),
        ("2028-03", "2028", False),
        ("2027-12-31", "2028", True),
        ("2028-01-01T00:00Z", "2028", False),
        ("2027-12-31T23:59:59Z", "2028-01-01", True),
    ],
)
def test_a_date_is_before_another_only_where_nothing_is_shared(date: str, other: str, before: bool) -> None:
    assert is_before(date, other) is before


def test_a_year_may_be_written_as_a_number() -> None:
    assert DATE.validate_python(2028) == "2028"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "soon",
        "1949",
        "2200",
        "2028-13",
        "2028-00",
        "2023-02-29",
        "2028-3",
        "28-03-20",
        "2028-03-20T25:00Z",
        "2028-03-20T00:31",
        "2028-03-20 00:31Z",
        "2028-03-20T00:31Z ",
        "２０２８",
        True,
        None,
        2028.5,
        10**40,
        ["2028"],
    ],
)
def test_what_is_no_date_is_refused_with_examples(wrong: object) -> None:
    with pytest.raises(ValidationError, match=r"write a year \(2028\), a month"):
        DATE.validate_python(wrong)


def test_the_schema_has_the_pattern() -> None:
    assert DATE.json_schema()["type"] == "string"
    assert DATE.json_schema()["pattern"].startswith("^(")
