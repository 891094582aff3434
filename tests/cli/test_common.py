"""Places are read from text, rows written in three forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.cli.common import counted, emit, records_of, require_output, site_of, table_text, write_text
from ilrs_science.errors import RequestError, UnknownNameError

ROWS = [
    {"name": "Ridge", "hours": "12.5", "basis": "estimate low"},
    {"name": "a, b", "hours": "-1e+05", "basis": ""},
]
COLUMNS = ("name", "hours", "basis")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("-89.45,222.69", (-89.45, 222.69, None)),
        (" -89.45 , 222.69 , 1500 ", (-89.45, 222.69, 1500.0)),
        ("0,0,-2.5e3", (0.0, 0.0, -2500.0)),
        ("+1,-1", (1.0, -1.0, None)),
    ],
)
def test_coordinates_are_latitude_longitude_and_height(
    text: str, place: tuple[float, float, float | None]
) -> None:
    site = site_of(text)
    assert (site.latitude, site.longitude % 360, site.height) == (place[0], place[1] % 360, place[2])


def test_a_name_is_looked_up_in_the_catalogue() -> None:
    assert site_of("connecting_ridge").id == "connecting_ridge"
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        site_of("conecting_ridge")


@pytest.mark.parametrize(
    "text", ["1,", ",1", "1,2,3,4", "a,b", "1 2, 3", "--1,2", "1,2,x", "e,e", "1.2.3,4", "."]
)
def test_what_is_neither_a_site_nor_coordinates_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        site_of(text)


@pytest.mark.parametrize("text", ["91,0", "-90.5,0", "0,1e9", "0,0,1e12"])
def test_coordinates_off_the_moon_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is no place on the Moon"):
        site_of(text)


@given(st.floats(-90, 90), st.floats(-180, 360))
def test_every_place_of_the_moon_can_be_written(latitude: float, longitude: float) -> None:
    site = site_of(f"{latitude!r},{longitude!r}")
    assert site.latitude == latitude


def test_csv_reads_back(tmp_path: Path) -> None:
    emit(ROWS, COLUMNS, "csv", tmp_path / "rows.csv", "A title")
    text = (tmp_path / "rows.csv").read_text("utf-8")
    assert list(csv.DictReader(io.StringIO(text))) == ROWS
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_json_reads_back(tmp_path: Path) -> None:
    emit(ROWS, COLUMNS, "json", tmp_path / "rows.json", "A title")
    assert json.loads((tmp_path / "rows.json").read_text("utf-8")) == ROWS


def test_a_table_has_title_heads_and_numbers_to_the_right(tmp_path: Path) -> None:
    emit(ROWS, COLUMNS, "table", tmp_path / "rows.txt", "A title")
    title, head, first, second = (tmp_path / "rows.txt").read_text("utf-8").splitlines()
    assert title == "A title"
    assert head.split() == list(COLUMNS)
    assert first.split() == ["Ridge", "12.5", "estimate", "low"]
    assert first.index("12.5") + len("12.5") == second.index("-1e+05") + len("-1e+05")
    assert first.startswith("Ridge")
    assert all(line == line.rstrip() for line in (title, head, first, second))


def test_text_that_looks_like_markup_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"name": "[red]x[/red] [a.b]"}], ("name",), "table", None)
    assert "[red]x[/red] [a.b]" in capsys.readouterr().out


def test_no_rows_are_the_heads_alone(capsys: pytest.CaptureFixture[str]) -> None:
    emit([], COLUMNS, "csv", None)
    assert capsys.readouterr().out == "name,hours,basis\n"
    emit([], COLUMNS, "json", None)
    assert json.loads(capsys.readouterr().out) == []
    emit([], COLUMNS, "table", None)
    assert capsys.readouterr().out.split() == list(COLUMNS)


def test_a_terminal_gets_the_same_words(monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, COLUMNS, "table", None, "A title")
    plain = capsys.readouterr().out.split()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    emit(ROWS, COLUMNS, "table", None, "A title")
    assert capsys.readouterr().out.split() == plain


def test_no_text_is_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_text("", None)
    assert capsys.readouterr().out == ""
    write_text("", tmp_path / "empty")
    assert (tmp_path / "empty").read_bytes() == b""
    write_text("ä", tmp_path / "word")
    assert (tmp_path / "word").read_bytes() == "ä\n".encode()


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"cannot write .*: No such file or directory"):
        write_text("x", tmp_path / "absent" / "file")
    with pytest.raises(RequestError, match="cannot write"):
        write_text("x", tmp_path)


def test_a_file_is_told_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, COLUMNS, "table", tmp_path / "rows.txt")
    assert capsys.readouterr() == ("", f"wrote {tmp_path / 'rows.txt'}\n")


def test_columns_of_numbers_are_numbers_and_null_where_empty() -> None:
    rows = [{"name": "1", "hours": "12.5"}, {"name": "2", "hours": ""}]
    assert records_of(rows, ("hours",)) == [{"name": "1", "hours": 12.5}, {"name": "2", "hours": None}]


def test_notes_stand_below_the_rows() -> None:
    lines = table_text(ROWS, COLUMNS, "A title", notes=["of 2031"]).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("A title", "of 2031", 5)


@pytest.mark.parametrize(("number", "words"), [(0, "0 windows"), (1, "1 window"), (12, "12 windows")])
def test_one_thing_is_no_plural(number: int, words: str) -> None:
    assert counted(number, "window") == words


def test_an_output_is_refused_before_the_work(tmp_path: Path) -> None:
    given = tmp_path / "given.json"
    given.write_text("x", "utf-8")
    (tmp_path / "link.json").symlink_to(given)
    for output in (given, tmp_path / "link.json"):
        with pytest.raises(RequestError, match="is the input itself"):
            require_output(output, None, given)
    for output in (tmp_path / "absent" / "x.json", given / "x.json"):
        with pytest.raises(RequestError, match="cannot write"):
            require_output(output, given)
    require_output(None, given)
    require_output(tmp_path / "new.json", given)
    assert not (tmp_path / "new.json").exists()
    require_output(given)
    assert given.read_text("utf-8") == "x"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_what_cannot_be_written_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RequestError, match="it was printed instead"):
        write_text("kept", Path("/dev/full"))
    assert capsys.readouterr().out == "kept\n"
