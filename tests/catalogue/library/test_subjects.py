"""The rules of the shipped catalogue on its own records, and what a person asks by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.comply.finding import Finding, Verdict
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.subjects import comply, subject_of
from ilrs_science.errors import RequestError, UnknownNameError

CATALOGUE = load_catalogue()


def about(found: list[Finding], verdict: Verdict) -> set[tuple[str, str]]:
    return {(one.item, one.about) for one in found if one.verdict is verdict}


def test_every_rule_is_heard_for_every_station_and_campaign() -> None:
    for name in (*CATALOGUE.stations, *CATALOGUE.campaigns):
        assert {one.item for one in comply(name)} == set(CATALOGUE.compliance)


def test_the_campaign_breaks_no_rule_and_lacks_its_inventory() -> None:
    found = comply("polar_winter")
    assert about(found, Verdict.BROKEN) == set()
    assert ("cospar_iib", "connecting_ridge_station") in about(found, Verdict.UNKNOWN)
    assert ("ost_vi", "regolith_sintering") in about(found, Verdict.KEPT)


def test_a_station_beside_change_4_keeps_clear_of_it_and_on_top_of_it_breaks_two_rules() -> None:
    station = CATALOGUE.stations["far_side_night_station"]
    assert about(comply(station), Verdict.BROKEN) == set()
    found = comply(station.replace(site="von_karman"))
    assert about(found, Verdict.BROKEN) == {
        ("heritage_others", "far_side_night_station"),
        ("ost_viii", "far_side_night_station"),
    }


@pytest.mark.parametrize("kind", ["stations", "campaigns", "missions", "experiments"])
def test_nothing_that_is_shipped_breaks_a_rule(kind: str) -> None:
    for record in getattr(CATALOGUE, kind).values():
        assert about(comply(record), Verdict.BROKEN) == set()


def test_what_is_kept_says_among_how_many_places_and_a_person_hears_what_is_missing() -> None:
    found = {(one.item, one.verdict): one.text for one in comply("polar_winter")}
    hardware = list(subject_of("polar_winter", CATALOGUE).hardware())
    assert found["ost_viii", Verdict.KEPT].endswith(f"km away; known places: {len(hardware)}")
    assert "Surveyor 2 and 4" in found["heritage_nasa", Verdict.DECIDE]
    assert "Luna 2" in found["heritage_others", Verdict.DECIDE]


def test_the_complete_station_is_checked_with_both_halves_and_its_missions() -> None:
    subject = subject_of("ilrs_complete", CATALOGUE)
    assert [one.id for one in subject.stations] == [
        "ilrs_complete",
        "ilrs_orbital_station",
        "ilrs_surface_base",
    ]
    assert {"queqiao_2", "change_8", "ilrs_5"} <= {one.id for one in subject.missions}
    assert "oxygen_plant" in {one.id for one in subject.instruments}
    found = comply("ilrs_complete")
    assert ("registration", "queqiao_2") in about(found, Verdict.KEPT)
    assert ("lunar_disposal", "ilrs_orbital_station") in about(found, Verdict.UNKNOWN)


def test_what_has_flown_could_be_registered_from_its_record_where_that_tells_orbit_or_place() -> None:
    for name, mission in CATALOGUE.missions.items():
        found = [one for one in comply(f"mission/{name}") if one.item == "registration" and one.about]
        told = mission.orbits or mission.site or mission.latitude is not None
        expected = Verdict.KEPT if told else Verdict.UNKNOWN  # where it flew is not in the record
        if mission.status == "planned":
            expected = Verdict.NOT_APPLICABLE
        assert [one.verdict for one in found] == [expected]


def test_experiments_and_sites_can_be_asked_about() -> None:
    assert ("cospar_iib", "shackleton") in about(comply("site/shackleton"), Verdict.UNKNOWN)
    assert about(comply("site/apollo17"), Verdict.BROKEN) >= {("heritage_nasa", "apollo17")}
    some = next(one for one in CATALOGUE.experiments.values() if one.instruments)
    assert [one.id for one in subject_of(some, CATALOGUE).instruments] == list(
        dict.fromkeys(some.instruments)
    )


def test_what_no_rule_is_about_is_refused() -> None:
    with pytest.raises(RequestError, match="crab is no station, campaign, mission, experiment or site"):
        comply("crab")
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        comply("malapart")


def test_an_id_of_several_records_asks_which(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "sites: [{id: change_7, latitude: 1 deg, longitude: 2 deg, basis: {default: estimate}}]", "utf-8"
    )
    with pytest.raises(RequestError, match="write site/change_7 or mission/change_7"):
        comply("change_7", folder=tmp_path)
    assert comply("site/change_7", folder=tmp_path)


def test_rules_of_a_folder_of_ones_own_are_applied(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "compliance:\n- {id: wide_berth, force: policy, rule: Keep 200 km from everything., check: heritage,\n"
        "   reads: [sites.keep_out], radius: 200 km, basis: {default: estimate}}\n",
        "utf-8",
    )
    found = comply("polar_winter", folder=tmp_path)
    assert ("wide_berth", "connecting_ridge_station") in about(found, Verdict.BROKEN)
