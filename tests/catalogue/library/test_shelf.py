import pytest

from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import UnknownNameError

HILLS = {name: Site(id=name, latitude=index, longitude=0) for index, name in enumerate(["b_hill", "a_hill"])}


def shelf(records=HILLS):
    return Shelf("site", records)


def test_records_stand_in_the_order_of_their_ids():
    assert list(shelf()) == ["a_hill", "b_hill"]
    assert repr(shelf()) == "<2 sites: a_hill, b_hill>"


def test_one_record_is_counted_in_the_singular():
    assert shelf({"a_hill": HILLS["a_hill"]}).count_text == "1 site"


def test_a_later_change_of_the_source_does_not_reach_the_shelf():
    source = dict(HILLS)
    kept = shelf(source)
    source.clear()
    assert len(kept) == 2


def test_equal_records_make_equal_shelves_that_hash_alike():
    again = shelf({name: hill.replace() for name, hill in reversed(HILLS.items())})
    assert again == shelf()
    assert hash(again) == hash(shelf())
    assert shelf({}) != shelf()


@pytest.mark.parametrize("name", ["c_hill", "", None, 3, ["a_hill"]])
def test_what_is_not_there_is_an_unknown_name(name):
    with pytest.raises(UnknownNameError, match="unknown site"):
        shelf()[name]


def test_get_gives_the_default():
    assert shelf().get("a_hill") is HILLS["a_hill"]
    assert shelf().get("c_hill", "none") == "none"


def test_a_kind_of_two_words_is_written_in_words():
    two = Shelf("ground_station", HILLS)
    assert two.count_text == "2 ground stations"
    assert two.kind == "ground_station"
    with pytest.raises(UnknownNameError, match="unknown ground station 'c_hill'"):
        two["c_hill"]
