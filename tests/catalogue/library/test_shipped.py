"""The shipped catalogue keeps its promises."""

import re
import time

import numpy as np
import pytest
import yaml

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.experiment import Category
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.paths import data_folder

FILES = sorted((data_folder() / "catalogue").rglob("*.yaml"))
SOURCE = re.compile(r"\bS\d+[a-z]?\b")
RECORDS = [(kind, record) for kind, record in load_catalogue().records()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_plain_yaml(path):
    assert yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize(("kind", "record"), RECORDS, ids=lambda part: getattr(part, "id", part))
def test_every_number_says_where_it_comes_from(kind, record):
    silent = [path for path, _ in record.numbers() if record.basis.find(path) is None]
    assert silent == []


# Derived is computed from what was read: from a guess or from memory comes a guess or memory.
def test_a_rate_that_follows_from_products_is_no_better_known_than_they_are():
    order = ("estimate", "recall", "derived", "sourced")
    followed = 0
    for one in load_catalogue().instruments.values():
        if one.data_rate is not None and "data_rate" not in one.model_fields_set:
            rate, volume = one.provenance_of("data_rate"), one.provenance_of("products")
            assert order.index(rate.basis) <= order.index(volume.basis), one.id
            followed += 1
    assert followed > 5


def test_nothing_derived_is_a_placeholder():
    derived = [entry for _, record in RECORDS for entry in record.basis.values() if entry.basis == "derived"]
    assert derived
    assert {entry.confidence for entry in derived} <= {"H", "M"}


def test_what_a_list_of_several_modes_gives_for_one_is_taken_for_that_one():
    power = load_catalogue().instruments["neutron_dosimeter"]
    assert [str(power.provenance_of(f"power.{mode}")) for mode in ("standby", "operate", "peak")] == [
        "estimate L", "recall L", "estimate L",
    ]  # fmt: skip


def test_every_sourced_number_cites_a_known_source():
    catalogue = load_catalogue()
    cited = {key for _, record in RECORDS for entry in record.basis.values() for key in entry.sources}
    assert cited <= set(catalogue.sources)


# An encyclopaedia, a forum, a blog, a collector of news or a table in somebody's code: M at the most.
def test_what_only_a_weak_source_tells_is_nowhere_sure():
    catalogue = load_catalogue()
    weak = {key for key, text in catalogue.sources.items() if text.endswith("(weak)")}
    assert {"S2", "S18", "S20b", "S24", "S37", "S84"} <= weak
    entries = [
        (record.id, entry)
        for _, record in RECORDS
        for entry in (
            *record.basis.values(),
            *(line.basis for line in getattr(record, "characteristics", ())),
            *(line.basis for line in getattr(record, "traceability", ())),
        )
        if entry.sources and entry.certain
    ]
    assert len(entries) > 300
    assert [
        (name, str(one)) for name, one in entries if one.confidence == "H" and set(one.sources) <= weak
    ] == []


@pytest.mark.parametrize(
    "words",
    [
        "wikipedia",
        "forum.",
        "unmannedspaceflight",
        "forumastronautico",
        "blogspot",
        "grokipedia",
        "rbtfl",
        "fandom",
        "public code",
        "leonarddavid",
    ],
)
def test_sources_of_these_kinds_are_weak(words):
    found = [text for text in load_catalogue().sources.values() if words in text.lower()]
    assert found
    assert all(text.endswith("(weak)") for text in found)


def test_every_source_is_cited_somewhere():
    words = {
        word
        for path in FILES
        if path.name != "sources.yaml"
        for word in SOURCE.findall(path.read_text("utf-8"))
    }
    assert words == set(load_catalogue().sources)


def test_every_record_has_a_name_and_survives_a_round_trip():
    for _, record in RECORDS:
        assert record.name
        assert record.replace() == record
        assert type(record).model_validate_json(record.model_dump_json()) == record
        assert hash(record.replace()) == hash(record)


def test_the_four_categories_are_all_there():
    assert {one.category for one in load_catalogue().experiments.values()} == set(Category)


def kinds_of(constraint: Constraint) -> set[str]:
    inner = getattr(constraint, "of", ())
    parts = inner if isinstance(inner, tuple) else (inner,)
    return {constraint.kind}.union(*(kinds_of(part) for part in parts))


def test_conditions_use_the_vocabulary_of_the_first_version():
    conditions = [
        one.conditions for one in load_catalogue().experiments.values() if one.conditions is not None
    ]
    used = set().union(*map(kinds_of, conditions))
    assert used >= {"sun_elevation", "earth_elevation", "day", "night", "separation", "not", "all_of"}


def test_polar_winter_lasts_28_days():
    campaign = load_catalogue().campaigns["polar_winter"]
    assert campaign.end - campaign.start == np.timedelta64(28, "D")


def test_derived_rates_agree_with_their_recipe():
    instruments = load_catalogue().instruments
    # an image of 200 Mbit every 30 min; 40 Mbit in a sample of 12 h; 40 Mbit in a run of 6 h
    assert instruments["earth_radiometer_imager"].data_rate == pytest.approx(200 / 1800, rel=0.02)
    assert instruments["volatiles_drill"].data_rate == pytest.approx(40 / 43200, rel=0.01)
    assert instruments["regolith_sinterer"].data_rate == pytest.approx(40 / 21600, rel=0.01)


def test_the_battery_carries_the_station_through_the_longest_darkness():
    # The longest darkness of 2031 at the site, 10 m mast, 10 m terrain: 3.1 d from 2031-03-03T15.
    station = load_catalogue().stations["connecting_ridge_station"]
    needed = (station.base_load.night - station.constant_power) * 3.1 * 24
    usable = (station.battery.capacity - station.battery.floor) * station.battery.discharge_efficiency
    assert needed < usable


def test_loading_again_costs_nothing():
    start = time.perf_counter()
    load_catalogue()
    assert time.perf_counter() - start < 0.05
