"""Rules: all of the reference list, each with a check that exists or a person who decides."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.catalogue.compliance import BandRule, Check, ComplianceItem, Force
from ilrs_science.catalogue.comply.checks import CHECKS
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError

RULES = dict(load_catalogue().compliance)

# Short titles of the project's reference list, section 7.
CODES = [
    "OST-I", "OST-II", "OST-III", "OST-IV", "OST-V", "OST-VI", "OST-VII", "OST-VIII", "OST-IX", "OST-XI",
    "OST-XII", "ARRA", "LIAB", "REG", "MOON79", "ITU-SZM-DEF", "ITU-SZM-BAN", "ITU-RA479", "SZM-GEOM",
    "SFCG-LUNAR", "ITU-WRC27", "COSPAR-II", "COSPAR-IIa", "COSPAR-IIb", "COSPAR-V", "HERITAGE-NASA2011",
    "HERITAGE-OTHER", "ACCORDS-THEMES", "IADC", "LUNAR-DISPOSAL", "LTS", "ATLAC", "NPS", "EXPORT", "DATA",
]  # fmt: skip


def test_there_are_the_rules_of_the_reference_list_and_no_others() -> None:
    assert sorted(one.code for one in RULES.values()) == sorted(CODES)
    assert len(RULES) == 35


def test_every_rule_says_where_it_stands_and_what_it_asks() -> None:
    assert all(one.name and one.document and len(one.rule) > 40 for one in RULES.values())


def test_every_rule_is_checked_or_left_to_a_person() -> None:
    by_hand = {name for name, one in RULES.items() if not one.automatic}
    assert len(by_hand) == 17
    assert by_hand == {
        "ost_i", "ost_ii", "ost_iii", "ost_iv", "ost_v", "ost_vii", "ost_xi", "ost_xii", "rescue", "liability",
        "wrc_27", "accords_themes", "debris_guidelines", "lts_guidelines", "lunar_consultation",
        "export_control", "data_release",
    }  # fmt: skip
    assert all(RULES[name].decide for name in by_hand)


def test_every_check_has_a_function_and_a_rule() -> None:
    assert set(CHECKS) == set(Check)
    assert {one.check for one in RULES.values() if one.check} == set(Check)


@pytest.mark.parametrize("name", [name for name, one in RULES.items() if one.automatic])
def test_a_check_reads_fields_that_exist(name: str) -> None:
    for path in RULES[name].reads:
        kind, field = path.split(".")
        assert field in KINDS[kind].model_fields or isinstance(getattr(KINDS[kind], field), property)


def test_treaties_bind_and_recommendations_do_not() -> None:
    assert {one.force for one in RULES.values()} == set(Force)
    assert all(one.force is Force.TREATY for name, one in RULES.items() if name.startswith("ost_"))
    assert RULES["heritage_nasa"].force is Force.RECOMMENDATION


def test_the_category_of_a_site_changes_where_the_rule_says() -> None:
    rule = RULES["cospar_iib"]
    assert rule.south_of is not None
    assert rule.north_of is not None
    for edge, inward in ((rule.south_of, 0.01), (rule.north_of, -0.01)):
        assert Site(latitude=edge, longitude=0).protection_category == "IIb"
        assert Site(latitude=edge + inward, longitude=0).protection_category == "IIa"


def test_radii_say_whether_they_are_asked_for_or_ours() -> None:
    assert {name: one.radius for name, one in RULES.items() if one.radius} == {
        "heritage_nasa": 2.0, "heritage_others": 2.0, "ost_viii": 2.0, "ost_ix": 50.0,
    }  # fmt: skip
    assert str(RULES["heritage_nasa"].provenance_of("radius")) == "sourced H S64"
    assert RULES["ost_ix"].provenance_of("radius").basis == "estimate"


def test_bands_hold_their_edges() -> None:
    band = BandRule(low="300 MHz", high="2 GHz", barred=True)
    assert [band.holds(frequency) for frequency in (299.9, 300, 401, 2000, 2000.1)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    with pytest.raises(RequestError, match="high is not above low"):
        BandRule(low="2 GHz", high="300 MHz", barred=True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "a rule needs a check, or decide"),
        ({"check": "heritage"}, "a check says which fields it reads"),
        ({"decide": "you", "reads": ["sites.latitude"]}, "without a check none are read"),
        ({"check": "tea_leaves", "reads": ["sites.latitude"]}, "check"),
        ({"decide": "you", "beyond_limb": "91 deg"}, "beyond_limb"),
        ({"decide": "you", "force": "gravity"}, "force"),
    ],
)
def test_a_rule_that_nobody_applies_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        ComplianceItem(**{"force": "treaty", "rule": "be kind", **fields})


def test_a_rule_survives_the_way_through_json() -> None:
    for one in RULES.values():
        assert ComplianceItem.model_validate_json(one.model_dump_json()) == one
