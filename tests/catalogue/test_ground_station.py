from __future__ import annotations

import math

import pytest

from ilrs_science import GroundStation
from ilrs_science.catalogue.ground_station import Access, Band, GroundRole
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.errors import RequestError

DISH = {"latitude": "12.5 deg", "longitude": "-30 deg", "height": "0.5 km", "mask": "600 arcmin"}


def stations() -> dict[str, GroundStation]:
    return dict(load_catalogue().ground_stations)


def of(access: str) -> set[str]:
    return {name for name, one in stations().items() if one.access == access}


def test_quantities_are_read_in_their_units() -> None:
    one = GroundStation(**DISH, diameter="6600 cm", data_rate="0.01 Gbit/s")
    assert (one.latitude, one.longitude, one.height, one.mask) == (12.5, -30.0, 500.0, 10.0)
    assert (one.diameter, one.data_rate) == (66.0, 10.0)


def test_bands_and_roles_are_words_of_the_field() -> None:
    one = GroundStation(**DISH, bands=["S", "Ka", "laser"], roles=["vlbi", "uplink"], access="founder")
    assert one.bands == (Band.S, Band.KA, Band.LASER)
    assert one.roles == (GroundRole.VLBI, GroundRole.UPLINK)
    assert one.access is Access.FOUNDER


def test_what_is_not_known_is_left_open() -> None:
    one = GroundStation(**DISH)
    assert (one.diameter, one.data_rate, one.bands, one.roles) == (None, None, (), ())
    assert one.access is Access.CANDIDATE


def test_a_station_survives_the_way_through_json() -> None:
    one = GroundStation(**DISH, diameter="35 m", bands=["X"], roles=["ranging"], basis={"default": "recall"})
    assert GroundStation.model_validate_json(one.model_dump_json()) == one
    assert one.replace(mask="5 deg").mask == 5.0
    assert hash(one) == hash(one.replace())


@pytest.mark.parametrize("missing", DISH)
def test_place_and_mask_must_be_stated(missing: str) -> None:
    with pytest.raises(RequestError, match=f"{missing}: is missing"):
        GroundStation(**{name: value for name, value in DISH.items() if name != missing})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("latitude", "91 deg", "must be at most 90"),
        ("longitude", "400 deg", "must be at most 360"),
        ("height", "384400 km", "must be at most 10000"),
        ("height", "80 deg", "'deg' is not a unit here; use m, km"),
        ("mask", "-1 deg", "must be at least 0"),
        ("mask", "90 deg", "less than 90"),
        ("mask", 10, "10 has no unit"),
        ("diameter", "0 m", "must be more than 0"),
        ("bands", ["W"], "one of P, L, S"),
        ("roles", ["listen"], "one of tracking, uplink"),
        ("access", "friend", "one of founder, candidate"),
        ("data_rate", "10 MB", "is not a unit here"),
        ("diametre", "5 m", "no such field; did you mean diameter or"),
    ],
)
def test_what_no_station_can_be_is_one_line_that_says_why(field: str, value: object, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        GroundStation(**{**DISH, field: value})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_thirty_four_stations_are_shipped() -> None:
    assert len(stations()) == 34
    assert sum(one.access is Access.FOUNDER for one in stations().values()) == 21
    assert of("comparison") == {"dss14", "dss43", "dss63", "whitesands_ka", "llr_apollo"}


def test_the_struck_dish_of_yevpatoria_is_not_counted_on() -> None:
    assert of("unavailable") == {"yevpatoria"}


@pytest.mark.parametrize(("name", "wrong"), [("yevpatoria", 45.3814), ("ussuriysk", 44.2083)])
def test_the_latitudes_of_the_russian_kernels_are_taken_back_once(name: str, wrong: float) -> None:
    # tan(latitude) = (1 - f)^2 tan(latitude of the kernel), f of WGS 84
    squeeze = (1.0 - 1.0 / 298.257223563) ** 2
    right = math.degrees(math.atan(squeeze * math.tan(math.radians(wrong))))
    station = stations()[name]
    assert station.latitude == pytest.approx(right, abs=1e-4)
    assert station.provenance_of("latitude").basis is Basis.DERIVED


def test_lasers_work_with_light_and_dishes_with_radio() -> None:
    for name, one in stations().items():
        assert (Band.LASER in one.bands) == name.startswith("llr_") == (GroundRole.LASER_RANGING in one.roles)
        assert one.diameter is not None
        assert one.diameter < 4.0 if name.startswith("llr_") else one.diameter >= 15.0


def test_masks_are_ours_unless_a_source_stands() -> None:
    for name, one in stations().items():
        basis = one.provenance_of("mask").basis
        assert basis is (Basis.SOURCED if name.startswith("dss") else Basis.ESTIMATE)
        assert 5.0 <= one.mask <= 20.0


def test_rates_are_estimates_but_for_the_one_that_lro_uses() -> None:
    sourced = {
        name
        for name, one in stations().items()
        if one.data_rate is not None and one.provenance_of("data_rate").certain
    }
    assert sourced == {"whitesands_ka"}


def test_the_founders_have_one_dish_in_the_western_hemisphere() -> None:
    west = {name for name in of("founder") if stations()[name].longitude < 0.0}
    assert west == {"neuquen"}
