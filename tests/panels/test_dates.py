"""Days as a person writes them."""

from __future__ import annotations

import pytest

from ilrs_science.errors import EpochError
from ilrs_science.panels.dates import real_date


@pytest.mark.parametrize("text", ["2031-02-24", " 2031-02-24 ", "20310224", "2031-W09-1"])
def test_a_day_is_told_in_one_form(text: str) -> None:
    assert real_date(text) == "2031-02-24"


@pytest.mark.parametrize("text", ["", "None", "2031-02-29", "tomorrow", "2031-02-24T00:00"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(EpochError, match="is not a date; write it as 2031-01-01"):
        real_date(text, example="2031-01-01")


def test_a_long_text_is_cut() -> None:
    with pytest.raises(EpochError) as caught:
        real_date("x" * 500)
    assert len(str(caught.value)) < 80
