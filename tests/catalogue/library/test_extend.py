"""Records of a folder that extend others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.catalogue.library import extend as module
from ilrs_science.catalogue.library.entries import MAX_FAULTS
from ilrs_science.errors import CatalogueError

ESTIMATE = "basis: {default: estimate}"


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    return tmp_path


def told(tmp_path: Path, text: str) -> list[str]:
    return [str(fault) for fault in catalogue_faults(folder(tmp_path, text))]


def test_a_new_record_takes_what_it_does_not_state(tmp_path: Path) -> None:
    text = f"sites: [{{id: my_ridge, extends: malapert, latitude: -85.9 deg, {ESTIMATE}}}]"
    mine = load_catalogue(folder(tmp_path, text))
    mine_site, shipped = mine.sites["my_ridge"], mine.sites["malapert"]
    assert (mine_site.latitude, mine_site.longitude) == (-85.9, shipped.longitude)
    assert mine_site.provenance_of("latitude").basis == "estimate"
    assert mine_site.provenance_of("longitude") == shipped.provenance_of("longitude")
    assert shipped == load_catalogue().sites["malapert"]


@pytest.mark.parametrize("head", ["extends: malapert", "id: malapert, extends: malapert"])
def test_a_record_of_the_same_id_changes_the_shipped_one(tmp_path: Path, head: str) -> None:
    mine = load_catalogue(folder(tmp_path, f"sites: [{{{head}, name: My Malapert}}]"))
    shipped = load_catalogue().sites["malapert"]
    assert mine.sites["malapert"] == shipped.replace(name="My Malapert")
    assert len(mine.sites) == len(load_catalogue().sites)


def test_chains_go_through_files_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "a.yaml").write_text("{id: a, extends: b, name: A}", "utf-8")
    (tmp_path / "sites" / "b.yaml").write_text("{id: b, extends: c, note: B}", "utf-8")
    (tmp_path / "sites" / "c.yaml").write_text("{id: c, extends: malapert, name: C}", "utf-8")
    mine = load_catalogue(tmp_path)
    assert (mine.sites["a"].name, mine.sites["a"].note, mine.sites["b"].name) == ("A", "B", "C")
    assert mine.sites["a"].latitude == mine.sites["malapert"].latitude


def test_a_record_builds_on_the_changed_one_of_its_own_folder(tmp_path: Path) -> None:
    text = f"""sites:
- {{id: far, extends: malapert, name: Far}}
- {{extends: malapert, longitude: 5 deg, {ESTIMATE}}}
"""
    mine = load_catalogue(folder(tmp_path, text))
    assert mine.sites["far"].longitude == mine.sites["malapert"].longitude == 5


def test_a_record_that_extends_says_only_what_it_must(tmp_path: Path) -> None:
    text = "instruments: [{id: my_radar, extends: penetrating_radar, emits: [radio]}]"
    mine = load_catalogue(folder(tmp_path, text))
    assert mine.instruments["my_radar"].mass == mine.instruments["penetrating_radar"].mass
    assert [str(one) for one in mine.instruments["my_radar"].emits] == ["radio"]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("id: a, extends: malapart", "a.extends: unknown site 'malapart'; did you mean malapert"),
        ("id: a, extends: a", "a.extends: extends itself"),
        ("id: a, extends: [malapert]", "a.extends: is not a name"),
        ("id: a, extends: ../../etc/passwd", "a.extends: unknown site '../../etc/passwd'"),
        ("id: a, extends: malapert, latitud: 3 deg", "a.latitud: unknown field 'latitud'; did you mean"),
        ("id: a, extends: malapert, latitude: null", "a: latitude is missing"),
        ("id: null, extends: malapert", "id is missing"),
        ("id: A B, extends: malapert", "'A B' is not a name"),
        (
            "id: a, extends: malapert, latitude: 1 deg",
            "a.basis: says nothing about latitude, which this record changes",
        ),
        ("id: a, extends: malapert, latitude: 1 deg, basis: estimate", "a.basis: a basis is a map"),
    ],
)
def test_a_fault_of_a_change_is_told_like_any_other(tmp_path: Path, record: str, message: str) -> None:
    found = told(tmp_path, f"sites:\n- {{{record}}}\n")
    assert len(found) == 1, found
    assert found[0].startswith("mine.yaml:2: ")
    assert message in found[0]


def test_a_circle_is_found_and_all_that_hang_on_it(tmp_path: Path) -> None:
    text = (
        "sites:\n- {id: a, extends: b}\n- {id: b, extends: c}\n- {id: c, extends: a}\n- {id: d, extends: a}\n"
    )
    way = "a (mine.yaml:2) extends b (mine.yaml:3) extends c (mine.yaml:4) extends a"
    assert told(tmp_path, text) == [
        f"mine.yaml:2: a.extends: extends itself: {way} (allowed: a chain that ends at a whole record)",
        "mine.yaml:5: d.extends: extends 'a', which has faults (allowed: a sound record)",
    ]


def test_a_record_on_a_faulty_one_is_told_so(tmp_path: Path) -> None:
    text = "sites:\n- {id: a, extends: b}\n- {id: b, latitude: 1 deg, basis: {default: estimate}}\n"
    found = told(tmp_path, text)
    assert found == [
        "mine.yaml:2: a.extends: extends 'b', which has faults (allowed: a sound record)",
        "mine.yaml:3: b: longitude is missing",
    ]


def test_two_records_that_change_one_are_told(tmp_path: Path) -> None:
    text = "sites:\n- {extends: malapert, name: x}\n- {extends: malapert, name: y}\n"
    assert told(tmp_path, text) == [
        "mine.yaml:3: malapert.id: is already the id of a record at mine.yaml:2 (allowed: an id of its own)"
    ]


def test_a_long_chain_is_refused(tmp_path: Path) -> None:
    links = "".join(f"- {{id: s{number}, extends: s{number + 1}}}\n" for number in range(2_000))
    found = told(tmp_path, f"sites:\n{links}- {{id: s2000, extends: malapert}}\n")
    assert any("extends too long a chain (allowed: up to 16 records)" in line for line in found)
    assert len(found) == MAX_FAULTS


def test_inheritance_is_no_way_to_make_much_of_little(tmp_path: Path) -> None:
    many = ", ".join(f"x{number}" for number in range(20_000))
    heirs = "".join(f"- {{id: h{number}, extends: base}}\n" for number in range(3_000))
    base = (
        "- {id: base, category: basic_experiment, field: isru, session: 1 h, power: 5 W, data: 0 Mbit, "
        "basis: {default: estimate}, "
        f"sites: [{many}]}}\n"
    )
    begin = time.perf_counter()
    found = told(tmp_path, f"experiments:\n{base}{heirs}")
    assert time.perf_counter() - begin < 20
    assert any("inherits too much" in line for line in found)


def test_the_limit_of_inheritance_is_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_INHERITED", 25)
    heirs = "".join(f"- {{id: h{number}, extends: malapert}}\n" for number in range(9))
    found = told(tmp_path, f"sites:\n{heirs}")
    assert 0 < len(found) < 9
    assert all("inherits too much (allowed: up to 25 values in a folder)" in line for line in found)


def test_loading_a_circle_raises_its_faults(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="extends itself"):
        load_catalogue(folder(tmp_path, "sites: [{id: a, extends: b}, {id: b, extends: a}]"))
