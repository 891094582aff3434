"""Disruptions that a person writes, in UTC or seconds, and the way there and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.scenario import read_disruptions, write_disruptions
from tests.planning.problems import battery, link, problem, renewable, storage

ASKED = problem(
    resources=(renewable("camera"), battery(), storage(), link((0, 1, 1.0))), horizon_s=10 * 86400
)


def read(folder: Path, text: str) -> tuple[Disruption, ...]:
    (folder / "mine.yaml").write_text(text, "utf-8")
    return read_disruptions(folder / "mine.yaml", ASKED)


def test_times_are_utc_or_seconds_or_a_length(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "disruptions:\n"
        "- {kind: instrument_fault, start: 2031-01-02, lasting: 36 h, resources: [camera], name: it hangs}\n"
        "- {kind: array_loss, start_s: 600, share: 25 %}\n"
        "- {kind: outage, start: 2031-01-03T06:00+08:00, end: 2031-01-03T00:00Z}\n"
        "- {kind: extra_load, start_s: 10, lasting: 2 min, power_W: 5, resources: [battery]}\n",
    )
    assert found == (
        Disruption(
            kind="instrument_fault",
            start_s=86400,
            end_s=86400 + 129600,
            resources=("camera",),
            name="it hangs",
        ),
        Disruption(kind="array_loss", start_s=600, share=0.25),
        Disruption(kind="outage", start_s=2 * 86400 - 7200, end_s=2 * 86400),
        Disruption(kind="extra_load", start_s=10, end_s=130, power_W=5, resources=("battery",)),
    )


def test_a_bare_list_will_do_and_so_will_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, '[{"kind": "safe_mode", "start_s": 5}]') == (
        Disruption(kind="safe_mode", start_s=5),
    )
    assert read(tmp_path, "disruptions: []") == ()


@given(
    st.lists(
        st.builds(
            Disruption,
            kind=st.sampled_from(["safe_mode", "outage", "dust", "array_loss", "extra_load"]),
            start_s=st.integers(-5, 864000),
            end_s=st.none() | st.integers(864000, 2000000),
            share=st.floats(0, 1),
            power_W=st.floats(0, 99),
            name=st.text(st.characters(categories=["L", "N"]), max_size=5),
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, wrong: list[Disruption]
) -> None:
    path = tmp_path_factory.mktemp("written") / "disruptions.json"
    write_disruptions(wrong, ASKED, path)
    assert read_disruptions(path, ASKED) == tuple(wrong)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[{kind: safe_mode}]", "line 1: start_s"),
        ("[{kind: safe_mod, start_s: 1}]", "safe_mode"),
        ("[{kind: safe_mode, start_s: 1, plce: here}]", "plce"),
        (
            "- {kind: safe_mode, start_s: 1}\n- {kind: outage, start_s: 1, resources: [lnk]}",
            "line 2: unknown resource",
        ),
        ("[{kind: instrument_fault, start_s: 1}]", "must say which resources"),
        ("[{kind: safe_mode, start_s: 9, end_s: 4}]", "ends before it begins"),
        ("[{kind: safe_mode, start: 2031-02-30}]", "2031-02-30"),
        ("[{kind: safe_mode, start: 2031-01-02, start_s: 4}]", "has both start and start_s"),
        ("[{kind: safe_mode, start_s: 4, end_s: 5, lasting: 1 h}]", "has both an end and lasting"),
        ("[{kind: safe_mode, start_s: 4, lasting: 1 km}]", "lasting: 'km' is not a unit here"),
        ("[{kind: dust, start_s: 4, share: 2}]", "share"),
        ("[{kind: dust, start_s: 4, share: much}]", "share: 'much' is not a number"),
        ("[7]", "is not a map of fields"),
        ("kind: safe_mode", "holds no list of disruptions"),
        ("", "holds no list of disruptions"),
        ("[", "mine.yaml"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_wrong_entry_is_told_but_no_more_than_ten(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"^mine.yaml: line 1: .*\nline 2: .*\n(.*\n){8}and 2 more$"):
        read(tmp_path, "- {kind: x, start_s: 1}\n" * 12)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"none\.yaml"):
        read_disruptions(tmp_path / "none.yaml", ASKED)
    with pytest.raises(RequestError, match="cannot write"):
        write_disruptions([], ASKED, tmp_path / "none" / "x.json")
