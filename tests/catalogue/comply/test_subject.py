"""Subjects: where something new is to stand, what flies, and what stands on the Moon already."""

from __future__ import annotations

from ilrs_science.catalogue.comply.subject import Subject
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.site import Site

CATALOGUE = load_catalogue()
AROUND = {
    "sites": CATALOGUE.sites,
    "orbits": CATALOGUE.orbits,
    "partners": CATALOGUE.partners,
    "flights": CATALOGUE.missions,
}


def test_an_empty_subject_has_nothing() -> None:
    empty = Subject()
    assert [*empty.grounds(), *empty.aloft(), *empty.hardware()] == []


def test_hardware_is_what_sites_keep_clear_and_where_missions_ended() -> None:
    found = {one.id: one for one in Subject(**AROUND).hardware()}
    kept = {name for name, site in CATALOGUE.sites.items() if site.keep_out}
    assert set(found) == kept | {"luna_25"}
    assert found["luna_25"].owners == {"Russia"}
    assert found["ce6_site"].owners == {"China"}
    assert found["apollo17"].owners == {"United States"}
    assert (found["apollo17"].keep_out, found["luna_25"].keep_out) == (2.0, 0.0)


def test_a_mission_lands_at_its_site_or_at_its_own_coordinates() -> None:
    subject = Subject(**AROUND)
    assert subject.place_of(CATALOGUE.missions["change_7"]) is CATALOGUE.sites["ce7_site"]
    fallen = subject.place_of(CATALOGUE.missions["luna_25"])
    assert fallen == Site(id="luna_25", latitude=-57.865, longitude=61.36)
    assert subject.place_of(CATALOGUE.missions["luna_29"]) is None


def test_what_has_landed_is_no_new_ground() -> None:
    flown, planned = CATALOGUE.missions["change_4"], CATALOGUE.missions["change_7"]
    assert [about for about, _ in Subject(missions=(flown, planned), **AROUND).grounds()] == ["change_7"]


def test_stations_and_missions_fly_in_their_orbits() -> None:
    station, flight = CATALOGUE.stations["ilrs_orbital_station"], CATALOGUE.missions["luna_26"]
    found = Subject(stations=(station,), missions=(flight,), **AROUND).aloft()
    assert [(about, orbit.id) for about, orbit, _ in found] == [
        ("ilrs_orbital_station", "ilrs_llo_staging"),
        ("luna_26", "luna26_map"),
        ("luna_26", "luna26_late"),
    ]


def test_a_partner_that_is_no_record_keeps_the_name_that_was_written() -> None:
    subject = Subject(**AROUND)
    assert (subject.name_of("china"), subject.name_of("Atlantis")) == ("China", "Atlantis")


def test_hardware_of_an_unknown_state_has_no_owner() -> None:
    site = Site(id="thing", latitude=0, longitude=0, keep_out="1 km")
    (found,) = Subject(sites={"thing": site}).hardware()
    assert found.owners == frozenset()


def test_a_mission_of_strangers_is_owned_by_the_names_that_it_gives() -> None:
    flight = Mission(
        id="old", programme="luna", status="flown", launch="1970", operators=["soviet_union"],
        latitude="1 deg", longitude="2 deg",
    )  # fmt: skip
    (found,) = Subject(flights={"old": flight}).hardware()
    assert found.owners == {"soviet_union"}
