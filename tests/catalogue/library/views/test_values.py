from __future__ import annotations

import numpy as np

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.constraint import SunElevation
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.values import texts_of, value_at

CAMERA = Instrument(
    id="camera",
    kind="camera",
    mass="1200 g",
    power={"operate": "6 W"},
    data_rate="10 kbit/s",
    emits=["light", "radio"],
    conditions=SunElevation(min="2 deg"),
    basis={"default": "estimate"},
)


def test_texts_have_units_and_no_basis() -> None:
    texts = texts_of(CAMERA)
    assert texts["mass"] == "1.2 kg"
    assert texts["power.operate"] == "6 W"
    assert texts["emits"] == "light, radio"
    assert texts["conditions"] == "sun_elevation >= 2 deg"
    assert not any(path.startswith("basis") for path in texts)


def test_what_is_empty_is_left_out() -> None:
    texts = texts_of(CAMERA)
    assert not {"name", "note", "sensitive_to", "field_of_view"} & set(texts)


def test_entries_of_a_list_are_named_by_their_id() -> None:
    texts = texts_of(load_catalogue().stations["connecting_ridge_station"])
    assert texts["robots[operation_robot].mass"].endswith(" kg")


def test_entries_without_an_id_are_counted_from_1() -> None:
    traces = [{"measurement": "a", "requirement": "b"}, {"measurement": "c", "requirement": "d"}]
    experiment = Experiment(
        id="e",
        category="basic_experiment",
        field="isru",
        session="1 h",
        power="5 W",
        data="1 Mbit",
        traceability=traces,
    )
    texts = texts_of(experiment)
    assert texts["traceability[1].measurement"] == "a"
    assert texts["traceability[2].requirement"] == "d"


def test_equal_records_have_equal_texts_and_every_record_has_some() -> None:
    for _, record in load_catalogue().records():
        texts = texts_of(record)
        assert texts["id"] == record.id
        assert all(isinstance(text, str) and text for text in texts.values())


def test_values_are_plain() -> None:
    assert value_at(CAMERA, "mass") == 1.2
    assert value_at(CAMERA, "power.operate") == 6.0
    assert value_at(CAMERA, "emits") == ("light", "radio")
    assert value_at(CAMERA, "conditions") == "sun_elevation >= 2 deg"
    assert value_at(CAMERA, "temperature.operate_min") is None
    assert value_at(load_catalogue().stations["connecting_ridge_station"], "robots")[0] == "operation_robot"


def test_instants_stay_instants() -> None:
    campaign = Campaign(station="s", experiments=["e"], start="2031-01-01", end="2031-01-02")
    assert value_at(campaign, "start") == np.datetime64("2031-01-01")
