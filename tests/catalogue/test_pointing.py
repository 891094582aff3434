import pytest

from ilrs_science.catalogue.disturbance import Disturbance, Hazard
from ilrs_science.catalogue.pointing import Mount, Platform, Pointing, View
from ilrs_science.errors import RequestError


def test_pointing_says_how_an_instrument_is_held_and_where_it_looks():
    pointing = Pointing(mount="gimbal", view="earth", stability="0.05 deg")
    assert (pointing.mount, pointing.view) == (Mount.GIMBAL, View.EARTH)
    assert (pointing.accuracy, pointing.stability) == (None, 0.05)


@pytest.mark.parametrize(
    "change", [{"mount": "string"}, {"view": "inward"}, {"accuracy": "0 deg"}, {"accuracy": "1 km"}]
)
def test_pointing_that_makes_no_sense_is_refused(change):
    with pytest.raises(RequestError):
        Pointing(**{"mount": "mast", "view": "surface", **change})


@pytest.mark.parametrize("names", [Platform, Mount, View, Disturbance, Hazard])
def test_every_choice_is_written_as_a_lower_case_word(names):
    for one in names:
        assert one == one.name.lower()
