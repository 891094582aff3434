"""Figures of a place, each when it is ready."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

import ilrs_science as ilrs
from ilrs_science.panels.site_figures import FIGURES, _names, figures_of, names_of
from ilrs_science.panels.site_model import SiteModel

GRIDS = ilrs.terrain_of("auto")


def drawn(choices):
    return dict(figures_of(choices, GRIDS, ilrs.load_catalogue()))


@pytest.mark.parametrize("what", ["everything", "light", "temperature", "station"])
@pytest.mark.parametrize("place", ["malapert", "connecting_ridge_station"])
def test_what_is_named_is_what_is_drawn(place: str, what: str) -> None:
    choices = SiteModel(place=place, what=what, days=30, partners=("jiamusi",)).choices
    assert list(drawn(choices)) == names_of(choices)


def test_everything_of_a_station_is_every_figure() -> None:
    assert names_of(SiteModel(place="connecting_ridge_station").choices) == list(FIGURES)


def test_temperature_and_contacts_are_of_the_first_lunation() -> None:
    choices = SiteModel(place="connecting_ridge_station", partners=("jiamusi", "queqiao2_relay")).choices
    found = drawn(choices)
    surface = next(one for one in found["temperature"].data if one.name == "Surface")
    assert surface.x[0].startswith("2031-01-01")
    assert "2031-01-30" <= surface.x[-1] < "2031-01-31"
    assert found["contacts"].layout.xaxis.range[1].startswith("2031-01-31")


@pytest.mark.parametrize(
    ("partners", "names"),
    [
        (("jiamusi", "kashi", "queqiao2_relay"), {"Jiamusi", "Kashi", "Queqiao-2"}),
        (("neuquen",), {"Espacio Lejano"}),
    ],
)
def test_those_who_hear_the_station_have_short_names(partners: tuple[str, ...], names: set[str]) -> None:
    choices = SiteModel(place="connecting_ridge_station", what="station", days=30, partners=partners).choices
    assert {one.name for one in drawn(choices)["contacts"].data if one.type == "bar"} == names


def test_two_of_the_same_short_name_keep_their_ids() -> None:
    choices = SiteModel(place="connecting_ridge_station", partners=("jiamusi", "kashi")).choices
    known = ilrs.load_catalogue()
    twins = SimpleNamespace(
        ground_stations={
            key: known.ground_stations[key].model_copy(update={"name": f"Dish, {key}"})
            for key in choices.partners
        },
        relays={},
        orbits={},
    )
    assert _names(choices, twins) == {}


def test_the_station_itself_is_marked_by_its_arrays_and_battery() -> None:
    choices = SiteModel(
        place="connecting_ridge_station", what="station", days=30, partners=("jiamusi",)
    ).choices
    (star,) = [one for one in drawn(choices)["battery"].data if one.name == "The station as it is"]
    # 1.1 m2 at 24 % and 1361 W/m2 are 0.359 kW; 16 kWh: data/catalogue/stations
    assert star.x[0] == pytest.approx(0.359, abs=0.001)
    assert star.y[0] == 16.0


def test_a_station_without_an_array_says_so() -> None:
    choices = SiteModel(
        place="connecting_ridge_station", what="station", days=30, partners=("jiamusi",)
    ).choices
    bare = replace(choices, station=choices.station.model_copy(update={"array": None, "more_arrays": ()}))
    (note,) = drawn(bare)["battery"].layout.annotations
    assert "has no array" in note.text.replace("<br>", " ")
