from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError, UnknownNameError


@pytest.mark.parametrize("kind", KINDS)
def test_a_shelf_is_found_by_the_folder_or_the_singular(kind: str) -> None:
    catalogue = load_catalogue()
    assert catalogue.shelf(kind) is catalogue.shelf(SINGULAR[kind]) is getattr(catalogue, kind)


def test_an_unknown_shelf_names_the_nearest() -> None:
    with pytest.raises(
        UnknownNameError, match="unknown kind of record 'instrumens'; did you mean instruments"
    ):
        load_catalogue().shelf("instrumens")


def test_records_come_shelf_by_shelf() -> None:
    catalogue = load_catalogue()
    found = list(catalogue.records())
    assert len(found) == sum(map(len, catalogue.shelves))
    assert [kind for kind, _ in found] == [shelf.kind for shelf in catalogue.shelves for _ in shelf]


def test_a_record_is_found_with_or_without_its_kind() -> None:
    ((kind, record),) = load_catalogue().find("site/malapert")
    assert kind == "site"
    assert isinstance(record, Site)
    assert (kind, record) in load_catalogue().find("malapert")
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        load_catalogue().find("malapart")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ASAN", "instrument/neutral_analyser"),
        ("lut", "instrument/near_uv_telescope"),
        ("CE6", "mission/change_6"),
        ("Chang'e-6", "mission/change_6"),
        ("ce-7_lpr", "instrument/penetrating_radar"),
        ("Statio Tianhe", "site/von_karman"),
        ("CNSA", "partner/china"),
        ("sites/malapert", "site/malapert"),
        ("relay/queqiao-2", "relay/queqiao2_relay"),
    ],
)
def test_code_and_name_are_names_too(name: str, meant: str) -> None:
    kind, record = load_catalogue().one(name)
    assert f"{kind}/{record.id}" == meant


def test_a_name_of_several_records_says_which_ids_there_are() -> None:
    with pytest.raises(RequestError, match=r"'Queqiao-2' names 3 records; write .*mission/queqiao_2"):
        load_catalogue().one("Queqiao-2")


def test_an_unknown_name_is_short_and_says_how_to_list() -> None:
    for name in ("ASANN", "x" * 3000, "", "'-'"):
        with pytest.raises(UnknownNameError, match="are known: ilrs catalogue list") as caught:
            load_catalogue().one(name)
        assert len(str(caught.value)) < 250
    with pytest.raises(UnknownNameError, match="did you mean mission/change_6"):
        load_catalogue().one("site/change_6")
    with pytest.raises(UnknownNameError, match="did you mean neutral_analyser"):
        load_catalogue().one("ASANN")


def test_every_record_is_found_by_its_id_first() -> None:
    catalogue = load_catalogue()
    assert all((kind, record) in catalogue.find(record.id) for kind, record in catalogue.records())
