"""Rules applied to small worlds made for the purpose, in which right and wrong are known."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.catalogue.comply.checks import apply_rules
from ilrs_science.catalogue.comply.finding import Finding, Verdict
from ilrs_science.catalogue.comply.subject import Subject
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station

RULES = dict(load_catalogue().compliance)

PARTNERS = {
    "china": Partner(id="china", name="China", kind="state", moon_agreement=False),
    "kazakhstan": Partner(id="kazakhstan", name="Kazakhstan", kind="state", moon_agreement=True),
    "belarus": Partner(id="belarus", name="Belarus", kind="state"),
    "apsco": Partner(id="apsco", name="APSCO", kind="organisation"),
}
SITES = {
    "apollo": Site(id="apollo", latitude=0, longitude=20, keep_out="2 km", hardware_of="United States"),
    "lunokhod": Site(id="lunokhod", latitude=30, longitude=-30, keep_out="2 km", hardware_of="Russia"),
    "near_apollo": Site(id="near_apollo", latitude=0.05, longitude=20),
    "plain": Site(id="plain", latitude=10, longitude=-10),
    "pole": Site(id="pole", latitude=-88, longitude=10),
    "far": Site(id="far", latitude=-5, longitude=179),
}
LOW = Orbit(
    id="low", perilune_height="50 km", apolune_height="50 km", inclination="90 deg", natural_life="50 d"
)
FROZEN = LOW.replace(id="frozen", kind="frozen", natural_life=None)
ORBITS = {"low": LOW, "frozen": FROZEN, "plain_orbit": LOW.replace(id="plain_orbit", natural_life=None)}


BATTERY = {
    "capacity": "1 kWh",
    "depth_of_discharge": "80 %",
    "charge_efficiency": "95 %",
    "discharge_efficiency": "95 %",
}


def station(place: str | None = None, orbit: str | None = None, **more: Any) -> Station:
    return Station(
        id="base",
        site=place,
        orbit=orbit,
        battery=BATTERY,
        storage={"capacity": "1 Gbit"},
        link={"rate": "1 Mbit/s", "power": "1 W", **more.pop("link", {})},
        base_load={"day": "1 W", "night": "1 W"},
        **{"array": {"nominal_power": "1 kW"}, **more},
    )


def mission(**fields: Any) -> Mission:
    plain = {"id": "flight", "programme": "luna", "status": "planned", "operators": ["china"]}
    return Mission(**{**plain, **fields})


def instrument(**fields: Any) -> Instrument:
    plain: dict[str, Any] = {
        "id": "radar",
        "kind": "radar",
        "mass": "1 kg",
        "power": {"operate": "1 W"},
        "data_rate": "1 kbit/s",
    }
    return Instrument(**{**plain, **fields})


def world(**fields: Any) -> Subject:
    flights = {one.id: one for one in fields.pop("flights", ())}
    return Subject(**fields, sites=SITES, orbits=ORBITS, partners=PARTNERS, flights=flights)


def verdicts(rule: str, subject: Subject) -> list[tuple[Verdict, str]]:
    """Verdict and subject of every finding of one rule that is about a record."""
    return [(one.verdict, one.about) for one in apply_rules([RULES[rule]], subject) if one.about]


def only(rule: str, subject: Subject) -> Finding:
    (found,) = [one for one in apply_rules([RULES[rule]], subject) if one.about]
    return found


def test_a_rule_without_a_check_is_left_to_a_person() -> None:
    (found,) = apply_rules([RULES["ost_iv"]], world())
    assert (found.verdict, found.about, found.text) == (Verdict.DECIDE, "", RULES["ost_iv"].decide)


def test_a_check_with_nothing_to_look_at_does_not_apply_and_asks_nobody() -> None:
    (found,) = apply_rules([RULES["nuclear_sources"]], world(stations=(station("plain"),)))
    assert found.verdict is Verdict.NOT_APPLICABLE


def test_what_applies_also_asks_its_person() -> None:
    found = apply_rules([RULES["ost_vi"]], world(stations=(station("plain", owners=["china"]),)))
    assert [one.verdict for one in found] == [Verdict.KEPT, Verdict.DECIDE]


def test_findings_read_as_sentences() -> None:
    found = only("ost_vi", world(stations=(station("plain", owners=["china"]),)))
    assert str(found) == "ost_vi: kept: base: China answers for it"
    assert str(Finding("x", Verdict.DECIDE, "", "ask")) == "x: a person decides: ask"


# 0.05 deg on the sphere of 1737.4 km is 1.516 km.
def test_landing_beside_hardware_of_the_past_breaks_the_rule() -> None:
    found = only("heritage_nasa", world(stations=(station("near_apollo"),)))
    assert found.verdict is Verdict.BROKEN
    assert found.text == "1.5 km from apollo (United States), 2 km are to be kept"


def test_each_heritage_rule_protects_the_hardware_that_it_names() -> None:
    subject = world(stations=(station("near_apollo"),))
    assert verdicts("heritage_others", subject) == [(Verdict.KEPT, "base")]
    assert verdicts("ost_viii", subject) == [(Verdict.BROKEN, "base")]


def test_far_from_hardware_the_nearest_is_named() -> None:
    found = only("heritage_nasa", world(stations=(station("plain"),)))
    assert found.verdict is Verdict.KEPT
    assert found.text.startswith("the nearest is apollo, 9")
    assert found.text.endswith(" km away; known places: 1")


def test_where_no_hardware_is_known_nothing_is_kept_for_sure() -> None:
    bare = Subject(stations=(station("plain"),), sites={"plain": SITES["plain"]}, partners=PARTNERS)
    found = only("ost_viii", bare)
    assert (found.verdict, found.text) == (Verdict.UNKNOWN, "no place of such hardware is known")
    neighbours = only("ost_ix", bare)
    assert (neighbours.verdict, neighbours.text) == (
        Verdict.KEPT,
        "nobody else within 50 km; known places: 0",
    )


def test_who_goes_near_hardware_of_its_own_decides() -> None:
    old = mission(id="old", status="flown", launch="2013", latitude="10 deg", longitude="-10.01 deg")
    subject = world(stations=(station("plain", owners=["china"]),), flights=[old])
    assert verdicts("ost_viii", subject) == [(Verdict.DECIDE, "base")]


def test_wreckage_is_hardware_and_plans_are_not() -> None:
    place = {"latitude": "10 deg", "longitude": "-10.01 deg"}
    wreck = mission(
        id="wreck", status="failed", launch="2023", outcome="fell", operators=["belarus"], **place
    )
    plan = mission(id="plan", operators=["belarus"], **place)
    subject = world(stations=(station("plain"),), flights=[wreck])
    assert verdicts("ost_viii", subject) == [(Verdict.BROKEN, "base")]
    assert verdicts("ost_viii", world(stations=(station("plain"),), flights=[plan])) == [
        (Verdict.KEPT, "base")
    ]


def test_a_landing_that_is_planned_is_a_ground_of_its_own() -> None:
    assert verdicts("heritage_nasa", world(missions=(mission(site="near_apollo"),))) == [
        (Verdict.BROKEN, "flight")
    ]
    flown = mission(site="near_apollo", status="flown", launch="2020")
    assert verdicts("heritage_nasa", world(missions=(flown,))) == []


def test_experiments_alone_are_checked_where_they_may_be_done() -> None:
    walk = Experiment(
        id="walk", category="basic_experiment", field="physics_interior", session="1 h", power="5 W", data="0 Mbit",
        sites=["near_apollo", "plain"]
    )  # fmt: skip
    assert verdicts("heritage_nasa", world(experiments=(walk,))) == [
        (Verdict.BROKEN, "walk"),
        (Verdict.KEPT, "walk"),
    ]
    at_base = world(experiments=(walk,), stations=(station("plain"),))
    assert verdicts("heritage_nasa", at_base) == [(Verdict.KEPT, "base")]


def test_neighbours_are_named_for_consultation() -> None:
    plan = mission(id="plan", operators=["belarus"], latitude="10.5 deg", longitude="-10 deg")
    found = only("ost_ix", world(stations=(station("plain", owners=["china"]),), flights=[plan]))
    assert (found.verdict, found.text) == (Verdict.DECIDE, "plan is 15.2 km away: consult Belarus")


def test_ones_own_missions_are_no_strangers() -> None:
    plan = mission(id="plan", latitude="10.5 deg", longitude="-10 deg")
    assert verdicts("ost_ix", world(stations=(station("plain", owners=["china"]),), flights=[plan])) == [
        (Verdict.KEPT, "base")
    ]


def test_places_say_how_far_inside_the_shielded_zone_they_lie() -> None:
    inside = only("szm_geometry", world(places=(SITES["far"],)))
    assert (inside.verdict, inside.text) == (Verdict.KEPT, "61.7 deg inside the zone")
    outside = only("szm_definition", world(places=(SITES["pole"],)))
    assert outside.verdict is Verdict.NOT_APPLICABLE
    assert outside.text.endswith("deg outside the zone")


RADIOS = {
    "radios": [
        {"id": band.lower(), "band": band, "power": "1 W", "gain": "0 dBi"} for band in ("P", "S", "X")
    ]
}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "sfcg_lunar",
            [Verdict.BROKEN, Verdict.KEPT, Verdict.KEPT],
        ),  # 401 MHz is barred, 2245 and 8475 MHz are not
        (
            "szm_recommendation",
            [Verdict.DECIDE, Verdict.KEPT, Verdict.DECIDE],
        ),  # 2 to 3 GHz is the band to use
        ("szm_protection", [Verdict.DECIDE] * 3),  # no band is free of the rule
    ],
)
def test_radios_in_the_shielded_zone_by_band(rule: str, expected: list[Verdict]) -> None:
    subject = world(stations=(station("far", link=RADIOS),))
    assert [verdict for verdict, _ in verdicts(rule, subject)] == expected


def test_a_stated_frequency_counts_before_the_usual_one() -> None:
    radios = {"radios": [{"id": "l", "band": "S", "frequency": "1.9 GHz", "power": "1 W", "gain": "0 dBi"}]}
    found = only("sfcg_lunar", world(stations=(station("far", link=radios),)))
    assert (found.verdict, "1900 MHz" in found.text) == (Verdict.BROKEN, True)


def test_a_band_that_no_rule_bars_is_free() -> None:
    radios = {"radios": [{"id": "c", "band": "C", "frequency": "5 GHz", "power": "1 W", "gain": "0 dBi"}]}
    assert only("sfcg_lunar", world(stations=(station("far", link=radios),))).verdict is Verdict.KEPT


def test_a_radio_that_only_hears_disturbs_nobody() -> None:
    ear = {"radios": [{"id": "ear", "band": "X", "gain": "0 dBi", "noise_temperature": "100 K"}]}
    assert verdicts("szm_protection", world(stations=(station("far", link=ear),))) == []


def test_a_link_without_radios_is_unknown_in_the_zone_and_free_outside() -> None:
    assert verdicts("szm_protection", world(stations=(station("far"),))) == [(Verdict.UNKNOWN, "base")]
    outside = verdicts("szm_protection", world(stations=(station("plain"),)))
    assert outside == [(Verdict.NOT_APPLICABLE, "base")]


def test_instruments_that_make_radio_noise_are_named_in_the_zone_alone() -> None:
    noisy, quiet = instrument(emits=["radio"]), instrument(id="quiet")
    far = world(stations=(station("far", link=RADIOS),), instruments=(noisy, quiet))
    assert (Verdict.DECIDE, "radar") in verdicts("szm_protection", far)
    assert "quiet" not in [about for _, about in verdicts("szm_protection", far)]
    near = world(stations=(station("plain"),), instruments=(noisy,))
    assert [about for _, about in verdicts("szm_protection", near)] == ["base"]


def test_an_orbiter_crosses_the_zone() -> None:
    assert verdicts("szm_protection", world(stations=(station(orbit="low"),))) == [(Verdict.DECIDE, "base")]


@pytest.mark.parametrize(
    ("place", "inventory", "iia", "iib"),
    [
        ("plain", "", Verdict.UNKNOWN, Verdict.NOT_APPLICABLE),
        ("plain", "annex 3", Verdict.KEPT, Verdict.NOT_APPLICABLE),
        ("pole", "", Verdict.NOT_APPLICABLE, Verdict.UNKNOWN),
        ("pole", "annex 3", Verdict.NOT_APPLICABLE, Verdict.KEPT),
    ],
)
def test_each_place_needs_the_inventory_of_its_category(
    place: str, inventory: str, iia: Verdict, iib: Verdict
) -> None:
    subject = world(stations=(station(place, organics=inventory),))
    assert verdicts("cospar_iia", subject) == [(iia, "base")]
    assert verdicts("cospar_iib", subject) == [(iib, "base")]


def test_orbits_need_documents_and_no_inventory() -> None:
    subject = world(stations=(station(orbit="low"),))
    assert verdicts("cospar_ii", subject) == [(Verdict.DECIDE, "base")]
    assert verdicts("cospar_iib", subject) == []


@pytest.mark.parametrize(
    ("orbit", "end", "verdict", "words"),
    [
        ("low", "", Verdict.UNKNOWN, "left alone in low it lasts 50 d; no end is stated"),
        ("low", "impact on the far side", Verdict.KEPT, "at the end: impact on the far side"),
        ("frozen", "", Verdict.UNKNOWN, "frozen is of a kind that lasts for years"),
        ("plain_orbit", "", Verdict.UNKNOWN, "how long it lasts in plain_orbit is not known"),
    ],
)
def test_what_is_in_orbit_says_how_it_ends(orbit: str, end: str, verdict: Verdict, words: str) -> None:
    found = only("lunar_disposal", world(stations=(station(orbit=orbit, disposal=end),)))
    assert found.verdict is verdict
    assert words in found.text


def test_lost_missions_have_no_end_to_plan() -> None:
    lost = mission(status="failed", launch="2023", outcome="fell", orbits=["low"])
    assert verdicts("lunar_disposal", world(missions=(lost,))) == []
    assert verdicts("lunar_disposal", world(missions=(mission(orbits=["low", "frozen"]),))) == [
        (Verdict.UNKNOWN, "flight"), (Verdict.UNKNOWN, "flight"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("partners", "verdict", "text"),
    [
        (["china"], Verdict.KEPT, "China answers for it"),
        (["china", "belarus"], Verdict.KEPT, "China and Belarus answer for it"),
        (["apsco"], Verdict.UNKNOWN, "APSCO is no state: which state answers for it?"),
        ([], Verdict.UNKNOWN, "names no partner"),
    ],
)
def test_somebody_answers_for_a_station(partners: list[str], verdict: Verdict, text: str) -> None:
    found = only("ost_vi", world(stations=(station("plain", owners=partners),)))
    assert (found.verdict, found.text) == (verdict, text)


def test_a_launch_has_what_the_register_asks_for() -> None:
    whole = {
        "status": "flown",
        "launch": "2020-01-02",
        "designator": "2020-001A",
        "focus": "relay",
        "orbits": ["low"],
    }
    assert only("registration", world(missions=(mission(**whole),))).text == "2020-001A, launched 2020-01-02"
    for missing in ("designator", "focus", "orbits"):
        some = {name: value for name, value in whole.items() if name != missing}
        found = only("registration", world(missions=(mission(**some),)))
        assert (found.verdict, found.text) == (Verdict.UNKNOWN, f"the record has no {missing}")
    assert only("registration", world(missions=(mission(),))).verdict is Verdict.NOT_APPLICABLE


def test_a_lander_needs_no_orbit_in_the_register() -> None:
    lander = mission(status="flown", launch="2020", designator="2020-001A", focus="rocks", site="plain")
    assert only("registration", world(missions=(lander,))).verdict is Verdict.KEPT


def test_nuclear_fuel_is_found_in_stations_and_instruments() -> None:
    heated = station("plain", sources=[{"id": "heater", "power": "0 W", "heat": "1 W"}])
    sampler = instrument(id="apxs", hazards=["radioisotope", "laser"])
    found = verdicts(
        "nuclear_sources", world(stations=(heated,), instruments=(sampler, instrument(hazards=["laser"])))
    )
    assert found == [(Verdict.DECIDE, "base"), (Verdict.DECIDE, "apxs")]


def test_samples_come_home_freely() -> None:
    assert verdicts("cospar_v", world(missions=(mission(returns_samples=True),))) == [
        (Verdict.KEPT, "flight")
    ]
    assert verdicts("cospar_v", world(missions=(mission(),))) == []


def test_parties_to_the_moon_agreement_are_named_and_the_unknown_too() -> None:
    subject = world(
        stations=(station("plain", owners=["china", "kazakhstan"]),),
        missions=(mission(contributors=["belarus", "apsco"]),),
    )
    assert verdicts("moon_agreement", subject) == [
        (Verdict.UNKNOWN, "belarus"),
        (Verdict.DECIDE, "kazakhstan"),
    ]
