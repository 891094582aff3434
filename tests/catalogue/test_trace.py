import pytest

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.trace import Trace
from ilrs_science.errors import RequestError

LINE = {"measurement": "He+ at 30.4 nm", "instrument": "camera", "requirement": "0.1 Earth radii"}
TEST = {
    "id": "x",
    "category": "basic_experiment",
    "field": "isru",
    "session": "1 h",
    "power": "5 W",
    "data": "1 Mbit",
}


def test_a_line_goes_from_measurement_to_requirement():
    line = Trace(**LINE, basis="sourced S27a")
    assert (line.instrument, line.basis.sources) == ("camera", ("S27a",))
    assert line.replace() == line


def test_a_requirement_without_a_source_is_an_estimate():
    assert not Trace(**LINE).basis.certain


def test_a_station_measures_without_an_instrument():
    assert Trace(measurement="power of the bus", requirement="1 W").instrument is None


@pytest.mark.parametrize("missing", ["measurement", "requirement"])
def test_a_line_without_end_is_refused(missing):
    with pytest.raises(RequestError, match=f"{missing}: is missing"):
        Trace(**{name: value for name, value in LINE.items() if name != missing})


def test_a_trace_names_instruments_that_the_experiment_uses():
    assert Experiment(**TEST, instruments=["camera"], traceability=[LINE]).traceability == (Trace(**LINE),)
    assert Experiment(**TEST, alternatives=["camera"], traceability=[LINE]).traceability
    with pytest.raises(
        RequestError, match="names the instrument 'camera', which the experiment does not use"
    ):
        Experiment(**TEST, traceability=[LINE])
