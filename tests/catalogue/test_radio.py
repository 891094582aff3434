"""Radios and links: what they say, what follows from it, and what cannot be."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.ground_station import Band as GroundBand
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.radio import BAND_FREQUENCY, Band, Link, Radio, dish_gain
from ilrs_science.errors import RequestError

# Measured at the three 70 m dishes of the Deep Space Network in 1988: peak gain and efficiency at 8420 and 2295 MHz.
# Richter and Slobin 1989, TDA Progress Report, NTRS 19890018533, abstract.
MEASURED = [(8420.0, 0.687, 74.18), (2295.0, 0.762, 63.34)]


@pytest.mark.parametrize(("frequency", "efficiency", "gain"), MEASURED)
def test_the_gain_of_a_dish_is_that_of_the_deep_space_network(
    frequency: float, efficiency: float, gain: float
) -> None:
    assert dish_gain(70.0, frequency, efficiency) == pytest.approx(gain, abs=0.03)


def test_twice_the_dish_or_the_frequency_is_six_decibels() -> None:
    once = dish_gain(1.0, 8000.0, 0.5)
    assert dish_gain(2.0, 8000.0, 0.5) - once == pytest.approx(6.0206, abs=1e-4)
    assert dish_gain(1.0, 16000.0, 0.5) - once == pytest.approx(6.0206, abs=1e-4)


def test_a_radio_knows_its_carrier_and_gain() -> None:
    dish = Radio(id="x", band="X", power="20 W", diameter="0.5 m", efficiency=0.5)
    assert dish.carrier == BAND_FREQUENCY[Band.X] == 8475.0
    assert dish.antenna_gain == pytest.approx(dish_gain(0.5, 8475.0, 0.5))
    assert (dish.sends, dish.hears) == (True, False)
    assert dish.replace(frequency="8.4 GHz").carrier == 8400.0
    horn = Radio(id="s", band="S", gain="6 dBi", noise_temperature="500 K")
    assert (horn.antenna_gain, horn.sends, horn.hears) == (6.0, False, True)
    assert Radio(id="k", band="K", frequency="23 GHz", figure_of_merit="10 dB/K").hears


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"band": "X", "gain": "3 dBi", "diameter": "1 m"}, "either gain or diameter"),
        ({"band": "laser"}, "no radio"),
        ({"band": "Ku"}, "frequency: must be stated in Ku band"),
        ({"band": "X", "power": "1 W"}, "needs gain or diameter"),
        ({"band": "X", "power": "0 W", "gain": "1 dBi"}, "must be more than 0"),
        ({"band": "X", "efficiency": 1.2}, "must be at most 1"),
        ({"band": "X", "required": "-2 dB"}, "must be at least -1.59"),  # the limit of Shannon
        ({"band": "X", "losses": "-1 dB"}, "must be at least 0"),
        ({"band": "X", "rates": ["0 bit/s"]}, "must be more than 0"),
    ],
)
def test_what_no_radio_can_be_is_one_line_that_says_why(fields: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Radio(**{"id": "x", **fields})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_link_without_radios_is_as_it_always_was() -> None:
    link = Link(rate="10 Mbit/s", elevation_mask="2 deg", power="30 W")
    assert (link.rate, link.elevation_mask, link.power, link.radios) == (10.0, 2.0, 30.0, ())


def test_a_link_has_one_radio_a_band() -> None:
    x = {"id": "x", "band": "X", "power": "5 W", "gain": "25 dBi"}
    assert Link(rate="1 Mbit/s", radios=[x, {**x, "id": "s", "band": "S"}]).radios[1].band is Band.S
    with pytest.raises(RequestError, match="two in one band"):
        Link(rate="1 Mbit/s", radios=[x, {**x, "id": "y"}])


def test_a_link_survives_the_way_through_json() -> None:
    link = load_catalogue().stations["connecting_ridge_station"].link
    assert link.radios[0].rates == (0.05, 0.28, 0.555)
    assert Link.model_validate_json(link.model_dump_json()) == link
    assert hash(link) == hash(link.replace())


def test_bands_of_stations_and_radios_are_the_same_words() -> None:
    assert GroundBand is Band
