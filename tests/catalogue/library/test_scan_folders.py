"""A folder is read whole: its kinds, its mixed files, its limits, and what stands where it should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.library import files as module
from ilrs_science.catalogue.library.entries import Scan
from ilrs_science.catalogue.library.scan import scan_folder

BASIS = "basis: {default: estimate}"
HILL = f"{{id: hill, latitude: -89 deg, longitude: 10 deg, {BASIS}}}"


def scanned(folder: Path, files: dict[str, str | bytes]) -> Scan:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return scan_folder(folder)


def told(scan: Scan) -> list[str]:
    return [str(fault) for fault in scan.faults]


@pytest.mark.parametrize(
    "files",
    [
        {"sites/one.yaml": HILL},
        {"sites/one.yml": f"- {HILL}"},
        {"sites/ONE.YAML": HILL},
        {"mine.yaml": f"sites: [{HILL}]"},
        {"mine.yaml": f"sites: {HILL}"},
    ],
)
def test_a_record_may_stand_in_a_folder_or_under_its_kind(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    found = scanned(tmp_path, files)
    assert told(found) == []
    assert found.entries["sites"]["hill"].record.latitude == -89
    assert found.entries["sites"]["hill"].file == next(iter(files))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "sites:\n", "sources: {}\n", "sites: []\n"])
def test_an_empty_file_is_no_fault(tmp_path: Path, text: str) -> None:
    found = scanned(tmp_path, {"mine.yaml": text, "sites/none.yaml": ""})
    assert told(found) == []
    assert not any(found.entries.values())


def test_records_know_the_line_where_they_stand(tmp_path: Path) -> None:
    text = "".join(f"- id: {one}\n  latitude: 1 deg\n  longitude: 1 deg\n  {BASIS}\n\n" for one in "ab")
    entry = scanned(tmp_path, {"sites/two.yaml": text}).entries["sites"]["b"]
    told_at = str(entry.fault(("latitude",), "is odd", "even"))
    assert told_at == "sites/two.yaml:7: b.latitude: is odd (allowed: even)"
    assert entry.fault(("absent", 3), "x").line == 6


def test_a_faulty_record_is_remembered_by_its_id(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"sites/x.yaml": f"- {HILL}\n- {{id: dale, latitude: 1 deg, {BASIS}}}\n"})
    assert set(found.entries["sites"]) == {"hill"}
    assert found.broken["sites"] == {"dale"}
    assert told(found) == ["sites/x.yaml:2: dale: longitude is missing"]


def test_a_record_without_an_id_is_told_once(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"sites/x.yaml": f"latitude: 1 deg\nlongitude: 2 deg\n{BASIS}\n"})
    assert told(found) == ["sites/x.yaml:1: id: id is missing"]
    assert not found.entries["sites"]


def test_sources_of_several_files_are_one_list(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"a.yaml": "sources: {A: one}\n", "b.yaml": "sources: {B: two}\n"})
    assert found.sources == {"A": "one", "B": "two"}


@pytest.mark.parametrize(
    "text", ["sources: [a]", "sources: {A: 1}", "sources: text", "sources: {A: {b: c}}", "sources:"]
)
def test_sources_are_a_map_to_text(tmp_path: Path, text: str) -> None:
    found = scanned(tmp_path, {"a.yaml": text})
    assert told(found) == ["a.yaml:1: sources: is not a map from keys to text"]


def test_an_unknown_folder_or_kind_names_the_nearest_and_what_is_allowed(tmp_path: Path) -> None:
    found = told(scanned(tmp_path, {"experiment/x.yaml": "[", "a.yaml": "x: 1\nsourcs: {}\n"}))
    assert found == [
        "a.yaml:1: x: unknown kind of record 'x' (allowed: one of 19; see: ilrs catalogue list)",
        (
            "a.yaml:2: sourcs: unknown kind of record 'sourcs'; did you mean sources or showers? "
            "(allowed: one of 19; see: ilrs catalogue list)"
        ),
        (
            "experiment: unknown folder 'experiment'; did you mean experiments? "
            "(allowed: one of 18; see: ilrs catalogue list)"
        ),
    ]


def test_what_is_hidden_a_draft_or_no_yaml_is_left_alone(tmp_path: Path) -> None:
    files = (
        ".git/x.yaml",
        "_old/x.yaml",
        ".x.yaml",
        "_x.yaml",
        "sites/.x.yaml",
        "sites/README.md",
        "sites/sites.schema.json",
        "x.yaml.bak",
    )
    assert told(scanned(tmp_path, dict.fromkeys(files, "["))) == []


def test_records_in_another_form_are_told_and_not_passed_over(tmp_path: Path) -> None:
    found = told(scanned(tmp_path, {"sites/x.json": "{}", "sites/y.TXT": "hill", "sites/z.yaml": HILL}))
    assert [line.partition(" (")[0] for line in found] == [
        "sites/x.json: is not read: records are in YAML, not in .json files",
        "sites/y.TXT: is not read: records are in YAML, not in .txt files",
    ]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"sites/a.yaml": b"\xff", "sites/b.yaml": HILL, "sites/c.yaml": "a: *b\n"})
    assert set(found.entries["sites"]) == {"hill"}
    assert told(found) == [
        "sites/a.yaml:1: is not UTF-8 text (allowed: UTF-8)",
        "sites/c.yaml:1: uses an alias (allowed: the value written out)",
    ]


def test_a_folder_named_like_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "sites" / "x.yaml").mkdir(parents=True)
    assert told(scan_folder(tmp_path)) == ["sites/x.yaml: is not a regular file"]


def test_one_file_too_many_ends_the_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 2)
    found = scanned(tmp_path, {f"sites/{name}.yaml": HILL.replace("hill", name) for name in "abcd"})
    assert set(found.entries["sites"]) == {"a", "b"}
    assert told(found) == ["sites/c.yaml: is one file too many (allowed: up to 2 files)"]


def test_the_first_of_two_records_with_one_id_counts(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"sites/a.yaml": HILL, "sites/b.yaml": f"- {HILL.replace('-89', '5')}\n"})
    assert found.entries["sites"]["hill"].record.latitude == -89
    assert len(found.faults) == 1


def test_one_id_may_name_records_of_two_kinds(tmp_path: Path) -> None:
    camera = f"{{id: hill, kind: camera, mass: 2 kg, power: {{operate: 6 W}}, data_rate: 1 Mbit/s, {BASIS}}}"
    found = scanned(tmp_path, {"mine.yaml": f"sites: [{HILL}]\ninstruments: [{camera}]\n"})
    assert told(found) == []
    assert "hill" in found.entries["sites"]
    assert "hill" in found.entries["instruments"]


@pytest.mark.parametrize("value", ["12", "text", "[[1]]", "null"])
def test_what_is_no_record_is_told(tmp_path: Path, value: str) -> None:
    found = scanned(tmp_path, {"sites/x.yaml": f"- {value}\n"})
    assert told(found) == ["sites/x.yaml:1: 0: is not a record (allowed: a map from fields to values)"]


CAMERA = f"{{id: cam, kind: camera, mass: 2 kg, power: {{operate: 6 W}}, data_rate: 1 Mbit/s, {BASIS}}}"


def test_a_file_in_the_wrong_folder_is_one_fault(tmp_path: Path) -> None:
    text = "".join(f"- {CAMERA.replace('cam,', f'cam{number},')}\n" for number in range(30))
    found = scanned(tmp_path, {"sites/x.yaml": text})
    assert told(found) == [
        (
            "sites/x.yaml:1: cam0: has the fields of an instrument, not of a site, and so have 29 more here "
            "(allowed: in the folder instruments, or under instruments: in a file at the top)"
        )
    ]
    assert found.broken["instruments"] == {f"cam{number}" for number in range(30)}


@pytest.mark.parametrize("text", [HILL, f"- {HILL}\n", HILL.replace("id: hill, ", "")])
def test_a_record_at_the_top_without_its_kind_is_one_fault(tmp_path: Path, text: str) -> None:
    (found,) = told(scanned(tmp_path, {"mine.yaml": text}))
    assert found.startswith("mine.yaml:1: ")
    assert found.endswith("stands under no kind of record (allowed: in the folder sites, or under sites:)")


def test_a_folder_inside_a_kind_is_told_and_not_read(tmp_path: Path) -> None:
    found = scanned(tmp_path, {"sites/deep/x.yaml": HILL, "sites/_old/x.yaml": HILL})
    assert told(found) == [
        "sites/deep: unknown folder: folders inside a kind are not read (allowed: files in sites)"
    ]
