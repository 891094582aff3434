"""Partners: who takes part, and since when as far as it is known."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.partner import Partner, PartnerKind, PartnerRole
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.errors import RequestError

PARTNERS = dict(load_catalogue().partners)
STATION = {name: one for name, one in PARTNERS.items() if one.role is not PartnerRole.CONTRIBUTOR}

# Dates of the project's reference list, section 1.6; "by" where only membership in April 2025 is known.
JOINED = {
    "china": "2021-03-09",
    "russia": "2021-03-09",
    "venezuela": "2023-07",
    "south_africa": "2023-09",
    "azerbaijan": "2023-10",
    "pakistan": "2023-10",
    "belarus": "2023-10",
    "egypt": "2023-12",
    "thailand": "2024-04",
    "nicaragua": "2024-04-24",
    "serbia": "2024-05",
    "kazakhstan": "2024-07",
    "senegal": "2024-09-05",
    "bolivia": "by 2025-04",
    "djibouti": "by 2025-04",
    "ethiopia": "by 2025-04",
    "turkey": "date unknown",
}


def test_seventeen_states_joined_when_the_reference_list_says() -> None:
    states = {name: one.date_text for name, one in STATION.items() if one.kind is PartnerKind.STATE}
    assert states == JOINED
    assert len(states) == 17


def test_five_organisations_beside_them() -> None:
    found = {name for name, one in STATION.items() if one.kind is PartnerKind.ORGANISATION}
    assert found == {"apsco", "auass", "iloa", "nanospace", "institutes_2024"}
    assert PARTNERS["institutes_2024"].members == 10
    assert PARTNERS["nanospace"].date_text == "date unknown"


def test_china_and_russia_are_the_founders() -> None:
    founders = {name for name, one in PARTNERS.items() if one.role is PartnerRole.FOUNDER}
    assert founders == {"china", "russia"}
    assert not any(PARTNERS[name].moon_agreement for name in founders)


def test_who_may_have_applied_only_is_no_member() -> None:
    assert {name for name, one in PARTNERS.items() if one.role is PartnerRole.APPLICANT} == {"turkey"}
    assert PARTNERS["turkey"].provenance_of("role").confidence == "L"
    assert PARTNERS["kazakhstan"].provenance_of("role").confidence == "M"


def test_dates_from_memory_say_so() -> None:
    recalled = {
        name
        for name, one in PARTNERS.items()
        if one.joined and one.provenance_of("joined").basis is Basis.RECALL
    }
    assert recalled == {"egypt", "thailand", "serbia", "kazakhstan"}


def test_what_is_not_known_stays_open() -> None:
    assert Partner(kind="state").date_text == "date unknown"
    assert PARTNERS["nanospace"].moon_agreement is None


def test_parties_to_the_moon_agreement_among_the_states() -> None:
    states = {name: one for name, one in PARTNERS.items() if one.kind is PartnerKind.STATE}
    parties = {name for name, one in states.items() if one.moon_agreement}
    assert parties == {"kazakhstan", "pakistan", "turkey", "venezuela", "netherlands", "peru"}
    assert all(one.moon_agreement is not None for one in states.values())
    assert {one.provenance_of("moon_agreement").basis for one in states.values()} == {Basis.RECALL}


def test_sixteen_states_are_members_and_one_applied() -> None:
    states = [one.role for one in STATION.values() if one.kind is PartnerKind.STATE]
    assert (len(states), states.count(PartnerRole.APPLICANT)) == (17, 1)


def test_who_only_brings_an_instrument_belongs_to_no_station() -> None:
    found = {name: one for name, one in PARTNERS.items() if one.role is PartnerRole.CONTRIBUTOR}
    assert len(found) == 10
    assert all(one.contribution and one.date_text == "no member" for one in found.values())
    named = {name for mission in load_catalogue().missions.values() for name in mission.contributors}
    assert set(found) <= named


def test_a_partner_joins_once() -> None:
    with pytest.raises(RequestError, match="joined says more than joined_by"):
        Partner(kind="state", joined="2024", joined_by="2025")
    with pytest.raises(RequestError, match="kind"):
        Partner(kind="planet")


def test_a_partner_survives_the_way_through_json() -> None:
    for one in PARTNERS.values():
        assert Partner.model_validate_json(one.model_dump_json()) == one
