from __future__ import annotations

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.traceability import TraceLine, trace_lines

RADAR = Instrument(
    id="radar", kind="radar", measures="layers", mass="6 kg", power={"operate": "9 W"}, data_rate="1 kbit/s"
)
CAMERA = RADAR.replace(id="camera", measures="rocks")
WORK = {
    "category": "basic_experiment",
    "field": "isru",
    "session": "1 h",
    "power": "5 W",
    "data": "1 Mbit",
    "objective": "Find ice.",
}
SHELF = {"radar": RADAR, "camera": CAMERA}


def lines(**more: object) -> list[TraceLine]:
    return list(trace_lines([Experiment(id="e", **WORK, **more)], SHELF))


def test_a_stated_line_has_its_requirement_and_where_that_comes_from() -> None:
    trace = {"measurement": "depth", "instrument": "radar", "requirement": "to 1 m", "basis": "sourced S1"}
    assert lines(instruments=["radar"], traceability=[trace]) == [
        TraceLine("basic_experiment", "isru", "e", "Find ice.", "depth", "radar", "to 1 m", "sourced H S1")
    ]


def test_a_line_may_have_an_objective_of_its_own_and_no_instrument() -> None:
    trace = {"objective": "Map it.", "measurement": "place", "requirement": "10 m"}
    (line,) = lines(traceability=[trace])
    assert (line.objective, line.instrument) == ("Map it.", "")


def test_an_instrument_without_a_requirement_is_seen() -> None:
    trace = {"measurement": "depth", "instrument": "radar", "requirement": "to 1 m"}
    stated, gap = lines(instruments=["radar", "camera"], traceability=[trace])
    assert stated.requirement == "to 1 m"
    assert (gap.instrument, gap.measurement, gap.requirement, gap.basis) == ("camera", "rocks", "", "")


def test_an_experiment_without_anything_is_one_line() -> None:
    assert [(line.experiment, line.instrument) for line in lines()] == [("e", "")]


def test_every_experiment_and_each_of_its_instruments_is_in_the_matrix() -> None:
    catalogue = load_catalogue()
    frame = catalogue.traceability()
    assert set(frame["experiment"]) == set(catalogue.experiments)
    held = set(zip(frame["experiment"], frame["instrument"], strict=True))
    assert all((one.id, name) in held for one in catalogue.experiments.values() for name in one.instruments)
    assert set(frame["instrument"]) - {""} <= set(catalogue.instruments)
