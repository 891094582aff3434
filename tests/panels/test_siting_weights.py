"""The card of weights before and after there is something to rank."""

from __future__ import annotations

from ilrs_science.panels.siting_choices import WEIGHED
from ilrs_science.panels.siting_model import SitingModel
from ilrs_science.panels.siting_weights import WeightsCard
from tests.studies.siting.sited import trade


def test_every_slider_says_its_unit_and_which_side_is_better() -> None:
    card = WeightsCard(SitingModel())
    assert {name: slider.value for name, slider in card.sliders.items()} == WEIGHED
    assert card.sliders["darkness"].tooltip == "longest darkness [h]; less is better"


def test_the_ranking_waits_for_the_first_candidate() -> None:
    model = SitingModel()
    card = WeightsCard(model)
    card.show()
    assert "appears with the first candidate" in card.table.value
    model.found = trade("connecting_ridge")
    card.show()
    assert "<td>connecting_ridge</td>" in card.table.value
