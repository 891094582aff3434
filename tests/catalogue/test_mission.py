"""Missions: what flew, what failed, what is planned, and that each record tells one story."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.mission import Mission, MissionStatus, Programme
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.errors import RequestError

CATALOGUE = load_catalogue()
MISSIONS = dict(CATALOGUE.missions)
PLAIN = {"programme": "luna", "status": "planned", "operators": ["russia"]}


# Luna 1, 4 and 6 missed the Moon, 5, 7, 8, 15 and 18 crashed, and 23 came down with its drill broken.
LOST = {f"luna_{number}" for number in (1, 4, 5, 6, 7, 8, 15, 18, 23)}


def with_status(status: str) -> set[str]:
    return {name for name, one in MISSIONS.items() if one.status == status}


def test_what_flew_what_failed_and_what_is_planned() -> None:
    assert with_status("flown") == {
        "change_1", "change_2", "change_3", "change_4", "change_5", "change_5_t1", "change_6", "queqiao_1",
        "queqiao_2", "tiandu",
    } | {f"luna_{number}" for number in range(1, 25)} - LOST  # fmt: skip
    assert with_status("failed") == {"luna_25"} | LOST
    assert with_status("planned") == {
        "change_7", "change_8", "crewed_landing", "luna_26", "luna_27", "luna_28", "luna_29", "luna_30",
        "ilrs_1", "ilrs_2", "ilrs_3", "ilrs_4", "ilrs_5",
    }  # fmt: skip
    assert len(MISSIONS) == 48


def test_the_five_missions_of_the_second_stage_fly_a_year_apart() -> None:
    five = [one for one in MISSIONS.values() if one.programme is Programme.ILRS]
    assert [one.launch for one in five] == ["2031", "2032", "2033", "2034", "2035"]
    assert all(one.provenance_of("launch").basis is Basis.RECALL for one in five)


def test_the_outcome_of_change_7_is_not_guessed() -> None:
    mission = MISSIONS["change_7"]
    assert (mission.status, mission.as_of, mission.outcome) == (MissionStatus.PLANNED, "2026-04", "")
    assert mission.date_text == "2026-08 to 2026"


def test_what_is_planned_says_how_old_the_news_is() -> None:
    assert all(MISSIONS[name].as_of for name in with_status("planned"))


def test_designators_have_the_year_of_the_launch() -> None:
    for name in with_status("flown") | with_status("failed"):
        mission = MISSIONS[name]
        assert re.fullmatch(r"\d{4}-\d{3}[A-Z]", mission.designator)
        assert mission.designator[:4] == (mission.launch or "")[:4]


def test_landings_come_days_to_weeks_after_the_launch() -> None:
    times = {one.id: (one.launch, one.landing) for one in MISSIONS.values() if one.landing and one.launch}
    landers = (9, 13, 16, 17, 20, 21, 23, 24)
    assert set(times) == {"change_3", "change_4", "change_5", "change_6"} | {
        f"luna_{number}" for number in landers
    }
    assert all(launch < landing for launch, landing in times.values())


def test_what_came_home_is_what_is_told() -> None:
    samples = {name: one.sample_mass for name, one in MISSIONS.items() if one.sample_mass}
    assert samples == pytest.approx(
        {"luna_16": 0.101, "luna_20": 0.055, "luna_24": 0.170, "change_5": 1.731, "change_6": 1.9353}
    )
    assert all(MISSIONS[name].returns_samples and MISSIONS[name].returned for name in samples)


def test_the_luna_missions_flew_in_the_order_of_their_numbers() -> None:
    launches = [MISSIONS[f"luna_{number}"].launch or "" for number in range(1, 26)]
    assert launches == sorted(launches)
    assert all(
        MISSIONS[f"luna_{number}"].provenance_of("launch").basis is Basis.RECALL for number in range(1, 25)
    )


def test_the_relay_tells_its_insertion_in_words_since_it_never_lands() -> None:
    assert MISSIONS["queqiao_2"].landing is None
    assert "2024-03-24" in MISSIONS["queqiao_2"].note


def test_everybody_whose_instrument_flies_is_named() -> None:
    expected = {
        "change_4": {"germany", "sweden"},
        "change_6": {"pakistan", "france", "italy", "sweden", "esa"},
        "change_7": {"russia", "thailand", "egypt", "iloa", "italy", "switzerland", "bahrain"},
    }
    assert {name: set(MISSIONS[name].contributors) for name in expected} == expected
    assert "mini_rover" in {craft.id for craft in MISSIONS["change_6"].crafts}


def test_change_6_brought_nearly_two_kilograms_from_a_site_of_its_own() -> None:
    mission = MISSIONS["change_6"]
    assert (mission.site, mission.latitude) == ("ce6_site", None)
    assert mission.sample_mass == pytest.approx(1.9353)


def test_doubts_of_the_reference_list_are_in_the_records() -> None:
    doubts = {
        ("luna_25", "launch_mass"): "recall M",
        ("luna_25", "outcome"): "recall H",
        ("luna_25", "crafts.mass"): "sourced M S35",
        ("luna_27", "launch_mass"): "sourced M S40b",
        ("luna_28", "launch"): "derived M S41",
        ("queqiao_2", "crafts.life"): "sourced M S24",
    }
    assert {key: str(MISSIONS[key[0]].provenance_of(key[1])) for key in doubts} == doubts


def test_of_the_first_crewed_landing_the_latest_year_alone_is_known() -> None:
    mission = MISSIONS["crewed_landing"]
    assert (mission.launch, mission.launch_latest, mission.date_text) == (None, "2030", "by 2030")


def test_luna_25_fell_on_the_near_side_a_long_way_from_its_ellipse() -> None:
    mission, ellipse = MISSIONS["luna_25"], CATALOGUE.sites["boguslawsky"]
    impact = ellipse.replace(latitude=f"{mission.latitude} deg", longitude=f"{mission.longitude} deg")
    assert impact.side == "near"
    assert 300 < impact.distance_to(ellipse) < 500


def test_change_4_has_sent_nearly_four_terabytes() -> None:
    assert MISSIONS["change_4"].data == pytest.approx(3780 * 8000)


def test_missions_carry_what_instruments_say_they_flew_on() -> None:
    codes = {
        "change_3": {"LUT", "EUVC", "TCAM", "LCAM", "PCAM", "LPR", "VNIS", "APXS"},
        "change_4": {"LCAM", "TCAM", "LFRS", "LND", "BIO_CE4", "PCAM", "LPR", "VNIS", "ASAN"},
        "change_5": {"LCAM", "PCAM", "LMS_CE5", "LRPR"},
        "queqiao_2": {"GENA", "EUC", "LOVEX"},
    }
    for name, expected in codes.items():
        assert {CATALOGUE.instruments[one].code for one in MISSIONS[name].instruments} == expected
    seven = {CATALOGUE.instruments[one].code for one in MISSIONS["change_7"].instruments}
    assert {one.code for one in CATALOGUE.instruments.values() if one.code.startswith("CE7_")} <= seven


def test_partners_that_contribute_are_no_operators() -> None:
    for mission in MISSIONS.values():
        assert not set(mission.operators) & set(mission.contributors)


def test_the_crew_is_aboard_the_crewed_landing_alone() -> None:
    assert {name: one.crew for name, one in MISSIONS.items() if one.crew} == {"crewed_landing": 2}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"launch": "2028", "landing": "2027-12"}, "landing 2027-12 is before launch 2028"),
        ({"launch": "2028-05", "returned": "2028-04-30"}, "returned 2028-04-30 is before launch 2028-05"),
        ({"launch": "2030", "launch_latest": "2029"}, "launch_latest 2029 is before launch 2030"),
        ({"status": "failed", "launch": "2023"}, "a failed mission needs outcome"),
        ({"status": "flown"}, "a flown mission needs launch"),
        ({"latitude": "1 deg"}, "latitude and longitude come together"),
        ({"operators": []}, "operators"),
        ({"status": "lost"}, "status"),
        ({"launch": "next year"}, "is no date"),
        ({"crafts": [{"id": "rover", "count": 0}]}, "count"),
        ({"sample_mass": "3 km"}, "sample_mass"),
    ],
)
def test_stories_that_do_not_hold_are_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=re.escape(words)):
        Mission(**{**PLAIN, **fields})


def test_dates_as_imprecise_as_each_other_may_follow() -> None:
    assert Mission(**PLAIN, launch="2028", landing="2028").date_text == "2028"
    assert Mission(**PLAIN).date_text == "no date"
    assert Mission(**PLAIN, launch_latest="2030").date_text == "by 2030"


def test_a_mission_survives_the_way_through_json() -> None:
    for one in MISSIONS.values():
        assert Mission.model_validate_json(one.model_dump_json()) == one
        assert hash(one.replace()) == hash(one)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": "flown", "launch": "2199"}, "is flown, but its launch 2199 is after today"),
        ({"status": "flown", "launch": "2028", "as_of": "2027"}, "launch 2028 is after the report of 2027"),
        ({"status": "planned", "launch": "2019"}, "is planned, but its launch 2019 is before today"),
        ({"status": "planned", "launch": "2023-01", "as_of": "2024"}, "is before the report of 2024"),
        (
            {"status": "planned", "launch": "2020", "launch_latest": "2023", "as_of": "2024"},
            "launch 2023 is before",
        ),
    ],
)
def test_status_and_launch_fit_the_date_of_the_report(fields, says):
    with pytest.raises(RequestError, match=says):
        Mission(id="x", programme="luna", operators=["a"], **fields)


def test_a_plan_holds_at_the_time_of_its_report():
    one = Mission(id="x", programme="luna", operators=["a"], status="planned", launch="2019", as_of="2018-05")
    assert one.launch == "2019"
