from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import UnknownNameError


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
