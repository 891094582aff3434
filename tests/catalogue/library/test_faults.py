import pytest
from pydantic import ValidationError

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.faults import explain
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station

CAMERA = {
    "id": "camera",
    "kind": "camera",
    "mass": "2 kg",
    "power": {"operate": "6 W"},
    "data_rate": "1 Mbit/s",
}
TEST = {
    "id": "x",
    "category": "basic_experiment",
    "field": "isru",
    "session": "1 h",
    "power": "5 W",
    "data": "1 Mbit",
}
LIST = "is a list; for all of them write {kind: all_of, of: [...]}, for one of them any_of"


def explained(model, data):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return list(explain(caught.value, data, model))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"mass": 2}, (("mass",), "2 has no unit; write '2 kg'", "")),
        ({"mass": "2 W"}, (("mass",), "'W' is not a unit here; use kg, g, t", "")),
        ({"power": {}}, (("power",), "operate is missing", "")),
        (
            {"power": {"operate": "1 W", "peek": "2 W"}},
            (
                ("power", "peek"),
                "unknown field 'peek'; did you mean peak or operate?",
                "off, standby, warm_up, operate, peak",
            ),
        ),
        (
            {"emits": ["radio", "lite"]},
            (
                ("emits", 1),
                "unknown choice 'lite'; did you mean light?",
                "radio, light, dust, vibration, neutrons, gas, magnetism",
            ),
        ),
        ({"kind": "A camera"}, (("kind",), "'A camera' is not a name", "lower-case letters, digits and _")),
    ],
)
def test_a_fault_has_place_reason_and_what_is_allowed(change, expected):
    place, wrong, allowed = explained(Instrument, {**CAMERA, **change})[0]
    assert (place, allowed) == (expected[0], expected[2])
    assert wrong.startswith(expected[1].split(" or ")[0].rstrip("?"))


def test_all_faults_of_a_record_are_told():
    found = explained(Instrument, {"id": "camera", "mass": 1, "colour": "red"})
    assert {wrong.split(";")[0] for _, wrong, _ in found} == {
        "kind is missing",
        "1 has no unit",
        "power is missing",
        "unknown field 'colour'",
        "says nothing about its data",
    }


def test_places_name_data_and_not_the_schema():
    conditions = {
        "kind": "all_of",
        "of": [{"kind": "day"}, {"kind": "not", "of": {"kind": "sun_elevation", "min": 1}}],
    }
    places = [place for place, _, _ in explained(Experiment, {**TEST, "conditions": conditions})]
    assert places == [("conditions", "of", 1, "of", "min")]


def test_the_default_of_a_value_does_not_add_a_fault_of_its_own():
    assert len(explained(Experiment, {**TEST, "priority": 9})) == 1


def test_a_wrong_part_of_a_part_is_found():
    found = explained(Station, {"id": "base", "site": "hill", "battery": {"capacity": "1 kW"}})
    assert ("battery", "capacity") in [place for place, _, _ in found]


@pytest.mark.parametrize("value", [None, [], "text", 12, {"kind": []}, {"kind": None}, {"kind": {"a": 1}}])
def test_conditions_of_any_shape_are_explained(value):
    data = {**TEST, "conditions": value, "session": 1}
    assert explained(Experiment, data)


@pytest.mark.parametrize(
    ("model", "change", "message"),
    [
        (Site, {"latitude": "100 deg"}, "must be at most 90 deg (given: '100 deg')"),
        (Site, {"diameter": "0 m"}, "must be more than 0 km (given: '0 m')"),
        (Site, {"name": 4}, 'is a number, not text; quote it, as in "4"'),
        (Experiment, {"conditions": [{"kind": "day"}]}, LIST),
        (Site, {"name": False}, 'is read as false, not as text; quote it, as in "no"'),
        (
            Experiment,
            {"conditions": [{"kind": "day"}]},
            "is a list; for all of them write {kind: all_of, of: [...]}, for one of them any_of",
        ),
        (Experiment, {"session": "0 s"}, "must be more than 0 s (given: '0 s')"),
        (Experiment, {"priority": 9}, "must be at most 5 (given: '9')"),
        (Experiment, {"repeats": "x"}, "is not a whole number (given: 'x')"),
        (Experiment, {"robots": 2.5}, "is not a whole number (given: '2.5')"),
        (Experiment, {"value": "many"}, "is not a number (given: 'many')"),
        (Experiment, {"sites": "hill"}, "is not a list, such as [a, b] (given: 'hill')"),
        (Experiment, {"conditions": {"kind": "all_of", "of": []}}, "is a list of 0; at least 1 is needed"),
        (Campaign, {"experiments": []}, "is a list of 0; at least 1 is needed"),
        (Station, {"array": 3}, "is not a map from fields to values (given: '3')"),
        (Station, {"battery": {"capacity": "0 Wh"}}, "must be more than 0 Wh (given: '0 Wh')"),
        (Station, {"battery": {"depth_of_discharge": "200 %"}}, "must be at most 1 (given: '200 %')"),
        (Station, {"robots": [{"id": "a", "mass": "0 kg"}]}, "must be more than 0 kg (given: '0 kg')"),
    ],
)
def test_limits_and_types_are_told_in_plain_words_with_the_unit(model, change, message):
    assert message in [wrong for _, wrong, _ in explained(model, change)]
