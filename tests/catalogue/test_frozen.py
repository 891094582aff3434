"""A record that is made wrongly says so in one line."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.constraint import SunElevation
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SunElevation(min=5), "SunElevation min: 5 has no unit; write '5 deg'"),
        (
            lambda: Site(lat=3, longitude=4),
            "Site lat: no such field; did you mean latitude?; latitude: is missing",
        ),
        (lambda: Site(latitude=3), "Site longitude: is missing"),
        (
            lambda: Battery(capacity="1 km"),
            (
                "Battery capacity: 'km' is not a unit here; use Wh, kWh, J, kJ, MJ, MWh; "
                "depth_of_discharge: is missing; "
                "charge_efficiency: is missing; discharge_efficiency: is missing"
            ),
        ),
    ],
)
def test_every_fault_is_named(make: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        make()
    assert str(caught.value) == message


def test_a_nested_fault_keeps_its_path() -> None:
    with pytest.raises(
        RequestError, match=r"^Station array: is missing \(and \d more\)|^Station battery\.capacity"
    ):
        Station(id="a", site="b", battery={"capacity": 5})


def test_inside_another_model_pydantic_keeps_every_fault() -> None:
    class Pair(BaseModel):
        one: Site
        two: Site

    with pytest.raises(ValidationError) as caught:
        Pair(one={"latitude": 1}, two={"longitude": 2})
    assert [fault["loc"] for fault in caught.value.errors()] == [("one", "longitude"), ("two", "latitude")]


def test_a_changed_copy_is_checked_like_a_new_one() -> None:
    site = Site(latitude=1, longitude=2)
    assert site.replace(latitude="3 deg").latitude == 3.0
    with pytest.raises(RequestError, match="latitude"):
        site.replace(latitude="95 deg")
