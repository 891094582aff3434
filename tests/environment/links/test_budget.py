"""Link budgets: closed forms, published dishes, and rates that spacecraft reach."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.radio import Radio
from ilrs_science.environment.links.budget import (
    BOLTZMANN,
    MOON_NOISE,
    dish_merit,
    free_space_loss,
    link_budget,
    radiated_power,
    radio_merit,
)
from ilrs_science.errors import RequestError

STATIONS = load_catalogue().ground_stations
LANDER = Radio(id="x", band="X", power="10 W", gain="20 dBi", losses="1 dB")


def test_free_space_loss_is_that_of_itu_r_p_525() -> None:
    # ITU-R P.525-4, equation 4: 32.4 + 20 log10(MHz) + 20 log10(km), its constant rounded from 32.448
    for distance, frequency in [(1.0, 1.0), (384_400.0, 2245.0), (79_000.0, 8475.0)]:
        expected = 32.448 + 20 * math.log10(frequency) + 20 * math.log10(distance)
        assert free_space_loss(distance, frequency) == pytest.approx(expected, abs=1e-3)


def test_boltzmann_is_what_every_link_budget_adds() -> None:
    assert pytest.approx(-228.599, abs=1e-3) == BOLTZMANN


def test_radiated_power_and_merit_are_sums_of_decibels() -> None:
    assert radiated_power(LANDER) == pytest.approx(10.0 + 20.0 - 1.0)
    ear = Radio(id="x", band="X", gain="44 dBi", noise_temperature="400 K", losses="0.5 dB")
    assert radio_merit(ear) == pytest.approx(44.0 - 0.5 - 26.0206, abs=1e-4)
    assert radio_merit(Radio(id="k", band="X", figure_of_merit="12 dB/K")) == 12.0


def test_a_budget_is_the_sum_of_its_lines() -> None:
    found = link_budget(LANDER, 18.0, 60_000.0)
    assert found.carrier_to_noise == pytest.approx(29.0 + 18.0 - float(found.path_loss) - BOLTZMANN)
    needed = LANDER.required + LANDER.implementation + LANDER.margin
    assert 10 * math.log10(float(found.rate) * 1e6) == pytest.approx(float(found.carrier_to_noise) - needed)
    assert found.margin == pytest.approx(LANDER.margin)


def test_the_dishes_of_the_deep_space_network_come_out_as_measured() -> None:
    # 70 m, X band: gain 74.18 dBi at efficiency 0.687 (Richter & Slobin 1989, NTRS 19890018533); 20 K are 13 dB
    dish = STATIONS["dss43"].replace(efficiency=0.687, noise_temperature="20 K")
    at_8420 = 20 * math.log10(8475.0 / 8420.0)
    assert dish_merit(dish, "X") == pytest.approx(74.18 + at_8420 - 10 * math.log10(20.0), abs=0.03)


def test_the_moon_in_the_beam_costs_a_cold_dish_eight_decibels() -> None:
    cold = dish_merit(STATIONS["jiamusi"], "X")
    assert cold - dish_merit(STATIONS["jiamusi"], "X", added_noise=MOON_NOISE) == pytest.approx(
        10 * math.log10(280.0 / 40.0)
    )


def test_queqiao_sends_ten_megabits_by_its_spiral_antenna() -> None:
    # Published: 43 W into 6 dBi in S band (source S23b) and up to 10 Mbit/s (S23) from the halo orbit, 450000 km away.
    # With our assumed dishes, coding and 3 dB of margin, that is what 35 m hear; 66 m hear more.
    spiral = Radio(id="s", band="S", power="43 W", gain="6 dBi", losses="1 dB")
    found = link_budget(spiral, dish_merit(STATIONS["jiamusi"], "S"), 450_000.0)
    assert 10.0 < float(found.rate) < 45.0
    small = link_budget(spiral, dish_merit(STATIONS["kashi"], "S"), 450_000.0)
    assert 5.0 < float(small.rate) < 20.0


def test_the_chang_e_4_lander_needs_no_more_than_a_lander_has() -> None:
    # Published: 555 kbit/s in X band to a dish of 44 dBi, 47000 to 79000 km away (S23, S23b). With 400 K and our
    # assumed coding that takes 26 dBW: some watts and an antenna of a hand's breadth.
    ear = Radio(id="x", band="X", gain="44 dBi", noise_temperature="400 K")
    lander = Radio(
        id="x", band="X", power="10 W", gain="17 dBi", rates=["50 kbit/s", "280 kbit/s", "555 kbit/s"]
    )
    found = link_budget(lander, radio_merit(ear), [47_000.0, 79_000.0])
    assert found.rate.tolist() == [0.555, 0.555]
    assert 3.0 <= found.margin[1] < 7.0
    weaker = link_budget(lander.replace(power="2 W"), radio_merit(ear), [47_000.0, 79_000.0])
    assert weaker.rate.tolist() == [0.28, 0.05]


def test_a_radio_with_rates_sends_at_the_largest_that_closes() -> None:
    radio = LANDER.replace(rates=["1 Mbit/s", "10 kbit/s", "100 kbit/s"])
    free = link_budget(LANDER, 10.0, np.array([2e3, 2e4, 2e5, 2e7]))
    found = link_budget(radio, 10.0, np.array([2e3, 2e4, 2e5, 2e7]))
    for any_rate, rate in zip(free.rate, found.rate, strict=True):
        assert rate == max([one for one in (0.0, 0.01, 0.1, 1.0) if one <= any_rate])
    assert found.rate[-1] == 0.0
    assert np.isnan(found.margin[-1])
    assert np.all(found.margin[:-1] >= LANDER.margin)


def test_neither_modem_nor_receiver_is_asked_for_more_than_it_can() -> None:
    assert link_budget(LANDER, 60.0, 1000.0, max_rate=2.0).rate == 2.0
    assert link_budget(LANDER.replace(max_rate="1 Mbit/s"), 60.0, 1000.0, max_rate=2.0).rate == 1.0
    modes = LANDER.replace(rates=["1 Mbit/s", "3 Mbit/s"])
    assert link_budget(modes, 60.0, 1000.0, max_rate=2.0).rate == 1.0


@given(st.floats(1.0, 1e6), st.floats(1.01, 10.0))
def test_farther_is_never_faster(distance: float, factor: float) -> None:
    near, far = link_budget(LANDER, 10.0, [distance, factor * distance]).rate
    assert far <= near
    assert near / far == pytest.approx(factor**2, rel=1e-9)  # the inverse square law


def test_what_cannot_be_reckoned_says_what_is_missing() -> None:
    with pytest.raises(RequestError, match="radio x does not hear; state its noise_temperature"):
        radio_merit(LANDER)
    with pytest.raises(RequestError, match="radio e does not send; state its power"):
        radiated_power(Radio(id="e", band="X", figure_of_merit="1 dB/K"))
    with pytest.raises(RequestError, match="jiamusi states no diameter"):
        dish_merit(STATIONS["jiamusi"].model_copy(update={"diameter": None}), "X")
    with pytest.raises(RequestError, match="nothing is known about dishes in Q band"):
        dish_merit(STATIONS["tianma65"], "Q")
