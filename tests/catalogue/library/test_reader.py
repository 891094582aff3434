import time
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library.reader import Refusal, read_document


def document(tmp_path, text):
    path = tmp_path / "records.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path)


def refusal(tmp_path, text):
    with pytest.raises(Refusal) as caught:
        document(tmp_path, text)
    return caught.value


def test_values_come_with_their_lines(tmp_path):
    read = document(tmp_path, "- id: a\n  mass: 1 kg\n- id: b\n  power:\n    operate: 2 W\n")
    assert read.value == [{"id": "a", "mass": "1 kg"}, {"id": "b", "power": {"operate": "2 W"}}]
    assert read.line((0, "mass")) == 2
    assert read.line((1, "power", "operate")) == 5
    assert read.line((1, "nothing")) == 3


def test_plain_values_are_those_of_safe_load(tmp_path):
    text = "{a: 1, b: -2.5, c: true, d: null, e: ~, f: '1', g: 1e3, h: 0x10, i: [x, y], j: 12 W, k: .5}"
    assert document(tmp_path, text).value == yaml.safe_load(text)


def test_dates_stay_text(tmp_path):
    assert document(tmp_path, "start: 2031-02-30").value == {"start": "2031-02-30"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(tmp_path, text):
    assert document(tmp_path, text).value is None


def test_a_doubled_key_is_reported_with_its_line(tmp_path):
    assert document(tmp_path, "mass: 1 kg\npower: 1 W\nmass: 2 kg\n").doubled == [(("mass",), 3)]


HOSTILE = {
    "alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchor"),
    "alias": ("a: *nothing\n", "alias"),
    "python tag": ("a: !!python/object/apply:os.system [ls]\n", "tag"),
    "own tag": ("- !record\n  id: a\n", "tag"),
    "deep list": ("[" * 10_000, "nested too deeply"),
    "deep map": ("{a: " * 10_000, "nested too deeply"),
    "huge text": ("a: " + "x" * 100_000, "too long"),
    "huge key": ("x" * 100_000 + ": 1", ""),
    "map as key": ("? {a: b}\n: c\n", "key"),
    "two documents": ("a: 1\n---\nb: 2\n", "second document"),
    "latin-1": ("name: Gl\xe4ser\n".encode("latin-1"), "UTF-8"),
    "utf-16": ("name: x\n".encode("utf-16"), "UTF-8"),
    "binary": (bytes(range(256)), "UTF-8"),
    "null character": (b"a: \x00\n", "null"),
    "unclosed": ("a: [1, 2\nb: 3\n", "YAML"),
    "tabs": ("a:\n\t- b\n", "YAML"),
    "too many": ("[" + "1," * 150_000 + "1]", "too many"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_fast(tmp_path, name):
    text, word = HOSTILE[name]
    start = time.perf_counter()
    assert word in refusal(tmp_path, text).wrong
    assert time.perf_counter() - start < 10.0


def test_a_refusal_knows_the_line(tmp_path):
    assert refusal(tmp_path, "a: 1\nb: 2\nc: *x\n").line == 3
    assert refusal(tmp_path, b"a: 1\nb: \xff\n").line == 2


def test_a_large_file_is_refused_before_it_is_parsed(tmp_path):
    assert "too large" in refusal(tmp_path, b"#" * 1_100_000).wrong


def test_what_is_not_a_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="not a regular file"):
        read_document(tmp_path)


def test_a_byte_order_mark_is_harmless(tmp_path):
    assert document(tmp_path, b"\xef\xbb\xbfid: a\n").value == {"id": "a"}


PLAIN = st.none() | st.booleans() | st.integers() | st.text("abcdefgh :#-", max_size=8)
TREES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcd", min_size=1, max_size=3), inner)
    ),
)


@given(TREES)
def test_whatever_yaml_writes_is_read_back(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("tree") / "tree.yaml"
    path.write_text(yaml.safe_dump(tree), "utf-8")
    assert read_document(path).value == tree


@given(st.text(max_size=60) | st.text("{}[]:-&*!|>'\"? \n\tab", max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(Refusal):
        read_document(path)
