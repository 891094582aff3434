"""The controls of the siting dashboard by themselves."""

from __future__ import annotations

from ilrs_science.panels.siting_controls import SitingControls
from ilrs_science.panels.siting_model import SitingModel


def test_lists_hold_every_site_and_orbit_and_say_their_ids() -> None:
    model = SitingModel()
    first = SitingControls(model)
    assert {name for _, name in first.inputs["sites"].options} == set(model.catalogue.sites)
    assert {name for _, name in first.inputs["orbits"].options} == set(model.catalogue.orbits)
    assert all(words for words, _ in first.inputs["sites"].options)


def test_the_line_of_python_follows_the_choices() -> None:
    first = SitingControls(SitingModel())
    first.inputs["orbits"].value = ("dro", "nrho_9_2")
    first.inputs["pairs"].value = False
    first.inputs["seconds"].value = 2.0
    assert "&quot;dro&quot;, &quot;nrho_9_2&quot;]" in first.code.value
    assert "time_limit=&quot;2 s&quot;" in first.code.value
    first.inputs["seconds"].value = 0.0
    assert "time of search is 1 to 120 s" in first.message.value
