"""The siting panel over known answers: it compares at once, the front follows, sliders rank live."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ilrs_science.panels import SitingPanel, siting_model
from ilrs_science.panels.siting_model import SitingModel
from tests.studies.siting.sited import trade


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> SitingPanel:
    monkeypatch.setattr(siting_model, "siting", lambda _record, places, **_how: trade(*places))
    made = SitingPanel(SitingModel(sites=["connecting_ridge"]))
    assert made.model.worker.wait(60)
    return made


def names(view: Any) -> list[str]:
    return [trace.get("name") for trace in view.data()["data"]]


def test_it_opens_with_all_candidates_everywhere(panel: SitingPanel) -> None:
    assert names(panel._front) == ["Front", "On the ground", "In orbit", "Both"]
    assert len(panel._profile.data()["data"]) == 3
    assert names(panel._experiments)[0] == "connecting_ridge"
    assert "Value [1]" in panel._measures.value
    assert "needs polar" in panel._never.value
    assert panel._files.value.count("ilrs-download&quot;") == 0
    assert panel._files.value.count('download="') == 3
    assert "Most science value: 50" in panel._controls.message.value


def test_two_measures_are_chosen_and_one_twice_is_said(panel: SitingPanel) -> None:
    panel._axes["across"].value = "darkness"
    assert panel._front.data()["layout"]["xaxis"]["title"]["text"] == "Darkness [h]"
    assert "&quot;darkness&quot;, &quot;value&quot;" in panel.code.value
    panel._axes["up"].value = "darkness"
    assert "two different measures" in panel._wrong.value
    panel._axes["up"].value = "value"
    assert panel._wrong.layout.display == "none"


def test_sliders_rank_at_once(panel: SitingPanel) -> None:
    card = panel._weights
    assert card.table.value.index("connecting_ridge+ilrs") < card.table.value.index("<td>connecting_ridge<")
    for name, slider in card.sliders.items():
        slider.value = 5.0 if name == "launch_mass" else 0.0
    first = card.table.value.partition("<tbody>")[2].partition("</tr>")[0]
    assert "<td>ilrs_llo_staging</td>" in first
    assert "{&#x27;launch_mass&#x27;: 5.0}".replace("&#x27;", "&quot;") in card.code.value.replace(
        "&#x27;", "&quot;"
    )
    card.spread.value = 20.0
    assert "up to 20%" in card.table.value
    assert panel.model.spread == 0.2
    card.sliders["launch_mass"].value = 0.0
    assert "Every weight is 0" in card.table.value


def test_bars_are_hours_or_sessions(panel: SitingPanel) -> None:
    panel._bars.value = "sessions"
    assert panel._experiments.data()["layout"]["xaxis"]["title"]["text"] == "Sessions in the plan [1]"


def test_disabled_buttons_say_why_and_faults_are_sentences(panel: SitingPanel) -> None:
    first = panel._controls
    assert (first.stop.disabled, first.stop.tooltip) == (True, "Nothing is being compared")
    first.inputs["sites"].value, first.inputs["orbits"].value = (), ()
    assert (first.compare.disabled, first.compare.tooltip) == (True, "Set right what is wrong first")
    assert "Choose a site or an orbit" in first.message.value
    first.inputs["orbits"].value = ("dro",)
    assert not first.compare.disabled
    first.inputs["days"].value = 0.0
    assert "1 to 366 days" in first.message.value
    first.inputs["days"].value = 3.0
    first.inputs["first_day"].value = None
    assert first.compare.disabled
    first.inputs["first_day"].value = dt.date(2031, 3, 1)
    assert not first.compare.disabled
    panel.model.stage = "comparing"
    assert first.compare.disabled
    assert not first.stop.disabled


def test_another_portfolio_brings_its_first_day(panel: SitingPanel) -> None:
    panel._controls.inputs["campaign"].value = "three_partners"
    assert panel._controls.inputs["first_day"].value == dt.date(2030, 10, 29)
    assert "three_partners" in panel._controls.code.value
