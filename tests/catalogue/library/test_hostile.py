"""Hostile folders are refused, fast and small: faults in plain words, never a traceback."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.catalogue.library import files as files_module
from ilrs_science.catalogue.library.entries import MAX_FAULTS
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.errors import Fault, IlrsError

BASIS = "basis: {default: estimate}\n"
SITE = f"id: hill\nlatitude: 1 deg\nlongitude: 1 deg\n{BASIS}"
EXPERIMENT = (
    f"id: x\ncategory: basic_experiment\nfield: isru\nsession: 1 h\npower: 5 W\ndata: 0 Mbit\n{BASIS}"
)
CAMPAIGN = "id: c\nstation: connecting_ridge_station\nexperiments: [autonomous_operation]\n"


def told(tmp_path: Path, kind: str, text: str | bytes) -> list[Fault]:
    """Faults of one file, found quickly."""
    folder = tmp_path / kind
    folder.mkdir(exist_ok=True)
    (folder / "x.yaml").write_bytes(
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    )
    load_catalogue()
    begin = time.perf_counter()
    found = catalogue_faults(tmp_path)
    assert time.perf_counter() - begin < 10
    assert len(found) <= MAX_FAULTS
    assert all(len(str(fault)) < 2000 and str(fault).isprintable() for fault in found)
    return found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: &a [x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n", "uses an anchor"),
        ("a: *b\n", "uses an alias"),
        ("!!python/object/apply:os.system ['true']\n", "uses the tag"),
        ("%TAG ! tag:evil,2000:\n---\n!x a\n", "uses the tag"),
        ("[" * 10_000, "nested too deeply"),
        ("{a: " * 10_000, "nested too deeply"),
        ("".join(" " * depth + "a:\n" for depth in range(1_200)), "nested too deeply"),
        (bytes(range(256)) * 100, "null bytes"),
        (SITE + "name: " + "x" * 900_000, "too long a text"),
        ("#" * 2_000_000, "too large"),
        ("[" + "1," * 200_000 + "1]", "too many entries"),
        (SITE.encode("utf-16"), "not UTF-8 text but UTF-16"),
        (SITE.encode("utf-16-le"), "null bytes"),
        (SITE.encode("utf-32"), "UTF-16 or UTF-32"),
        (b"\xef\xbb\xbf" + f"{SITE}name: M\xf6nch\n".encode("latin-1"), "not UTF-8 text"),
        (SITE.encode() + b"name: \xed\xa0\x80\n", "not UTF-8 text"),
        (SITE.encode() + b"name: \xc0\xaf\n", "not UTF-8 text"),
        (f"{SITE}---\n{SITE}", "has a second document"),
        ("? [a]\n: b\n", "map or list as a key"),
        ('id: "\\z"', "not valid YAML"),
        ("\tid: x", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_plain_yaml_is_one_fault(tmp_path: Path, text: str | bytes, word: str) -> None:
    (fault,) = told(tmp_path, "sites", text)
    assert word in fault.wrong


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\\\b", "C:a", "a b", "A", "1a", "hügel", "a-b", ""],
)
def test_an_id_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    found = told(tmp_path, "sites", SITE.replace("hill", f'"{name}"'))
    assert any("is not a name" in fault.wrong for fault in found)


@pytest.mark.parametrize(
    "number", [".nan", ".inf", "-.inf", "1e999 deg", "nan deg", "inf deg", "9" * 3_000, "59:" * 500 + "1"]
)
def test_a_number_is_finite(tmp_path: Path, number: str) -> None:
    found = told(tmp_path, "sites", SITE.replace("1 deg", number))
    assert len(found) == 2
    assert all("number" in fault.wrong for fault in found)


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("campaigns", CAMPAIGN + "start: 2031-02-01\nend: 2031-01-01\n", "is not after start"),
        ("campaigns", CAMPAIGN + "start: 2031-02-01\nend: 2031-02-01\n", "is not after start"),
        ("campaigns", CAMPAIGN + "start: 0000-00-00\nend: 2031-02-01\n", "is not a possible date"),
        ("campaigns", CAMPAIGN + "start: 2031-02-01\nend: 292277-01-01\n", "is not a date"),
        ("experiments", EXPERIMENT + "after: [x]\n", "waits for itself"),
        ("experiments", EXPERIMENT + "excludes: [x]\n", "excludes itself"),
        ("sites", "- {extends: a, id: b}\n- {extends: b, id: a}\n", "extends itself"),
        ("sites", SITE + "latitude: 2 deg\n", "is written twice"),
        (
            "sites",
            "- " + SITE.replace("\n", "\n  ") + "\n- " + SITE.replace("\n", "\n  "),
            "is already the id",
        ),
        ("sites", "<<: {a: b}\n" + SITE, "unknown field '<<'"),
        ("experiments", EXPERIMENT + "repeats: 99999999999999999999\n", "must be at most 10000"),
        ("experiments", EXPERIMENT + "conditions: " + "{kind: not, of: " * 20 + "{}" + "}" * 20, ""),
    ],
)
def test_what_contradicts_itself_is_a_fault(tmp_path: Path, kind: str, text: str, wrong: str) -> None:
    assert any(wrong in fault.wrong for fault in told(tmp_path, kind, text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sites", SITE + "".join(f"k{number}: 1\n" for number in range(30_000))),
        ("sites", SITE + "name: a\n" * 20_000),
        ("sites", "".join(f"- {{id: a{number}, foo: 1}}\n" for number in range(10_000))),
        ("sites", "[" + "1," * 40_000 + "1]"),
        ("experiments", EXPERIMENT + "sites: [" + "nowhere, " * 30_000 + "a]\n"),
        (
            "experiments",
            EXPERIMENT + "conditions: {kind: any_of, of: [" + "{kind: dya}, " * 15_000 + "{kind: day}]}",
        ),
        ("sites", SITE.replace("estimate", "sourced " + " ".join(f"S{number}x" for number in range(600)))),
    ],
)
def test_many_faults_are_told_in_part(tmp_path: Path, kind: str, text: str) -> None:
    assert told(tmp_path, kind, text)


def test_a_byte_order_mark_of_utf_8_is_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path, "sites", b"\xef\xbb\xbf" + SITE.encode()) == []


def test_links_in_a_circle_are_told_and_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "orbits").mkdir(parents=True)
    (folder / "sites").symlink_to(folder, target_is_directory=True)
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "orbits" / "gone.yaml").symlink_to(folder / "nothing.yaml")
    (folder / "targets").symlink_to(folder / "targets")
    found = [str(fault) for fault in catalogue_faults(folder)]
    assert "loop.yaml: is not a regular file" in found
    assert "orbits/gone.yaml: is not a regular file" in found
    assert all("regular file" in line or "unknown" in line for line in found)


def test_devices_and_pipes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [fault.wrong for fault in catalogue_faults(tmp_path)] == ["is not a regular file"] * 2


def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    load_catalogue()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert [str(fault) for fault in catalogue_faults(tmp_path)] == [".: cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["a\nb.yaml", "\x1b[31m.yaml", os.fsdecode(b"\xff\xfe.yaml")])
def test_names_of_files_cannot_write_on_the_screen(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("12", "utf-8")
    (tmp_path / name.removesuffix(".yaml")).mkdir()
    found = [str(fault) for fault in catalogue_faults(tmp_path)]
    assert len(found) == 2
    assert all(line.isprintable() for line in found)


@pytest.mark.parametrize("text", ['"\\e[2J"', '"a\\nb"', "x" * 3_000])
def test_sources_can_be_printed(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.yaml").write_text(f"sources:\n  A: good\n  B: {text}\n", "utf-8")
    (fault,) = catalogue_faults(tmp_path)
    assert (fault.line, fault.field, fault.wrong) == (3, "sources.B", "is no source")


def test_a_folder_of_many_large_files_is_left_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "MAX_BYTES", 2_500)
    for name in "abcd":
        (tmp_path / f"{name}.yaml").write_text("#" * 1_000, "utf-8")
    assert [str(fault) for fault in catalogue_faults(tmp_path)] == [
        "c.yaml: makes the folder too large (allowed: up to 0 MB in all)"
    ]


WORDS = st.sampled_from(
    ["id", "extends", "name", "latitude", "conditions", "of", "kind", "basis", "default", "instruments", "session",
     "hill", "malapert", "12 W", "-1 deg", "day", "all_of", "estimate", "sourced S28", "2031-01-01", "", "..", "\x1b"]
)  # fmt: skip
SCALARS = WORDS | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NESTED = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
PUNCTUATION = st.sampled_from("ab:-[]{}&*!|>'\"%@`#? \n\t1.~<,=")
FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def survives(tmp_path: Path, kind: str, raw: bytes) -> None:
    """Either records or an error of ours, and the faults are small."""
    found = told(tmp_path, kind, raw)
    said = ""
    try:
        load_catalogue(tmp_path)
    except IlrsError as error:
        said = str(error)
    assert bool(said) == (bool(found) or "has no records" in said)


@FUZZ
@given(kind=st.sampled_from(sorted(KINDS)), raw=st.binary(max_size=300))
def test_any_bytes_are_records_or_faults(tmp_path: Path, kind: str, raw: bytes) -> None:
    survives(tmp_path, kind, raw)


@FUZZ
@given(
    kind=st.sampled_from(sorted(KINDS)),
    text=st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@`#? \n\t1.~<,="), max_size=80),
)
def test_any_punctuation_is_records_or_faults(tmp_path: Path, kind: str, text: str) -> None:
    survives(tmp_path, kind, text.encode())


@FUZZ
@given(kind=st.sampled_from(sorted(KINDS)), content=NESTED)
def test_any_nested_values_are_records_or_faults(tmp_path: Path, kind: str, content: object) -> None:
    survives(tmp_path, kind, yaml.safe_dump(content, allow_unicode=True).encode("utf-8", "surrogatepass"))


@FUZZ
@given(
    changes=st.lists(
        st.dictionaries(
            st.sampled_from(["id", "extends", "name", "latitude", "basis", "height"]), NESTED, max_size=4
        ),
        max_size=5,
    ),
    bases=st.lists(st.sampled_from(["malapert", "a", "b", "c"]), min_size=5, max_size=5),
)
def test_any_extension_is_records_or_faults(
    tmp_path: Path, changes: list[dict[str, object]], bases: list[str]
) -> None:
    laid = [
        {"id": name, "extends": base, **change}
        for name, base, change in zip("abcde", bases, changes, strict=False)
    ]
    survives(tmp_path, "sites", yaml.safe_dump(laid, allow_unicode=True).encode("utf-8", "surrogatepass"))
