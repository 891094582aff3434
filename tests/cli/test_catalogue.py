import csv
import io
import json

import pytest
from click.testing import CliRunner

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.catalogue import catalogue
from ilrs_science.errors import RequestError


def run(*words):
    return CliRunner().invoke(catalogue, [str(word) for word in words])


@pytest.fixture
def faulty(tmp_path):
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "x.yaml").write_text(
        "- id: hill\n  latitude: 12 km\n  longitud: 3 deg\n  basis: {}\n", "utf-8"
    )
    return tmp_path


def test_list_counts_and_names_every_record():
    lines = run("list").stdout.splitlines()
    shelves = load_catalogue().shelves
    assert lines[0] == ", ".join(shelf.count_text for shelf in shelves)
    assert lines[1].split() == ["kind", "id", "name", "summary", "basis"]
    assert lines[-1].startswith("~ our own estimate")
    assert len(lines) >= 2 + sum(map(len, shelves))


def test_list_as_csv_and_json_say_the_same():
    table = list(csv.DictReader(io.StringIO(run("list", "--format", "csv").stdout)))
    assert table == json.loads(run("list", "--format", "json").stdout)
    assert {row["id"] for row in table} == {record.id for _, record in load_catalogue().records()}


def test_list_one_kind():
    rows = json.loads(run("list", "--kind", "orbits", "--format", "json").stdout)
    assert [row["kind"] for row in rows] == ["orbit"] * len(load_catalogue().orbits)


def test_a_list_of_one_kind_counts_it_and_does_not_repeat_it():
    lines = run("list", "--kind", "partners").stdout.splitlines()
    assert lines[0] == load_catalogue().partners.count_text
    assert lines[1].split() == ["id", "name", "summary", "basis"]


def test_list_marks_estimates_that_show_tells(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "sites: [{id: hill, latitude: 1 deg, longitude: 2 deg, basis: {default: estimate, latitude: recall}}]",
        "utf-8",
    )
    rows = json.loads(run("list", tmp_path, "--kind", "site", "--format", "json").stdout)
    (hill,) = (row for row in rows if row["id"] == "hill")
    assert hill["summary"].startswith("1 deg?, ~2 deg E, ")
    assert hill["basis"] == "estimate L"


def test_list_with_a_folder_lays_it_over(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "sites: [{id: hill, latitude: 1 deg, longitude: 2 deg, basis: {default: estimate}}]", "utf-8"
    )
    assert "hill" in run("list", tmp_path).stdout


def test_show_marks_estimates_as_estimates():
    rows = list(csv.DictReader(io.StringIO(run("show", "near_uv_telescope", "--format", "csv").stdout)))
    basis = {row["field"]: (row["value"], row["basis"], row["source"]) for row in rows}
    assert basis["mass"] == ("13 kg", "estimate L", "")
    assert basis["field_of_view"] == ("1.36 deg", "sourced H", "S28")
    assert basis["warm_up"][0] == "30 min"


def test_show_writes_conditions_in_words():
    assert "not day and earth_elevation >= 2 deg" in run("show", "volatile_drilling").stdout


def test_show_keeps_brackets_of_lists():
    assert "robots[operation_robot].mass" in run("show", "connecting_ridge_station").stdout


def test_show_as_json_reads_back():
    found = json.loads(run("show", "malapert", "--format", "json").stdout)
    assert found.pop("kind") == "site"
    site = load_catalogue().sites["malapert"]
    assert type(site).model_validate(found) == site


def test_show_of_an_unknown_id_lists_the_nearest():
    result = run("show", "malapart")
    assert isinstance(result.exception, RequestError)
    assert "did you mean malapert" in str(result.exception)


def test_check_of_the_shipped_catalogue_is_silent_on_stdout():
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no fault" in result.stderr


def test_check_reports_every_fault_and_exits_with_1(faulty):
    result = run("check", faulty)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    assert result.stdout.splitlines()[0].startswith("sites/x.yaml:1: hill: longitude is missing")
    assert "3 faults" in result.stderr


def test_check_as_json_has_the_columns_of_a_fault(faulty):
    rows = json.loads(run("check", faulty, "--format", "json").stdout)
    assert {row["line"] for row in rows} == {"1", "2", "3"}
    assert all(set(row) == {"file", "line", "record", "field", "wrong", "allowed"} for row in rows)


def test_output_goes_to_a_file(tmp_path):
    target = tmp_path / "list.csv"
    result = run("list", "--format", "csv", "--output", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text("utf-8").startswith("kind,id,name,summary,basis\n")


def test_output_that_cannot_be_written_is_one_line(tmp_path):
    result = run("list", "--output", tmp_path / "no" / "list.csv")
    assert isinstance(result.exception, RequestError)
    assert "cannot write" in str(result.exception)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sites", "write --kind sites"),
        ("site", "write --kind site"),
        ("malapert", "ilrs catalogue show malapert"),
    ],
)
def test_a_kind_or_a_record_in_place_of_a_folder_says_what_to_write(name, says):
    assert says in str(run("list", name).exception)


def test_a_file_in_place_of_a_folder_names_the_folder(tmp_path):
    (tmp_path / "mine.yaml").write_text("", "utf-8")
    assert f"give the folder around it, {str(tmp_path)!r}" in str(
        run("list", tmp_path / "mine.yaml").exception
    )


def test_show_tells_what_a_source_is():
    assert run("show", "S28").stdout.splitlines()[1].split(maxsplit=1)[1] == load_catalogue().sources["S28"]


def test_the_help_is_whole_on_80_columns():
    lines = [line for line in run("--help").stdout.splitlines() if line.startswith("  ")]
    assert len(lines) >= 12
    assert not any(line.endswith("...") for line in lines)


def test_relays_and_showers_are_listed_by_what_tells_them_apart():
    (relay,) = json.loads(run("list", "--kind", "relays", "--format", "json").stdout)
    assert relay["summary"].replace("?", "") == "on queqiao2, 100 Mbit/s to the Earth"
    rows = json.loads(run("list", "--kind", "showers", "--format", "json").stdout)
    found = {row["id"]: row["summary"] for row in rows}
    assert found["geminids"].replace("?", "") == "Sun at 262.2 deg, 35 km/s, 150 an hour"


def test_ground_stations_are_listed_by_place_and_dish():
    rows = json.loads(run("list", "--kind", "ground_stations", "--format", "json").stdout)
    assert {row["kind"] for row in rows} == {"ground_station"}
    summary = {row["id"]: row["summary"] for row in rows}
    assert summary["jiamusi"].replace("?", "") == "46.4939 deg, 130.771 deg E, 66 m, founder"
    assert "70 m" in summary["yevpatoria"]


def test_a_ground_station_without_a_dish_says_so(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "ground_stations: [{id: mast, name: Mast, latitude: 1 deg, longitude: 2 deg, height: 3 m, mask: 5 deg, "
        "basis: {default: estimate}}]",
        "utf-8",
    )
    rows = json.loads(run("list", tmp_path, "--kind", "ground_stations", "--format", "json").stdout)
    assert {row["summary"] for row in rows if row["id"] == "mast"} == {
        "~1 deg, ~2 deg E, size unknown, candidate"
    }


def test_a_ground_station_shows_the_origin_of_each_number():
    rows = list(csv.DictReader(io.StringIO(run("show", "ussuriysk", "--format", "csv").stdout)))
    shown = {row["field"]: (row["value"], row["basis"], row["source"]) for row in rows}
    assert shown["latitude"] == ("44.016 deg", "derived H", "S60b")
    assert shown["longitude"] == ("131.757 deg", "sourced H", "S60b")
    assert shown["height"] == ("106 m", "recall L", "")
    assert shown["bands"][0] == "P, L, C, X"


@pytest.mark.parametrize("kind", ["site", "sites", "Sites", "ground station", "ground-stations"])
def test_a_kind_may_be_singular_or_plural(kind):
    rows = json.loads(run("list", "--kind", kind, "--format", "json").stdout)
    assert {row["kind"] for row in rows} == {"ground_station" if "ground" in kind else "site"}


def test_an_unknown_kind_names_the_nearest_in_one_line():
    message = str(run("list", "--kind", "instrumnt").exception)
    assert message.startswith("unknown kind of record 'instrumnt'; did you mean instruments")
    assert len(message) < 150


@pytest.mark.parametrize("name", ["ASAN", "neutral_analyser", "instruments/ASAN"])
def test_show_knows_codes(name):
    assert "instrument neutral_analyser: " in run("show", name).stdout


def test_check_says_how_much_it_read(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "sites: [{id: hill, latitude: 1 deg, longitude: 2 deg, basis: {default: estimate}}]", "utf-8"
    )
    result = run("check", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"no fault in {tmp_path}: 1 record (1 site) in 1 file\n"


@pytest.mark.parametrize(
    "files", [{}, {"notes.txt": "x"}, {"sources.yaml": "sources: {A: b}\n"}, {"x.yaml": ""}]
)
def test_check_refuses_a_folder_without_records(tmp_path, files):
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    message = str(run("check", tmp_path).exception)
    assert "has no records" in message
    assert "ilrs catalogue new site" in message
    assert ("only 1 source" in message) is ("sources.yaml" in files)


@pytest.mark.parametrize("kind", ["site", "experiment", "orbit", "mission"])
def test_a_template_at_the_top_is_told_where_it_belongs(tmp_path, kind):
    assert run("new", kind, "--output", tmp_path / "mine.yaml").exit_code == 0
    result = run("check", tmp_path)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert f"in the folder {kind}s" in line
