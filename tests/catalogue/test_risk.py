"""Risks of the catalogue: what goes wrong at random, and what no risk can be."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.risk import Risk
from ilrs_science.errors import RequestError

FAULT = {
    "disruption": "instrument_fault",
    "hits": "instruments",
    "interval": "2000 h",
    "lasting": {"median": "24 h"},
}
RISKS = load_catalogue().risks


def test_every_kind_of_disruption_has_a_risk() -> None:
    assert {risk.disruption for risk in RISKS.values()} == {
        "instrument_fault", "thermal_trip", "array_loss", "dust", "outage", "particle_event", "safe_mode",
        "extra_load",
    }  # fmt: skip


def test_what_has_no_source_says_that_it_is_assumed() -> None:
    for risk in RISKS.values():
        if not any(risk.basis[name].sources for name in risk.basis):
            assert "assumed" in risk.note.lower() or risk.basis["default"].basis == "estimate"
    assert RISKS["safe_mode"].provenance_of("interval").sources == ("S97",)
    assert RISKS["instrument_fault"].provenance_of("interval").basis == "estimate"


def test_ten_strong_storms_of_particles_come_in_a_cycle_of_eleven_years() -> None:
    # NOAA Space Weather Scales, S3: 10 per cycle; each half of a cycle is 5.5 years.
    half = 5.5 * 365.25 * 86400
    counts = [half / (RISKS[f"solar_particle_event_{sun}"].interval or 1) for sun in ("active", "quiet")]
    assert counts == [pytest.approx(9.0, rel=0.01), pytest.approx(1.0)]


def test_a_risk_survives_the_way_through_json() -> None:
    for risk in RISKS.values():
        assert Risk.model_validate_json(risk.model_dump_json()) == risk


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hits": "arrays"}, "instrument_fault hits instruments or robots, not arrays"),
        ({"share": "5 %"}, "share goes with array_loss and dust"),
        ({"power": "5 W"}, "power goes with extra_load"),
        ({"grows_in": "1 yr"}, "grows_in goes with dust"),
        ({"interval": None}, "has neither exposure nor lasting"),
        ({"interval": "0 h"}, "must be more than 0"),
        ({"shape": 9}, "must be at most 5"),
        ({"exposure": ["noon"]}, "noon"),
        ({"lasting": {"median": "24 h", "law": "normal"}}, "lognormal"),
        ({"disruption": "meteoroid"}, "meteoroid"),
    ],
)
def test_what_no_risk_can_be_is_one_line_that_says_why(change: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Risk(**{**FAULT, **change})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
