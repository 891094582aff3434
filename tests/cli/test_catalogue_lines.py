"""A record as one line of a table."""

from __future__ import annotations

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.rows import rows_of
from ilrs_science.cli.catalogue_lines import COLUMNS, line_of


def test_a_line_has_the_columns() -> None:
    for kind, record in load_catalogue().records():
        line = line_of(kind, record)
        assert tuple(line) == COLUMNS
        assert (line["kind"], line["id"]) == (kind, record.id)


def test_a_line_tells_no_estimate_that_show_does_not() -> None:
    for kind, record in load_catalogue().records():
        line = line_of(kind, record)
        bases = {row["basis"] for row in rows_of(record)}
        assert ("~" in line["summary"]) <= line["basis"].startswith("estimate"), record.id
        assert line["basis"] in {*bases, ""}, record.id
