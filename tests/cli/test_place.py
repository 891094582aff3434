"""The one place that a command is asked about."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.cli.place import standing
from ilrs_science.errors import RequestError, UnknownNameError


def test_a_site_a_station_or_coordinates_stand_on_the_ground() -> None:
    site, station, free = (
        standing("malapert", None),
        standing(None, "connecting_ridge_station"),
        standing("-89.45,222.69", None),
    )
    assert isinstance(site, Site)
    assert isinstance(station, Station)
    assert isinstance(free, Site)
    assert (site.id, station.id, free.latitude) == ("malapert", "connecting_ridge_station", -89.45)
    assert standing("connecting_ridge_station", None) == station, "its id is clear without the word"


@pytest.mark.parametrize(("site", "station"), [(None, None), ("malapert", "connecting_ridge_station")])
def test_there_is_one_place(site: str | None, station: str | None) -> None:
    with pytest.raises(RequestError, match="either --site or --station"):
        standing(site, station)


def test_what_is_not_on_the_moon_is_refused() -> None:
    with pytest.raises(RequestError, match="'jiamusi' is a ground station on the Earth"):
        standing("jiamusi", None)
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        standing("malaprt", None)
