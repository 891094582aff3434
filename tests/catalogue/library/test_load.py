import os
import pickle
import shutil

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library import Catalogue, catalogue_faults, load_campaign_record, load_catalogue
from ilrs_science.errors import DataFileError, Fault, RequestError, UnknownNameError
from ilrs_science.paths import data_folder

SITE = "id: hill\nname: My hill\nlatitude: -89 deg\nlongitude: 10 deg\nbasis: {default: estimate}\n"


def overlay(tmp_path, kind, text):
    (tmp_path / kind).mkdir()
    (tmp_path / kind / "mine.yaml").write_text(text, "utf-8")
    return tmp_path


def test_a_folder_adds_records(tmp_path):
    mine = load_catalogue(overlay(tmp_path, "sites", SITE))
    assert mine.sites["hill"].name == "My hill"
    assert set(mine.sites) == {*load_catalogue().sites, "hill"}


def test_a_folder_replaces_records_by_id(tmp_path):
    mine = load_catalogue(overlay(tmp_path, "sites", SITE.replace("id: hill", "id: malapert")))
    assert mine.sites["malapert"].name == "My hill"
    assert len(mine.sites) == len(load_catalogue().sites)
    assert mine != load_catalogue()


def test_a_folder_without_a_record_is_refused(tmp_path):
    with pytest.raises(RequestError, match="has no records; they go into YAML files in folders by kind"):
        load_catalogue(tmp_path)
    (tmp_path / "sources.yaml").write_text("sources: {MINE: A paper.}\n")
    with pytest.raises(RequestError, match="has no records, only 1 source;"):
        load_catalogue(tmp_path)


def test_a_catalogue_can_be_kept_and_sent_to_another_process():
    catalogue = load_catalogue()
    assert catalogue.search("seismometer")
    assert len(catalogue.sources) > 10
    again = pickle.loads(pickle.dumps(catalogue))
    assert again == catalogue
    assert hash(again) == hash(catalogue)
    assert again.sources == catalogue.sources
    assert again.search("seismometer") == catalogue.search("seismometer")


@pytest.mark.parametrize("wrong", ["my_folder", 5, None])
def test_what_is_no_catalogue_has_no_differences(wrong):
    with pytest.raises(RequestError, match=r"give a catalogue, such as load_catalogue\(FOLDER\)"):
        load_catalogue().diff(wrong)


@pytest.mark.parametrize("wrong", [5, None, ["seismometer"]])
def test_only_words_are_searched(wrong):
    with pytest.raises(RequestError, match="give text, such as"):
        load_catalogue().search(wrong)


def test_a_copy_of_the_shipped_folder_passes(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(data_folder() / "catalogue", copy)
    assert catalogue_faults(copy) == []
    assert load_catalogue(copy) == load_catalogue()


def test_one_file_may_hold_several_kinds_and_sources(tmp_path):
    site = "{id: hill, latitude: 1 deg, longitude: 2 deg, basis: {default: sourced MINE}}"
    text = f"sources: {{MINE: my notebook}}\nsites: [{site}]\n"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    mine = load_catalogue(tmp_path)
    assert mine.sources["MINE"] == "my notebook"
    assert mine.sites["hill"].provenance_of("latitude").sources == ("MINE",)


def test_an_unknown_id_lists_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown site 'malapart'; did you mean malapert"):
        load_catalogue().sites["malapart"]


def test_shelves_are_mappings():
    sites = load_catalogue().sites
    assert "malapert" in sites
    assert "nowhere" not in sites
    assert 12 not in sites
    assert sites.get("nowhere") is None
    assert dict(sites) == dict(sites.items())
    with pytest.raises(TypeError):
        sites["malapert"] = None


def test_find_looks_on_every_shelf():
    assert [kind for kind, _ in load_catalogue().find("malapert")] == ["site"]
    assert [kind for kind, _ in load_catalogue().find("site/malapert")] == ["site"]
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        load_catalogue().find("malapart")
    with pytest.raises(UnknownNameError):
        load_catalogue().find("orbit/malapert")


def test_repr_counts_the_records():
    catalogue = load_catalogue()
    shown = repr(catalogue).removeprefix("<Catalogue: ").removesuffix(">").split(", ")
    assert shown == [shelf.count_text for shelf in catalogue.shelves]
    assert f"{len(catalogue.sites)} sites" in shown
    assert "1 relay" in shown
    assert repr(catalogue.relays) == f"<1 relay: {', '.join(catalogue.relays)}>"


def test_a_campaign_comes_with_its_catalogue():
    catalogue, campaign = load_campaign_record("polar_winter")
    assert isinstance(catalogue, Catalogue)
    assert campaign.station in catalogue.stations
    assert [one.id for one in catalogue.experiments_of(campaign)] == list(campaign.experiments)
    assert catalogue.site_of(catalogue.stations[campaign.station]).id == "connecting_ridge"


def test_a_damaged_shipped_catalogue_is_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setenv("ILRS_DATA", str(tmp_path))
    with pytest.raises(DataFileError, match="catalogue folder is missing"):
        load_catalogue()
    overlay_root = tmp_path / "catalogue"
    overlay_root.mkdir()
    overlay(overlay_root, "sites", "id: hill\nbasis: {}\n")
    with pytest.raises(
        DataFileError, match=r"has 2 fault\(s\), the first: sites/mine.yaml:1: hill: latitude is missing"
    ):
        load_catalogue()


def test_a_folder_that_cannot_be_opened_as_a_file_is_reported(tmp_path):
    (tmp_path / "sites").mkdir()
    os.mkfifo(tmp_path / "sites" / "pipe.yaml")
    assert [fault.wrong for fault in catalogue_faults(tmp_path)] == ["is not a regular file"]


class NoAlias(yaml.SafeDumper):
    """Writes shared values out, as a person would."""

    def ignore_aliases(self, data):
        return True


FIELDS = st.sampled_from(
    [
        "id",
        "name",
        "latitude",
        "longitude",
        "height",
        "conditions",
        "basis",
        "instruments",
        "session",
        "kind",
        "of",
        "array",
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        ["hill", "12 W", "-1 deg", "", "day", "all_of", 1, -1, 1.5, True, None, float("nan"), "x" * 3000]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=8,
)
KINDS = st.sampled_from(
    [
        "sites",
        "orbits",
        "instruments",
        "experiments",
        "stations",
        "ground_stations",
        "relays",
        "showers",
        "sources",
    ]
)


@given(
    st.dictionaries(
        KINDS, VALUES | st.lists(st.dictionaries(FIELDS, VALUES, max_size=5), max_size=3), max_size=3
    )
)
def test_no_content_makes_the_loader_stumble(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "mine.yaml").write_text(yaml.dump(content, Dumper=NoAlias), "utf-8")
    for fault in catalogue_faults(folder):
        assert isinstance(fault, Fault)
        assert "\n" not in str(fault)
        assert len(str(fault)) < 1500
