import re

import pytest
from pydantic import BaseModel, ValidationError

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.constraint import SunElevation
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.provenance import ASSUMED
from ilrs_science.catalogue.record import Part, Record, field_docs
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError, UnknownNameError

BATTERY = {
    "capacity": "1 kWh",
    "depth_of_discharge": "80 %",
    "charge_efficiency": 0.9,
    "discharge_efficiency": 0.9,
}


def parts(model: type[BaseModel]) -> set[type[BaseModel]]:
    return {model}.union(*(parts(inner) for inner in model.__subclasses__()))


def test_a_record_cannot_be_changed():
    site = Site(latitude=-89, longitude=0)
    with pytest.raises(ValidationError, match="frozen"):
        site.latitude = 10.0


def test_replace_makes_a_new_thing_and_leaves_the_old():
    old = Battery(**BATTERY)
    new = old.replace(capacity="2 kWh")
    assert (old.capacity, new.capacity) == (1000.0, 2000.0)
    assert new.depth_of_discharge == old.depth_of_discharge


def test_replace_validates_again():
    with pytest.raises(RequestError, match="has no unit"):
        Battery(**BATTERY).replace(capacity=2000)
    with pytest.raises(RequestError, match="must be at most 1 "):
        Battery(**BATTERY).replace(depth_of_discharge="120 %")


def test_replace_with_nothing_is_an_equal_record():
    site = Site(latitude=-89.45, longitude=-137.3, height="1.9 km", basis={"default": "recall"})
    assert site.replace() == site
    assert hash(site.replace()) == hash(site)


def test_records_with_conditions_are_hashable():
    one = Experiment(
        id="x",
        category="basic_experiment",
        field="isru",
        session="1 h",
        power="5 W",
        data="1 Mbit",
        conditions=SunElevation(min="0 deg"),
    )
    assert len({one, one.replace(), one.replace(session="2 h")}) == 2


@pytest.mark.parametrize("name", ["", "Upper", "../etc/passwd", "a/b", "1st", "a b", "a" * 65, "a\n"])
def test_an_id_is_a_plain_lower_case_name(name):
    with pytest.raises(RequestError):
        Site(id=name, latitude=0, longitude=0)


def test_a_number_without_statement_is_assumed():
    assert Site(latitude=0, longitude=0).provenance_of("latitude") == ASSUMED


def test_numbers_walks_into_parts_and_lists():
    record = KINDS["stations"].model_validate(
        {
            "id": "base",
            "site": "here",
            "array": {"nominal_power": "1 kW"},
            "battery": BATTERY,
            "storage": {"capacity": "1 Gbit"},
            "link": {"rate": "1 Mbit/s"},
            "robots": [{"id": "a", "mass": "9 kg"}, {"id": "b", "mass": "8 kg"}],
            "base_load": {"day": "1 W", "night": "2 W"},
        }
    )
    found = list(record.numbers())
    assert ("battery.capacity", 1000.0) in found
    assert [value for path, value in found if path == "robots.mass"] == [9.0, 8.0]


def test_repr_is_one_honest_line():
    assert repr(Site(id="rim", name="The rim", latitude=0, longitude=0)) == "<Site rim: The rim>"
    assert repr(Site(latitude=0, longitude=0)) == "<Site unnamed_site: unnamed_site>"


@pytest.mark.parametrize("model", sorted(parts(Part) - {Part, Record}, key=lambda one: one.__name__))
def test_every_field_has_a_docstring_and_every_quantity_its_unit(model):
    docs = field_docs(model)
    assert set(docs) >= set(model.model_fields)
    for name, field in model.model_fields.items():
        if any(type(entry).__name__ == "WithJsonSchema" for entry in field.metadata) and "float" in str(
            field.annotation
        ):
            assert re.search(r"\[[^\]]+\]$", docs[name]), f"{model.__name__}.{name}: {docs[name]}"


def test_nothing_is_said_of_a_field_that_is_not_there_or_not_set():
    site = Site(id="hill", latitude=0, longitude=0)
    with pytest.raises(UnknownNameError, match="unknown field 'latitud'; did you mean latitude"):
        site.provenance_of("latitud")
    with pytest.raises(UnknownNameError, match=r"unknown field 'nonsense\.field'"):
        site.provenance_of("nonsense.field")
    with pytest.raises(RequestError, match="hill states no height"):
        site.provenance_of("height")
    assert site.replace(height="5 m").provenance_of("height") == ASSUMED
