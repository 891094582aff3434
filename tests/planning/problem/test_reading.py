"""What people write as JSON is read strictly, and a fault names the record, the field and the nearest name."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.problem import Problem, ProblemError
from ilrs_science.planning.problem.reading import form_of, read_json


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1, "b": {"id": 1, "x": 2, "id": 3}}', "the key 'id' stands twice in one object"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": [-Infinity]}', "-Infinity is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (f'{{"a": {"9" * 5000}}}', "digits"),
        ('{"a": 1,}', "line 1 column 9"),
        ('{"a": 1} {"b": 2}', "Extra data"),
        ("{'a': 1}", "double quotes"),
    ],
)
def test_what_json_does_not_allow_is_refused(text: str, says: str) -> None:
    with pytest.raises(RequestError, match=r"^the problem is not JSON") as caught:
        read_json(text, "problem")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_file_may_begin_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"a": 1}', "utf-8-sig")
    assert read_json(path, "problem") == read_json(str(path), "problem") == {"a": 1}


def test_what_is_no_file_of_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "binary.json").write_bytes(bytes(range(256)))
    cases = {
        tmp_path / "nowhere.json": "'nowhere.json': there is no such file",
        tmp_path: "it is a folder",
        tmp_path / "binary.json": "'binary.json': it is no text in UTF-8",
        tmp_path / ("x" * 300): "File name too long",
        tmp_path / "binary.json" / "p.json": "Not a directory",
        "a\0b": "null byte",
        "": "it is a folder",
    }
    for path, says in cases.items():
        with pytest.raises(RequestError, match=r"^cannot read the plan ") as caught:
            read_json(path, "plan")
        assert says in str(caught.value)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_without_an_end_is_refused_at_once() -> None:
    with pytest.raises(RequestError, match="'zero': it is a device"):
        read_json("/dev/zero", "plan")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=("[1]", "utf-8"))
    writer.start()
    assert read_json(tmp_path / "pipe", "plan") == [1]
    writer.join()


def faults(**fields: object) -> list[str]:
    """Faults of a problem."""
    with pytest.raises(ProblemError) as caught:
        Problem(**{"horizon_s": 100, **fields})
    return list(caught.value.faults)


def test_a_fault_names_the_record_by_its_id_and_the_nearest_field() -> None:
    drill = {"id": "drill", "duration_s": 5}
    assert faults(activities=[drill | {"durations": 1}, drill | {"id": "b", "value": "much"}]) == [
        "activity 'drill': durations: no such field; did you mean duration_s?",
        "activity 'b': value: must be a number (given: 'much')",
    ]
    assert faults(activities=[drill | {"precedences": [{"after": "b", "min_lag": 5}]}]) == [
        "activity 'drill': precedences[0].min_lag: no such field; did you mean min_lag_s?"
    ]
    assert faults(horizont_s=3) == ["horizont_s: no such field; did you mean horizon_s?"]


def test_a_fault_of_a_resource_names_its_kind() -> None:
    assert faults(resources=[{"kind": "baterry", "id": "b"}]) == [
        "resource 'b': unknown kind 'baterry'; did you mean battery? (known: renewable, battery, storage, link)"
    ]
    assert faults(resources=[{"kind": "battery", "id": "b", "capacity_Wh": 1, "initial": 1}]) == [
        "battery 'b': initial_Wh: field required",
        "battery 'b': initial: no such field; did you mean initial_Wh?",
    ]
    assert faults(resources=[{"id": "b"}, 5]) == [
        "resource 'b': must say its kind: renewable, battery, storage, link",
        "resources[1]: must be an object (given: 5)",
    ]


@pytest.mark.parametrize("entry", [None, 5, "drill", [], {"id": 5}, {"id": ["x"]}])
def test_a_record_that_is_none_is_told_by_its_number(entry: object) -> None:
    (first, *_) = faults(activities=[{"id": "a", "duration_s": 1}, entry])
    assert first.startswith("activities[1]")


def test_a_long_value_is_cut_short() -> None:
    (fault,) = faults(activities=[{"id": "a", "duration_s": "x" * 10_000}])
    assert len(fault) < 200


def test_what_should_be_a_list_or_an_object_is_told_as_json_calls_it() -> None:
    assert faults(activities="ab") == ["activities: must be a list (given: 'ab')"]
    assert faults(activities=[5]) == ["activities[0]: must be an object (given: 5)"]
    assert faults(name=5) == ["name: must be text (given: 5)"]
    drill = {"id": "a", "duration_s": 1}
    assert faults(activities=[drill | {"windows": {"from": 0}, "demands": [1]}]) == [
        "activity 'a': windows: must be a list (given: {'from': 0})",
        "activity 'a': demands: must be an object (given: [1])",
    ]


def test_a_message_tells_twenty_faults_and_counts_the_rest() -> None:
    with pytest.raises(ProblemError) as caught:
        Problem(horizon_s=5, activities=[{"id": f"a{k}", "duration_s": -1} for k in range(50)])
    assert len(caught.value.faults) == 50
    assert str(caught.value).startswith("50 faults in the problem: activity 'a0': duration_s is -1")
    assert str(caught.value).endswith("; and 30 more")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"duration_s": "5"}, "duration_s: must be a whole number (given: '5')"),
        ({"duration_s": 1.5}, "duration_s: must be a whole number (given: 1.5)"),
        ({"urgency": 1e30}, "urgency: is too large a number (given: 1e+30)"),
        ({"duration_s": True}, "duration_s: must be a whole number (given: True)"),
        ({"value": "3"}, "value: must be a number (given: '3')"),
        ({"value": True}, "value: must be a number (given: True)"),
        ({"optional": "yes"}, "optional: must be true or false (given: 'yes')"),
        ({"optional": 1}, "optional: must be true or false (given: 1)"),
        ({"windows": [[0, 1, 2]]}, "windows[0]: must have 2 entries (given: [0, 1, 2])"),
    ],
)
def test_a_field_of_another_kind_is_told_in_plain_words(change: dict[str, object], says: str) -> None:
    assert faults(activities=[{"id": "a", "duration_s": 5} | change]) == [f"activity 'a': {says}"]


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_an_id_is_not_blank(name: str) -> None:
    (fault,) = faults(activities=[{"id": name, "duration_s": 5}])
    assert "id: must be a name that is not blank" in fault


def test_a_long_value_keeps_its_closing_quote() -> None:
    (fault,) = faults(activities=[{"id": "a", "duration_s": "9" * 99}])
    assert fault.endswith(f"(given: '{'9' * 35}...')")


def test_each_form_is_known_by_its_fields() -> None:
    assert [form_of(one) for one in ({"horizon_s": 5}, {"placements": []}, {"plan": {}}, {}, [])] == [
        "problem", "plan", "result", "", "",
    ]  # fmt: skip
