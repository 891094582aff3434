"""Doubt in one sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.provenance import Basis, Confidence, Provenance
from ilrs_science.catalogue.site import Site
from ilrs_science.cli.doubt import Told, marked, weakest

ORIGINS = [Provenance(basis=basis, confidence=one) for basis in Basis for one in Confidence]


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("estimate", "~5 W"),
        ("estimate H", "~5 W"),
        ("recall", "5 W?"),
        ("sourced L S1", "5 W?"),
        ("recall H", "5 W"),
        ("sourced S1", "5 W"),
        ("derived", "5 W"),
    ],
)
def test_estimates_and_low_confidence_are_marked(origin: str, shown: str) -> None:
    assert marked("5 W", Provenance.parse(origin)) == shown


@given(st.lists(st.sampled_from(ORIGINS), min_size=1))
def test_an_estimate_is_weaker_than_anything_else(origins: list[Provenance]) -> None:
    found = weakest(origins)
    assert found in origins
    assert (found.basis == "estimate") is any(one.basis == "estimate" for one in origins)
    assert weakest([]) is None


def test_what_was_told_has_the_weakest_basis_of_it() -> None:
    basis = {"latitude": "sourced S1", "longitude": "recall", "height": "estimate"}
    site = Site(id="hill", latitude=1, longitude=2, height=3, basis=basis)
    told = Told(site)
    assert told.basis == ""
    assert told("1 deg", "latitude") == "1 deg"
    assert told.basis == "sourced H"
    assert told("1, 2", "latitude", "longitude") == "1, 2?"
    assert told.basis == "recall M"
    assert told("3 m", "height") == "~3 m"
    assert told("hill") == "hill"
    assert told.basis == "estimate L"
