"""What was read of a folder is counted."""

from __future__ import annotations

from pathlib import Path

from ilrs_science.catalogue.library import check_catalogue, load_catalogue
from ilrs_science.catalogue.library.checked import Checked
from ilrs_science.errors import Fault


def test_the_shipped_catalogue_is_counted_whole() -> None:
    checked = check_catalogue()
    assert checked.records == len(list(load_catalogue().records()))
    assert (checked.faults, checked.sources) == ((), len(load_catalogue().sources))


def test_faulty_records_count_as_read(tmp_path: Path) -> None:
    text = "sites:\n- {id: a, latitude: 1 deg, longitude: 1 deg, basis: {default: estimate}}\n- {id: b}\n"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    checked = check_catalogue(tmp_path)
    assert checked.read_text == "2 records (2 sites) in 1 file"
    assert len(checked.faults) == 3


def test_what_was_read_is_told_in_words() -> None:
    counts = {"sites": 0, "facilities": 2, "compliance": 1}
    checked = Checked((Fault("x.yaml", 1, "", "", "is odd"),), counts, 4, 0)
    assert checked.read_text == "3 records (2 facilities, 1 compliance item) in 4 files"
    assert repr(checked) == "<Checked: 1 fault, 3 records (2 facilities, 1 compliance item) in 4 files>"
    assert Checked((), {}, 0, 0).read_text == "0 records in 0 files"
