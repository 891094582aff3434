"""The partners of a condition on the data rate: a list of names, or one."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.constraint import LinkRate, parse_constraint
from ilrs_science.catalogue.library import read_constraint
from ilrs_science.errors import RequestError


def test_one_name_is_a_list_of_one() -> None:
    one = LinkRate(min="1 Mbit/s", via="jiamusi")  # type: ignore[arg-type]
    assert one == LinkRate(min="1 Mbit/s", via=("jiamusi",))  # type: ignore[arg-type]
    assert one.via == ("jiamusi",)
    assert one.quantity == "link_rate via jiamusi"


def test_it_reads_back_what_it_writes() -> None:
    one = LinkRate(min="1 Mbit/s", via="jiamusi")  # type: ignore[arg-type]
    assert LinkRate.model_validate_json(one.model_dump_json()) == one


@pytest.mark.parametrize("via", [[], "", 3, None, [""]])
def test_nobody_is_refused(via: object) -> None:
    with pytest.raises(RequestError):
        LinkRate(min="1 Mbit/s", via=via)  # type: ignore[arg-type]


@pytest.mark.parametrize("via", ["jiamusi", "[jiamusi]"])
def test_text_of_a_file_or_a_command_line_may_give_one_too(via: str) -> None:
    text = f"{{kind: link_rate, min: 1 Mbit/s, via: {via}}}"
    assert read_constraint(text) == LinkRate(min="1 Mbit/s", via=("jiamusi",))  # type: ignore[arg-type]
    assert parse_constraint({"kind": "link_rate", "min": "1 Mbit/s", "via": "jiamusi"}) == read_constraint(
        text
    )
