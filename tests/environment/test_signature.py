"""What a person sees who asks Python, or presses tab."""

from __future__ import annotations

import inspect
import sys

import ilrs_science
import ilrs_science.environment as package
from ilrs_science import figures
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.table import contacts, link_rates


def test_the_callable_package_shows_the_signature_and_the_words_of_its_function() -> None:
    package = sys.modules["ilrs_science.environment"]
    assert inspect.signature(package) == inspect.signature(environment)  # type: ignore[arg-type]
    words = inspect.getdoc(package) or ""
    assert words.startswith("Tell what a place is like over a span")
    assert "Parameters" in words
    assert ">>>" not in words  # else its examples were run twice


def test_a_call_of_the_package_is_a_call_of_the_function() -> None:
    found = sys.modules["ilrs_science.environment"]("malapert", "2031-01-01", "2031-01-02", terrain="none")  # type: ignore[operator]
    assert found.identical(environment("malapert", "2031-01-01", "2031-01-02", terrain="none"))
    assert package is not None


def test_contacts_and_rates_spell_out_what_routes_takes() -> None:
    asked = {"link", "terrain", "mast", "site", "relaying", "catalogue"}
    for function in (contacts, link_rates):
        given = inspect.signature(function).parameters
        assert asked <= given.keys()
        assert not any(one.kind is one.VAR_KEYWORD for one in given.values())
        for name in asked:
            assert given[name].default == inspect.signature(routes).parameters[name].default


def test_tab_completion_knows_every_public_name() -> None:
    assert set(ilrs_science.__all__) <= set(dir(ilrs_science))
    assert set(figures.__all__) <= set(dir(figures))
