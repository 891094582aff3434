from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.differences import Difference, changes_of, differences
from ilrs_science.catalogue.site import Site

ESTIMATE = {"default": "estimate"}
HILL = Site(id="hill", name="Hill", latitude=1, longitude=2, basis=ESTIMATE)
DALE = Site(id="dale", latitude=3, longitude=4, basis=ESTIMATE)


def between(before: list[Site], after: list[Site]) -> list[Difference]:
    return list(differences([("site", one) for one in before], [("site", one) for one in after]))


def test_equal_lots_do_not_differ() -> None:
    assert between([HILL, DALE], [DALE, HILL]) == []
    assert load_catalogue().differences(load_catalogue()) == ()
    assert len(load_catalogue().diff(load_catalogue())) == 0


def test_a_record_more_is_added_and_one_less_removed() -> None:
    assert between([HILL], [HILL, DALE]) == [Difference("site", "dale", "added")]
    assert between([HILL], []) == [Difference("site", "hill", "removed", "", "Hill")]


def test_each_value_that_changed_is_told_with_its_unit() -> None:
    higher = HILL.replace(height="12 m", latitude="1.5 deg", name="")
    assert between([HILL], [higher]) == [
        Difference("site", "hill", "changed", "name", "Hill", ""),
        Difference("site", "hill", "changed", "latitude", "1 deg", "1.5 deg"),
        Difference("site", "hill", "changed", "height", "", "12 m"),
    ]


def test_a_number_with_a_new_basis_is_a_change() -> None:
    read = HILL.replace(basis={"default": "estimate", "latitude": "sourced S1"})
    assert between([HILL], [read]) == [
        Difference("site", "hill", "changed", "basis.latitude", "", "sourced H S1")
    ]


def test_the_table_of_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "sites:\n- {extends: malapert, name: Mine}\n"
        "- {id: hill, latitude: 1 deg, longitude: 1 deg, basis: {default: estimate}}\n",
        "utf-8",
    )
    shipped = load_catalogue()
    frame = shipped.diff(load_catalogue(tmp_path))
    assert list(frame.columns) == ["kind", "id", "change", "field", "before", "after"]
    assert frame[["id", "change", "field", "after"]].to_numpy().tolist() == [
        ["hill", "added", "", ""],
        ["malapert", "changed", "name", "Mine"],
    ]


NUMBERS = st.integers(-80, 80)
SITES = st.dictionaries(st.sampled_from("abcd"), NUMBERS, max_size=4).map(
    lambda found: [
        Site(id=name, latitude=number, longitude=0, basis=ESTIMATE) for name, number in found.items()
    ]
)


@given(SITES, SITES)
def test_differences_the_other_way_round_are_turned_over(before: list[Site], after: list[Site]) -> None:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    there, back = between(before, after), between(after, before)
    assert {(one.id, one.field, turned[one.change], one.after, one.before) for one in there} == {
        (one.id, one.field, one.change, one.before, one.after) for one in back
    }


@given(SITES, SITES)
def test_there_is_a_difference_where_records_are_not_equal(before: list[Site], after: list[Site]) -> None:
    old, new = ({one.id: one for one in lot} for lot in (before, after))
    unequal = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert {one.id for one in between(before, after)} == unequal


def test_two_records_can_be_compared_by_themselves() -> None:
    shipped = load_catalogue().instruments["near_uv_telescope"]
    heavier = shipped.replace(mass="14 kg")
    assert list(changes_of("instrument", shipped, heavier)) == [
        Difference("instrument", "near_uv_telescope", "changed", "mass", "13 kg", "14 kg")
    ]
    assert list(changes_of("instrument", shipped, shipped)) == []


def test_sources_differ_too(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("sources: {MINE: my notebook, S28: another page}\n", "utf-8")
    hill = "{id: hill, latitude: 1 deg, longitude: 1 deg, basis: {default: estimate}}"
    (tmp_path / "hill.yaml").write_text(f"sites:\n- {hill}\n", "utf-8")
    shipped = load_catalogue()
    found = [one for one in shipped.differences(load_catalogue(tmp_path)) if one.kind == "source"]
    assert tuple(found) == (
        Difference("source", "MINE", "added", "", "", "my notebook"),
        Difference("source", "S28", "changed", "", shipped.sources["S28"], "another page"),
    )
    back = next(one for one in load_catalogue(tmp_path).differences(shipped) if one.id == "MINE")
    assert (back.id, back.change) == ("MINE", "removed")
