"""An experiment of one's own: all faults in one list, a file when it is sound, and nothing hostile gets through."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.panels.catalogue_editor import ExperimentEditor
from ilrs_science.panels.catalogue_own import download, fault_table, read_draft, template

CATALOGUE = load_catalogue()
SOUND = template(CATALOGUE)
FAULTY = SOUND.replace("session: 6 h", "session: 6 kg").replace("field: isru", "domain: isru")


def test_one_begins_with_a_sound_experiment() -> None:
    draft = read_draft(SOUND)
    assert draft.faults == ()
    assert [one.id for one in draft.experiments] == ["my_experiment"]
    assert draft.sentence.startswith("Sound: my_experiment. With the other experiments, 0 pairs")


def test_with_all_fields_it_is_sound_too() -> None:
    draft = read_draft(re.sub(r"^# ", "", SOUND, flags=re.MULTILINE))
    assert draft.faults == ()
    assert draft.disturbs > 0, "the oxygen plant of the example disturbs others"


def test_all_faults_come_at_once_and_are_those_of_the_loader(tmp_path) -> None:
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "mine.yaml").write_text(FAULTY, "utf-8")
    draft = read_draft(FAULTY)
    assert list(draft.faults) == catalogue_faults(tmp_path)
    assert draft.sentence == "3 faults to mend."
    told = fault_table(draft)
    line = FAULTY.split("\n").index("session: 6 kg") + 1
    assert f"<td>{line}</td><td>session</td>" in told
    assert told.count("<tr>") == 4
    assert "did you mean" in told or "unknown field" in told


def test_a_name_that_is_not_there_is_a_fault() -> None:
    draft = read_draft(SOUND + "\ninstruments: [oxygen_plnt]\n")
    assert len(draft.faults) == 1
    assert "oxygen_plant" in str(draft.faults[0])


def test_a_shipped_experiment_with_changes_is_told() -> None:
    text = "extends: beacon_time_transfer\nid: beacon_time_transfer\nrepeats: 7\nbasis: {repeats: estimate}\n"
    draft = read_draft(text)
    assert [(one.id, one.repeats) for one in draft.experiments] == [("beacon_time_transfer", 7)]


@pytest.mark.parametrize("text", ["", "# nothing\n", "## only words"])
def test_an_empty_text_offers_no_file(text: str) -> None:
    draft = read_draft(text)
    assert download(draft, text) == ""
    assert "Traceback" not in draft.sentence


@pytest.mark.parametrize(
    "text",
    [
        "id: [}",
        "&a [*a, *a]",
        "!!python/object/apply:os.system [ls]",
        "[" * 10_000,
        "id: ../../x\n",
        "id: my_experiment\nsession: .nan\n",
        "\ud800",
        "\0",
        "a" * 2_000_000,
        "- 1\n- 2\n",
    ],
)
def test_hostile_text_is_a_fault_in_a_line(text: str) -> None:
    draft = read_draft(text)
    assert draft.faults
    assert len(fault_table(draft)) < 100_000
    assert download(draft, text) == ""


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    draft = read_draft(text)
    assert draft.sentence
    assert bool(draft.faults) == bool(fault_table(draft))


def test_the_file_holds_what_was_written_and_its_name_is_the_id() -> None:
    link = download(read_draft(SOUND), SOUND)
    assert 'download="my_experiment.yaml"' in link
    content = re.search(r"base64,([^\"]+)", link)
    assert content is not None
    assert base64.b64decode(content[1]).decode() == SOUND


def test_nothing_is_left_behind(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_draft(SOUND)
    read_draft(FAULTY)
    assert list(tmp_path.iterdir()) == []


def test_the_editor_follows_the_text() -> None:
    editor = ExperimentEditor(CATALOGUE)
    assert "Sound: my_experiment" in editor._message.value
    assert "my_experiment.yaml" in editor._file.value
    assert "estimate of ours" in editor._record.value
    editor._text.value = FAULTY
    assert editor.wait(20)
    assert 'role="alert"' in editor._message.value
    assert "To mend" in editor._faults.value
    assert editor._file.value == editor._record.value == ""
    editor._text.value = SOUND
    assert editor.wait(20)
    assert editor._faults.value == ""
    assert repr(editor) == f"<ExperimentEditor, {len(SOUND)} characters>"
